/* Two modes at once are an error. */
// RUN: %not %cc -DTINE_SERIAL -DTINE_ANALYSIS -I%include -fsyntax-only %s 2>&1 | %FileCheck %s
// CHECK: error: {{.*}}define at most one of TINE_TRANSLATED, TINE_SERIAL and TINE_ANALYSIS
#include <tine.h>
