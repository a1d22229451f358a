/* A system header's macro with a word in its arguments. */
// RUN: %obj/test/unit/flatten_dump --verify %s --include-dir=%include --cc=%cc -- -std=gnu11 
// RUN: %strip %s > %t.c && %obj/test/unit/flatten_dump %t.c --include-dir=%include --cc=%cc -- -std=gnu11 -iquote %S  | %FileCheck %s --match-full-lines --strict-whitespace
#include <assert.h>
#include <tine.h>
int f(int);
int a(void)
{
    flowvar(int) x = spawn f(1);
    // CHECK:{{.*}}sync(x) == 3{{.*}}__assert_fail{{ ?}}({{ ?}}"sync(x) == 3"{{.*}}
    assert(sync(x) == 3);
    return 0;
}
