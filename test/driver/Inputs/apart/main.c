#include <stdio.h>

int one(void), two(void);

int main(void)
{
    printf("one %d two %d\n", one(), two());
    return 0;
}
