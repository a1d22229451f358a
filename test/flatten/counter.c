/* __COUNTER__ goes on behind an expansion as it would have. */
// RUN: %obj/test/unit/flatten_dump --verify %s --include-dir=%include --cc=%cc -- -std=gnu11 
// RUN: %strip %s > %t.c && %obj/test/unit/flatten_dump %t.c --include-dir=%include --cc=%cc -- -std=gnu11 -iquote %S  | %FileCheck %s --match-full-lines --strict-whitespace
#include <tine.h>
#define CAT(a, b) a##b
#define NAME(a, b) CAT(a, b)
#define TWO(f) flowvar(int) NAME(u, __COUNTER__) = spawn f(__COUNTER__); sync(u0)
int f(int);
int a(void)
{
    // CHECK:#if __COUNTER__ + __COUNTER__
    // CHECK-NEXT:#endif
    // CHECK-NEXT:#line [[@LINE+2]] "{{.*}}counter{{.*}}.c"
    // CHECK-NEXT:flowvar(int) u0 = spawn f(1); sync(u0);
    TWO(f);
    return __COUNTER__ == 2 ? 0 : __COUNTER__;
}
