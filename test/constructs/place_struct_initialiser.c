// Spawns in the initialiser of a struct, by name.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    struct {
        flowvar(int) a, b;
    // CHECK: {{^}}/* place_struct_initialiser.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    } s = {.b = spawn twice(1), .a = spawn twice(2)};
    return sync(s.a) - sync(s.b) != 2;
}
