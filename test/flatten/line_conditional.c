/* #line in an #if, by a macro, with escapes: behind a header, a line is called what the compiler calls it. */
// RUN: %obj/test/unit/flatten_dump --verify %s --include-dir=%include --cc=%cc -- -std=gnu11
// RUN: %strip %s > %t.c && %obj/test/unit/flatten_dump %t.c --include-dir=%include --cc=%cc -- -std=gnu11 -iquote %S  | %FileCheck %s --match-full-lines --strict-whitespace
#include <tine.h>
int named_task(int);
#if 0
#line 1000 "zzz.c"
#endif
#define NAMED named_1
// CHECK:#line 11 "{{.*}}line_conditional.c{{.*}}"
#include "Inputs/named.h"
const char *in_place = __FILE__;
#define NUMBER 500
#ifdef NUMBER
#line NUMBER "q.y"
#endif
#define NAMED named_2
// CHECK:#line 503 "q.y"
#include "Inputs/named.h"
const char *by_macro = __FILE__;
#define BOTH 700 "both \"ways\".y"
#line BOTH
#if __LINE__ != 700
#error "another line"
#endif
#define NAMED named_3
// CHECK:#line 705 "both \"ways\".y"
#include "Inputs/named.h"
#line 7 "di\\r\"x.y"
#define NAMED named_4
// CHECK:#line 9 "di\\r\"x.y"
#include "Inputs/named.h"
const char *escaped = __FILE__;
int line = __LINE__;
