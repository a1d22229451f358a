/* Without any mode the types are there, and the first spawn is an error that says what to do. */
// RUN: %cc -std=c11 -Wall -Wextra -Werror -I%include -fsyntax-only %s
// RUN: %not %cc -std=c11 -DUSE -I%include -fsyntax-only %s 2>&1 | %FileCheck %s
#include <tine.h>
struct holder {
    flowvar(int) x;
    tine_pending(void) y;
};
flowvar(int) start(struct holder *h);
int f(int);
#ifdef USE
int a(void)
{
    // CHECK: error: {{.*}}spawn needs translation: compile with tinecc, use tine_enable(target) in CMake, or -DTINE_SERIAL
    flowvar(int) x = spawn f(1);
    // CHECK: error: {{.*}}sync needs translation
    return sync(x);
}
#endif
