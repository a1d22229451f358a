/* A header with a function that has words is taken in, once; a header with types alone is not. */
// RUN: %obj/test/unit/flatten_dump --verify %s --include-dir=%include --cc=%cc -- -std=gnu11 
// RUN: %strip %s > %t.c && %obj/test/unit/flatten_dump %t.c --include-dir=%include --cc=%cc -- -std=gnu11 -iquote %S  | %FileCheck %s --match-full-lines --strict-whitespace
#include <tine.h>
// CHECK:#include "Inputs/types.h"
#include "Inputs/types.h"
// CHECK:#line 1 "{{.*}}Inputs/sub/inline.h"
// CHECK-NEXT:/* A header with a function that spawns. */
// CHECK-NEXT:#ifndef INLINE_H
// CHECK-NEXT:#define INLINE_H
// CHECK-NEXT:#include "Inputs/sub/constant.h"
// CHECK:#line [[@LINE+1]] "{{.*}}header_function{{.*}}.c"
#include "Inputs/sub/inline.h"
#include "Inputs/sub/inline.h"
int a(void) { return from_header(3); }
