/*
 * A tree of tasks that feeds its results through a channel as they come, instead of collecting them
 * at its joins: the solutions of the n queens problem. The receiver is a thread of its own, so that
 * the channel is drained while the tasks run.
 *
 *     treefeed [N]
 */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <tine.h>
#include <tine/channel.h>

enum { BOARD_MAX = 16, SPAWN_ROWS = 3 };

typedef struct board {
    int rows;
    unsigned char column[BOARD_MAX];
} board;

TINE_CHANNEL_MPSC_LIST(solutions, board)

static solutions found;

static bool fits(const board *b, int column)
{
    for (int row = 0; row < b->rows; row++) {
        int d = b->column[row] - column;
        if (d == 0 || d == b->rows - row || d == row - b->rows) return false;
    }
    return true;
}

static void place(board b, int n)
{
    if (b.rows == n) {
        solutions_send(&found, b);
        return;
    }
    for (int column = 0; column < n; column++) {
        if (!fits(&b, column)) continue;
        board next = b;
        next.column[next.rows++] = (unsigned char)column;
        if (b.rows < SPAWN_ROWS) {
            spawn place(next, n);
        } else {
            place(next, n);
        }
    }
}

typedef struct tally {
    long solutions;
    bool right;
} tally;

static void *receive(void *arg)
{
    tally *t = (tally *)arg;
    board b;
    while (solutions_recv_status(&found, &b, NULL) <= TINE_CHANNEL_WAITED) {
        board prefix = b;
        for (prefix.rows = 0; prefix.rows < b.rows; prefix.rows++)
            if (!fits(&prefix, b.column[prefix.rows])) t->right = false;
        t->solutions++;
    }
    return NULL;
}

int main(int argc, char **argv)
{
    int n = argc > 1 ? atoi(argv[1]) : 8;
    tally t = {0, true};
    pthread_t receiver;
    if (n < 1 || n > BOARD_MAX) {
        fprintf(stderr, "usage: treefeed [N], N from 1 to %d\n", BOARD_MAX);
        return 2;
    }
    if (solutions_init(&found) != 0 || pthread_create(&receiver, NULL, receive, &t) != 0) {
        fprintf(stderr, "treefeed: no memory or no thread\n");
        return 1;
    }
    sync_scope {
        board empty = {0, {0}};
        place(empty, n);
    }
    solutions_close(&found);
    pthread_join(receiver, NULL);
    solutions_destroy(&found);
    if (!t.right) {
        fprintf(stderr, "treefeed: a wrong solution\n");
        return 1;
    }
    printf("%d queens: %ld solutions came through the channel\n", n, t.solutions);
    return 0;
}
