// What a header does not use is no cause for a warning, though its text now stands in the main file; what
// the main file does not use is.
// RUN: %translate %s %t.c -- -O2
// RUN: %cc %cflags -iquote %S -O0 -c %t.c -o %t.o
// RUN: %cc %cflags -pedantic -iquote %S -O0 -c %t.c -o %t.o
// RUN: %clang %cflags -Wunused-macros -pedantic-errors -iquote %S -O0 -c %t.c -o %t.o
// RUN: %clang %cflags -iquote %S -E %t.c -o %t.i && %clang -std=gnu17 -Wall -Wextra -Werror -c %t.i -o %t.o
// RUN: %translate %s %t.more.c -- -DMORE
// RUN: %clang -DMORE -Wall -Wextra -I%include -iquote %S -O0 -c %t.more.c -o %t.o 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning)}}:'
// RUN: %translate %s %t.broken.c -- -DBROKEN
// RUN: not %clang -DBROKEN -I%include -iquote %S -c %t.broken.c 2>&1 | %FileCheck %s --check-prefix=CHECK-WHERE
#include "Inputs/spare.h"

#ifdef MORE
static const int main_table[] = {1, 2, 3};
// CHECK: header_warnings.c:[[@LINE-1]]:18: warning: unused variable 'main_table'
static inline int main_helper(int n)
// CHECK: header_warnings.c:[[@LINE-1]]:19: warning: unused function 'main_helper'
{
    return n;
}
#endif

int main(void)
{
    return spare_twice(2) - 6;
}
#ifdef BROKEN
// CHECK-WHERE: header_warnings.c:[[@LINE+2]]:{{.*}}
// CHECK-WHERE-NEXT: Inputs/broken.h:3:2: error: seen
#include "Inputs/broken.h"
#endif
