// sync_scope is followed by a block in braces.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
void f(void);
void g(tine_executor *ex)
{
    sync_scope
    // CHECK: no_block.c:[[@LINE-1]]:5: error: sync_scope must be followed by a block in braces [-Wtine-no-block]
        spawn f();
    sync_scope_on(ex)
    // CHECK: no_block.c:[[@LINE-1]]:5: error: sync_scope must be followed by a block in braces [-Wtine-no-block]
        f();
    sync_scope {
        spawn f();
    }
}
