// A blank between the backslash and the line end of a splice: gcc and clang take it.
// RUN: %strip %s | sed 's/@$/ /' > %t.in.c
// RUN: %tine %t.in.c -o %t.c --cc=%cc -- -O2 -I%include
// RUN: %cc -std=gnu17 -w -I%include %t.c -o %t %link && %run %t
#include <tine.h>
static int id(int i)
{
    return i;
}
int main(void)
{
    flowvar(int) a = sp\@
awn id(1);
    flowvar(int) b = spawn \@
        id(2);
    int x = sy\@
nc(a) + sync \@
        (b);
    return x != 3 || __LINE__ != 19;
}
