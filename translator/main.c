/* tine: translates one C file. The order of the phases, and nothing else; each collects its errors,
 * and the output is written when there are none. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "emit.h"
#include "explain.h"
#include "harvest.h"
#include "plan.h"
#include "response.h"

typedef struct job {
    options options;
    diags *diags;
    source input;
    scan *scan;
    flatten *flat;
    unit unit;
    model model;
    str output;
    str explanation;
    bool is_well;
} job;

static void fail(job *j, char *message)
{
    if (j->options.format == DIAG_TEXT) /* one line, without a count of errors behind it */
        fprintf(stderr, "tine: error: %s\n", message);
    else
        diag_add_plain(j->diags, DIAG_ERROR, NULL, (diag_place){0}, "%s", message);
    free(message);
}

/* ---- what the compiler's flags ask for --------------------------------------------------------- */

/* Whether a flag asks for debug information: 1, against it: 0, neither: -1. */
static int debug_flag(const char *flag)
{
    static const char *const asking[] = {"-g", "-g1", "-g2", "-g3", "-gline-tables-only", "-gmlt",
                                         "-gline-directives-only", "-gsplit-dwarf", "-gfull"};
    if (strcmp(flag, "-g0") == 0 || strcmp(flag, "-ggdb0") == 0)
        return 0;
    for (size_t i = 0; i < sizeof asking / sizeof *asking; i++)
        if (strcmp(flag, asking[i]) == 0)
            return 1;
    return strncmp(flag, "-ggdb", 5) == 0 || strncmp(flag, "-gdwarf", 7) == 0 ? 1 : -1;
}

/* What -DTINE_BASE_CASES says: 1, or 0 for =0; -1: it is not there. The last one holds. */
static int wanted_bases(const options *o)
{
    static const char name[] = "TINE_BASE_CASES";
    int wanted = -1;
    for (size_t i = 0; i < o->flag_count; i++) {
        const char *flag = o->flags[i];
        bool undefines = strncmp(flag, "-U", 2) == 0;
        if (!undefines && strncmp(flag, "-D", 2) != 0)
            continue;
        const char *text = flag[2] != '\0' ? flag + 2 : i + 1 < o->flag_count ? o->flags[i + 1] : "";
        size_t len = strlen(name);
        if (strncmp(text, name, len) == 0 && (text[len] == '\0' || text[len] == '='))
            wanted = undefines ? -1 : strcmp(text + len, "=0") != 0;
    }
    return wanted;
}

static plan_options plan_for(const options *o)
{
    static const char *const instrumenting[] = {"--coverage", "-pg", "-ftest-coverage",
                                                "-fprofile-arcs", "-finstrument-functions",
                                                "-fprofile-instr-generate", "-fcoverage-mapping"};
    plan_options p = {.serial = o->serial, .no_clones = true, .no_copies = true}; /* as -O0 */
    bool instrumented = false, debugged = false;
    for (size_t i = 0; i < o->flag_count; i++) {
        const char *flag = o->flags[i];
        for (size_t k = 0; k < sizeof instrumenting / sizeof *instrumenting; k++)
            instrumented = instrumented || strcmp(flag, instrumenting[k]) == 0;
        debugged = debug_flag(flag) < 0 ? debugged : debug_flag(flag) > 0;
        if (strstr(flag, "exceptions") != NULL)
            p.unwinds = p.unwinds || strstr(flag, "no-") == NULL;
        if (strncmp(flag, "-O", 2) != 0)
            continue;
        p.no_clones = strcmp(flag, "-O0") == 0;
        p.optimises = !p.no_clones;
        p.no_copies = p.no_clones || strcmp(flag, "-Os") == 0 || strcmp(flag, "-Oz") == 0 ||
                      strcmp(flag, "-Og") == 0;
    }
    p.instruments = instrumented;
    p.no_clones = p.no_clones || instrumented;
    p.no_copies = p.no_copies || instrumented;
    /* Compilers put the tests of several calls together: breakpoints would stop at calls that are none of theirs. */
    int wanted = wanted_bases(o);
    p.why_no_bases = p.no_copies                ? "the compiler is not asked to optimise for speed"
                     : wanted == 0              ? "TINE_BASE_CASES is 0"
                     : wanted < 0 && debugged ? "-g wants breakpoints that stay true (-DTINE_BASE_CASES=1)"
                                                : NULL;
    return p;
}

/* ---- what is written --------------------------------------------------------------------------- */

static str depfile_text(job *j)
{
    const char *const *taken;
    size_t taken_count = flatten_files(j->flat, &taken), count = 0;
    size_t all = j->unit.file_count + taken_count + 1;
    const char **files = mem_zalloc(all, sizeof *files);
    files[count++] = j->input.name;
    for (size_t i = 0; i < taken_count; i++)
        files[count++] = taken[i];
    for (size_t i = 0; i < j->unit.file_count; i++)
        if (!j->unit.system[i] || j->options.depend_system)
            files[count++] = j->unit.files[i];
    str text = {0};
    options_depfile(&j->options, &text, files, count);
    free(files);
    return text;
}

/* The translation and its depfile: both, or none. */
static bool write_files(job *j)
{
    const options *o = &j->options;
    source_output files[SOURCE_OUTPUTS];
    size_t count = 0;
    str depfile = {0};
    char *error = NULL;
    if (o->check)
        return true;
    files[count++] = (source_output){o->output, str_cstr(&j->output), j->output.len};
    if (o->depend) {
        depfile = depfile_text(j);
        files[count++] = (source_output){o->depend_file, str_cstr(&depfile), depfile.len};
    }
    bool written = source_write(files, count, &error);
    if (!written)
        fail(j, error);
    str_free(&depfile);
    return written;
}

