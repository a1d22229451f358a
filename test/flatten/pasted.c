/* A word pasted together, directly, through a macro, and from a fragment in the macro. */
// RUN: %obj/test/unit/flatten_dump --verify %s --include-dir=%include --cc=%cc -- -std=gnu11 
// RUN: %strip %s > %t.c && %obj/test/unit/flatten_dump %t.c --include-dir=%include --cc=%cc -- -std=gnu11 -iquote %S  | %FileCheck %s --match-full-lines --strict-whitespace
#include <tine.h>
#define CAT(a, b) a##b
#define CAT2(a, b) CAT(a, b)
#define TINE(word) tine_##word
int f(int);
int a(void)
{
    // CHECK:    flowvar(int) x = spawn f(1);
    flowvar(int) x = CAT(sp, awn) f(1);
    // CHECK:    flowvar(int) y = spawn f(1);
    flowvar(int) y = CAT2(spa, wn) f(1);
    // CHECK:    tine_flowvar(int) z = tine_spawn f(1);
    TINE(flowvar)(int) z = TINE(spawn) f(1);
    // CHECK:    int CAT(ha, rmless) = 0;
    int CAT(ha, rmless) = 0;
    return sync(x) + sync(y) + sync(z) + harmless;
}
