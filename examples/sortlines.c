/* sortlines FILE...: the lines of the files, sorted, on standard output, byte for byte as
 * `LC_ALL=C sort FILE...` gives them. Without a file, or for "-", it reads standard input.
 *
 * Every step is parallel: finding the lines, sorting their views with a merge sort, gathering the
 * text. The text itself is not moved before the end, when it is written at once.
 */
#include <tine.h>

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* A line without its newline. key holds its first eight bytes, the first one on top and zeros beyond
 * the end: mostly it decides alone, and the text stays out of the cache. */
struct line {
    uint64_t key;
    const char *text;
    size_t len;
};

/* What one input holds. */
struct text {
    const char *bytes;
    size_t size;
};

enum {
    BYTES_A_TASK = 1 << 20, /* of text to find lines in */
    LINES_A_TASK = 1 << 16, /* to sort by one task, to merge or to gather: they fit in a cache */
    KEY_BYTES = 8,
    DEPTH_LIMIT = 64 * KEY_BYTES, /* where sorting by keys gives way to comparing */
};

static void die(const char *what, const char *name)
{
    fprintf(stderr, "sortlines: %s: %s: %s\n", what, name, strerror(errno));
    exit(2);
}

static void *allocate(size_t n, size_t size)
{
    void *p = n < SIZE_MAX / size ? malloc(n ? n * size : 1) : NULL;
    if (!p) {
        fputs("sortlines: out of memory\n", stderr);
        exit(2);
    }
    return p;
}

/* ---- order ------------------------------------------------------------------------------------ */

static uint64_t load_key(const char *text, size_t len)
{
    unsigned char b[KEY_BYTES] = {0};
    memcpy(b, text, len < KEY_BYTES ? len : KEY_BYTES);
    return (uint64_t)b[0] << 56 | (uint64_t)b[1] << 48 | (uint64_t)b[2] << 40 | (uint64_t)b[3] << 32
        | (uint64_t)b[4] << 24 | (uint64_t)b[5] << 16 | (uint64_t)b[6] << 8 | b[7];
}

/* Compares two lines whose keys were loaded at `depth`; what is before is equal. When keys are equal
 * and one line ends within them, it is a beginning of the other, so that the shorter is less. */
static bool less(const struct line *a, const struct line *b, size_t depth)
{
    if (a->key != b->key) return a->key < b->key;
    size_t done = depth + KEY_BYTES;
    size_t common = a->len < b->len ? a->len : b->len;
    int order = common > done ? memcmp(a->text + done, b->text + done, common - done) : 0;
    return order ? order < 0 : a->len < b->len;
}

/* ---- one task's share: quicksort by keys of eight bytes, then by the next eight ------------------ */

static void insertion_sort(struct line *a, size_t n, size_t depth)
{
    for (size_t i = 1; i < n; i++) {
        struct line x = a[i];
        size_t j = i;
        for (; j > 0 && less(&x, &a[j - 1], depth); j--) a[j] = a[j - 1];
        a[j] = x;
    }
}

static void sift_down(struct line *a, size_t root, size_t n, size_t depth)
{
    struct line x = a[root];
    for (size_t child; (child = 2 * root + 1) < n; root = child) {
        if (child + 1 < n && less(&a[child], &a[child + 1], depth)) child++;
        if (!less(&x, &a[child], depth)) break;
        a[root] = a[child];
    }
    a[root] = x;
}

/* For what quicksort would take too long over. */
static void heap_sort(struct line *a, size_t n, size_t depth)
{
    for (size_t i = n / 2; i-- > 0;) sift_down(a, i, n, depth);
    while (n > 1) {
        struct line top = a[0];
        a[0] = a[--n];
        a[n] = top;
        sift_down(a, 0, n, depth);
    }
}

static uint64_t median(uint64_t a, uint64_t b, uint64_t c)
{
    if (a < b) return b < c ? b : a < c ? c : a;
    return a < c ? a : b < c ? c : b;
}

