/* What stands between spawn and the arguments is expanded; the arguments only where the callee is a macro. */
// RUN: %obj/test/unit/flatten_dump --verify %s --include-dir=%include --cc=%cc -- -std=gnu11 
// RUN: %strip %s > %t.c && %obj/test/unit/flatten_dump %t.c --include-dir=%include --cc=%cc -- -std=gnu11 -iquote %S  | %FileCheck %s --match-full-lines --strict-whitespace
#include <tine.h>
#define FIB(n) fib(n)
#define F fib
#define FIELD ops
#define ONE 1
struct s { int (*ops)(int); } *p;
int fib(int);
int a(tine_executor *e)
{
    // CHECK:    flowvar(int) x = spawn fib(1), y = spawn fib(1);
    flowvar(int) x = spawn FIB(ONE), y = spawn F(ONE);
    // CHECK:    flowvar(int) z = spawn p->ops(1), w = spawn_on(e, fib(3));
    flowvar(int) z = spawn p->FIELD(ONE), w = spawn_on(e, FIB(3));
    // CHECK:    flowvar(int) v = spawn (fib(2)), u = spawn (*p[1].ops)(ONE);
    flowvar(int) v = spawn (FIB(2)), u = spawn (*p[ONE].FIELD)(ONE);
    return sync(x) + sync(y) + sync(z) + sync(w) + sync(v) + sync(u);
}
