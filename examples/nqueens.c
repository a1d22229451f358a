/* nqueens [N]: in how many ways do N queens stand on a board of N rows without a threat?
 *
 * An unbalanced tree of tasks that backtracks. In each row one flowvar a column: those columns that
 * are under threat get no task, and is_spawned says afterwards which ones did.
 */
#include <tine.h>

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { MAX_QUEENS = 18 };

/* The board so far: in row i a queen stands in column column[i]. */
struct board {
    int rows;
    signed char column[MAX_QUEENS];
};

static bool threatened(const struct board *b, int column)
{
    for (int row = 0; row < b->rows; row++) {
        int apart = b->column[row] - column, rows = b->rows - row;
        if (apart == 0 || apart == rows || apart == -rows) return true;
    }
    return false;
}

/* The number of ways to fill the rows that are left. The board is a copy of the task's own. */
static long ways(struct board b, int n)
{
    if (b.rows == n) return 1;
    flowvar(long) found[MAX_QUEENS]; /* not spawned, all of them */
    long total = 0;
    for (int column = 0; column < n; column++) {
        if (threatened(&b, column)) continue;
        struct board next = b;
        next.column[next.rows++] = (signed char)column;
        found[column] = spawn ways(next, n);
    }
    for (int column = 0; column < n; column++)
        if (is_spawned(found[column])) total += sync(found[column]);
    return total;
}

int main(int argc, char **argv)
{
    char *end = NULL;
    errno = 0;
    long n = argc > 1 ? strtol(argv[1], &end, 10) : 8;
    if (argc > 2 || errno || (end && (*end || end == argv[1])) || n < 1 || n > MAX_QUEENS) {
        fprintf(stderr, "usage: nqueens [N], N from 1 to %d\n", MAX_QUEENS);
        return 2;
    }
    printf("%ld queens: %ld ways\n", n, ways((struct board){0}, (int)n));
    return 0;
}
