/* A call whose arguments depend on #if. */
// RUN: %obj/test/unit/flatten_dump --verify %s --include-dir=%include --cc=%cc -- -std=gnu11 
// RUN: %strip %s > %t.c && %obj/test/unit/flatten_dump %t.c --include-dir=%include --cc=%cc -- -std=gnu11 -iquote %S  | %FileCheck %s --match-full-lines --strict-whitespace
#include <tine.h>
#define GO spawn
int f(int, int);
int a(void)
{
    flowvar(int) x =
#ifdef NEVER
        GO f(1,
#else
        // CHECK:        spawn f(2,
        GO f(2,
#endif
             3);
    return sync(x);
}
// CHECK:int b(void) { flowvar(int) x = spawn f(1, 2); return sync(x); }
int b(void) { flowvar(int) x = GO f(1, 2); return sync(x); }