static uint64_t pivot_key(const struct line *a, size_t n)
{
    size_t e = n / 8;
    return median(median(a[0].key, a[e].key, a[2 * e].key),
                  median(a[3 * e].key, a[4 * e].key, a[5 * e].key),
                  median(a[6 * e].key, a[7 * e].key, a[n - 1].key));
}

static void sort_by_keys(struct line *a, size_t n, size_t depth, int limit);

/* Sorts lines that have the same key. Those that end within it come first, by length; the others go on
 * with their next eight bytes. Gives every line its old key back. */
static void sort_same_key(struct line *a, size_t n, size_t depth, int limit)
{
    uint64_t key = a[0].key;
    size_t ended = 0, next = depth + KEY_BYTES;
    for (size_t i = 0; i < n; i++) {
        if (a[i].len > next) continue;
        struct line x = a[i];
        a[i] = a[ended];
        a[ended++] = x;
    }
    if (ended > 1 && n > 1) {
        struct line *from = a;
        for (size_t len = depth ? depth + 1 : 0; len <= next; len++)
            for (struct line *p = from; p < a + ended; p++) {
                if (p->len != len) continue;
                struct line x = *p;
                *p = *from;
                *from++ = x;
            }
    }
    for (size_t i = ended; i < n; i++) a[i].key = load_key(a[i].text + next, a[i].len - next);
    sort_by_keys(a + ended, n - ended, next, limit);
    for (size_t i = ended; i < n; i++) a[i].key = key;
}

static void sort_by_keys(struct line *a, size_t n, size_t depth, int limit)
{
    while (n > 16) {
        if (limit-- == 0 || depth >= DEPTH_LIMIT) {
            heap_sort(a, n, depth);
            return;
        }
        uint64_t pivot = pivot_key(a, n);
        size_t low = 0, high = n; /* [0, low) < pivot, [low, i) == pivot, [high, n) > pivot */
        for (size_t i = 0; i < high;) {
            struct line x = a[i];
            if (x.key < pivot) {
                a[i++] = a[low];
                a[low++] = x;
            } else if (x.key > pivot) {
                a[i] = a[--high];
                a[high] = x;
            } else {
                i++;
            }
        }
        sort_by_keys(a, low, depth, limit);
        if (high - low > 1) sort_same_key(a + low, high - low, depth, limit);
        a += high;
        n -= high;
    }
    insertion_sort(a, n, depth);
}

/* ---- the parallel merge sort --------------------------------------------------------------------- */

/* The first place in the n sorted lines at a whose line is not less than x. */
static size_t lower_bound(const struct line *a, size_t n, const struct line *x)
{
    size_t low = 0;
    while (low < n) {
        size_t middle = low + (n - low) / 2;
        if (less(&a[middle], x, 0)) low = middle + 1;
        else n = middle;
    }
    return low;
}

/* Tells the processor to fetch what the line some places on has from `offset`: texts lie anywhere, and
 * to wait for each of them would take longer than all the rest. */
static void fetch_ahead(const struct line *a, const struct line *end, size_t offset)
{
    enum { PLACES = 8 };
    if (end - a > PLACES) __builtin_prefetch(a[PLACES].text + offset);
}

/* Merges a and b, sorted, into out; gives the number of lines. */
static size_t merge(const struct line *a, size_t na, const struct line *b, size_t nb,
                    struct line *out)
{
    if (na + nb > 2 * LINES_A_TASK) {
        if (na < nb) return merge(b, nb, a, na, out);
        size_t ma = na / 2, mb = lower_bound(b, nb, &a[ma]);
        flowvar(size_t) left = spawn merge(a, ma, b, mb, out);
        size_t right = merge(a + ma, na - ma, b + mb, nb - mb, out + ma + mb);
        return sync(left) + right;
    }
    const struct line *a_end = a + na, *b_end = b + nb;
    while (a < a_end && b < b_end) {
        const struct line **from = less(b, a, 0) ? &b : &a;
        fetch_ahead(*from, from == &a ? a_end : b_end, KEY_BYTES);
        *out++ = *(*from)++;
    }
    memcpy(out, a, (size_t)(a_end - a) * sizeof *a);
    memcpy(out + (a_end - a), b, (size_t)(b_end - b) * sizeof *b);
    return na + nb;
}

