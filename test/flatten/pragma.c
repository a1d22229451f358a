/* _Pragma in an expansion. */
// RUN: %obj/test/unit/flatten_dump --verify %s --include-dir=%include --cc=%cc -- -std=gnu11 
// RUN: %strip %s > %t.c && %obj/test/unit/flatten_dump %t.c --include-dir=%include --cc=%cc -- -std=gnu11 -iquote %S  | %FileCheck %s --match-full-lines --strict-whitespace
#include <tine.h>
#define QUIET(x) _Pragma("GCC diagnostic push") x _Pragma("GCC diagnostic pop")
int f(int);
int a(void)
{
    // CHECK:{{ *}}_Pragma("GCC diagnostic push") flowvar(int) x = spawn f(1); _Pragma("GCC diagnostic pop"){{ *}}
    QUIET(flowvar(int) x = spawn f(1);)
    return sync(x);
}
