/* Statistics over the rounds of a measurement. */
#ifndef RUNNER_STATS_H
#define RUNNER_STATS_H

#include <stddef.h>

/* The middle value (the mean of the two in the middle for even counts). NAN for none. Keeps the
 * order of values. */
double stats_median(const double *values, size_t count);

/* NAN for none. */
double stats_min(const double *values, size_t count);
double stats_max(const double *values, size_t count);

/* The median of above[i] / below[i]: values of the same round belong together, so that what slows
 * the machine for a while falls out. NAN where a denominator is 0. */
double stats_paired_ratio(const double *above, const double *below, size_t count);

/* The median of (a[i] - b[i]) / divisor. */
double stats_paired_difference(const double *a, const double *b, double divisor, size_t count);

#endif
