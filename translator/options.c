/* The command line of tine; see options.h. Depfiles are in depfile.c. */
#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef TINE_VERSION
#define TINE_VERSION "0.1.0"
#endif

static const char help_text[] =
    "Usage: tine [options] file.c [-o out.c] [-- compiler flags]\n"
    "\n"
    "Translates spawn and sync in a C file into plain C. \"-\" as the file is standard input;\n"
    "@FILE stands for the words in FILE.\n"
    "\n"
    "  -o FILE             write the translation there (default: standard output)\n"
    "  --check             only diagnose; write nothing\n"
    "  --explain           say for each spawn what was chosen, and why\n"
    "  --serial            erase every Tine word instead: plain serial C\n"
    "  --format=FORMAT     diagnostics as text, json or sarif, on standard error\n"
    "  --color=WHEN        auto, always or never\n"
    "  -W..., -w           -Wtine-NAME, -Wno-tine-NAME, -Werror=tine-NAME, -Wno-error=tine-NAME,\n"
    "                      -Wtine and -Werror for all of them, -w for no warnings\n"
    "  -MD, -MMD           write a depfile, with or without system headers\n"
    "  -MF FILE, -MP, -MT TARGET, -MQ TARGET\n"
    "                      its name, phony targets, its target (-MQ: quoted for make)\n"
    "  --cc=COMPILER       the compiler whose preprocessor expands macros (default: $TINE_CC or "
    "cc)\n"
    "  --resource-dir=DIR  the resource directory of libclang's version\n"
    "  --include-dir=DIR   where <tine.h> is\n"
    "  --version, --help\n"
    "\n"
    "Exit status: 0, 1 for errors in the input or the files, 2 for errors in the command line.\n";

/* State of reading one command line. */
typedef struct reader {
    options *o;
    diags *d;
    char **argv;
    int argc;
    int at;             /* the argument being read */
    const char *failed; /* an error was printed */
} reader;

static void PRINTF_LIKE(2, 3) fail(reader *r, const char *format, ...)
{
    if (r->failed != NULL)
        return;
    va_list args;
    fputs("tine: error: ", stderr);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputs(" (see tine --help)\n", stderr);
    r->failed = format;
}

/* The value of an option that takes one: "-o x", "-ox", "--cc=x". NULL: not this option, or an
 * error was printed. */
static const char *value_of(reader *r, const char *name)
{
    const char *arg = r->argv[r->at];
    size_t len = strlen(name);
    bool is_long = str_starts(name, "--");
    if (strncmp(arg, name, len) != 0)
        return NULL;
    if (is_long ? arg[len] == '=' : arg[len] != '\0')
        return arg + len + is_long;
    if (arg[len] != '\0')
        return NULL;
    if (r->at + 1 >= r->argc || strcmp(r->argv[r->at + 1], "--") == 0) {
        fail(r, "%s needs a value", name);
        return NULL;
    }
    return r->argv[++r->at];
}

static bool is_option(reader *r, const char *name)
{
    return strcmp(r->argv[r->at], name) == 0;
}

static void read_format(reader *r, const char *name)
{
    if (strcmp(name, "text") == 0)
        r->o->format = DIAG_TEXT;
    else if (strcmp(name, "json") == 0)
        r->o->format = DIAG_JSON;
    else if (strcmp(name, "sarif") == 0)
        r->o->format = DIAG_SARIF;
    else
        fail(r, "unknown format '%s': text, json or sarif", name);
}

static void read_color(reader *r, const char *when)
{
    if (strcmp(when, "auto") == 0)
        r->o->color = DIAG_COLOR_AUTO;
    else if (strcmp(when, "always") == 0)
        r->o->color = DIAG_COLOR_ALWAYS;
    else if (strcmp(when, "never") == 0)
        r->o->color = DIAG_COLOR_NEVER;
    else
        fail(r, "unknown colour '%s': auto, always or never", when);
}

