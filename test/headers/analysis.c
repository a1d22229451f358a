/* Analysis mode: no word gives a warning, in any place where an expression can stand. */
// RUN: sh %S/Inputs/every.sh %include %s gnu99,c11,c2x -DTINE_ANALYSIS -D_GNU_SOURCE
// RUN: sh %S/Inputs/every.sh %include %s gnu99,c11,c2x -DTINE_ANALYSIS -D_GNU_SOURCE -DUNISTD_FIRST
#ifdef UNISTD_FIRST
#include <unistd.h>
#endif
#include <tine.h>
#ifndef UNISTD_FIRST
#include <unistd.h>
#endif
#include <stdio.h>
struct big { int a[10]; };
int fi(int); struct big fb(int, int); void fv(void); int va(const char *, ...); int (*fp)(int);
typedef int (*fn)(int); fn ret(void);
struct s { flowvar(int) x; flowvar(struct big) y[3]; tine_pending(int) p; };
flowvar(int) start(int n) { flowvar(int) x = spawn fi(n); return x; }
int use(flowvar(int) a, flowvar(int) *b) { if (is_spawned(a)) return sync(a) + sync(*b) + sync(b[1]) + sync((*b)); return sync(start(3)); }
void all(tine_executor *ex, struct s *sp)
{
    sync();
    flowvar(int) x;
    flowvar(void) v = spawn fv();
    x = spawn fi(1);
    flowvar(int) arr[4] = { spawn fi(1), spawn fp(2) };
    flowvar(int (*)(int)) q = spawn ret();
    sync(v);
    spawn fv();
    spawn_on(ex, fv());
    sp->x = spawn_on(ex, va("a", 1, 2));
    sp->y[0] = spawn fb(1, 2);
    struct big r = sync(sp->y[0]);
    tine_pending(int) p = tine_submit fi(4), p2 = tine_submit_on(ex, fi(1));
    tine_pending(void) pv = tine_submit fv();
    tine_wait_for(pv);
    tine_submit fv();
    if (!tine_is_submitted(p) || is_ready(p) || is_ready(x)) tine_wait_for(p2);
    x = flowvar_move(arr[0]);
    x = sync(x) ? spawn fi(2) : spawn fp(3);
    int k = ({ sync(q)(1); });
    sync_scope { spawn fv(); if (k) return; }
    for (;;) sync_scope_on(ex) { spawn fv(); if (k) break; else continue; }
    if (k) sync_scope { fv(); } else sync_scope_on(ex) { fv(); }
    sync_all();
    printf("%d%d", sync(x), r.a[0]);
    use(flowvar_move(x), arr);
    tine_wait_for(p);
}
int ret2(int n) { sync_scope { return n; } }
int ret3(int n) { sync_scope_on((tine_executor *)0) { return n; } }
