/* Unit test of the runner's statistics: figures that are published rest on these few lines. */
#include "stats.h"

#include <math.h>
#include <stdio.h>

static int failures;

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                        \
            failures++;                                                                            \
        }                                                                                          \
    } while (0)

int main(void)
{
    const double odd[] = {5, 1, 3};
    const double even[] = {4, 1, 3, 2};
    CHECK(stats_median(odd, 3) == 3);
    CHECK(odd[0] == 5); /* the order is kept */
    CHECK(stats_median(even, 4) == 2.5);
    CHECK(stats_median(odd, 1) == 5);
    CHECK(isnan(stats_median(odd, 0)));
    CHECK(stats_min(odd, 3) == 1 && stats_max(odd, 3) == 5);
    CHECK(isnan(stats_min(odd, 0)) && isnan(stats_max(odd, 0)));

    /* A machine three times slower in the second round: the ratio of medians would be 2 or 3. */
    const double above[] = {2, 12, 4};
    const double below[] = {1, 6, 2};
    CHECK(stats_paired_ratio(above, below, 3) == 2);
    CHECK(isnan(stats_paired_ratio(above, below, 0)));
    const double zero[] = {0, 1, 1};
    CHECK(isnan(stats_paired_ratio(above, zero, 3)));
    CHECK(stats_paired_difference(above, below, 2, 3) == 1);
    CHECK(isnan(stats_paired_difference(above, below, 0, 3)));
    return failures != 0;
}
