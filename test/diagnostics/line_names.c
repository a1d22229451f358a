/* Places are named by those #line directives that are compiled, as the compiler reads them. */
// RUN: rm -rf %t && mkdir %t && cp %s '%t/q"\y.c'
// RUN: cd %t && %not %tine --check %s --cc=%cc -- -I%include 2>&1 | %FileCheck %s --implicit-check-not=error:
#include <tine.h>
int f(void);
#if 0
#line 1000 "zzz.c"
#endif
// CHECK: line_names.c:10:{{[0-9]+}}: error: {{.*}} [-Wtine-type-mismatch]
void a(void) { flowvar(long) x = spawn f(); sync(x); }
// CHECK: other.y:500:{{[0-9]+}}: error: {{.*}} [-Wtine-type-mismatch]
#define NUMBER 500
#line NUMBER "other.y"
void b(void) { flowvar(long) x = spawn f(); sync(x); }
#line 16 "q\"\\y.c"
// CHECK: q"\y.c:19:{{[0-9]+}}: error: {{.*}} [-Wtine-type-mismatch]
// CHECK-NEXT: void c(void)
// CHECK-NEXT: ^
void c(void) { flowvar(long) x = spawn f(); sync(x); }
