/* Where macros must be expanded and the compiler is not there, that is an error that says so. */
// RUN: %not %tine --check %s --cc=no-such-compiler -- -I%include 2>&1 | %FileCheck %s
// CHECK: tine: error: cannot run 'no-such-compiler' to expand macros that hold Tine words: No such file or directory (see --cc)
#include <tine.h>
#define GO spawn
int f(void);
int g(void)
{
    flowvar(int) x = GO f();
    return sync(x);
}
