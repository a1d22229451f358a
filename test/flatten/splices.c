/* Line splices inside macro names and words. */
// RUN: %obj/test/unit/flatten_dump --verify %s --include-dir=%include --cc=%cc -- -std=gnu11 
// RUN: %strip %s > %t.c && %obj/test/unit/flatten_dump %t.c --include-dir=%include --cc=%cc -- -std=gnu11 -iquote %S  | %FileCheck %s --match-full-lines --strict-whitespace
#include <tine.h>
#define G\
O spa\
wn
int f(int);
int a(void)
{
    // CHECK:    flowvar(int) x = spawn
    flowvar(int) x = G\
O f(1);
    return sync(x);
}
