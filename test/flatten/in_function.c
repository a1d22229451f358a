/* An #include in the middle of a function, whose lines call a macro that has words. */
// RUN: %obj/test/unit/flatten_dump --verify %s --include-dir=%include --cc=%cc -- -std=gnu11 
// RUN: %strip %s > %t.c && %obj/test/unit/flatten_dump %t.c --include-dir=%include --cc=%cc -- -std=gnu11 -iquote %S  | %FileCheck %s --match-full-lines --strict-whitespace
#include <tine.h>
int one(void), two(void);
int a(void)
{
    int sum = 0;
#define X(name) flowvar(int) v##name = spawn name();
// CHECK:#line 1 "{{.*}}Inputs/list.def"
// CHECK-NEXT:flowvar(int) vone = spawn one();
// CHECK-NEXT:flowvar(int) vtwo = spawn two();
// CHECK:#line [[@LINE+1]] "{{.*}}in_function{{.*}}.c"
#include "Inputs/list.def"
#undef X
#define X(name) sum += sync(v##name);
#include "Inputs/list.def"
#undef X
    return sum;
}
