#include <stdio.h>

/* A file without a word of Tine, save in this comment: spawn, sync, flowvar. */
int twice(void);

int main(void)
{
    printf("twice %d \"spawn\"\n", twice());
    return 0;
}
