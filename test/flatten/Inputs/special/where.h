#if 0
#pragma once
#endif
#if !__has_include("beside.h") || __has_include("only_main.h") || !__has_include(<stddef.h>)
#error "__has_include looks from the header"
#endif
#ifdef __has_include_next
#if !__has_include_next(<stddef.h>)
#error "__has_include_next looks behind the header's directory"
#endif
#endif
#include "beside.h"
#if __INCLUDE_LEVEL__ == 0
#error "this is a header"
#endif
static int NAME(int n)
{
    flowvar(int) x = spawn work(n + BESIDE - 7);
    return sync(x) + __INCLUDE_LEVEL__ - 1;
}
#undef NAME
