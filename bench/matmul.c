/* C += A B by divide and conquer: the longest side is halved; halves of rows or columns are
 * independent, halves of the common side follow one another. Parameters: n, leaf. */
#include "common.h"

/* Rows are this much longer than the matrix is wide: rows a power of two apart would all fall into
 * the same few lines of the caches. */
enum { PADDING = 8 };

static long leaf, stride;

static BENCH_LEAF void multiply_leaf(const double *a, const double *b, double *c, long rows,
                                     long inner, long columns)
{
    for (long i = 0; i < rows; i++)
        for (long k = 0; k < inner; k++) {
            double x = a[i * stride + k];
            for (long j = 0; j < columns; j++)
                c[i * stride + j] += x * b[k * stride + j];
        }
}

#ifdef BENCH_PEER
static void multiply(const double *a, const double *b, double *c, long rows, long inner,
                     long columns)
{
    if (rows <= leaf && inner <= leaf && columns <= leaf) {
        multiply_leaf(a, b, c, rows, inner, columns);
    } else if (rows >= inner && rows >= columns) {
        long half = rows / 2;
        GROUP(g);
        TASK_VOID(g, multiply(a, b, c, half, inner, columns));
        multiply(a + half * stride, b, c + half * stride, rows - half, inner, columns);
        WAIT(g);
    } else if (columns >= inner) {
        long half = columns / 2;
        GROUP(g);
        TASK_VOID(g, multiply(a, b, c, rows, inner, half));
        multiply(a, b + half, c + half, rows, inner, columns - half);
        WAIT(g);
    } else {
        long half = inner / 2;
        multiply(a, b, c, rows, half, columns);
        multiply(a + half, b + half * stride, c, rows, inner - half, columns);
    }
}
#else
static void multiply(const double *a, const double *b, double *c, long rows, long inner,
                     long columns)
{
    if (rows <= leaf && inner <= leaf && columns <= leaf) {
        multiply_leaf(a, b, c, rows, inner, columns);
    } else if (rows >= inner && rows >= columns) {
        long half = rows / 2;
        sync_scope {
            spawn multiply(a, b, c, half, inner, columns);
            multiply(a + half * stride, b, c + half * stride, rows - half, inner, columns);
        }
    } else if (columns >= inner) {
        long half = columns / 2;
        sync_scope {
            spawn multiply(a, b, c, rows, inner, half);
            multiply(a, b + half, c + half, rows, inner, columns - half);
        }
    } else {
        long half = inner / 2;
        multiply(a, b, c, rows, half, columns);
        multiply(a + half, b + half * stride, c, rows, inner - half, columns);
    }
}
#endif

static int64_t tasks_of(long rows, long inner, long columns)
{
    if (rows <= leaf && inner <= leaf && columns <= leaf)
        return 0;
    if (rows >= inner && rows >= columns)
        return 1 + tasks_of(rows / 2, inner, columns) +
               tasks_of(rows - rows / 2, inner, columns);
    if (columns >= inner)
        return 1 + tasks_of(rows, inner, columns / 2) +
               tasks_of(rows, inner, columns - columns / 2);
    return tasks_of(rows, inner / 2, columns) + tasks_of(rows, inner - inner / 2, columns);
}

int main(int argc, char **argv)
{
    struct bench b;
    bench_open(&b, "matmul", argc, argv);
    long n = bench_param(&b, "n", 1024, 1);
    leaf = bench_param(&b, "leaf", 64, 1);
    bench_params_end(&b);
    stride = n + PADDING;

    size_t items = (size_t)n * (size_t)stride;
    double *a = (double *)bench_alloc(&b, items, sizeof *a);
    double *m = (double *)bench_alloc(&b, items, sizeof *m);
    double *c = (double *)bench_alloc(&b, items, sizeof *c);
    for (size_t i = 0; i < items; i++) {
        a[i] = (double)(bench_mix(i) % 17) - 8;
        m[i] = (double)(bench_mix(i + items) % 13) - 6;
        c[i] = 0;
    }

    BENCH_RUN(&b, multiply(a, m, c, n, n, n));

    /* Small whole numbers: sums are exact, and C v = A (M v) for v = (1, 2, 3, ...). */
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
    return bench_close(&b, tasks_of(n, n, n), ok);
}
