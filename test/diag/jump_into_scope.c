// A sync_scope is entered by its beginning only; leaving it is free.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
void f(int n);

void bad(int n)
{
    if (n > 3)
        goto inside;
    // CHECK: jump_into_scope.c:[[@LINE-1]]:9: error: goto jumps into a sync_scope [-Wtine-jump-into-scope]
    // CHECK: jump_into_scope.c:[[@LINE+1]]:5: note: the scope begins here
    sync_scope {
        spawn f(n);
    inside:
        n++;
    }
    switch (n) {
    case 1:
        sync_scope {
            spawn f(1);
        case 2:
            // CHECK: jump_into_scope.c:[[@LINE-1]]:9: error: switch jumps to a label into a sync_scope
            // CHECK: note: the scope begins here
            spawn f(2);
        }
    }
}

void good(int n)
{
again:
    sync_scope {
        if (n > 7)
            goto out;
        for (int i = 0; i < n; i++) {
            if (i == 3)
                goto inner;
            spawn f(i);
        inner:;
        }
        if (n-- > 3)
            goto again;
        switch (n) {
        case 1:
            spawn f(n);
        }
    }
out:;
}
// CHECK: 2 errors generated
