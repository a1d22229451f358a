/* Beside an error nothing is written, and what was there is not touched. */
// RUN: rm -rf %t && mkdir %t && echo old > %t/kept.c
// RUN: %not %tine %s -o %t/kept.c -MD -- -I%include > %t.log 2>&1
// RUN: grep -qx old %t/kept.c && %not test -e %t/kept.d
// RUN: %not %tine %s -o %t/new.c -MD -- -I%include >> %t.log 2>&1
// RUN: ls %t | %FileCheck %s --implicit-check-not={{.}}
// CHECK: kept.c
#include <tine.h>
int g(void)
{
    flowvar(int) x = spawn 3;
    return sync(x);
}
