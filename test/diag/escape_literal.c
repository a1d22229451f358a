// Compound literals live as long as their block; a struct that is written as one may hold the address of a local.
// RUN: %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
struct s {
    int a;
    int b[2];
};
struct args {
    int *p;
    struct {
        const char *name;
    } inner;
    int n;
};
int f(struct s *s);
int g(int *p);
int h(struct args a);
int *same(int *p);
void v(const int *p);

flowvar(int) bad(int n)
{
    if (n == 1)
        return spawn f(&(struct s){.a = 1});
    // CHECK: escape_literal.c:[[@LINE-1]]:16: warning: task may use a compound literal when it is gone [-Wtine-escape]
    // CHECK: escape_literal.c:[[@LINE-2]]:9: note: its handle is returned here
    if (n == 2)
        return spawn g((int[]){1, 2});
    // CHECK: escape_literal.c:[[@LINE-1]]:16: warning: task may use a compound literal when it is gone
    // CHECK: note: its handle is returned here
    if (n == 3)
        return spawn g(((struct s){1, {2, 3}}).b + 1);
    // CHECK: escape_literal.c:[[@LINE-1]]:16: warning: task may use a compound literal when it is gone
    // CHECK: note: its handle is returned here
    if (n == 4)
        return spawn h((struct args){.n = 1, .p = &n});
    // CHECK: escape_literal.c:[[@LINE-1]]:16: warning: task may use local 'n' when it is gone
    // CHECK: note: its handle is returned here
    char text[4] = "abc";
    return spawn h((struct args){0, {text}, 3});
    // CHECK: escape_literal.c:[[@LINE-1]]:12: warning: task may use local 'text' when it is gone
    // CHECK: note: its handle is returned here
}

void bad_detached(int n)
{
    for (int i = 0; i < n; i++) {
        spawn v((int[]){i});
        // CHECK: escape_literal.c:[[@LINE-1]]:9: warning: task may use a compound literal when it is gone
        // CHECK: escape_literal.c:[[@LINE+1]]:5: note: it leaves its scope here; nothing waits for the task before
    }
}

void bad_loop(int n)
{
    sync_scope {
        for (int i = 0; i < n; i++)
            spawn v((int[]){i});
            // CHECK: escape_literal.c:[[@LINE-1]]:13: warning: task may use a compound literal when it is gone
            // CHECK: note: it leaves its scope here; nothing waits for the task before
    }
}

int bad_race(void)
{
    int n = 1;
    flowvar(int) x = spawn h((struct args){&n, {"x"}, 2});
    n = 2;
    // CHECK: escape_literal.c:[[@LINE-1]]:5: warning: 'n' is written while a task may read it [-Wtine-race]
    // CHECK: note: the task got its address here
    return sync(x) + n;
}

flowvar(int) good(int *p, int n)
{
    int k = n;
    static int lasting;
    flowvar(int) x = spawn f(&(struct s){.a = 1}), y = spawn g((int[]){1, 2});
    k += sync(x) + sync(y);
    sync_scope {
        spawn v((int[]){1, 2});
    }
    if (n == 1)
        return spawn h((struct args){p, {"x"}, k});
    if (n == 2)
        return spawn h((struct args){&lasting, {"x"}, *&k});
    if (n == 3)
        return spawn h((struct args){same(&k), {0}, &k == p});
    return spawn g(((struct args){p, {0}, 1}).p);
}
// CHECK: 8 warnings generated
