/* C = A B by Strassen's seven products (Winograd's order of sums), each a task, down to `leaf`.
 * Matrices of side n = leaf * 2^k; temporaries from malloc, as one would write it.
 * Parameters: n, leaf. */
#include "common.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

/* Rows are this much longer than a matrix is wide: rows a power of two apart would all fall into
 * the same few lines of the caches. */
enum { PADDING = 8 };

static long leaf;

/* A square block inside a matrix whose rows are stride apart. */
struct block {
    double *at;
    long stride;
};

static struct block quarter(struct block m, long half, int row, int column)
{
    m.at += row * half * m.stride + column * half;
    return m;
}

static BENCH_LEAF void multiply_leaf(struct block c, struct block a, struct block b, long n)
{
    for (long i = 0; i < n; i++) {
        double *row = c.at + i * c.stride;
        memset(row, 0, (size_t)n * sizeof *row);
        for (long k = 0; k < n; k++) {
            double x = a.at[i * a.stride + k];
            const double *other = b.at + k * b.stride;
            for (long j = 0; j < n; j++)
                row[j] += x * other[j];
        }
    }
}

/* to = a + sign * b, in the rows [first, last) */
static BENCH_LEAF void combine(struct block to, struct block a, double sign, struct block b,
                               long columns, long first, long last)
{
    for (long i = first; i < last; i++)
        for (long j = 0; j < columns; j++)
            to.at[i * to.stride + j] = a.at[i * a.stride + j] + sign * b.at[i * b.stride + j];
}

enum { SUMS = 8, PRODUCTS = 7, TEMPORARIES = SUMS + PRODUCTS, ROWS = 64 };

/* What one level works on: the quarters, four sums of A's, four of B's, seven products. */
struct level {
    struct block a[2][2], b[2][2], c[2][2], s[4], t[4], p[PRODUCTS];
    double *memory;
    long half;
};

static void level_begin(struct level *l, struct block c, struct block a, struct block b, long half)
{
    long stride = half + PADDING;
    size_t items = (size_t)half * (size_t)stride;
    l->half = half;
    l->memory = (double *)malloc(TEMPORARIES * items * sizeof *l->memory);
    if (l->memory == NULL)
        bench_die("strassen", "out of memory", "");
    for (int i = 0; i < TEMPORARIES; i++) {
        struct block m = {l->memory + (size_t)i * items, stride};
        *(i < 4 ? &l->s[i] : i < SUMS ? &l->t[i - 4] : &l->p[i - SUMS]) = m;
    }
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++) {
            l->a[i][j] = quarter(a, half, i, j);
            l->b[i][j] = quarter(b, half, i, j);
            l->c[i][j] = quarter(c, half, i, j);
        }
}

static void sums_of_rows(struct level *l, long first, long last)
{
    combine(l->s[0], l->a[1][0], 1, l->a[1][1], l->half, first, last);
    combine(l->s[1], l->s[0], -1, l->a[0][0], l->half, first, last);
    combine(l->s[2], l->a[0][0], -1, l->a[1][0], l->half, first, last);
    combine(l->s[3], l->a[0][1], -1, l->s[1], l->half, first, last);
    combine(l->t[0], l->b[0][1], -1, l->b[0][0], l->half, first, last);
    combine(l->t[1], l->b[1][1], -1, l->t[0], l->half, first, last);
    combine(l->t[2], l->b[1][1], -1, l->b[0][1], l->half, first, last);
    combine(l->t[3], l->t[1], -1, l->b[1][0], l->half, first, last);
}

static void results_of_rows(struct level *l, long first, long last)
{
    combine(l->c[0][0], l->p[0], 1, l->p[1], l->half, first, last);
    combine(l->p[5], l->p[0], 1, l->p[5], l->half, first, last);    /* u2 */
    combine(l->p[6], l->p[5], 1, l->p[6], l->half, first, last);    /* u3 */
    combine(l->c[0][1], l->p[5], 1, l->p[4], l->half, first, last); /* u4 */
    combine(l->c[0][1], l->c[0][1], 1, l->p[2], l->half, first, last);
    combine(l->c[1][0], l->p[6], -1, l->p[3], l->half, first, last);
    combine(l->c[1][1], l->p[6], 1, l->p[4], l->half, first, last);
}

#ifdef BENCH_PEER
static void sums(struct level *l, long first, long last)
{
    if (last - first <= ROWS) {
        sums_of_rows(l, first, last);
        return;
    }
    long middle = first + (last - first) / 2;
    GROUP(g);
    TASK_VOID(g, sums(l, first, middle));
    sums(l, middle, last);
    WAIT(g);
}

static void results(struct level *l, long first, long last)
{
    if (last - first <= ROWS) {
        results_of_rows(l, first, last);
        return;
    }
    long middle = first + (last - first) / 2;
    GROUP(g);
    TASK_VOID(g, results(l, first, middle));
    results(l, middle, last);
    WAIT(g);
}

