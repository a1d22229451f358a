/* X-macros: the list calls a macro that has words while it is defined so. */
// RUN: %obj/test/unit/flatten_dump --verify %s --include-dir=%include --cc=%cc -- -std=gnu11 
// RUN: %strip %s > %t.c && %obj/test/unit/flatten_dump %t.c --include-dir=%include --cc=%cc -- -std=gnu11 -iquote %S  | %FileCheck %s --match-full-lines --strict-whitespace
#include <tine.h>
#define LIST X(a) X(b) \
    X(c)
int a(void), b(void), c(void);
int all(void)
{
    int sum = 0;
#define X(name) flowvar(int) v##name = spawn name();
    // CHECK:    flowvar(int) va = spawn a(); flowvar(int) vb = spawn b(); flowvar(int) vc = spawn c();
    LIST
#undef X
#define X(name) sum += sync(v##name);
    // CHECK:    sum += sync(va); sum += sync(vb); sum += sync(vc);
    LIST
#undef X
#define X(name) sum += 1;
    // CHECK:    LIST
    LIST
    return sum;
}
