// An assignment waits for an old task only where there may be one.
// RUN: %translate %s %t.c -- -O2
// RUN: FileCheck %s --implicit-check-not=tine__clear --implicit-check-not=tine__replace < %t.c
#include <tine.h>

struct pair {
    flowvar(int) left, right;
};

int id(int i);
flowvar(int) start(int i);
struct pair both(void);

int use(int n)
{
    flowvar(int) x, y;
    struct pair s;
    // CHECK: {{^}}    x = start(1);
    x = start(1);
    int sum = sync(x);
    // CHECK: {{^}}    x = tine__spawn_id_{{[0-9]+}}(&tine__f, 2);
    x = spawn id(2);
    // CHECK: {{^}}    y = flowvar_move(x);
    y = flowvar_move(x);
    // CHECK: {{^}}    s = both();
    s = both();
    return sum + sync(y) + sync(s.left) + sync(s.right) + n;
}
