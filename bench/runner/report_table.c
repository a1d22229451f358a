/* The table of a block, and the figures that all reports share. */
#include <math.h>
#include <string.h>

#include "report.h"
#include "stats.h"

const struct series *serial_of(const struct block *block, const struct series *series)
{
    return block_find(block, "serial", series->binary->compiler, 0);
}

struct figures figures_of(const struct block *block, const struct series *series)
{
    struct figures f = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    size_t rounds = (size_t)block->rounds;
    const double *ns = series_values(series, "ns");
    const double *serial = series_values(serial_of(block, series), "ns");
    if (ns == NULL)
        return f;
    f.ms = stats_median(ns, rounds) / 1e6;
    f.ms_min = stats_min(ns, rounds) / 1e6;
    f.cpu_s = series_median(series, "cpu_ns", block->rounds) / 1e9;
    f.mib = series_median(series, "rss_kb", block->rounds) / 1024;
    if (serial != NULL) {
        f.over_serial = stats_paired_ratio(ns, serial, rounds);
        f.speed_up = stats_paired_ratio(serial, ns, rounds);
        f.best = stats_min(ns, rounds) / stats_min(serial, rounds);
        f.cpu_over_serial = stats_paired_ratio(series_values(series, "cpu_ns"),
                                               series_values(serial_of(block, series), "cpu_ns"),
                                               rounds);
        if (series->workers == 1 && strcmp(series->binary->system, "serial") != 0)
            f.ns_per_task = stats_paired_difference(
                ns, serial, series_median(series, "tasks", block->rounds), rounds);
    }
    return f;
}

static void cell(FILE *to, int width, int digits, double value)
{
    if (isnan(value))
        fprintf(to, " %*s", width, "-");
    else
        fprintf(to, " %*.*f", width, digits, value);
}

/* Metrics that the columns already show. */
static bool in_columns(const char *metric)
{
    static const char *const known[] = {"ns", "cpu_ns", "tasks", "rss_kb"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(metric, known[i]) == 0)
            return true;
    return false;
}

static void print_series(FILE *to, const struct block *block, const struct series *s)
{
    struct figures f = figures_of(block, s);
    char copies[16] = "";
    if (s->copies > 1)
        snprintf(copies, sizeof copies, " x%d", s->copies);
    fprintf(to, "%s%-*s %-9s %3d", s->binary->system, 9 - (int)strlen(s->binary->system), copies,
            s->binary->compiler, s->workers);
    if (s->failed) {
        fprintf(to, "  failed\n");
        return;
    }
    cell(to, 11, 3, f.ms);
    cell(to, 11, 3, f.ms_min);
    cell(to, 8, 3, f.over_serial);
    cell(to, 8, 3, f.best);
    cell(to, 8, 3, f.cpu_over_serial);
    cell(to, 8, 3, f.speed_up);
    cell(to, 8, 2, f.ns_per_task);
    cell(to, 8, 3, f.cpu_s);
    cell(to, 8, 1, f.mib);
    for (int i = 0; i < s->metric_count; i++)
        if (!in_columns(s->metrics[i].name))
            fprintf(to, " %s=%.6g", s->metrics[i].name,
                    series_median(s, s->metrics[i].name, block->rounds));
    fputc('\n', to);
}

/* Columns: T/Ts and Ts/T are medians of rounds' ratios, min/min that of the least times, CPU/CPU of
 * processor times; ns/task is what a spawn and sync added. */
void report_table(FILE *to, const struct block *block)
{
    const struct series *first = &block->series[0];
    fprintf(to, "\n%s %s: medians of %d rounds", block->program->name, block->params,
            block->rounds);
    if (series_values(first, "tasks") != NULL)
        fprintf(to, ", %.0f tasks", series_median(first, "tasks", block->rounds));
    fprintf(to, "\n%-9s %-9s %3s %11s %11s %8s %8s %8s %8s %8s %8s %8s\n", "system", "compiler",
            "n", "ms", "min ms", "T/Ts", "min/min", "CPU/CPU", "Ts/T", "ns/task", "CPU s", "MiB");
    for (int i = 0; i < block->series_count; i++)
        print_series(to, block, &block->series[i]);
    fflush(to);
}
