// The result of sync is used at once.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

struct pair {
    int a, b;
};

static struct pair give(int n)
{
    return (struct pair){n, n + 1};
}

int main(void)
{
    // CHECK: {{^}}/* word_sync_member_of_result.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(struct pair) x = spawn give(1);
    return sync(x).b != 2;
}
