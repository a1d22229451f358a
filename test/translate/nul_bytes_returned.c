// NUL, quotes, comments and line ends in an expression that returns a struct with handles: it stays as it is.
// RUN: %strip %s | sed 's/@/\x00/g' > %t.in.c
// RUN: %tine %t.in.c -o %t.c --cc=%cc -- -O2 -I%include
// RUN: tr '\000' '@' < %t.c | %FileCheck %s
// CHECK: PICK("@" "'\"" /* @ */ // @ )
// CHECK-NEXT: '@'
// RUN: %cc -std=gnu17 -w -I%include %t.c -o %t %link && %run %t
// RUN: sed 's/@/x/g' %s > %t.plain.c && %tine %t.plain.c -o %t.c -- -I%include
// RUN: %cc %cflags -pedantic %t.c -o %t %link && %run %t
// RUN: %cc -std=gnu89 -Wall -Wextra -Werror -Wno-comment -I%include %t.c -o %t %link && %run %t
#include <tine.h>
#define PICK(a, b) p
#define P p
#define WHOLE(x) (x)

struct pair {
    flowvar(int) left, right;
};
static int f(int n)
{
    return n;
}
static struct pair both(int n)
{
    struct pair p;
    p.left = spawn f(n);
    p.right = spawn f(n + 1);
    return PICK("@" "'\"" /* @ */ // @ )
        , '@'
    ) /* b */;
}
static struct pair passed(int n)
{
    struct pair p = both(n);
    return ( /* @ ' */ ( /* @ */p/* @ " */)) /* @ */;
}
static struct pair argument(int n)
{
    struct pair p = both(n);
    return /* @ */ WHOLE( /* @ ) */ p /* ( @ */);
}
static struct pair named(int n)
{
    struct pair p = both(n);
    return P /* \
       @ ?? */ ;
}
static struct pair between_lines(int n)
{
    struct pair p = both(n);
    return (
#ifdef P /* @ */
        p
#endif
        );
}
static flowvar(int) one(int n)
{
    flowvar(int) p = spawn f(n);
    return PICK("@", /* @ */);
}
static int sum(struct pair p)
{
    return sync(p.left) + sync(p.right);
}
int main(void)
{
    flowvar(int) x = one(7);
    int wrong = sync(x) != 7;
    wrong += sum(both(1)) != 3;
    wrong += sum(passed(2)) != 5;
    wrong += sum(argument(3)) != 7;
    wrong += sum(named(4)) != 9;
    wrong += sum(between_lines(5)) != 11;
    wrong += __LINE__ != 75;
    return wrong;
}
