/* The benchmark runner: chooses programs, runs them in turns, reports. scripts/bench calls it. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bars.h"
#include "report.h"

enum { BLOCKS_MAX = 128, WORKERS_MAX = 16, ADDED_MAX = 16 };

struct options {
    const char *manifest, *systems, *compilers, *size, *params, *json, *svg;
    const char *added[ADDED_MAX];
    int workers[WORKERS_MAX];
    int added_count;
    int worker_count, rounds;
    struct pace pace;
    bool bars, list;
};

static const char usage[] =
    "usage: scripts/bench [options] [program...]\n"
    "Runs the benchmark programs in turns and prints medians, ratios to the serial program of the\n"
    "same compiler, and ns per spawn. Without names: all programs.\n"
    "  --bars            measure what Tine's speed is held to, and say which bars are met\n"
    "  --list            print programs, builds and sizes, and what is missing on this machine\n"
    "  --workers=LIST    worker counts, such as 1,2,8 (default: 1 and every processor)\n"
    "  --rounds=N        rounds of each (default 7; --bars: what each bar asks for)\n"
    "  --systems=LIST    of serial, tine, libgomp, libomp, onetbb (default: all that are here)\n"
    "  --compilers=LIST  of gcc, clang, gcc-O3, clang-O3 (default: gcc,clang)\n"
    "  --size=SIZE       full: serial and Tine; peers: small enough for all systems; tiny.\n"
    "                    Default: both full and peers\n"
    "  --params=WORDS    parameters instead, such as --params='n=35'\n"
    "  --add=PROGRAM:SYSTEM:COMPILER:PATH\n"
    "                    also run a program built elsewhere, for another system (Lace, say); it\n"
    "                    takes the parameters and prints the line that bench/common.h describes\n"
    "  --json=FILE       all values of all rounds\n"
    "  --svg=FILE        a chart of the speed-ups\n"
    "  --timeout=S       seconds for one run of one program (default 300)\n"
    "  --rest=MS         pause before each run (on a machine that others use too)\n"
    "  --build-dir=DIR   where scripts/bench builds (default build-bench)\n"
    "  --quiet           no progress line\n";

static int positive(const char *text, const char *option)
{
    char *end;
    long value = strtol(text, &end, 10);
    if (*text == '\0' || *end != '\0' || value < 1 || value > ROUNDS_MAX) {
        fprintf(stderr, "bench: --%s=%s: a number from 1 to %d\n", option, text, ROUNDS_MAX);
        exit(2);
    }
    return (int)value;
}

static void read_workers(struct options *o, const char *list)
{
    char *words = strdup(list);
    o->worker_count = 0;
    for (char *w = strtok(words, ","); w != NULL; w = strtok(NULL, ",")) {
        if (o->worker_count == WORKERS_MAX) {
            fprintf(stderr, "bench: at most %d worker counts\n", WORKERS_MAX);
            exit(2);
        }
        o->workers[o->worker_count++] = positive(w, "workers");
    }
    free(words);
}

static void add(struct options *o, const char *text)
{
    if (o->added_count == ADDED_MAX) {
        fprintf(stderr, "bench: at most %d of --add\n", ADDED_MAX);
        exit(2);
    }
    o->added[o->added_count++] = text;
}

static void read_options(struct options *o, int argc, char **argv)
{
    static const struct option known[] = {
        {"manifest", required_argument, 0, 'm'}, {"bars", no_argument, 0, 'b'},
        {"list", no_argument, 0, 'l'},           {"workers", required_argument, 0, 'w'},
        {"rounds", required_argument, 0, 'r'},   {"systems", required_argument, 0, 's'},
        {"compilers", required_argument, 0, 'c'}, {"size", required_argument, 0, 'z'},
        {"params", required_argument, 0, 'p'},   {"json", required_argument, 0, 'j'},
        {"svg", required_argument, 0, 'v'},      {"timeout", required_argument, 0, 't'},
        {"quiet", no_argument, 0, 'q'},          {"help", no_argument, 0, 'h'},
        {"add", required_argument, 0, 'a'},      {"rest", required_argument, 0, 'e'},
        {0, 0, 0, 0}};
    for (int c; (c = getopt_long(argc, argv, "", known, NULL)) != -1;) {
        switch (c) {
        case 'm': o->manifest = optarg; break;
        case 'b': o->bars = true; break;
        case 'l': o->list = true; break;
        case 'w': read_workers(o, optarg); break;
        case 'r': o->rounds = positive(optarg, "rounds"); break;
        case 's': o->systems = optarg; break;
        case 'c': o->compilers = optarg; break;
        case 'z': o->size = optarg; break;
        case 'p': o->params = optarg; break;
        case 'j': o->json = optarg; break;
        case 'v': o->svg = optarg; break;
        case 't': o->pace.timeout_s = positive(optarg, "timeout"); break;
        case 'e': o->pace.rest_ms = positive(optarg, "rest"); break;
        case 'a': add(o, optarg); break;
        case 'q': o->pace.verbose = false; break;
        case 'h': fputs(usage, stdout); exit(0);
        default: fputs(usage, stderr); exit(2);
        }
    }
    if (o->size != NULL && !plan_listed("full,peers,tiny", o->size)) {
        fprintf(stderr, "bench: --size=%s: full, peers or tiny\n", o->size);
        exit(2);
    }
}

static void list(const struct plan *plan)
{
    for (size_t i = 0; i < plan->program_count; i++) {
        const struct program *p = &plan->programs[i];
        printf("%-17s full: %s; peers: %s\n%17s ", p->name, p->full, plan_size(p, "peers"), "");
        for (size_t j = 0; j < plan->binary_count; j++)
            if (strcmp(plan->binaries[j].program, p->name) == 0)
                printf(" %s.%s", plan->binaries[j].system, plan->binaries[j].compiler);
        putchar('\n');
    }
    if (plan->missing_count == 0)
        puts("No peer is missing.");
}

static bool peer(const char *system)
{
    return strcmp(system, "serial") != 0 && strcmp(system, "tine") != 0;
}

/* All series of a program at a size. */
static struct block *choose(const struct plan *plan, const struct options *o,
                            const struct program *program, const char *size)
{
    const char *params = o->params != NULL ? o->params : plan_size(program, size);
    struct block *block = block_new(program, params, o->rounds != 0 ? o->rounds : 7);
    for (size_t i = 0; i < plan->binary_count; i++) {
        const struct binary *b = &plan->binaries[i];
        if (strcmp(b->program, program->name) != 0 || !plan_listed(o->systems, b->system) ||
            !plan_listed(o->compilers, b->compiler) ||
            (peer(b->system) && strcmp(size, "full") == 0 && o->params == NULL &&
             strcmp(params, plan_size(program, "peers")) != 0))
            continue;
        for (int w = 0; w < o->worker_count; w++) {
            bool serial = strcmp(b->system, "serial") == 0;
            if (!serial && o->workers[w] < program->least_workers)
                continue;
            if (block_add(block, b, serial ? 1 : o->workers[w]) == NULL)
                fprintf(stderr, "bench: %s: more than %d series, the rest is left out\n",
                        program->name, SERIES_MAX);
        }
    }
    return block;
}

