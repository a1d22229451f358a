/* Serial mode: what erasing cannot express is an error that says what to do. */
// RUN: %not %cc -std=c11 -DTINE_SERIAL -DVOID -I%include -fsyntax-only %s 2>&1 | %FileCheck %s --check-prefix=VOID
// RUN: %not %cc -std=c11 -DTINE_SERIAL -DSPAWNED -I%include -fsyntax-only %s 2>&1 | %FileCheck %s --check-prefix=SPAWNED
// RUN: %not %cc -std=c11 -DTINE_SERIAL -DSUBMITTED -I%include -fsyntax-only %s 2>&1 | %FileCheck %s --check-prefix=SUBMITTED
#include <tine.h>
void f(void);
int g(void);
int a(void)
{
#ifdef VOID
    // VOID: flowvar_of_void_needs_tinecc_or_tine_serial_instead_of_TINE_SERIAL
    flowvar(void) v = spawn f();
    sync(v);
#endif
    flowvar(int) x = spawn g();
#ifdef SPAWNED
    // SPAWNED: error: {{.*}}is_spawned cannot be expressed under -DTINE_SERIAL: use tinecc, or tine --serial
    if (is_spawned(x))
        return 1;
#endif
    tine_pending(int) p = tine_submit g();
#ifdef SUBMITTED
    // SUBMITTED: error: {{.*}}tine_is_submitted cannot be expressed under -DTINE_SERIAL
    if (!tine_is_submitted(p))
        return 1;
#endif
    return sync(x) + tine_wait_for(p);
}
