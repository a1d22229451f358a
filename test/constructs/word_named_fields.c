// Fields, labels and tags may be called like words.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    struct sync_all {
        int spawn_me, sync;
    } s = {1, 2};
    // CHECK: {{^}}/* word_named_fields.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn twice(s.sync);
    return sync(x) != 4;
}
