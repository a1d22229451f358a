// Messages of the runtime name files as __FILE__ does: prefix maps are heeded, the last that fits.
// RUN: %translate %s %t.c -- -O2 -fmacro-prefix-map=prefix=mapped -ffile-prefix-map=other=x
// RUN: %FileCheck %s --check-prefix=CHECK-MAPPED < %t.c
// RUN: %translate %s %t.file.c -- -fmacro-prefix-map=pre=first -ffile-prefix-map=prefix_=
// RUN: %FileCheck %s --check-prefix=CHECK-FILE < %t.file.c
// RUN: %translate %s %t.none.c -- -fdebug-prefix-map=prefix=mapped -fmacro-prefix-map=nothing=x
// RUN: %FileCheck %s --check-prefix=CHECK-NONE < %t.none.c
#include <tine.h>
int finish(flowvar(int) *x);
int finish(flowvar(int) *x)
{
    return sync(*x);
    // CHECK-MAPPED: "mapped_map.c:[[@LINE-1]]: sync(*x)"
    // CHECK-FILE: "map.c:[[@LINE-2]]: sync(*x)"
    // CHECK-NONE: "prefix_map.c:[[@LINE-3]]: sync(*x)"
}