/* Sorts n lines at a, into `spare` if told, else in place; gives their number. */
static size_t sort_lines(struct line *a, struct line *spare, size_t n, bool into_spare)
{
    if (n <= LINES_A_TASK) {
        sort_by_keys(a, n, 0, 64);
        if (into_spare) memcpy(spare, a, n * sizeof *a);
        return n;
    }
    size_t half = n / 2;
    flowvar(size_t) left = spawn sort_lines(a, spare, half, !into_spare);
    size_t right = sort_lines(a + half, spare + half, n - half, !into_spare);
    size_t done = sync(left) + right;
    const struct line *from = into_spare ? a : spare;
    return done - n + merge(from, half, from + half, n - half, into_spare ? spare : a);
}

/* ---- from text to lines and back ----------------------------------------------------------------- */

static size_t count_lines(const char *p, const char *end)
{
    size_t n = 0;
    for (; p < end; n++) {
        const char *newline = memchr(p, '\n', (size_t)(end - p));
        p = newline ? newline + 1 : end;
    }
    return n;
}

static size_t find_lines(const char *p, const char *end, struct line *out)
{
    size_t n = 0;
    for (; p < end; n++) {
        const char *newline = memchr(p, '\n', (size_t)(end - p));
        size_t len = (size_t)((newline ? newline : end) - p);
        out[n] = (struct line){load_key(p, len), p, len};
        p += len + (newline != NULL);
    }
    return n;
}

/* Cuts the texts into pieces of about BYTES_A_TASK that end where lines end. */
static struct text *cut(const struct text *texts, size_t n, size_t *pieces)
{
    size_t most = 0;
    for (size_t i = 0; i < n; i++) most += texts[i].size / BYTES_A_TASK + 1;
    struct text *out = allocate(most, sizeof *out);
    *pieces = 0;
    for (size_t i = 0; i < n; i++) {
        const char *p = texts[i].bytes, *end = p + texts[i].size;
        while (p < end) {
            const char *cut_at = end;
            if ((size_t)(end - p) > BYTES_A_TASK) {
                const char *from = p + BYTES_A_TASK - 1;
                const char *newline = memchr(from, '\n', (size_t)(end - from));
                if (newline) cut_at = newline + 1;
            }
            out[(*pieces)++] = (struct text){p, (size_t)(cut_at - p)};
            p = cut_at;
        }
    }
    return out;
}

/* All lines of the texts, in order of appearance. */
static struct line *split(const struct text *texts, size_t n, size_t *lines)
{
    size_t pieces, total = 0;
    struct text *piece = cut(texts, n, &pieces);
    flowvar(size_t) *count = calloc(pieces + 1, sizeof *count);
    size_t *start = allocate(pieces + 1, sizeof *start);
    if (!count) die("cannot allocate", "counts");
    for (size_t i = 0; i < pieces; i++)
        count[i] = spawn count_lines(piece[i].bytes, piece[i].bytes + piece[i].size);
    for (size_t i = 0; i < pieces; i++) {
        start[i] = total;
        total += sync(count[i]);
    }
    struct line *line = allocate(total, sizeof *line);
    for (size_t i = 0; i < pieces; i++)
        count[i] = spawn find_lines(piece[i].bytes, piece[i].bytes + piece[i].size, line + start[i]);
    for (size_t i = 0; i < pieces; i++) sync(count[i]);
    free(count);
    free(start);
    free(piece);
    *lines = total;
    return line;
}