static void strassen(struct block c, struct block a, struct block b, long n)
{
    if (n <= leaf) {
        multiply_leaf(c, a, b, n);
        return;
    }
    long half = n / 2;
    struct level level, *l = &level;
    level_begin(l, c, a, b, half);
    sums(l, 0, half);
    GROUP(g);
    TASK_VOID(g, strassen(l->p[0], l->a[0][0], l->b[0][0], half));
    TASK_VOID(g, strassen(l->p[1], l->a[0][1], l->b[1][0], half));
    TASK_VOID(g, strassen(l->p[2], l->s[3], l->b[1][1], half));
    TASK_VOID(g, strassen(l->p[3], l->a[1][1], l->t[3], half));
    TASK_VOID(g, strassen(l->p[4], l->s[0], l->t[0], half));
    TASK_VOID(g, strassen(l->p[5], l->s[1], l->t[1], half));
    strassen(l->p[6], l->s[2], l->t[2], half);
    WAIT(g);
    results(l, 0, half);
    free(l->memory);
}
#else
static void sums(struct level *l, long first, long last)
{
    if (last - first <= ROWS) {
        sums_of_rows(l, first, last);
        return;
    }
    long middle = first + (last - first) / 2;
    sync_scope {
        spawn sums(l, first, middle);
        sums(l, middle, last);
    }
}

static void results(struct level *l, long first, long last)
{
    if (last - first <= ROWS) {
        results_of_rows(l, first, last);
        return;
    }
    long middle = first + (last - first) / 2;
    sync_scope {
        spawn results(l, first, middle);
        results(l, middle, last);
    }
}

static void strassen(struct block c, struct block a, struct block b, long n)
{
    if (n <= leaf) {
        multiply_leaf(c, a, b, n);
        return;
    }
    long half = n / 2;
    struct level l;
    level_begin(&l, c, a, b, half);
    sums(&l, 0, half);
    sync_scope {
        spawn strassen(l.p[0], l.a[0][0], l.b[0][0], half);
        spawn strassen(l.p[1], l.a[0][1], l.b[1][0], half);
        spawn strassen(l.p[2], l.s[3], l.b[1][1], half);
        spawn strassen(l.p[3], l.a[1][1], l.t[3], half);
        spawn strassen(l.p[4], l.s[0], l.t[0], half);
        spawn strassen(l.p[5], l.s[1], l.t[1], half);
        strassen(l.p[6], l.s[2], l.t[2], half);
    }
    results(&l, 0, half);
    free(l.memory);
}
#endif

static int64_t tasks_of_rows(long rows)
{
    return rows <= ROWS ? 0 : 1 + tasks_of_rows(rows / 2) + tasks_of_rows(rows - rows / 2);
}

static int64_t tasks_of(long n)
{
    return n <= leaf ? 0 : 6 + 2 * tasks_of_rows(n / 2) + 7 * tasks_of(n / 2);
}

/* Freed temporaries stay with the process: otherwise most of the time goes into the kernel, which
 * gives the same pages anew for each of them. */
static void keep_memory(void)
{
#ifdef __GLIBC__
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
#endif
}

int main(int argc, char **argv)
{
    struct bench b;
    keep_memory();
    bench_open(&b, "strassen", argc, argv);
    long n = bench_param(&b, "n", 1024, 1);
    leaf = bench_param(&b, "leaf", 64, 1);
    bench_params_end(&b);
    for (long side = n; side > leaf; side /= 2)
        if (side % 2 != 0)
            bench_die("strassen", "n is not leaf times a power of two", "");

    long stride = n + PADDING;
    size_t items = (size_t)n * (size_t)stride;
    double *a = (double *)bench_alloc(&b, items, sizeof *a);
    double *m = (double *)bench_alloc(&b, items, sizeof *m);
    double *c = (double *)bench_alloc(&b, items, sizeof *c);
    for (size_t i = 0; i < items; i++) {
        a[i] = (double)(bench_mix(i) % 17) - 8;
        m[i] = (double)(bench_mix(i + items) % 13) - 6;
        c[i] = 0;
    }
    struct block ba = {a, stride}, bb = {m, stride}, bc = {c, stride};

    /* Twice: the first time makes the pages of the temporaries. */
    BENCH_RUN(&b, strassen(bc, ba, bb, n));
    bench_restart(&b);
    BENCH_RUN(&b, strassen(bc, ba, bb, n));

    /* Whole numbers far below 2^53: every sum is exact, and C v = A (M v). */
    bool ok = true;
    double *mv = (double *)bench_alloc(&b, (size_t)n, sizeof *mv);
    for (long i = 0; i < n; i++) {
        mv[i] = 0;
        for (long j = 0; j < n; j++)
            mv[i] += m[i * stride + j] * (double)(j + 1);
    }
    for (long i = 0; i < n; i++) {
        double left = 0, right = 0;
        for (long j = 0; j < n; j++) {
            left += c[i * stride + j] * (double)(j + 1);
            right += a[i * stride + j] * mv[j];
        }
        ok = ok && left == right;
    }
    free(mv);
    free(a);
    free(m);
    free(c);
    return bench_close(&b, tasks_of(n), ok);
}
