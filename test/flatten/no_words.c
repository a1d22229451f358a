/* Nothing to do: the text stays, and no preprocessor is run. */
// RUN: %obj/test/unit/flatten_dump --verify %s --include-dir=%include --cc=%cc -- -std=gnu11 
// RUN: %strip %s > %t.c && %obj/test/unit/flatten_dump %t.c --include-dir=%include --cc=%cc -- -std=gnu11 -iquote %S  | %FileCheck %s --match-full-lines --strict-whitespace
#include <tine.h>
#define GO run
int GO(int);
// CHECK:int a(void) { return GO(1); }
int a(void) { return GO(1); }
