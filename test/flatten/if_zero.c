/* Code that is not compiled stays as it is. */
// RUN: %obj/test/unit/flatten_dump --verify %s --include-dir=%include --cc=%cc -- -std=gnu11 
// RUN: %strip %s > %t.c && %obj/test/unit/flatten_dump %t.c --include-dir=%include --cc=%cc -- -std=gnu11 -iquote %S  | %FileCheck %s --match-full-lines --strict-whitespace
#include <tine.h>
#define GO spawn
int f(int);
int a(void)
{
#if 0
    // CHECK:    flowvar(int) x = GO f(1);
    flowvar(int) x = GO f(1);
#else
    // CHECK:    flowvar(int) x = spawn f(2);
    flowvar(int) x = GO f(2);
#endif
    // CHECK:    /* GO in a comment, "GO" */
    /* GO in a comment, "GO" */
    return sync(x);
}
