/* A header found by -I includes another beside it. */
// RUN: %obj/test/unit/flatten_dump --verify %s --include-dir=%include --cc=%cc -- -std=gnu11 -I%S/Inputs/inc
// RUN: %strip %s > %t.c && %obj/test/unit/flatten_dump %t.c --include-dir=%include --cc=%cc -- -std=gnu11 -iquote %S -I%S/Inputs/inc | %FileCheck %s --match-full-lines --strict-whitespace
#include <tine.h>
// CHECK:#line 1 "{{.*}}Inputs/inc/deep/code.h"
// CHECK:#include "deep/beside.h"
#include <deep/code.h>
int a(void) { return from_deep(3); }
