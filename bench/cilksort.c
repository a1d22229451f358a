/* Merge sort with parallel merges, as in Cilk's example: a quarter each, then two merges and a
 * merge of those. Small ranges are sorted by quicksort. Functions return how many items they have
 * put in place. Parameters: n; leaf, the largest range that is sorted or merged without spawning. */
#include "common.h"

typedef int32_t item;

static long leaf;

static void insertion_sort(item *a, long n)
{
    for (long i = 1; i < n; i++) {
        item x = a[i];
        long j = i;
        for (; j > 0 && a[j - 1] > x; j--)
            a[j] = a[j - 1];
        a[j] = x;
    }
}

static item median(item a, item b, item c)
{
    if (a > b) {
        item t = a;
        a = b;
        b = t;
    }
    return c < a ? a : c > b ? b : c;
}

static BENCH_LEAF void quicksort(item *a, long n)
{
    while (n > 20) {
        item pivot = median(a[0], a[n / 2], a[n - 1]);
        long i = 0, j = n - 1;
        while (i <= j) {
            while (a[i] < pivot)
                i++;
            while (a[j] > pivot)
                j--;
            if (i <= j) {
                item t = a[i];
                a[i++] = a[j];
                a[j--] = t;
            }
        }
        if (j + 1 < n - i) { /* recurse into the smaller part */
            quicksort(a, j + 1);
            a += i;
            n -= i;
        } else {
            quicksort(a + i, n - i);
            n = j + 1;
        }
    }
    insertion_sort(a, n);
}

static BENCH_LEAF void merge_leaf(const item *a, long na, const item *b, long nb, item *to)
{
    while (na > 0 && nb > 0) {
        if (*b < *a) {
            *to++ = *b++;
            nb--;
        } else {
            *to++ = *a++;
            na--;
        }
    }
    memcpy(to, a, (size_t)na * sizeof *a);
    memcpy(to + na, b, (size_t)nb * sizeof *b);
}

/* The number of items of sorted a that are less than x. */
static BENCH_LEAF long lower_bound(const item *a, long n, item x)
{
    long low = 0;
    while (low < n) {
        long middle = low + (n - low) / 2;
        if (a[middle] < x)
            low = middle + 1;
        else
            n = middle;
    }
    return low;
}

#ifdef BENCH_PEER
static long merge(const item *a, long na, const item *b, long nb, item *to)
{
    if (na < nb)
        return merge(b, nb, a, na, to);
    if (na + nb <= leaf || nb == 0) {
        merge_leaf(a, na, b, nb, to);
        return na + nb;
    }
    long ha = na / 2, hb = lower_bound(b, nb, a[ha]), low;
    GROUP(g);
    TASK(g, low, low = merge(a, ha, b, hb, to));
    long high = merge(a + ha, na - ha, b + hb, nb - hb, to + ha + hb);
    WAIT(g);
    return low + high;
}

static long sort(item *a, item *spare, long n)
{
    if (n <= leaf || n < 4) {
        quicksort(a, n);
        return n;
    }
    long q = n / 4, rest = n - 3 * q, first, second, third, low;
    GROUP(g);
    TASK(g, first, first = sort(a, spare, q));
    TASK(g, second, second = sort(a + q, spare + q, q));
    TASK(g, third, third = sort(a + 2 * q, spare + 2 * q, q));
    long fourth = sort(a + 3 * q, spare + 3 * q, rest);
    WAIT(g);
    TASK(g, low, low = merge(a, first, a + q, second, spare));
    long high = merge(a + 2 * q, third, a + 3 * q, fourth, spare + 2 * q);
    WAIT(g);
    return merge(spare, low, spare + low, high, a);
}
#else
static long merge(const item *a, long na, const item *b, long nb, item *to)
{
    if (na < nb)
        return merge(b, nb, a, na, to);
    if (na + nb <= leaf || nb == 0) {
        merge_leaf(a, na, b, nb, to);
        return na + nb;
    }
    long ha = na / 2, hb = lower_bound(b, nb, a[ha]);
    flowvar(long) low = spawn merge(a, ha, b, hb, to);
    long high = merge(a + ha, na - ha, b + hb, nb - hb, to + ha + hb);
    return sync(low) + high;
}

static long sort(item *a, item *spare, long n)
{
    if (n <= leaf || n < 4) {
        quicksort(a, n);
        return n;
    }
    long q = n / 4, rest = n - 3 * q;
    flowvar(long) first = spawn sort(a, spare, q);
    flowvar(long) second = spawn sort(a + q, spare + q, q);
    flowvar(long) third = spawn sort(a + 2 * q, spare + 2 * q, q);
    long n4 = sort(a + 3 * q, spare + 3 * q, rest);
    long n3 = sync(third), n2 = sync(second), n1 = sync(first);

    flowvar(long) low = spawn merge(a, n1, a + q, n2, spare);
    long high = merge(a + 2 * q, n3, a + 3 * q, n4, spare + 2 * q);
    long half = sync(low);
    return merge(spare, half, spare + half, high, a);
}
#endif

/* How many tasks are spawned, about: where merges split depends on the data. */
static int64_t tasks_of_merge(long n)
{
    return n <= leaf ? 0 : 1 + tasks_of_merge(n / 2) + tasks_of_merge(n - n / 2);
}

static int64_t tasks_of_sort(long n)
{
    if (n <= leaf || n < 4)
        return 0;
    return 4 + 3 * tasks_of_sort(n / 4) + tasks_of_sort(n - 3 * (n / 4)) +
           2 * tasks_of_merge(n / 2) + tasks_of_merge(n);
}

int main(int argc, char **argv)
{
    struct bench b;
    bench_open(&b, "cilksort", argc, argv);
    long n = bench_param(&b, "n", 10000000, 1);
    leaf = bench_param(&b, "leaf", 2048, 1);
    bench_params_end(&b);

    item *a = (item *)bench_alloc(&b, (size_t)n, sizeof *a);
    item *spare = (item *)bench_alloc(&b, (size_t)n, sizeof *spare);
    uint64_t sum = 0;
    for (long i = 0; i < n; i++) {
        a[i] = (item)bench_mix((uint64_t)i);
        spare[i] = 0; /* touched, so that no page is made inside the kernel */
        sum += (uint64_t)a[i];
    }

    long sorted = 0;
    BENCH_RUN(&b, sorted = sort(a, spare, n));

    bool ok = sorted == n;
    for (long i = 0; i < n; i++) {
        sum -= (uint64_t)a[i];
        ok = ok && (i == 0 || a[i - 1] <= a[i]);
    }
    free(a);
    free(spare);
    return bench_close(&b, tasks_of_sort(n), ok && sum == 0);
}
