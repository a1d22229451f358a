/* mergesort [N]: sorts N pseudo-random numbers by the merge sort of the RFC that Tine follows, checks
 * the result and says so. */
#include <tine.h>

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SERIAL_BELOW = 2048 }; /* numbers; a task for fewer costs more than it brings */

static void merge(uint32_t *a, uint32_t *b, size_t left, size_t middle, size_t right)
{
    size_t i = left, j = middle, k = left;
    while (i < middle && j < right) b[k++] = a[j] < a[i] ? a[j++] : a[i++];
    memcpy(b + k, a + i, (middle - i) * sizeof *b);
    memcpy(b + k + (middle - i), a + j, (right - j) * sizeof *b);
    memcpy(a + left, b + left, (right - left) * sizeof *a);
}

static void merge_sort(uint32_t *a, uint32_t *b, size_t left, size_t right)
{
    if (right - left <= 1) return;
    size_t middle = left + (right - left) / 2;
    if (right - left < SERIAL_BELOW) {
        merge_sort(a, b, left, middle);
        merge_sort(a, b, middle, right);
    } else {
        flowvar(void) child = spawn merge_sort(a, b, left, middle); /* fork */
        merge_sort(a, b, middle, right);                            /* the continuation */
        sync(child);                                                /* join */
    }
    merge(a, b, left, middle, right);
}

/* Fills with numbers that are the same in every run; gives their sum. */
static uint64_t fill(uint32_t *a, size_t n)
{
    uint64_t sum = 0;
    uint32_t x = 2463534242u; /* Marsaglia's xorshift */
    for (size_t i = 0; i < n; i++) {
        x ^= x << 13;
        x ^= x >> 17;
        x ^= x << 5;
        sum += a[i] = x;
    }
    return sum;
}

int main(int argc, char **argv)
{
    char *end = NULL;
    errno = 0;
    unsigned long long n = argc > 1 ? strtoull(argv[1], &end, 10) : 1000000;
    if (argc > 2 || errno || (end && (*end || *argv[1] < '0' || *argv[1] > '9'))
        || n > SIZE_MAX / sizeof(uint32_t)) {
        fprintf(stderr, "usage: mergesort [N]\n");
        return 2;
    }
    uint32_t *a = malloc((size_t)n * sizeof *a + 1), *b = malloc((size_t)n * sizeof *b + 1);
    if (!a || !b) {
        fprintf(stderr, "mergesort: out of memory for %llu numbers\n", n);
        return 1;
    }
    uint64_t sum = fill(a, (size_t)n);
    merge_sort(a, b, 0, (size_t)n);
    for (size_t i = 0; i < n; i++) {
        sum -= a[i];
        if (i && a[i - 1] > a[i]) {
            fprintf(stderr, "mergesort: number %zu is out of order\n", i);
            return 1;
        }
    }
    free(a);
    free(b);
    if (sum) {
        fprintf(stderr, "mergesort: the numbers are not the ones that went in\n");
        return 1;
    }
    printf("%llu numbers sorted\n", n);
    return 0;
}
