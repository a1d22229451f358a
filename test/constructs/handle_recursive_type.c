// A struct that holds handles which give the same struct.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

struct tree {
    int value;
    flowvar(struct tree) left, right;
};

static struct tree grow(int depth, int value)
{
    struct tree t = {.value = value};
    if (depth > 0) {
        // CHECK: {{^}}/* handle_recursive_type.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
        t.left = spawn grow(depth - 1, 2 * value);
        t.right = spawn grow(depth - 1, 2 * value + 1);
    }
    return t;
}

static int sum(flowvar(struct tree) handle)
{
    if (!is_spawned(handle))
        return 0;
    struct tree t = sync(handle);
    int left = sum(flowvar_move(t.left));
    return t.value + left + sum(flowvar_move(t.right));
}

int main(void)
{
    flowvar(struct tree) root = spawn grow(3, 1);
    return sum(flowvar_move(root)) != 120;
}
