/* Heat in a plate: each step, every inner point becomes the mean of its four neighbours; rows are
 * halved down to `leaf` rows. Bound by memory once two grids outgrow the caches.
 * Parameters: rows, columns, steps, leaf. */
#include "common.h"

static long leaf, columns;

static BENCH_LEAF void step_rows(const double *from, double *to, long first, long last)
{
    for (long i = first; i < last; i++) {
        const double *row = from + i * columns;
        double *next = to + i * columns;
        for (long j = 1; j < columns - 1; j++)
            next[j] = 0.25 * (row[j - 1] + row[j + 1] + row[j - columns] + row[j + columns]);
    }
}

#ifdef BENCH_PEER
static void step(const double *from, double *to, long first, long last)
{
    if (last - first <= leaf) {
        step_rows(from, to, first, last);
        return;
    }
    long middle = first + (last - first) / 2;
    GROUP(g);
    TASK_VOID(g, step(from, to, first, middle));
    step(from, to, middle, last);
    WAIT(g);
}
#else
static void step(const double *from, double *to, long first, long last)
{
    if (last - first <= leaf) {
        step_rows(from, to, first, last);
        return;
    }
    long middle = first + (last - first) / 2;
    sync_scope {
        spawn step(from, to, first, middle);
        step(from, to, middle, last);
    }
}
#endif

static void run(double *grid, double *spare, long rows, long steps)
{
    for (long i = 0; i < steps; i++) {
        step(grid, spare, 1, rows - 1);
        double *t = grid;
        grid = spare;
        spare = t;
    }
}

static int64_t tasks_of_step(long rows)
{
    return rows <= leaf ? 0 : 1 + tasks_of_step(rows / 2) + tasks_of_step(rows - rows / 2);
}

static void fill(double *grid, long rows)
{
    for (long i = 0; i < rows * columns; i++)
        grid[i] = 0;
    for (long j = 0; j < columns; j++)
        grid[j] = 100; /* the upper edge is hot */
}

int main(int argc, char **argv)
{
    struct bench b;
    bench_open(&b, "heat", argc, argv);
    long rows = bench_param(&b, "rows", 2048, 3);
    columns = bench_param(&b, "columns", 2048, 3);
    long steps = bench_param(&b, "steps", 60, 1);
    leaf = bench_param(&b, "leaf", 32, 1);
    bench_params_end(&b);

    size_t items = (size_t)rows * (size_t)columns;
    double *grid = (double *)bench_alloc(&b, items, sizeof *grid);
    double *spare = (double *)bench_alloc(&b, items, sizeof *spare);
    fill(grid, rows);
    fill(spare, rows);

    BENCH_RUN(&b, run(grid, spare, rows, steps));

    /* The same arithmetic in the same order: equal to the last bit. */
    double *wanted = (double *)bench_alloc(&b, items, sizeof *wanted);
    double *other = (double *)bench_alloc(&b, items, sizeof *other);
    fill(wanted, rows);
    fill(other, rows);
    for (long i = 0; i < steps; i++) {
        step_rows(wanted, other, 1, rows - 1);
        double *t = wanted;
        wanted = other;
        other = t;
    }
    const double *result = steps % 2 == 0 ? grid : spare;
    bool ok = memcmp(result, wanted, items * sizeof *wanted) == 0;
    free(grid);
    free(spare);
    free(wanted);
    free(other);
    return bench_close(&b, steps * tasks_of_step(rows - 2), ok);
}
