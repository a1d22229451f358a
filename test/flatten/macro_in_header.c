/* A macro that a header defines. */
// RUN: %obj/test/unit/flatten_dump --verify %s --include-dir=%include --cc=%cc -- -std=gnu11 
// RUN: %strip %s > %t.c && %obj/test/unit/flatten_dump %t.c --include-dir=%include --cc=%cc -- -std=gnu11 -iquote %S  | %FileCheck %s --match-full-lines --strict-whitespace
#include "Inputs/macros.h"
int f(int);
// CHECK:int a(void) { flowvar(int) x = spawn f(1); return sync(x); }
int a(void) { SPAWN_INTO(x, f(1)) return sync(x); }