/* ---- phases ------------------------------------------------------------------------------------ */

/* The mode for <tine.h>, in front of everything but a byte order mark. */
static void begin_output(job *j, const source *text)
{
    bool mark = strncmp(text->text, "\xEF\xBB\xBF", 3) == 0;
    if (mark)
        str_puts(&j->output, "\xEF\xBB\xBF");
    str_puts(&j->output, j->options.serial
                             ? "#define TINE_SERIAL 1\n#define TINE_SERIAL_TRANSLATED 1\n"
                             : "#define TINE_TRANSLATED 1\n");
    source_line_directive(&j->output, 1, j->input.name);
}

static bool translate(job *j)
{
    j->flat = flatten_main(&j->input, j->scan, &j->options, j->diags);
    if (j->flat == NULL)
        return false;
    bool well = parse_unit(&j->unit, j->flat, &j->options, j->diags);
    if (!well && !j->unit.is_whole)
        return false;
    well = harvest_unit(&j->unit, &j->model) && well;
    well = check_unit(&j->model, j->flat, j->diags) && well;
    if (!well)
        return false;
    if (!j->model.has_tine) {
        str_add(&j->output, j->input.text, j->input.len);
        return true;
    }
    plan_options planning = plan_for(&j->options);
    plan_model(&j->model, &planning);
    j->model.flags = j->options.flags;
    j->model.flag_count = j->options.flag_count;
    if (j->options.explain) {
        bool tools = j->options.format != DIAG_TEXT; /* they read one document */
        explain_to to = {&j->explanation, tools ? j->diags : NULL, j->flat};
        explain_model(&to, &j->model, &j->unit.lex);
    }
    begin_output(j, flatten_text(j->flat));
    str text = {0};
    bool ok = emit_unit(&j->model, &j->unit.lex, j->flat, j->diags, &text);
    size_t mark = strncmp(str_cstr(&text), "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    str_add(&j->output, str_cstr(&text) + mark, text.len - mark);
    str_free(&text);
    return ok;
}

/* A file without Tine words, or in which they are serial, comes out as it is. For the depfile it is
 * parsed nevertheless, for what it includes; that clang may not understand it is not heard. */
static void pass_through(job *j)
{
    str_add(&j->output, j->input.text, j->input.len);
    if (!j->options.depend)
        return;
    diags *unheard = diags_new();
    j->flat = flatten_main(&j->input, j->scan, &j->options, unheard);
    if (j->flat != NULL)
        parse_unit(&j->unit, j->flat, &j->options, unheard);
    diags_free(unheard);
}

/* Looks for words in the file and its headers, <tine.h> among them. */
static void look(job *j)
{
    const options *o = &j->options;
    char *headers = options_find_include(o);
    const char **flags = mem_zalloc(o->flag_count + 3, sizeof *flags);
    memcpy(flags, o->flags, o->flag_count * sizeof *flags);
    if (headers != NULL) {
        flags[o->flag_count] = "-isystem";
        flags[o->flag_count + 1] = headers;
    }
    j->scan = scan_unit(j->input.name, j->input.text, j->input.len, flags);
    free(flags);
    free(headers);
}

static bool run(job *j)
{
    const options *o = &j->options;
    char *error = NULL;
    if (!source_read(&j->input, o->input, &error)) {
        fail(j, error);
        return false;
    }
    diags_use_source(j->diags, &j->input);
    look(j);
    if (!scan_has_words(j->scan) || flatten_is_serial(&j->input, j->scan, o, j->diags))
        pass_through(j);
    else if (!translate(j))
        return false;
    if (diags_errors(j->diags) > 0)
        return false;
    return write_files(j);
}

static void job_free(job *j)
{
    parse_free(&j->unit);
    arena_free(&j->model.arena);
    if (j->flat != NULL)
        flatten_free(j->flat); /* it borrows from the scan */
    if (j->scan != NULL)
        scan_free(j->scan);
    source_free(&j->input);
    str_free(&j->output);
    str_free(&j->explanation);
    diags_free(j->diags);
    options_free(&j->options);
}

/* Nested code is walked by recursion: a stack that real code does not use up. */
enum { STACK_BYTES = 512 * 1024 * 1024 };

static void *run_thread(void *argument)
{
    job *j = argument;
    j->is_well = run(j);
    return NULL;
}

static void run_deeply(job *j)
{
    pthread_attr_t attributes;
    pthread_t thread;
    pthread_attr_init(&attributes);
    if (pthread_attr_setstacksize(&attributes, STACK_BYTES) == 0 &&
        pthread_create(&thread, &attributes, run_thread, j) == 0)
        pthread_join(thread, NULL);
    else
        run_thread(j);
    pthread_attr_destroy(&attributes);
}

int main(int argc, char **argv)
{
    job j = {.diags = diags_new()};
    int status;
    arguments all = response_expand(argc, argv);
    if (options_read(&j.options, j.diags, (int)all.count, all.items) == OPTIONS_EXIT) {
        status = j.options.status;
    } else {
        run_deeply(&j);
        bool ok = j.is_well;
        fputs(str_cstr(&j.explanation), stderr);
        diags_print(j.diags, stderr, j.options.format, j.options.color);
        status = ok ? diags_status(j.diags) : 1;
    }
    job_free(&j);
    response_free(&all);
    return status;
}
