/* LU factors of a dense matrix without pivoting, by divide and conquer over blocks, as in Cilk's
 * example: factor the first quarter, solve for its neighbours in parallel, subtract their product
 * from the last quarter, factor that. Parameters: n = leaf * 2^k, leaf. */
#include "common.h"

/* Rows are this much longer than the matrix is wide: rows a power of two apart would all fall into
 * the same few lines of the caches. */
enum { PADDING = 8 };

static long leaf, stride;

/* a = L U in place, L with ones on the diagonal. */
static BENCH_LEAF void factor_leaf(double *a, long n)
{
    for (long k = 0; k < n; k++)
        for (long i = k + 1; i < n; i++) {
            double x = a[i * stride + k] /= a[k * stride + k];
            for (long j = k + 1; j < n; j++)
                a[i * stride + j] -= x * a[k * stride + j];
        }
}

/* b = L^-1 b */
static BENCH_LEAF void lower_leaf(double *b, const double *l, long n)
{
    for (long k = 0; k < n; k++)
        for (long i = k + 1; i < n; i++) {
            double x = l[i * stride + k];
            for (long j = 0; j < n; j++)
                b[i * stride + j] -= x * b[k * stride + j];
        }
}

/* b = b U^-1 */
static BENCH_LEAF void upper_leaf(double *b, const double *u, long n)
{
    for (long i = 0; i < n; i++)
        for (long k = 0; k < n; k++) {
            double x = b[i * stride + k] /= u[k * stride + k];
            for (long j = k + 1; j < n; j++)
                b[i * stride + j] -= x * u[k * stride + j];
        }
}

/* c -= a b */
static BENCH_LEAF void subtract_leaf(double *c, const double *a, const double *b, long n)
{
    for (long i = 0; i < n; i++)
        for (long k = 0; k < n; k++) {
            double x = a[i * stride + k];
            for (long j = 0; j < n; j++)
                c[i * stride + j] -= x * b[k * stride + j];
        }
}

/* The quarters of a block of side 2 * half. */
#define Q01(m) ((m) + half)
#define Q10(m) ((m) + half * stride)
#define Q11(m) ((m) + half * stride + half)

/* The quarters of a product are taken in an order in which neighbours share a block, so that the
 * caches serve first to last (as the serial program goes) and last to first (as one worker goes)
 * alike. */
#ifdef BENCH_PEER
static void subtract(double *c, const double *a, const double *b, long n)
{
    if (n <= leaf) {
        subtract_leaf(c, a, b, n);
        return;
    }
    long half = n / 2;
    GROUP(g);
    TASK_VOID(g, subtract(c, a, b, half));
    TASK_VOID(g, subtract(Q01(c), a, Q01(b), half));
    TASK_VOID(g, subtract(Q11(c), Q10(a), Q01(b), half));
    subtract(Q10(c), Q10(a), b, half);
    WAIT(g);
    TASK_VOID(g, subtract(Q10(c), Q11(a), Q10(b), half));
    TASK_VOID(g, subtract(Q11(c), Q11(a), Q11(b), half));
    TASK_VOID(g, subtract(Q01(c), Q01(a), Q11(b), half));
    subtract(c, Q01(a), Q10(b), half);
    WAIT(g);
}

static void lower(double *b, const double *l, long n);

static void lower_column(double *b, const double *l, long half)
{
    lower(b, l, half);
    subtract(Q10(b), Q10(l), b, half);
    lower(Q10(b), Q11(l), half);
}

static void lower(double *b, const double *l, long n)
{
    if (n <= leaf) {
        lower_leaf(b, l, n);
        return;
    }
    long half = n / 2;
    GROUP(g);
    TASK_VOID(g, lower_column(b, l, half));
    lower_column(Q01(b), l, half);
    WAIT(g);
}

static void upper(double *b, const double *u, long n);

static void upper_row(double *b, const double *u, long half)
{
    upper(b, u, half);
    subtract(Q01(b), b, Q01(u), half);
    upper(Q01(b), Q11(u), half);
}

static void upper(double *b, const double *u, long n)
{
    if (n <= leaf) {
        upper_leaf(b, u, n);
        return;
    }
    long half = n / 2;
    GROUP(g);
    TASK_VOID(g, upper_row(b, u, half));
    upper_row(Q10(b), u, half);
    WAIT(g);
}

