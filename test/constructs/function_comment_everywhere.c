// Comments between all tokens stay.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    // CHECK: {{^}}/* function_comment_everywhere.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar /* 1 */ ( /* 2 */ int /* 3 */) x /* 4 */ = /* 5 */ spawn /* 6 */ twice /* 7 */ (1);
    return /* 8 */ sync /* 9 */ (x) != 2;
}
