/* -W flags, before and behind --: on, off, as errors, by name and all together. */
// RUN: %tine --check %s -- -I%include 2>&1 | %FileCheck %s --check-prefix=ON
// RUN: %tine --check %s -Wno-tine-unused-result -- -I%include 2>&1 | %FileCheck %s --check-prefix=ONE --allow-empty
// RUN: %tine --check %s -- -Wno-tine -I%include 2>&1 | %FileCheck %s --check-prefix=OFF --allow-empty
// RUN: %tine --check %s -w -- -I%include 2>&1 | %FileCheck %s --check-prefix=OFF --allow-empty
// RUN: %not %tine %s -o %t.out -Werror=tine-unused-result -- -I%include 2>&1 | %FileCheck %s --check-prefix=PROMOTED
// RUN: %not test -e %t.out
// RUN: %not %tine --check %s -- -Werror -I%include 2>&1 | %FileCheck %s --check-prefix=WERROR
// RUN: %tine --check %s -Werror -Wno-error=tine-unused-result -Wno-error=tine-never-synced -- -I%include 2>&1 | %FileCheck %s --check-prefix=ON
// RUN: %tine --check %s -Wtine-unused-resul -- -I%include 2>&1 | %FileCheck %s --check-prefix=UNKNOWN
// RUN: %tine --check %s -Wtine-unused-resul -w -- -I%include 2>&1 | count 0
// RUN: %tine --check %s -Wtine-unused-resul -Wno-tine -- -I%include 2>&1 | count 0
// RUN: %not %tine --check %s -- -Wtine-unused-resul -Werror -I%include 2>&1 | %FileCheck %s --check-prefix=LATER
// RUN: %not %tine --check %s -Wtine-unused-resul -- -Werror -I%include 2>&1 | %FileCheck %s --check-prefix=LATER
#include <tine.h>
int f(void);
void g(void)
{
    // LATER: tine: error: unknown warning option {{.*}} [-Werror,-Wtine-unknown-option]
    // ON: flags.c:[[@LINE+6]]:5: warning: {{.*}} [-Wtine-unused-result]
    // ONE-NOT: unused-result
    // OFF-NOT: {{.}}
    // PROMOTED: flags.c:[[@LINE+3]]:5: error: {{.*}} [-Werror,-Wtine-unused-result]
    // WERROR: error: {{.*}} [-Werror,-Wtine-unused-result]
    // UNKNOWN: tine: warning: unknown warning option '-Wtine-unused-resul'; did you mean '-Wtine-unused-result'? [-Wtine-unknown-option]
    spawn f();
    // ON: flags.c:[[@LINE+4]]:{{[0-9]+}}: warning: {{.*}} [-Wtine-never-synced]
    // ONE: warning: {{.*}} [-Wtine-never-synced]
    // PROMOTED: warning: {{.*}} [-Wtine-never-synced]
    // WERROR: error: {{.*}} [-Werror,-Wtine-never-synced]
    flowvar(int) x = spawn f();
    // ON: 2 warnings generated.
    // PROMOTED: 1 warning and 1 error generated.
}
