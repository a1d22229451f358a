/* A macro that makes whole functions. */
// RUN: %obj/test/unit/flatten_dump --verify %s --include-dir=%include --cc=%cc -- -std=gnu11 
// RUN: %strip %s > %t.c && %obj/test/unit/flatten_dump %t.c --include-dir=%include --cc=%cc -- -std=gnu11 -iquote %S  | %FileCheck %s --match-full-lines --strict-whitespace
#include <tine.h>
#define DEFINE(name, body) int name(int n) body
#define WORKER(name) int name##_worker(int n) { flowvar(int) x = spawn name(n); return sync(x); }
int f(int);
// CHECK:int a(int n) { flowvar(int) x = spawn f(n); return sync(x); }
DEFINE(a, { flowvar(int) x = spawn f(n); return sync(x); })
// CHECK:int f_worker(int n) { flowvar(int) x = spawn f(n); return sync(x); }
WORKER(f)
