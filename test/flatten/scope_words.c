/* sync_scope and its brace out of macros. */
// RUN: %obj/test/unit/flatten_dump --verify %s --include-dir=%include --cc=%cc -- -std=gnu11 
// RUN: %strip %s > %t.c && %obj/test/unit/flatten_dump %t.c --include-dir=%include --cc=%cc -- -std=gnu11 -iquote %S  | %FileCheck %s --match-full-lines --strict-whitespace
#include <tine.h>
#define PARALLEL sync_scope {
#define END }
void f(int);
// CHECK:void a(void) { sync_scope { spawn f(1); END }
void a(void) { PARALLEL spawn f(1); END }
