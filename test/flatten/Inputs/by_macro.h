#include BESIDE
static inline int by_macro_task(int n) { return n + BESIDE_VALUE; }
static inline int BY_MACRO(int n)
{
    flowvar(int) x = spawn by_macro_task(n);
    return sync(x);
}
