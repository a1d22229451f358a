/* TINE_NO_SHORT_NAMES leaves the prefixed names alone. */
// RUN: sh %S/Inputs/every.sh %include %s gnu11,c2x -DTINE_ANALYSIS -DTINE_NO_SHORT_NAMES
// RUN: sh %S/Inputs/every.sh %include %s gnu11,c2x -DTINE_SERIAL -DTINE_NO_SHORT_NAMES
// RUN: sh %S/Inputs/every.sh %include %s gnu11,c2x -DTINE_NO_SHORT_NAMES -DTYPES_ALONE
#include <tine.h>
int spawn(int flowvar), is_ready, sync_scope, sync_all, flowvar_move;
struct sync {
    int is_spawned, spawn_on, sync_scope_on;
} sync;
int f(int);
int use(tine_flowvar(int) x);
#ifndef TYPES_ALONE
int use(tine_flowvar(int) x)
{
    tine_executor *e = 0;
    tine_flowvar(int) y = tine_spawn f(1), z = tine_spawn_on(e, f(2));
    tine_pending(int) p = tine_submit f(3), q = tine_submit_on(e, f(4));
    tine_sync_scope { tine_spawn f(5); }
    tine_sync_scope_on(e) { tine_spawn f(5); }
    tine_sync_all();
    if (tine_is_ready(y))
        z = tine_flowvar_move(y);
    return tine_sync(x) + tine_sync(z) + tine_wait_for(p) + tine_wait_for(q);
}
#endif
