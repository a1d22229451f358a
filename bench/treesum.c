/* The sum of a balanced binary tree, a task for every left branch: bound by memory when it is large
 * (nodes=100000000), and over within microseconds when it is small (nodes=1000 rounds=100000), where
 * waking others must not cost more than it brings. Nodes lie in memory in the order of a walk.
 * Parameters: nodes, rounds. */
#include "common.h"

struct node {
    int64_t value;
    const struct node *left, *right; /* a node without left has no right either */
};

#ifdef BENCH_PEER
static int64_t sum(const struct node *t)
{
    if (t->right == NULL)
        return t->value + (t->left == NULL ? 0 : sum(t->left));
    int64_t left;
    GROUP(g);
    TASK(g, left, left = sum(t->left));
    int64_t right = sum(t->right);
    WAIT(g);
    return t->value + left + right;
}
#else
static int64_t sum(const struct node *t)
{
    if (t->right == NULL)
        return t->value + (t->left == NULL ? 0 : sum(t->left));
    flowvar(int64_t) left = spawn sum(t->left);
    int64_t right = sum(t->right);
    return t->value + sync(left) + right;
}
#endif

/* Makes a tree of `count` > 0 nodes from the next ones of an array. */
static struct node *build(struct node **next, long count, int64_t *tasks)
{
    struct node *t = (*next)++;
    t->value = (int64_t)(bench_mix((uint64_t)count) & 0xffff);
    long right = (count - 1) / 2, left = count - 1 - right;
    t->left = left == 0 ? NULL : build(next, left, tasks);
    t->right = right == 0 ? NULL : build(next, right, tasks);
    *tasks += right != 0;
    return t;
}

/* Different each time, so that no round can be skipped. */
static int64_t repeat(struct node *root, long rounds)
{
    int64_t total = 0;
    for (long i = 0; i < rounds; i++) {
        root->value = i;
        total += sum(root);
    }
    return total;
}

int main(int argc, char **argv)
{
    struct bench b;
    bench_open(&b, "treesum", argc, argv);
    long nodes = bench_param(&b, "nodes", 10000000, 1);
    long rounds = bench_param(&b, "rounds", 10, 1);
    bench_params_end(&b);

    struct node *memory = (struct node *)bench_alloc(&b, (size_t)nodes, sizeof *memory);
    struct node *next = memory;
    int64_t tasks = 0;
    struct node *root = build(&next, nodes, &tasks);
    int64_t result = 0;
    BENCH_RUN(&b, result = repeat(root, rounds));

    int64_t expected = 0;
    for (long i = 1; i < nodes; i++)
        expected += memory[i].value;
    expected = expected * rounds + rounds * (rounds - 1) / 2;
    free(memory);
    return bench_close(&b, rounds * tasks, result == expected);
}