static void factor(double *a, long n)
{
    if (n <= leaf) {
        factor_leaf(a, n);
        return;
    }
    long half = n / 2;
    factor(a, half);
    GROUP(g);
    TASK_VOID(g, lower(Q01(a), a, half));
    upper(Q10(a), a, half);
    WAIT(g);
    subtract(Q11(a), Q10(a), Q01(a), half);
    factor(Q11(a), half);
}
#else
static void subtract(double *c, const double *a, const double *b, long n)
{
    if (n <= leaf) {
        subtract_leaf(c, a, b, n);
        return;
    }
    long half = n / 2;
    sync_scope {
        spawn subtract(c, a, b, half);
        spawn subtract(Q01(c), a, Q01(b), half);
        spawn subtract(Q11(c), Q10(a), Q01(b), half);
        subtract(Q10(c), Q10(a), b, half);
    }
    sync_scope {
        spawn subtract(Q10(c), Q11(a), Q10(b), half);
        spawn subtract(Q11(c), Q11(a), Q11(b), half);
        spawn subtract(Q01(c), Q01(a), Q11(b), half);
        subtract(c, Q01(a), Q10(b), half);
    }
}

static void lower(double *b, const double *l, long n);

static void lower_column(double *b, const double *l, long half)
{
    lower(b, l, half);
    subtract(Q10(b), Q10(l), b, half);
    lower(Q10(b), Q11(l), half);
}

static void lower(double *b, const double *l, long n)
{
    if (n <= leaf) {
        lower_leaf(b, l, n);
        return;
    }
    long half = n / 2;
    sync_scope {
        spawn lower_column(b, l, half);
        lower_column(Q01(b), l, half);
    }
}

static void upper(double *b, const double *u, long n);

static void upper_row(double *b, const double *u, long half)
{
    upper(b, u, half);
    subtract(Q01(b), b, Q01(u), half);
    upper(Q01(b), Q11(u), half);
}

static void upper(double *b, const double *u, long n)
{
    if (n <= leaf) {
        upper_leaf(b, u, n);
        return;
    }
    long half = n / 2;
    sync_scope {
        spawn upper_row(b, u, half);
        upper_row(Q10(b), u, half);
    }
}

static void factor(double *a, long n)
{
    if (n <= leaf) {
        factor_leaf(a, n);
        return;
    }
    long half = n / 2;
    factor(a, half);
    sync_scope {
        spawn lower(Q01(a), a, half);
        upper(Q10(a), a, half);
    }
    subtract(Q11(a), Q10(a), Q01(a), half);
    factor(Q11(a), half);
}
#endif

static int64_t tasks_of_subtract(long n)
{
    return n <= leaf ? 0 : 6 + 8 * tasks_of_subtract(n / 2);
}

static int64_t tasks_of_solve(long n)
{
    return n <= leaf ? 0 : 1 + 4 * tasks_of_solve(n / 2) + 2 * tasks_of_subtract(n / 2);
}

static int64_t tasks_of_factor(long n)
{
    return n <= leaf ? 0
                     : 1 + 2 * tasks_of_factor(n / 2) + 2 * tasks_of_solve(n / 2) +
                           tasks_of_subtract(n / 2);
}

/* The largest difference between L (U v) and A v, v = (1, 1, ...), over the largest A v. */
static double residual(const struct bench *b, const double *a, const double *lu, long n)
{
    double *uv = (double *)bench_alloc(b, (size_t)n, sizeof *uv);
    double worst = 0, largest = 0;
    for (long i = 0; i < n; i++) {
        uv[i] = 0;
        for (long j = i; j < n; j++)
            uv[i] += lu[i * stride + j];
    }
    for (long i = 0; i < n; i++) {
        double left = uv[i], right = 0;
        for (long j = 0; j < i; j++)
            left += lu[i * stride + j] * uv[j];
        for (long j = 0; j < n; j++)
            right += a[i * stride + j];
        double error = left > right ? left - right : right - left;
        worst = error > worst ? error : worst;
        largest = right > largest ? right : largest;
    }
    free(uv);
    return worst / largest;
}

int main(int argc, char **argv)
{
    struct bench b;
    bench_open(&b, "lu", argc, argv);
    long n = bench_param(&b, "n", 1024, 1);
    leaf = bench_param(&b, "leaf", 64, 1);
    bench_params_end(&b);
    for (long side = n; side > leaf; side /= 2)
        if (side % 2 != 0)
            bench_die("lu", "n is not leaf times a power of two", "");
    stride = n + PADDING;

    size_t items = (size_t)n * (size_t)stride;
    double *a = (double *)bench_alloc(&b, items, sizeof *a);
    double *lu = (double *)bench_alloc(&b, items, sizeof *lu);
    for (size_t i = 0; i < items; i++) {
        a[i] = (double)(bench_mix(i) >> 11) / 9007199254740992.0;
        if (i % (size_t)(stride + 1) == 0)
            a[i] += (double)n; /* dominant, so that no pivot is needed */
        lu[i] = a[i];
    }

    BENCH_RUN(&b, factor(lu, n));

    bool ok = residual(&b, a, lu, n) < 1e-12;
    free(a);
    free(lu);
    return bench_close(&b, tasks_of_factor(n), ok);
}