/* What make reads as this name. */
static char *quote_for_make(const char *name)
{
    str out = {0};
    for (const char *p = name; *p != '\0'; p++) {
        if (*p == ' ' || *p == '\t') {
            for (const char *back = p; back > name && back[-1] == '\\'; back--)
                str_putc(&out, '\\'); /* backslashes before a blank count double */
            str_putc(&out, '\\');
        } else if (*p == '#') {
            str_putc(&out, '\\');
        } else if (*p == '$') {
            str_putc(&out, '$');
        }
        str_putc(&out, *p);
    }
    return str_take(&out);
}

/* Several -MT and -MQ add up. */
static void add_target(options *o, const char *target, bool quote)
{
    char *quoted = quote ? quote_for_make(target) : mem_strdup(target);
    char *old = o->depend_target;
    o->depend_target = old != NULL ? mem_printf("%s %s", old, quoted) : mem_strdup(quoted);
    free(old);
    free(quoted);
}

/* -M...: true when it was one. */
static bool read_depend(reader *r)
{
    options *o = r->o;
    const char *value;
    if (is_option(r, "-MD") || is_option(r, "-MMD")) {
        o->depend = true;
        o->depend_system = is_option(r, "-MD");
    } else if (is_option(r, "-MP")) {
        o->depend_phony = true;
    } else if ((value = value_of(r, "-MF")) != NULL) {
        free(o->depend_file);
        o->depend_file = mem_strdup(value);
    } else if ((value = value_of(r, "-MT")) != NULL) {
        add_target(o, value, false);
    } else if ((value = value_of(r, "-MQ")) != NULL) {
        add_target(o, value, true);
    } else {
        return false;
    }
    return true;
}

/* Long options: true when it was one. */
static bool read_long(reader *r)
{
    options *o = r->o;
    const char *value;
    if (is_option(r, "--check"))
        o->check = true;
    else if (is_option(r, "--explain"))
        o->explain = true;
    else if (is_option(r, "--serial"))
        o->serial = true;
    else if ((value = value_of(r, "--format")) != NULL)
        read_format(r, value);
    else if ((value = value_of(r, "--color")) != NULL)
        read_color(r, value);
    else if ((value = value_of(r, "--cc")) != NULL)
        o->cc = value;
    else if ((value = value_of(r, "--resource-dir")) != NULL)
        o->resource_dir = value;
    else if ((value = value_of(r, "--include-dir")) != NULL)
        o->include_dir = value;
    else
        return false;
    return true;
}

static void read_argument(reader *r)
{
    options *o = r->o;
    const char *arg = r->argv[r->at];
    const char *value;
    if (arg[0] != '-' || arg[1] == '\0') {
        if (o->input != NULL)
            fail(r, "more than one input: '%s' and '%s'", o->input, arg);
        o->input = arg;
    } else if (arg[1] == 'W' || strcmp(arg, "-w") == 0) {
        if (!diags_flag(r->d, arg) && strcmp(arg, "-Werror") != 0 &&
            strcmp(arg, "-Wno-error") != 0 && strcmp(arg, "-w") != 0)
            fail(r, "unknown option '%s': the compiler's flags go behind --", arg);
    } else if (!read_depend(r) && !read_long(r)) {
        if (r->failed == NULL && (value = value_of(r, "-o")) != NULL)
            o->output = value;
        else
            fail(r, "unknown option '%s'", arg);
    }
}

/* A compiler flag behind "--": kept unless it is Tine's own. */
static void read_flag(options *o, diags *d, char *flag)
{
    if (diags_flag(d, flag))
        return;
    if (strcmp(flag, "-fdiagnostics-color") == 0 || strcmp(flag, "-fcolor-diagnostics") == 0 ||
        strcmp(flag, "-fdiagnostics-color=always") == 0)
        o->color = DIAG_COLOR_ALWAYS;
    else if (strcmp(flag, "-fno-diagnostics-color") == 0 ||
             strcmp(flag, "-fno-color-diagnostics") == 0 ||
             strcmp(flag, "-fdiagnostics-color=never") == 0)
        o->color = DIAG_COLOR_NEVER;
    o->flags[o->flag_count++] = flag;
}

