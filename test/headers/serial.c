/* Serial mode: the same program under gcc, clang and tcc, with <unistd.h> before and after. */
// RUN: %cc -std=c11 -D_GNU_SOURCE -DTINE_SERIAL -Wall -Wextra -Werror -I%include -I%S/Inputs %s -o %t && %t | %FileCheck %s
// RUN: %cc -std=gnu17 -DTINE_SERIAL -DUNISTD_FIRST -Wall -Wextra -Werror -I%include -I%S/Inputs %s -o %t && %t | %FileCheck %s
// RUN: %cc -std=c2x -D_GNU_SOURCE -DTINE_SERIAL -Wall -Wextra -Werror -I%include -I%S/Inputs %s -o %t && %t | %FileCheck %s
// RUN: sh %S/Inputs/tcc.sh %include %S/Inputs %s %t | %FileCheck %s
// CHECK: fv
// CHECK: 3 1
// CHECK-NEXT: 10
// CHECK-NEXT: 8 8
#ifdef UNISTD_FIRST
#include <unistd.h>
#endif
#include <tine.h>
#include "inl.h"
#ifndef UNISTD_FIRST
#include <unistd.h>
#endif
#include <stdio.h>
#include "inl2.h"
struct big { int a[10]; };
static int fi(int n) { return n + 1; } static struct big fb(int a, int b) { struct big r = {{a, b}}; return r; } static void fv(void) { puts("fv"); }
static int (*fp)(int) = fi;
typedef int (*fn)(int); static fn ret(void) { return fi; }
struct s { flowvar(int) x; flowvar(struct big) y[3]; tine_pending(int) p; };
static flowvar(int) start(int n) { flowvar(int) x = spawn fi(n); return x; }
static int use(flowvar(int) a, flowvar(int) *b) { if (is_ready(a)) return sync(a) + sync(*b) + sync(b[1]) + sync((*b)); return sync(start(3)); }
static void all(tine_executor *ex, struct s *sp)
{
    sync();
    flowvar(int) x;
    x = spawn fi(1);
    flowvar(int) arr[4] = { spawn fi(1), spawn fp(2) };
    flowvar(int (*)(int)) q = spawn ret();
    spawn fv();
    spawn_on(ex, fv());
    sp->x = spawn_on(ex, fi(1));
    sp->y[0] = spawn fb(1, 2);
    struct big r = sync(sp->y[0]);
    tine_pending(int) p = tine_submit fi(4), p2 = tine_submit_on(ex, fi(1));
    tine_submit fv();
    if (is_ready(p) || is_ready(x)) tine_wait_for(p2);
    x = flowvar_move(arr[0]);
    x = sync(x) ? spawn fi(2) : spawn fp(3);
    int k = ({ sync(q)(1); });
    sync_scope { spawn fv(); if (k < 0) return; }
    for (;;) sync_scope_on(ex) { spawn fv(); if (k) break; else continue; }
    if (k) sync_scope { fv(); } else sync_scope_on(ex) { fv(); }
    sync_all();
    printf("%d %d\n", sync(x), r.a[0]);
    printf("%d\n", use(flowvar_move(x), arr));
    (void)tine_wait_for(p);
}
int main(void) { struct s s = {0}; all(tine_executor_new(0), &s); int (*p)(flowvar(int)*) = inl; flowvar(int) z= spawn fi(3); printf("%d %d\n", p(&z), inl2(&z)); void (*sf)(void) = sync; (void)sf; return 0; }
