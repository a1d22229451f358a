// sync keeps errno.
// RUN: %every %s %t | %FileCheck %s
#include <errno.h>
#include <tine.h>

static int clobber(void)
{
    return errno = 99;
}

int main(void)
{
    errno = 5;
    // CHECK: {{^}}/* word_sync_keeps_errno.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn clobber();
    errno = 7;
    sync(x);
    return errno != 7;
}
