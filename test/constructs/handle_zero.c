// A handle of zero bytes is not spawned.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

// CHECK: #define TINE_TRANSLATED 1
#include <string.h>

int main(void)
{
    flowvar(int) x = {0}, y = 0;
    struct {
        flowvar(int) z;
    } s;
    memset(&s, 0, sizeof s);
    return is_spawned(x) || is_spawned(y) || is_spawned(s.z);
}