/* Measures one program; the number of failures. */
static int measure(const struct plan *plan, const struct options *o,
                   const struct program *program, struct block **blocks, size_t *count)
{
    const char *sizes[2] = {o->size, NULL};
    int failures = 0;
    if (o->size == NULL) {
        sizes[0] = "full";
        if (o->params == NULL && strcmp(program->full, plan_size(program, "peers")) != 0)
            sizes[1] = "peers";
    }
    for (int i = 0; i < 2 && sizes[i] != NULL; i++) {
        struct block *block = choose(plan, o, program, sizes[i]);
        if (block->series_count == 0 || *count == BLOCKS_MAX) {
            fprintf(stderr, "bench: %s: nothing to run\n", program->name);
            block_free(block);
            continue;
        }
        failures += block_run(block, &o->pace);
        report_table(stdout, block);
        blocks[(*count)++] = block;
    }
    return failures;
}

/* Programs named on the command line, else all. */
static int measure_all(const struct plan *plan, const struct options *o, char **names,
                       struct block **blocks, size_t *count)
{
    int failures = 0;
    for (char **name = names; *name != NULL; name++)
        if (plan_program(plan, *name) == NULL) {
            fprintf(stderr, "bench: no program is named %s; see --list\n", *name);
            exit(2);
        }
    for (char **name = names; *name != NULL; name++)
        failures += measure(plan, o, plan_program(plan, *name), blocks, count);
    for (size_t i = 0; *names == NULL && i < plan->program_count; i++)
        failures += measure(plan, o, &plan->programs[i], blocks, count);
    return failures;
}

static char *join(char **names)
{
    size_t length = 1;
    for (char **n = names; *n != NULL; n++)
        length += strlen(*n) + 1;
    char *list = calloc(length, 1);
    for (char **n = names; list != NULL && *n != NULL; n++) {
        strcat(list, *n);
        if (n[1] != NULL)
            strcat(list, ",");
    }
    return list;
}

int main(int argc, char **argv)
{
    static struct plan plan;
    static struct block *blocks[BLOCKS_MAX];
    struct options o = {.pace = {.timeout_s = 300, .verbose = true}, .manifest = "manifest"};
    size_t count = 0;
    int failures;
    int processors = (int)sysconf(_SC_NPROCESSORS_ONLN);
    o.workers[0] = 1;
    o.workers[1] = processors;
    o.worker_count = processors > 1 ? 2 : 1;
    read_options(&o, argc, argv);
    if (!isatty(STDERR_FILENO))
        o.pace.verbose = false;
    if (!plan_read(&plan, o.manifest))
        return 2;
    for (int i = 0; i < o.added_count; i++)
        if (!plan_add(&plan, o.added[i]))
            return 2;
    for (size_t i = 0; i < plan.missing_count; i++)
        fprintf(stderr, "bench: left out: %s\n", plan.missing[i]);
    if (o.list) {
        list(&plan);
        plan_free(&plan);
        return 0;
    }
    if (o.bars) {
        char *only = argv[optind] == NULL ? NULL : join(argv + optind);
        struct bars_options b = {only, o.compilers, o.rounds, o.pace};
        failures = bars_run(&plan, &b, blocks, BLOCKS_MAX, &count);
        free(only);
    } else {
        if (o.compilers == NULL)
            o.compilers = "gcc,clang";
        failures = measure_all(&plan, &o, argv + optind, blocks, &count);
    }
    bool written = (o.json == NULL || report_json(o.json, blocks, count)) &&
                   (o.svg == NULL || report_svg(o.svg, blocks, count));
    for (size_t i = 0; i < count; i++)
        block_free(blocks[i]);
    plan_free(&plan);
    if (failures != 0)
        fprintf(stderr, "bench: %d of the programs failed\n", failures);
    return failures != 0 || !written;
}
