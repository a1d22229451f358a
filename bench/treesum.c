/* The sum of a balanced binary tree, a task for every left branch: bound by memory when it is
 * large (nodes=100000000), and over within microseconds when it is small (nodes=1000
 * rounds=100000), where waking others must not cost more than it brings. Nodes lie in memory in
 * their order in the tree, which favours neither the left branch first (as the serial program
 * goes) nor the right one (as one worker goes, for whom the left branch is a task for later).
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

/* Makes a tree of count > 0 nodes in memory[0] to memory[count - 1], the root in the middle. */
static struct node *build(struct node *memory, long count, int64_t *tasks)
{
    long left = count / 2, right = count - 1 - left;
    struct node *t = memory + left;
    t->value = (int64_t)(bench_mix((uint64_t)count) & 0xffff);
    t->left = left == 0 ? NULL : build(memory, left, tasks);
    t->right = right == 0 ? NULL : build(t + 1, right, tasks);
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
    int64_t tasks = 0;
    struct node *root = build(memory, nodes, &tasks);
    int64_t result = 0;
    BENCH_RUN(&b, result = repeat(root, rounds));

    int64_t expected = 0;
    for (long i = 0; i < nodes; i++)
        expected += &memory[i] == root ? 0 : memory[i].value;
    expected = expected * rounds + rounds * (rounds - 1) / 2;
    free(memory);
    return bench_close(&b, rounds * tasks, result == expected);
}
