/* Words in the arguments of a macro: the macro may use them twice, or as text. */
// RUN: %obj/test/unit/flatten_dump --verify %s --include-dir=%include --cc=%cc -- -std=gnu11 
// RUN: %strip %s > %t.c && %obj/test/unit/flatten_dump %t.c --include-dir=%include --cc=%cc -- -std=gnu11 -iquote %S  | %FileCheck %s --match-full-lines --strict-whitespace
#include <tine.h>
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define SHOW(x) show(#x, x)
#define NOTHING(x)
int f(int), show(const char *, int), plain(int);
int a(void)
{
    flowvar(int) x = spawn f(1), y = spawn f(2), z = spawn f(3);
    // CHECK:    int r = ((sync(x)) > (3) ? (sync(x)) : (3));
    int r = MAX(sync(x), 3);
    // CHECK:    r += show("sync(y)", sync(y));
    r += SHOW(sync(y));
    // CHECK:    r += plain(sync(z)) + MAX(r, 2);
    r += plain(sync(z)) + MAX(r, 2);
    // CHECK:     ;
    NOTHING(sync(z));
    return r;
}