/* The name with its suffix, if it has one, replaced by ".d". */
static char *depfile_name(const char *output)
{
    const char *slash = strrchr(output, '/');
    const char *dot = strrchr(slash != NULL ? slash : output, '.');
    size_t stem = dot != NULL ? (size_t)(dot - output) : strlen(output);
    return mem_printf("%.*s.d", (int)stem, output);
}

/* What is left to decide when all arguments are read. */
static void finish(reader *r)
{
    options *o = r->o;
    bool to_stdout = o->output == NULL || strcmp(o->output, "-") == 0;
    if (o->input == NULL)
        fail(r, "no input file");
    else if (o->input[0] == '\0')
        fail(r, "the input's name is empty");
    else if (o->output != NULL && o->output[0] == '\0')
        fail(r, "the output's name is empty");
    else if (o->check && o->serial)
        fail(r, "--check writes nothing, so --serial has no meaning with it");
    else if (o->depend && !o->check && to_stdout &&
             (o->depend_file == NULL || o->depend_target == NULL))
        fail(r, "-MD without -o needs -MF and -MT");
    else if (!o->depend && (o->depend_file != NULL || o->depend_target != NULL || o->depend_phony))
        fail(r, "-MF, -MT, -MQ and -MP need -MD or -MMD");
    if (r->failed != NULL)
        return;
    if (o->output == NULL && !o->check)
        o->output = "-";
    o->depend = o->depend && !o->check;
    if (o->depend && o->depend_file == NULL)
        o->depend_file = depfile_name(o->output);
    if (o->depend && o->depend_target == NULL)
        o->depend_target = quote_for_make(o->output);
    if (o->cc == NULL)
        o->cc = getenv("TINE_CC");
    if (o->cc == NULL || o->cc[0] == '\0')
        o->cc = "cc";
}

enum options_action options_read(options *o, diags *d, int argc, char **argv)
{
    reader r = {.o = o, .d = d, .argv = argv, .argc = argc};
    *o = (options){0};
    o->flags = mem_zalloc((size_t)argc + 1, sizeof *o->flags);
    for (r.at = 1; r.at < argc && r.failed == NULL; r.at++) {
        if (is_option(&r, "--"))
            break;
        if (is_option(&r, "--help") || is_option(&r, "-h")) {
            fputs(help_text, stdout);
            return OPTIONS_EXIT;
        }
        if (is_option(&r, "--version")) {
            puts("tine " TINE_VERSION);
            return OPTIONS_EXIT;
        }
        read_argument(&r);
    }
    for (int i = r.at + 1; i < argc && r.failed == NULL; i++)
        read_flag(o, d, argv[i]);
    diags_flags_end(d);
    finish(&r);
    if (r.failed == NULL)
        return OPTIONS_RUN;
    o->status = 2;
    return OPTIONS_EXIT;
}

/* The directory of this program, or NULL. */
static char *own_directory(void)
{
    char *path = realpath("/proc/self/exe", NULL);
    char *slash = path != NULL ? strrchr(path, '/') : NULL;
    if (slash != NULL)
        *slash = '\0';
    return path;
}

char *options_find_include(const options *o)
{
    static const char *const places[] = {"../include", "../../include", "include"};
    if (o->include_dir != NULL)
        return mem_strdup(o->include_dir);
    char *own = own_directory();
    char *found = NULL;
    for (size_t i = 0; own != NULL && found == NULL && i < sizeof places / sizeof places[0]; i++) {
        char *header = mem_printf("%s/%s/tine.h", own, places[i]);
        char *real = realpath(header, NULL);
        if (real != NULL) {
            *strrchr(real, '/') = '\0';
            found = real;
        }
        free(header);
    }
    free(own);
    return found;
}

void options_free(options *o)
{
    free(o->depend_file);
    free(o->depend_target);
    free(o->flags);
    *o = (options){0};
}
