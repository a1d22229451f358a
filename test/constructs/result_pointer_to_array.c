// A pointer to an array by a typedef.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

typedef int (*row)[3];
static int numbers[3] = {1, 2, 3};

static row give(row v)
{
    return v;
}

int main(void)
{
    // CHECK: {{^}}/* result_pointer_to_array.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(row) x = spawn give(&numbers);
    row r = sync(x);
    return !((*r)[2] == 3);
}
