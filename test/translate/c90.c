// What is generated is C90 with GNU extensions: no declaration in a for; where asked, each declaration in front of statements.
// RUN: %translate %s %t.c -- -std=gnu89 -O2
// RUN: %cc -std=gnu89 -Wall -Wextra -Werror -I%include -O0 %t.c -o %t %link && %run %t
// RUN: %cc -std=gnu89 -Wall -Wextra -Werror -I%include -O2 %t.c -o %t %link && %run %t
// RUN: %translate %s %t.order.c -- -std=gnu89 -Wdeclaration-after-statement
// RUN: %cc -std=gnu89 -Wall -Wextra -Werror -Wdeclaration-after-statement -I%include -O0 %t.order.c -o %t %link && %run %t
// RUN: %translate %s %t.order.c -- -std=gnu89 -Wdeclaration-after-statement -O2
// RUN: %cc -std=gnu89 -Wall -Wextra -Werror -Wdeclaration-after-statement -I%include -O2 %t.order.c -o %t %link && %run %t
#include <tine.h>

static int f(int n) { return n; }
static void v(int n) { (void)n; }
static int *id(int *p) { return p; }
struct pair { flowvar(int) left, right; };
struct many { struct pair p[2][3]; flowvar(long) x; };
static long l(void) { return 3; }
static int arrays(int n)
{
    flowvar(int) a[3];
    struct many m;
    int i, r = 0;
    for (i = 0; i < 3; i++)
        a[i] = spawn f(n + i);
    m.p[1][2].left = spawn f(n);
    m.x = spawn l();
    for (i = 0; i < 3; i++)
        r += sync(a[i]);
    return r + sync(m.p[1][2].left) + (int)sync(m.x);
}
static int scopes(int n)
{
    int i, r = 0;
    sync_scope {
        flowvar(int) a[4];
        flowvar(int) b[2][2];
        for (i = 0; i < 4; i++)
            a[i] = spawn f(i);
        b[1][0] = spawn f(2);
        spawn v(n);
        if (n == 3)
            return 1;
        for (i = 0; i < 4; i++)
            r += sync(a[i]);
        r += sync(b[1][0]);
    }
    return r;
}
static int vla(int n)
{
    flowvar(int) a[n];
    int i, r = 0;
    for (i = 0; i < n; i++)
        a[i] = spawn f(i);
    for (i = 0; i < n; i++)
        r += sync(a[i]);
    return r;
}
static struct pair both(int n)
{
    struct pair p;
    p.left = spawn f(n);
    p.right = spawn f(n);
    return p;
}
static int whole(int n)
{
    struct pair p = both(n);
    int r;
    p.left = spawn f(3);
    r = sync(p.left) + sync(p.right);
    p = both(n + 1);
    return r + sync(p.left) + sync(p.right);
}
static int moves(int n)
{
    flowvar(int) x = spawn f(n), y;
    y = flowvar_move(x);
    return sync(y);
}
static int tree(int n)
{
    flowvar(int) x;
    int y;
    if (n < 2)
        return n;
    x = spawn tree(n - 1);
    y = tree(n - 2);
    return sync(x) + y;
}
static int unbraced(int n)
{
    int i, r = 0;
    for (i = 0; i < n; i++)
        sync_scope {
            flowvar(int) a[2];
            a[0] = spawn f(i);
            if (i == 2)
                continue;
            r += sync(a[0]);
        }
    return r;
}
static int locals(int n)
{
    struct { flowvar(int) a[2][2]; } parts;
    int r, k;
    parts.a[1][1] = spawn f(n);
    r = sync(parts.a[1][1]);
    for (k = 0; k < 2; k++) {
        int shared = k, other;
        flowvar(int) late;
        other = r;
        {
            int used;
            flowvar(int *) unsynced;
            unsynced = spawn id(&used);
            r += sync(unsynced) == &used;
        }
        late = spawn f(other);
        r += sync(late) + shared;
    }
    return r;
}

int main(void)
{
    int wrong = 0;
    wrong += arrays(1) != 10;
    wrong += scopes(2) != 8 || scopes(3) != 1;
    wrong += vla(3) != 3;
    wrong += whole(4) != 17;
    wrong += moves(1) != 1;
    wrong += tree(10) != 55;
    wrong += unbraced(4) != 4;
    wrong += locals(1) != 8;
    return wrong;
}
