#if defined(FIRST)
#include "spare_once.h"
#else
int declared(int n);
#if !defined(NEVER)
static inline int other_task(int n) { flowvar(int) x; return n == 0 ? 0 : (x = spawn other_task(n - 1), sync(x)); }
#endif
#endif
_Static_assert(__LINE__ == 9, "behind the conditions");
