/* Translated mode: what the translator leaves in place compiles, a word left by mistake does not. */
// RUN: sh %S/Inputs/every.sh %include %s c11,gnu17,c2x -DTINE_TRANSLATED -D_GNU_SOURCE
// RUN: sh %S/Inputs/every.sh %include %s c11,gnu17,c2x -DTINE_TRANSLATED -D_GNU_SOURCE -DUNISTD_FIRST
// RUN: %not %cc -DTINE_TRANSLATED -DLEFT -I%include -fsyntax-only %s 2>&1 | %FileCheck %s
#ifdef UNISTD_FIRST
#include <unistd.h>
#endif
#include <tine.h>
#include <unistd.h>
struct holder {
    flowvar(int) x;
};
flowvar(int) take(flowvar(int) *p, struct holder *q)
{
    sync();
    if (is_spawned(*p))
        return flowvar_move(q->x);
    sync_all();
    return flowvar_move(*p);
}
#define UNUSED(f) spawn f()
#if 0
spawn sync(x)
#endif
#ifdef LEFT
int f(void);
void a(void)
{
    // CHECK: error: {{.*}}spawn was left untranslated
    spawn f();
}
#endif
