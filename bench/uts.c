/* Unbalanced tree search (Olivier et al., 2006): counts the nodes of a tree whose shape is only
 * known by walking it, because the number of a node's children is drawn from a hash of its path.
 * Written from the paper; the trees are the published ones, whose sizes check the result.
 *
 * Parameters: tree=1 is T1 (geometric, depth 10, 4,130,071 nodes), tree=3 is T3 (binomial,
 * 4,112,897 nodes, up to 1,572 deep, very unbalanced); depth=N cuts T1 at another depth;
 * roots=N gives T3 another number of children at the root. Those are not checked by size, but
 * against a walk that spawns nothing. */
#include "common.h"

#include <math.h>

#include "sha1.h"

enum { MAX_CHILDREN = 100 };

struct node {
    unsigned char state[SHA1_SIZE]; /* of the random numbers: a hash of the path */
    int depth;
};

static struct {
    long tree;
    int depth_limit;
    int root_children;
} shape;

/* A number in [0, 1) from a node's state. */
static double draw(const struct node *n)
{
    uint32_t bits = sha1_load(n->state + SHA1_SIZE - 4) & 0x7fffffff;
    return bits / 2147483648.0;
}

static struct node make_root(int seed)
{
    struct node root;
    unsigned char text[SHA1_SIZE];
    memset(text, 0, sizeof text);
    sha1_store(text + SHA1_SIZE - 4, (uint32_t)seed);
    sha1(root.state, text, sizeof text);
    root.depth = 0;
    return root;
}

static BENCH_LEAF struct node make_child(const struct node *parent, int index)
{
    struct node child;
    unsigned char text[SHA1_SIZE + 4];
    memcpy(text, parent->state, SHA1_SIZE);
    sha1_store(text + SHA1_SIZE, (uint32_t)index);
    sha1(child.state, text, sizeof text);
    child.depth = parent->depth + 1;
    return child;
}

static int child_count(const struct node *n)
{
    if (shape.tree == 3) { /* binomial */
        if (n->depth == 0)
            return shape.root_children;
        return draw(n) < 0.124875 ? 8 : 0;
    }
    if (n->depth >= shape.depth_limit) /* geometric, the same expected number at every depth */
        return 0;
    const double expected = 4;
    int count = (int)floor(log(1 - draw(n)) / log(1 - 1 / (1 + expected)));
    return count < MAX_CHILDREN ? count : MAX_CHILDREN;
}

#ifdef BENCH_PEER
static long walk(struct node n)
{
    int count = child_count(&n);
    if (count == 0)
        return 1;
    long *part = (long *)__builtin_alloca((size_t)count * sizeof *part);
    GROUP(g);
    for (int i = 0; i < count; i++) {
        struct node child = make_child(&n, i);
        TASK_VOID(g, part[i] = walk(child));
    }
    WAIT(g);
    long nodes = 1;
    for (int i = 0; i < count; i++)
        nodes += part[i];
    return nodes;
}
#else
static long walk(struct node n)
{
    int count = child_count(&n);
    if (count == 0)
        return 1;
    flowvar(long) part[count];
    for (int i = 0; i < count; i++)
        part[i] = spawn walk(make_child(&n, i));
    long nodes = 1;
    for (int i = count; i-- > 0;)
        nodes += sync(part[i]);
    return nodes;
}
#endif

static long walk_alone(struct node n)
{
    long nodes = 1;
    int count = child_count(&n);
    for (int i = 0; i < count; i++)
        nodes += walk_alone(make_child(&n, i));
    return nodes;
}

int main(int argc, char **argv)
{
    struct bench b;
    bench_open(&b, "uts", argc, argv);
    shape.tree = bench_param(&b, "tree", 1, 1);
    shape.depth_limit = (int)bench_param(&b, "depth", 10, 0);
    shape.root_children = (int)bench_param(&b, "roots", 2000, 0);
    bench_params_end(&b);
    if (shape.tree != 1 && shape.tree != 3)
        bench_die("uts", "tree is 1 or 3", "");

    struct node root = make_root(shape.tree == 1 ? 19 : 42);
    long nodes = 0;
    BENCH_RUN(&b, nodes = walk(root));

    long expected;
    if (shape.tree == 1 && shape.depth_limit == 10)
        expected = 4130071;
    else if (shape.tree == 3 && shape.root_children == 2000)
        expected = 4112897;
    else
        expected = walk_alone(root);
    return bench_close(&b, nodes - 1, nodes == expected);
}
