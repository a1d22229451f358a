/* A macro that the command line defines. */
// RUN: %obj/test/unit/flatten_dump --verify %s --include-dir=%include --cc=%cc -- -std=gnu11 -DGO=spawn
// RUN: %strip %s > %t.c && %obj/test/unit/flatten_dump %t.c --include-dir=%include --cc=%cc -- -std=gnu11 -iquote %S -DGO=spawn | %FileCheck %s --match-full-lines --strict-whitespace
#include <tine.h>
int f(int);
// CHECK:int a(void) { flowvar(int) x = spawn f(1); return sync(x); }
int a(void) { flowvar(int) x = GO f(1); return sync(x); }
