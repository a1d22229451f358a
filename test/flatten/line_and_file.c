/* __LINE__, __FILE__ and __func__ in an expansion are those of the invocation. */
// RUN: %obj/test/unit/flatten_dump --verify %s --include-dir=%include --cc=%cc -- -std=gnu11 
// RUN: %strip %s > %t.c && %obj/test/unit/flatten_dump %t.c --include-dir=%include --cc=%cc -- -std=gnu11 -iquote %S  | %FileCheck %s --match-full-lines --strict-whitespace
#include <tine.h>
#line 100 "other.y"
#define AT(f) spawn f(__LINE__, __FILE__, __func__)
int f(int, const char *, const char *);
int a(void)
{
    // CHECK:    flowvar(int) x = spawn f(105, "other.y", __func__);
    flowvar(int) x = AT(f);
    return sync(x);
}
