/* All values of all rounds as JSON, for those who compute with them. */
#include <errno.h>
#include <math.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "report.h"

/* Names and parameters hold no control characters. */
static void quote(FILE *to, const char *text)
{
    fputc('"', to);
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            fputc('\\', to);
        fputc(*text, to);
    }
    fputc('"', to);
}

static void number(FILE *to, double value)
{
    if (isnan(value) || isinf(value))
        fputs("null", to);
    else
        fprintf(to, "%.10g", value);
}

static void write_series(FILE *to, const struct block *block, const struct series *s)
{
    struct figures f = figures_of(block, s);
    fputs("      {\"system\": ", to);
    quote(to, s->binary->system);
    fputs(", \"compiler\": ", to);
    quote(to, s->binary->compiler);
    fprintf(to, ", \"workers\": %d, \"copies\": %d, \"failed\": %s", s->workers, s->copies,
            s->failed ? "true" : "false");
    fputs(",\n       \"median_ms\": ", to);
    number(to, f.ms);
    fputs(", \"over_serial\": ", to);
    number(to, f.over_serial);
    fputs(", \"over_serial_best\": ", to);
    number(to, f.best);
    fputs(", \"cpu_over_serial\": ", to);
    number(to, f.cpu_over_serial);
    fputs(", \"speed_up\": ", to);
    number(to, f.speed_up);
    fputs(", \"ns_per_task\": ", to);
    number(to, f.ns_per_task);
    fputs(",\n       \"rounds\": {", to);
    for (int i = 0; i < s->metric_count; i++) {
        fputs(i == 0 ? "" : ",\n                  ", to);
        quote(to, s->metrics[i].name);
        fputs(": [", to);
        for (int r = 0; r < block->rounds; r++) {
            fputs(r == 0 ? "" : ", ", to);
            number(to, s->metrics[i].values[r]);
        }
        fputc(']', to);
    }
    fputs("}}", to);
}

static void write_block(FILE *to, const struct block *block)
{
    fputs("    {\"program\": ", to);
    quote(to, block->program->name);
    fputs(", \"parameters\": ", to);
    quote(to, block->params);
    fprintf(to, ", \"rounds\": %d, \"series\": [\n", block->rounds);
    for (int i = 0; i < block->series_count; i++) {
        write_series(to, block, &block->series[i]);
        fputs(i + 1 == block->series_count ? "\n    ]}" : ",\n", to);
    }
}

bool report_json(const char *path, struct block *const *blocks, size_t count)
{
    struct utsname name;
    FILE *to = fopen(path, "w");
    if (to == NULL) {
        fprintf(stderr, "bench: %s: %s\n", path, strerror(errno));
        return false;
    }
    uname(&name);
    fputs("{\"system\": ", to);
    quote(to, name.release);
    fputs(", \"machine\": ", to);
    quote(to, name.machine);
    fprintf(to, ", \"processors\": %ld,\n  \"blocks\": [\n", sysconf(_SC_NPROCESSORS_ONLN));
    for (size_t i = 0; i < count; i++) {
        write_block(to, blocks[i]);
        fputs(i + 1 == count ? "\n" : ",\n", to);
    }
    fputs("  ]}\n", to);
    bool ok = !ferror(to);
    ok = fclose(to) == 0 && ok;
    if (!ok)
        fprintf(stderr, "bench: %s: %s\n", path, strerror(errno));
    return ok;
}
