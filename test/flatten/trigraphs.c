/* A splice written as a trigraph. */
// RUN: %obj/test/unit/flatten_dump --verify %s --include-dir=%include --cc=%cc -- -std=c11 
// RUN: %strip %s > %t.c && %obj/test/unit/flatten_dump %t.c --include-dir=%include --cc=%cc -- -std=c11 -iquote %S  | %FileCheck %s --match-full-lines --strict-whitespace
#include <tine.h>
??=define GO spa??/
wn
int f(int);
// CHECK:int a(void) { flowvar(int) x = spawn f(1); return sync(x); }
int a(void) { flowvar(int) x = GO f(1); return sync(x); }
