/* An object-like macro that is a word. */
// RUN: %obj/test/unit/flatten_dump --verify %s --include-dir=%include --cc=%cc -- -std=gnu11 
// RUN: %strip %s > %t.c && %obj/test/unit/flatten_dump %t.c --include-dir=%include --cc=%cc -- -std=gnu11 -iquote %S  | %FileCheck %s --match-full-lines --strict-whitespace
#include <tine.h>
#define GO spawn
#define ALSO GO
int f(int);
// CHECK:int a(void) { flowvar(int) x = spawn f(1), y = spawn f(2); return sync(x) + sync(y); }
int a(void) { flowvar(int) x = GO f(1), y = ALSO f(2); return sync(x) + sync(y); }
// CHECK:#undef GO
// CHECK-NEXT:int GO;
#undef GO
int GO;
