/* All ways to put n queens on an n by n board, one task for every safe square, no cut-off. A board
 * is handed on by value. Parameter: n. */
#include "common.h"

enum { SIZE_MAX_N = 16 };

struct board {
    signed char column[SIZE_MAX_N]; /* of the queen in each row */
};

static bool safe(const struct board *b, int row, int column)
{
    for (int i = 0; i < row; i++) {
        int across = b->column[i] - column;
        if (across == 0 || across == row - i || across == i - row)
            return false;
    }
    return true;
}

/* The columns where a queen may stand in a row, as bits. */
static BENCH_LEAF unsigned free_columns(const struct board *b, int n, int row)
{
    unsigned free = 0;
    for (int column = 0; column < n; column++)
        if (safe(b, row, column))
            free |= 1u << column;
    return free;
}

#ifdef BENCH_PEER
static long nqueens(int n, int row, struct board b)
{
    if (row == n)
        return 1;
    long part[SIZE_MAX_N];
    int parts = 0;
    GROUP(g);
    for (unsigned free = free_columns(&b, n, row); free != 0; free &= free - 1) {
        struct board next = b;
        next.column[row] = (signed char)__builtin_ctz(free);
        TASK(g, part, part[parts] = nqueens(n, row + 1, next));
        parts++;
    }
    WAIT(g);
    long count = 0;
    for (int i = 0; i < parts; i++)
        count += part[i];
    return count;
}
#else
static long nqueens(int n, int row, struct board b)
{
    if (row == n)
        return 1;
    flowvar(long) part[SIZE_MAX_N];
    int parts = 0;
    for (unsigned free = free_columns(&b, n, row); free != 0; free &= free - 1) {
        struct board next = b;
        next.column[row] = (signed char)__builtin_ctz(free);
        part[parts++] = spawn nqueens(n, row + 1, next);
    }
    long count = 0;
    while (parts > 0)
        count += sync(part[--parts]);
    return count;
}
#endif

/* How many boards of some rows are safe: the tasks spawned. */
static long boards(int n, int row, struct board *b)
{
    long count = 0;
    if (row == n)
        return 0;
    for (unsigned free = free_columns(b, n, row); free != 0; free &= free - 1) {
        b->column[row] = (signed char)__builtin_ctz(free);
        count += 1 + boards(n, row + 1, b);
    }
    return count;
}

int main(int argc, char **argv)
{
    static const long solutions[SIZE_MAX_N + 1] = {1, 1, 0, 0, 2, 10, 4, 40, 92, 352, 724, 2680,
                                                   14200, 73712, 365596, 2279184, 14772512};
    struct bench b;
    bench_open(&b, "nqueens", argc, argv);
    int n = (int)bench_param(&b, "n", 12, 0);
    bench_params_end(&b);
    if (n > SIZE_MAX_N)
        bench_die("nqueens", "n is at most 16", "");

    struct board empty;
    memset(&empty, 0, sizeof empty);
    long result = 0;
    BENCH_RUN(&b, result = nqueens(n, 0, empty));
    return bench_close(&b, boards(n, 0, &empty), result == solutions[n]);
}
