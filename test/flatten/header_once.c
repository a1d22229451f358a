/* A header with #pragma once that is reached twice, once through another header. */
// RUN: %obj/test/unit/flatten_dump --verify %s --include-dir=%include --cc=%cc -- -std=gnu11 
// RUN: %strip %s > %t.c && %obj/test/unit/flatten_dump %t.c --include-dir=%include --cc=%cc -- -std=gnu11 -iquote %S  | %FileCheck %s --match-full-lines --strict-whitespace
#include <tine.h>
// CHECK:#ifndef TINE__ONCE_[[N:[0-9]+]]
// CHECK:# 1 "{{.*}}Inputs/once.h" 1
// CHECK:#line 1 "{{.*}}Inputs/once.h"
// CHECK:#define TINE__ONCE_[[N]]
// CHECK-NOT:#pragma once
#include "Inputs/once.h"
#include "Inputs/reaches_once.h"
int a(void) { return from_once(3); }
