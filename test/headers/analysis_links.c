/* What was compiled in analysis mode is no program: it does not link, and the linker's message says why. */
// RUN: %cc -std=c11 -Wall -Wextra -Werror -I%include -DTINE_ANALYSIS -c %s -o %t.o
// RUN: %not %cc %t.o %link -o %t 2>&1 | %FileCheck %s
// RUN: %cc -std=c11 -O2 -ffunction-sections -flto -I%include -DTINE_ANALYSIS -c %s -o %t.o
// RUN: %not %cc -flto -Wl,--gc-sections %t.o %link -o %t 2>&1 | %FileCheck %s
// CHECK: tine_was_not_translated_compile_with_tinecc_or_tine_enable
#include <tine.h>

static int f(int n)
{
    return n;
}

int main(void)
{
    flowvar(int) x = spawn f(0);
    return sync(x);
}
