/* Files read and their lines; see source.h. Writing is in output.c. */
#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { READ_CHUNK = 1 << 16 };
static const size_t MAX_SIZE = (size_t)1 << 31; /* libclang's offsets have 32 bits */

/* Reads fd to its end. Returns 0 or an errno; EFBIG beyond MAX_SIZE. */
static int read_all(int fd, str *text)
{
    for (;;) {
        str_reserve(text, READ_CHUNK);
        ssize_t got = read(fd, text->data + text->len, text->cap - text->len - 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return errno;
        if (got == 0)
            break;
        text->len += (size_t)got;
        if (text->len >= MAX_SIZE)
            return EFBIG;
    }
    text->data[text->len] = '\0';
    return 0;
}

bool source_read(source *s, const char *path, char **error)
{
    bool standard = strcmp(path, "-") == 0;
    str text = {0};
    struct stat status;
    int why = 0;

    *s = (source){0};
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        why = errno;
    else if (fstat(fd, &status) != 0)
        why = errno;
    else if (S_ISDIR(status.st_mode))
        why = EISDIR;
    else if (S_ISREG(status.st_mode) && (unsigned long long)status.st_size >= MAX_SIZE)
        why = EFBIG;
    else {
        if (S_ISREG(status.st_mode))
            str_reserve(&text, (size_t)status.st_size + 1);
        why = read_all(fd, &text);
    }
    if (fd >= 0 && !standard)
        close(fd);
    if (why != 0) {
        str_free(&text);
        *error = mem_printf("cannot read '%s': %s", standard ? "<stdin>" : path, strerror(why));
        return false;
    }
    size_t len = text.len;
    source_of_text(s, standard ? "<stdin>" : path, str_take(&text), len);
    return true;
}

void source_of_text(source *s, const char *name, char *text, size_t len)
{
    *s = (source){.name = mem_strdup(name), .text = text, .len = len};
}

void source_free(source *s)
{
    free(s->name);
    free(s->text);
    free(s->lines);
    *s = (source){0};
}

/* Fills lines at first need. */
static void find_lines(source *s)
{
    if (s->lines != NULL)
        return;
    size_t cap = 0;
    s->lines = mem_grow(NULL, &cap, 0, sizeof *s->lines);
    s->lines[s->line_count++] = 0;
    for (size_t i = 0; i < s->len; i++) {
        if (s->text[i] != '\n' && (s->text[i] != '\r' || s->text[i + 1] == '\n'))
            continue;
        s->lines = mem_grow(s->lines, &cap, s->line_count, sizeof *s->lines);
        s->lines[s->line_count++] = i + 1;
    }
}

size_t source_line_count(source *s)
{
    find_lines(s);
    return s->line_count;
}

unsigned source_line(source *s, size_t offset)
{
    find_lines(s);
    size_t low = 0, high = s->line_count; /* lines[low] <= offset < lines[high] */
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (s->lines[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return (unsigned)low + 1;
}

unsigned source_column(source *s, size_t offset)
{
    unsigned line = source_line(s, offset);
    return (unsigned)(offset - s->lines[line - 1]) + 1;
}

view source_line_text(source *s, unsigned line)
{
    find_lines(s);
    if (line == 0 || line > s->line_count)
        return (view){"", 0};
    size_t begin = s->lines[line - 1];
    size_t end = line < s->line_count ? s->lines[line] : s->len;
    while (end > begin && (s->text[end - 1] == '\n' || s->text[end - 1] == '\r'))
        end--;
    return (view){s->text + begin, end - begin};
}

size_t source_offset(source *s, unsigned line, unsigned column)
{
    find_lines(s);
    if (line > s->line_count)
        return s->len;
    view text = source_line_text(s, line);
    size_t begin = line == 0 ? 0 : s->lines[line - 1];
    size_t in_line = column == 0 ? 0 : column - 1;
    return begin + (in_line < text.len ? in_line : text.len);
}

static void add_place(str *out, unsigned line, const char *name)
{
    str_printf(out, "%u \"", line);
    for (; *name != '\0'; name++) {
        if (*name == '"' || *name == '\\')
            str_putc(out, '\\');
        str_putc(out, *name);
    }
    str_putc(out, '"');
}

void source_line_directive(str *out, unsigned line, const char *name)
{
    str_puts(out, "#line ");
    add_place(out, line, name);
    str_putc(out, '\n');
}

void source_line_marker(str *out, unsigned line, const char *name, unsigned flag)
{
    str_puts(out, "# ");
    add_place(out, line, name);
    str_printf(out, " %u\n", flag);
}
