// Functions of the C library.
// RUN: %every %s %t | %FileCheck %s
#include <stdlib.h>
#include <string.h>
#include <tine.h>

int main(void)
{
    // CHECK: {{^}}/* callee_library.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn abs(-4);
    flowvar(char *) y = spawn strdup("abc");
    char *text = sync(y);
    int bad = sync(x) != 4 || text[1] != 'b';
    free(text);
    return bad;
}
