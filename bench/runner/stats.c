/* Statistics over the rounds of a measurement. */
#include "stats.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* A sorted copy; the caller frees. */
static double *sorted(const double *values, size_t count)
{
    double *copy = malloc(count * sizeof *copy);
    if (copy == NULL)
        abort();
    memcpy(copy, values, count * sizeof *copy);
    qsort(copy, count, sizeof *copy, compare);
    return copy;
}

double stats_median(const double *values, size_t count)
{
    if (count == 0)
        return NAN;
    double *copy = sorted(values, count);
    double median = count % 2 == 1 ? copy[count / 2]
                                   : (copy[count / 2 - 1] + copy[count / 2]) / 2;
    free(copy);
    return median;
}

double stats_min(const double *values, size_t count)
{
    double least = NAN;
    for (size_t i = 0; i < count; i++)
        if (i == 0 || values[i] < least)
            least = values[i];
    return least;
}

double stats_max(const double *values, size_t count)
{
    double most = NAN;
    for (size_t i = 0; i < count; i++)
        if (i == 0 || values[i] > most)
            most = values[i];
    return most;
}

double stats_paired_ratio(const double *above, const double *below, size_t count)
{
    if (count == 0)
        return NAN;
    double *ratios = malloc(count * sizeof *ratios);
    if (ratios == NULL)
        abort();
    for (size_t i = 0; i < count; i++) {
        ratios[i] = above[i] / below[i];
        if (below[i] == 0) {
            free(ratios);
            return NAN;
        }
    }
    double median = stats_median(ratios, count);
    free(ratios);
    return median;
}

double stats_paired_difference(const double *a, const double *b, double divisor, size_t count)
{
    if (count == 0 || divisor == 0)
        return NAN;
    double *differences = malloc(count * sizeof *differences);
    if (differences == NULL)
        abort();
    for (size_t i = 0; i < count; i++)
        differences[i] = (a[i] - b[i]) / divisor;
    double median = stats_median(differences, count);
    free(differences);
    return median;
}
