// An interpreter that goes from instruction to instruction by computed goto; one of them is a sync_scope.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static void add(int *p, int n)
{
    __atomic_fetch_add(p, n, __ATOMIC_RELAXED);
}

static int interpret(const char *program)
{
    static void *const instructions[] = {&&add_one, &&add_both, &&leave, &&stop};
    int n = 0;
#define NEXT goto *instructions[*program++ - '0']
    NEXT;
add_one:
    n++;
    NEXT;
add_both:
    sync_scope {
        // CHECK: {{^}}/* scope_beside_computed_goto.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
        spawn add(&n, 10);
        spawn add(&n, 100);
    }
    NEXT;
leave:
    sync_scope {
        spawn add(&n, 1000);
        if (*program == '3')
            goto stop;
        spawn add(&n, 10000);
    }
    NEXT;
stop:
    return n;
}

int main(void)
{
    return !(interpret("0103") == 112 && interpret("203") == 11001 && interpret("0123") == 1111);
}
