// The output has capture, task function and call, with names that say function and line; the user's text stays.
// RUN: %translate %s %t.c -- -O2
// RUN: FileCheck %s < %t.c
// RUN: FileCheck %s --check-prefix=CHECK-TEXT < %t.c
#include <tine.h>

static int add(int a, int b) { return a + b; }

// CHECK: /* readable.c:[[@LINE+9]]: spawn add(n, 2) */
// CHECK-NEXT: struct tine__add_[[@LINE+8]] {
// CHECK: static void tine__run_add_[[@LINE+7]](tine_worker *w_, tine_task *top_, tine_task *task_)
// CHECK: #line [[@LINE+6]] "readable.c"
// CHECK-NEXT: c_->result_ = add(c_->a1_, c_->a2_);
// CHECK: TINE__INLINE void *tine__spawn_add_[[@LINE+4]](tine_frame *f_, int a1_, int a2_)
// CHECK: TINE__INLINE int tine__sync_x_[[@LINE+7]](
int use(int n)
{
    flowvar(int) x = spawn /* here */ add(n, 2);
    // a comment of the user's
    int y = 3 ;
#define ONE 1
    return sync(x)+y  - ONE;
}
// CHECK-TEXT: {{^}}    flowvar(int) x = tine__spawn_add_
// CHECK-TEXT: {{^}}    // a comment of the user's
// CHECK-TEXT-NEXT: {{^}}    int y = 3 ;
// CHECK-TEXT-NEXT: {{^}}#define ONE 1
// CHECK-TEXT-NEXT: {{^}}    return tine__sync_x_{{[0-9]+}}(&tine__f, x)+y  - ONE;
