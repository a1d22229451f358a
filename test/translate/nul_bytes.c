// NUL in comments and literals: gcc and clang take it, and so what stands behind it in a function stays.
// RUN: %strip %s | sed 's/@/\x00/g' > %t.in.c
// RUN: %tine %t.in.c -o %t.c --cc=%cc -- -O2 -I%include
// RUN: tr '\000' '@' < %t.c | %FileCheck %s
// CHECK: a comment @ in the head
// CHECK: behind @ the call
// CHECK: behind @ the macro
// RUN: %cc -std=gnu17 -w -I%include %t.c -o %t %link && %run %t
#include <tine.h>
#define GO(e) spawn e
static int second(const char *text, int n) { return text[1] == 'x' ? n : 100; }
static int sum(int n /* a comment @ in the head */)
{
    if (n < 2)
        return n;
    const char *before = "@x"; /* @ */
    flowvar(int) a = spawn sum(n - 1 /* @ */);
    int b = sum(n - 2); /* behind @ the call */
    flowvar(int) c = GO(second("@x", 0));
    return sync(a) + b + sync(c) + (before[1] != 'x'); // behind @ the macro
}
int main(void)
{
    return sum(10) != 55;
}