static size_t text_size(const struct line *a, size_t n)
{
    size_t size = n; /* the newlines */
    for (size_t i = 0; i < n; i++) size += a[i].len;
    return size;
}

static size_t copy_text(const struct line *a, size_t n, char *out)
{
    char *p = out;
    for (size_t i = 0; i < n; i++) {
        fetch_ahead(a + i, a + n, 0);
        memcpy(p, a[i].text, a[i].len);
        p += a[i].len;
        *p++ = '\n';
    }
    return (size_t)(p - out);
}

/* The text of the n lines in their order, each with a newline. */
static struct text gather(const struct line *a, size_t n)
{
    size_t parts = (n + LINES_A_TASK - 1) / LINES_A_TASK, total = 0;
    flowvar(size_t) *size = calloc(parts + 1, sizeof *size);
    size_t *start = allocate(parts + 1, sizeof *start);
    if (!size) die("cannot allocate", "sizes");
    for (size_t i = 0; i < parts; i++) {
        size_t from = i * LINES_A_TASK, left = n - from;
        size[i] = spawn text_size(a + from, left < LINES_A_TASK ? left : LINES_A_TASK);
    }
    for (size_t i = 0; i < parts; i++) {
        start[i] = total;
        total += sync(size[i]);
    }
    char *out = allocate(total, 1);
    for (size_t i = 0; i < parts; i++) {
        size_t from = i * LINES_A_TASK, left = n - from;
        size[i] = spawn copy_text(a + from, left < LINES_A_TASK ? left : LINES_A_TASK,
                                  out + start[i]);
    }
    for (size_t i = 0; i < parts; i++) sync(size[i]);
    free(size);
    free(start);
    return (struct text){out, total};
}

/* ---- files --------------------------------------------------------------------------------------- */

/* The whole of a pipe, a terminal, or a file that cannot be mapped. */
static struct text read_all(int fd, const char *name)
{
    size_t cap = 1 << 20, n = 0;
    char *p = allocate(cap, 1);
    for (;;) {
        ssize_t got = read(fd, p + n, cap - n);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) die("cannot read", name);
        if (got == 0) return (struct text){p, n};
        n += (size_t)got;
        if (n == cap) {
            p = realloc(p, cap *= 2);
            if (!p) die("cannot read", name);
        }
    }
}

static struct text read_file(const char *name)
{
    struct stat st;
    bool standard = !strcmp(name, "-");
    int fd = standard ? 0 : open(name, O_RDONLY);
    if (fd < 0 || fstat(fd, &st) != 0) die("cannot read", name);
    struct text t = {NULL, 0};
    void *map = MAP_FAILED;
    if (!standard && S_ISREG(st.st_mode) && st.st_size > 0)
        map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (map != MAP_FAILED) t = (struct text){map, (size_t)st.st_size};
    else t = read_all(fd, name);
    if (!standard) close(fd);
    return t;
}

static void write_all(struct text t)
{
    while (t.size) {
        ssize_t put = write(1, t.bytes, t.size);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) die("write failed", "standard output");
        t.bytes += put;
        t.size -= (size_t)put;
    }
    if (close(1) != 0) die("close failed", "standard output");
}

int main(int argc, char **argv)
{
    static char *standard_input[] = {"-"};
    size_t files = argc > 1 ? (size_t)argc - 1 : 1, lines;
    char **names = argc > 1 ? argv + 1 : standard_input;
    struct text *texts = allocate(files, sizeof *texts);
    for (size_t i = 0; i < files; i++) texts[i] = read_file(names[i]);
    struct line *line = split(texts, files, &lines);
    struct line *spare = allocate(lines, sizeof *spare);
    sort_lines(line, spare, lines, false);
    struct text sorted = gather(line, lines);
    free(spare);
    free(line);
    free(texts);
    write_all(sorted);
    free((void *)sorted.bytes);
    return 0;
}
