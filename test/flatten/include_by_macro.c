/* Headers with words that macros name: literally, through another macro, one of two, by stringising, by -D. */
// RUN: %obj/test/unit/flatten_dump --verify %s --include-dir=%include --cc=%cc -- -std=gnu11 '-DNAMED_H="Inputs/named.h"' -DCHOSEN
// RUN: %strip %s > %t.c && %obj/test/unit/flatten_dump %t.c --include-dir=%include --cc=%cc -- -std=gnu11 '-DNAMED_H="Inputs/named.h"' -DCHOSEN -iquote %S > %t.out && %FileCheck %s --match-full-lines --strict-whitespace < %t.out
// RUN: %tine %t.c -o %t.tine.c --cc=%cc -- -I%include -iquote %S '-DNAMED_H="Inputs/named.h"' -DCHOSEN
// RUN: %cc %cflags -iquote %S -c %t.tine.c -o %t.o
#include <tine.h>
#define ONCE_H "Inputs/once.h" /* a comment */
#define ALIAS ONCE_H
// CHECK:#line 1 "{{.*}}once.h"
#include ALIAS
int named_task(int);
#define NAMED named_1
// CHECK:#line 1 "{{.*}}named.h"
#include NAMED_H
#ifdef CHOSEN
#define EITHER "Inputs/sub/inline.h"
#else
#define EITHER "Inputs/types.h"
#endif
// CHECK:#line 1 "{{.*}}inline.h"
#include EITHER
#define TEXT(x) #x
#define PATH(x) TEXT(Inputs/x)
#define BESIDE "sub/constant_by_macro.h"
#define BY_MACRO by_macro
// CHECK:#line 1 "{{.*}}by_macro.h"
// CHECK:#include "Inputs/sub/constant_by_macro.h"
#include PATH(by_macro.h)
// CHECK:#include ONLY_SYSTEM
#define ONLY_SYSTEM <stddef.h>
#include ONLY_SYSTEM
int use(void);
int use(void)
{
    flowvar(int) x = spawn from_once(1);
    return sync(x) + by_macro(1) + from_header(1) + named_1(1);
}
