/* A function-like macro around spawn, nested in another, with its arguments on several lines. */
// RUN: %obj/test/unit/flatten_dump --verify %s --include-dir=%include --cc=%cc -- -std=gnu11 
// RUN: %strip %s > %t.c && %obj/test/unit/flatten_dump %t.c --include-dir=%include --cc=%cc -- -std=gnu11 -iquote %S  | %FileCheck %s --match-full-lines --strict-whitespace
#include <tine.h>
#define DO(f, ...) spawn f(__VA_ARGS__)
#define TWICE(a, b, call) flowvar(int) a = call, b = call
int f(int, int);
int a(void)
{
    // CHECK:    flowvar(int) x = spawn f(1, 2)
    // CHECK-NEXT:;
    flowvar(int) x = DO(f, 1,
        2);
    // CHECK:    flowvar(int) y = spawn f(3, 4), z = spawn f(3, 4);
    TWICE(y, z, DO(f, 3, 4));
    return sync(x) + sync(y) + sync(z);
}
