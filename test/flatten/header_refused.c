/* What cannot be told apart in the main file's text is an error that says so. */
// RUN: rm -rf %t && mkdir %t && cd %t && %strip %s > m.c
// RUN: echo '#pragma GCC system_header' > h.h && sed 's/^two/static int two/' m.c > body.h && cat body.h >> h.h && echo '#include "h.h"' > main.c
// RUN: %not %tine main.c -o out.c --cc=%cc -- -I%include 2>&1 | %FileCheck %s --check-prefix=CHECK-SYSTEM
// CHECK-SYSTEM: h.h:1:{{[0-9]+}}: error: this makes the header a system header, in which Tine words are not translated
// RUN: echo '#define AT_TOP (__INCLUDE_LEVEL__ == 0)' > h.h && cat body.h >> h.h
// RUN: %not %tine main.c -o out.c --cc=%cc -- -I%include 2>&1 | %FileCheck %s --check-prefix=CHECK-LEVEL
// CHECK-LEVEL: main.c:1:1: error: a header with Tine words becomes part of the main file, so that no macro may mention __INCLUDE_LEVEL__ [-Wtine-unsupported]
// RUN: echo '#define X "x.h"' > h.h && echo '#if __has_include(X)' >> h.h && echo '#endif' >> h.h && cat body.h >> h.h
// RUN: %not %tine main.c -o out.c --cc=%cc -- -I%include 2>&1 | %FileCheck %s --check-prefix=CHECK-HAS
// CHECK-HAS: h.h:2:5: error: in a header with Tine words, __has_include must be given a name, not a macro [-Wtine-unsupported]
// RUN: echo '#include "h.h"' > h.h && cat body.h >> h.h
// RUN: %not %tine main.c -o out.c --cc=%cc -- -I%include 2>&1 | %FileCheck %s --check-prefix=CHECK-SELF
// CHECK-SELF: h.h:1:{{[0-9]+}}: error: a header with Tine words includes itself more than twice
// RUN: %not test -e out.c
#include <tine.h>
int one(int n);
two(int n)
{
    flowvar(int) x = spawn one(n);
    return sync(x);
}
