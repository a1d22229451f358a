#include <stdio.h>
#include <tine.h>

long f(int n, unsigned u, const char *s)
{
    int unused;
    char short_text[8];
    if (n < 2) return n;
    if (n > u) u++;
    snprintf(short_text, sizeof short_text, "%s/%d", s, 100000 + n);
    for (int i = 0; i < 2; i++) {
        int n = i;
        u += (unsigned)n;
    }
    flowvar(long) x = spawn f(n - 1, u, short_text);
    long y = f(n - 2, u, short_text);
    return sync(x) + y;
}
