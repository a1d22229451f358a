/* See build.h.
 *
 * A translated source lies in the temporary directory under the user's base name. The compiler gets it
 * in the place of the user's file, and three things make its output the same as for that file:
 *   #line in the generated text     diagnostics, __FILE__, __LINE__, the line table, coverage
 *   -ffile-prefix-map=TEMP=DIR      the name of the compilation unit, __BASE_FILE__
 *   -iquote DIRECTORY-OF-SOURCE     "..." includes beside the user's file
 * Names of outputs (foo.o, foo.s, foo.d, foo.gcno) come from the base name or from -o, as ever. The
 * dependency file is corrected afterwards (sides.h).
 *
 * One command does for all inputs, unless they lie in different directories: then each translated one
 * is compiled by itself, for one -iquote must not serve another file.
 */
#include "build.h"

#include "ccache.h"
#include "coverage.h"
#include "deps.h"
#include "devices.h"
#include "files.h"
#include "job.h"
#include "mapping.h"
#include "precompiled.h"
#include "proc.h"
#include "rename.h"
#include "say.h"
#include "sides.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool starts(const char *s, const char *prefix)
{
    return !strncmp(s, prefix, strlen(prefix));
}

/* ---- what is there to do ---------------------------------------------------------------------- */

/* Copies standard input to a file, for two programs want to read it. */
static void take_stdin(struct job *j, struct unit *u, struct bytes *text)
{
    if (!file_read_fd(0, text)) {
        say_error("cannot read standard input: %s", strerror(errno));
        _exit(1);
    }
    char *path = mem_printf("%s/stdin.c", temp_dir("<stdin>"));
    if (!file_write(path, text->p, text->n)
        || (j->stdin_fd = open(path, O_RDONLY | O_CLOEXEC)) < 0) {
        say_error("cannot write '%s': %s", path, strerror(errno));
        temp_remove();
        _exit(1);
    }
    u->source = "<stdin>";
    u->read_from = path;
}

static void say_unreadable(struct job *j, const char *path)
{
    say_error("cannot read '%s': %s", path, strerror(errno));
    j->unreadable = true;
}

/* Generated text names its lines by #line, and there a newline cannot stand. */
static void refuse_newline(const char *path)
{
    if (!strchr(path, '\n')) return;
    say_error("the name '%s' has a newline in it, and this file needs translation", path);
    exit(1);
}

static void look_at_inputs(struct job *j)
{
    struct cmdline *c = j->c;
    struct stat st;
    j->units = mem_alloc((c->n + 1) * sizeof *j->units);
    for (size_t i = 0; i < c->n; i++) {
        struct arg *a = &c->args[i];
        if (a->kind != ARG_INPUT) continue;
        struct unit *u = &j->units[j->n++];
        *u = (struct unit){.arg = a, .source = a->text, .read_from = a->text};
        if (a->input != IN_C || c->serial || c->info_only) continue;
        struct bytes text;
        if (!strcmp(a->text, "-")) take_stdin(j, u, &text);
        else if (!file_read_and_keep(a->text, &text)) {
            if (c->check_only) say_unreadable(j, a->text);
            continue; /* the compiler says what is wrong with it */
        }
        if (strcmp(a->text, "-") ? stat(a->text, &st) == 0 : fstat(0, &st) == 0)
            u->changed = st.st_mtim;
        u->translate = scan_needs_tine(a->text, text.p, text.n, &c->paths);
        if (u->translate) refuse_newline(a->text);
        j->translated += u->translate;
        u->text = text.p;
        if (u->translate && strcmp(a->text, "-")) u->source = ccache_name(c, a->text);
    }
}

/* The output would take the place of an input. gcc compares names, clang does not ask. */
static bool output_is_input(const struct cmdline *c)
{
    struct stat out;
    if (!c->output || c->info_only || stat(c->output, &out) != 0 || !S_ISREG(out.st_mode))
        return false;
    for (size_t i = 0; i < c->n; i++) {
        const struct arg *a = &c->args[i];
        if (a->kind != ARG_INPUT || !file_same(a->text, c->output)) continue;
        say_error("input file '%s' is the same as output file", a->text);
        return true;
    }
    return false;
}

static bool has_preprocessing(const struct job *j)
{
    for (size_t i = 0; i < j->n; i++)
        if (j->units[i].arg->input == IN_C || j->units[i].arg->input == IN_SOURCE) return true;
    return false;
}

/* ---- pieces of commands ----------------------------------------------------------------------- */

static void add_compiler(struct words *w, const struct cmdline *c)
{
    words_add_all(w, &c->cc);
    w->fixed = w->n;
}

static void add_arg(struct words *w, const struct arg *a)
{
    words_add(w, a->text);
    if (a->value) words_add(w, a->value);
}

/* For a translated file. */
static void add_arg_translated(struct words *w, const struct arg *a)
{
    if (a->header) {
        words_add(w, "-include");
        words_add(w, a->header);
    } else {
        add_arg(w, a);
    }
}

/* The directory of <tine.h>, and how it is to be seen. clang warns of options that it has no use for. */
static void add_include(struct words *w, const struct job *j)
{
    if (!has_preprocessing(j)) return;
    if (j->t->include) {
        words_add(w, "-isystem");
        words_add(w, j->t->include);
    }
    coverage_add(w, j->c, j->t->clang, j->t->include);
}

/* libtine goes last. A program without a Tine word takes nothing from the static one. */
static void add_library(struct words *w, const struct job *j)
{
    const struct cmdline *c = j->c;
    const struct tools *t = j->t;
    if (c->action != ACT_LINK || c->info_only || c->launcher || !j->n) return;
    if (c->headers_only || c->relocatable || c->no_libs || c->library == LIB_NONE) return;
    bool shared = c->library == LIB_SHARED || (c->library == LIB_DEFAULT && c->shared);
    if (c->statics || (shared && !t->shared_lib && t->static_lib)) shared = false;
    if (c->last_lang) { /* the library is not in the language of a -x before it */
        words_add(w, "-x");
        words_add(w, "none");
    }
    if (shared && t->shared_lib) {
        char *dir = path_dir(t->shared_lib);
        words_add(w, t->shared_lib);
        if (!starts(dir, "/usr/lib") && !t->machine) words_add(w, mem_printf("-Wl,-rpath,%s", dir));
    } else if (t->static_lib) {
        words_add(w, t->static_lib);
    } else {
        if (j->translated)
            say_warning(t->machine ? "no libtine for %s: build Tine for it, install it where its "
                                     "compiler looks for libraries"
                                   : "no libtine beside tinecc (%s)",
                        t->machine ? t->machine : TINE_LIBDIR);
        return;
    }
    words_add(w, "-lpthread");
}

static char *unit_dir(const struct unit *u)
{
    return path_dir(!strcmp(u->arg->text, "-") ? "stdin" : u->source);
}

/* The directory for "..." includes; and the macro, for -include comes before the text that defines it.
 * gcc then leaves a precompiled header aside that was made without the macro and would bring <tine.h> as
 * untranslated sources see it. */
static void add_directory(struct words *w, const struct job *j, const struct unit *u)
{
    words_add(w, "-iquote");
    words_add(w, unit_dir(u));
    if (j->c->paths.forced.n) words_add(w, "-DTINE_TRANSLATED=1");
}

/* What makes the compiler's output name the user's file. */
static void add_mapping(struct words *w, const struct job *j, const struct unit *u)
{
    if (!strchr(u->source, '/') && !j->t->clang) mapping_add_headers(w, j->c, &u->read);
    mapping_add(w, j->c, u->generated, u->tail, u->source);
}

static struct unit *unit_of(const struct job *j, const struct arg *a)
{
    for (size_t i = 0; i < j->n; i++)
        if (j->units[i].arg == a) return &j->units[i];
    return NULL;
}

static void say_command(const struct words *w)
{
    for (size_t i = 0; i < w->n; i++) fprintf(stderr, " \"%s\"", w->v[i]);
    fputc('\n', stderr);
}

static int run_compiler(const struct job *j, const struct words *w, int out_fd)
{
    if (j->stdin_fd >= 0) lseek(j->stdin_fd, 0, SEEK_SET);
    int status = proc_run(w, j->stdin_fd, out_fd);
    return status < 0 ? 1 : status;
}

/* ---- translating ------------------------------------------------------------------------------ */

/* CMake's -Xclang -include-pch -Xclang FILE -Xclang -include -Xclang HEADER: the file is that compiler's
 * own; the header is read instead. Gives how many arguments from the i-th on were taken. */
static size_t add_precompiled(struct words *w, const struct cmdline *c, size_t i)
{
    const struct arg *a = &c->args[i];
    if (i + 1 == c->n || strcmp(a[0].text, "-Xclang") || strcmp(a[1].text, "-Xclang")) return 0;
    if (!a[0].value || !a[1].value || !starts(a[0].value, "-include")) return 0;
    if (!strcmp(a[0].value, "-include")) {
        words_add(w, a[0].value);
        words_add(w, a[1].value);
    }
    return 2;
}

/* Options about output files, linking and dependencies mean nothing to the translator's parser. */
static void add_parse_flags(struct words *w, const struct job *j)
{
    size_t taken;
    for (size_t i = 0; i < j->c->n; i += taken ? taken : 1) {
        taken = add_precompiled(w, j->c, i);
        if (taken || j->c->args[i].kind != ARG_OPTION) continue;
        const struct arg *a = &j->c->args[i];
        if (a->plain && !a->header) words_add_all(w, a->plain);
        else add_arg_translated(w, a);
    }
    if (j->t->machine) words_add(w, mem_printf("--target=%s", j->t->machine));
}

/* How much of the source's name the generated one ends with: the base name; more if there is a '=' in
 * a directory, which a mapping cannot hold. */
static const char *tail_of(const char *name)
{
    const char *base = path_base(name), *from = strchr(name, '=');
    if (!from || from >= base) return base;
    while (from > name && from[-1] != '/') from--;
    return strstr(from, "../") ? base : from;
}

/* The address sanitizer's tables hold the name of the file that is compiled, whatever the options map. */
static bool is_named_in_object(const struct cmdline *c)
{
    for (size_t i = 0; i < c->n; i++)
        if (starts(c->args[i].text, "-fsanitize=") && strstr(c->args[i].text, "address")) return true;
    return false;
}

/* The directory of a generated file. By a descriptor it has the same name in each build; but wrappers may
 * close what they do not know. */
static char *place_for(const struct job *j, size_t number)
{
    char *dir = temp_subdir(number);
    if (!is_named_in_object(j->c) || j->c->cc.n > 1 || !j->t->binary) return dir;
    return mem_printf("%s/%zu", temp_dir_by_descriptor(), number);
}

/* The generated file's name below `dir`, with the directories made. */
static void name_generated(struct unit *u, const char *dir)
{
    const char *tail = tail_of(!strcmp(u->arg->text, "-") ? path_base(u->read_from) : u->source);
    char *name = mem_printf("%s/%s", dir, tail);
    u->generated = name;
    u->tail = name + strlen(dir) + 1;
    for (char *p = strchr(u->tail, '/'); p; p = strchr(p + 1, '/')) {
        *p = '\0';
        mkdir(name, 0700);
        *p = '/';
    }
}

/* For __TIMESTAMP__. */
static void set_time(const struct unit *u)
{
    const struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, u->changed};
    utimensat(AT_FDCWD, u->generated, times, 0);
}

static int translate(struct job *j, struct unit *u, size_t number)
{
    char *dir = place_for(j, number);
    char *deps = path_join(dir, "deps");
    name_generated(u, dir);
    if (!j->t->tine) {
        say_error("%s needs the translator 'tine', which is neither beside tinecc nor on the PATH",
                  u->source);
        return 1;
    }
    struct words w = {0};
    words_add(&w, j->t->tine);
    words_add_all(&w, &j->c->warnings); /* first: they hold for what the own options warn of, too */
    words_add_all(&w, &j->c->tine);
    words_add(&w, mem_printf("--cc=%s", j->c->cc.v[j->c->cc.n - 1]));
    words_add(&w, !strcmp(u->arg->text, "-") ? "-" : u->source);
    if (!j->c->check_only) {
        words_add(&w, "-o");
        words_add(&w, u->generated);
        words_add(&w, "-MMD"); /* the headers of libclang are no prerequisites of the object */
        words_add(&w, "-MF");
        words_add(&w, deps);
    }
    words_add(&w, "--");
    add_parse_flags(&w, j);
    if (j->c->verbose || j->c->dry) say_command(&w);
    if (j->c->dry) return file_write(u->generated, "", 0) ? 0 : 1;
    int status = run_compiler(j, &w, -1);
    if (status >= 128)
        say_error("the translator was ended by signal %d on %s", status - 128, u->source);
    if (status == 127) /* the loader's status: its own message stands above */
        say_error("the translator '%s' cannot be started, and %s needs it: it wants libclang "
                  TINE_LLVM " (Debian: apt-get install libclang1-" TINE_LLVM "), or build Tine again "
                  "with the libclang that is here", j->t->tine, u->source);
    if (status == 0) {
        deps_read(deps, &u->read);
        set_time(u);
    }
    if (j->c->launcher) words_add(&u->read, j->t->tine);
    return status ? 1 : 0;
}

/* With -save-temps the generated file stays as foo.tine.c. */
static void keep_generated(const struct unit *u)
{
    struct bytes text;
    const char *base = path_base(u->generated);
    char *name = path_with_suffix(base, ".tine.c");
    if (!file_read(u->generated, &text) || !file_write(name, text.p, text.n))
        say_warning("cannot keep '%s': %s", name, strerror(errno));
}

static int translate_all(struct job *j)
{
    int worst = 0;
    const char *out = j->c->output ? path_base(j->c->output) : "";
    for (size_t i = 0; i < j->n; i++) {
        struct unit *u = &j->units[i];
        if (!u->translate) continue;
        /* No directory of the user's: a copy of the tree elsewhere gets the same name. */
        temp_dir(mem_printf("%s\n%s\n%s\n%s", j->c->cc.v[j->c->cc.n - 1], path_base(u->source), out,
                            u->text));
        if (translate(j, u, i)) worst = 1;
        else if (j->c->keep && !j->c->check_only) keep_generated(u);
    }
    return worst;
}

/* ---- compiling -------------------------------------------------------------------------------- */

/* The generated file itself is in the command, not an object of it. */
static bool by_name(const struct unit *u)
{
    return u->translate && !u->object;
}

/* The user's command, with generated files and objects in the places of their sources. */
static int compile_together(struct job *j)
{
    struct words w = {0};
    const char *lang = NULL;
    add_compiler(&w, j->c);
    for (size_t i = 0; i < j->n; i++)
        if (by_name(&j->units[i])) add_directory(&w, j, &j->units[i]);
    for (size_t i = 0; i < j->c->n; i++) {
        const struct arg *a = &j->c->args[i];
        const struct unit *u = a->kind == ARG_INPUT ? unit_of(j, a) : NULL;
        if (a->kind == ARG_LANG) lang = a->value;
        if (!u || !u->translate) {
            add_arg_translated(&w, a);
        } else if (u->object) {
            if (lang) words_add(&w, "-xnone");
            words_add(&w, u->object);
            if (lang) words_add(&w, mem_printf("-x%s", lang));
        } else {
            words_add(&w, u->generated);
        }
    }
    add_include(&w, j);
    for (size_t i = 0; i < j->n; i++)
        if (by_name(&j->units[i])) add_mapping(&w, j, &j->units[i]);
    add_library(&w, j);
    int status = run_compiler(j, &w, -1);
    int fixed = sides_fix_deps(j, NULL);
    return status ? status : fixed;
}

/* Adds the user's options with one input alone; `linking` ones and -o only if told. */
static void add_options_for(struct words *w, const struct job *j, const struct unit *one,
                            const char *input, bool keep_link)
{
    for (size_t i = 0; i < j->c->n; i++) {
        const struct arg *a = &j->c->args[i];
        if (a->kind == ARG_INPUT) {
            if (a == one->arg) words_add(w, input);
        } else if (a->kind != ARG_OUTPUT && (a->kind != ARG_LINK || keep_link)) {
            if (one->translate) add_arg_translated(w, a);
            else add_arg(w, a);
        }
    }
    add_include(w, j);
    if (one->translate) add_mapping(w, j, one);
}

/* Compiles one translated input to an object for the linking that follows. */
static int compile_for_link(struct job *j, struct unit *u)
{
    const char *out = j->c->output ? j->c->output : "a.out";
    const char *base = path_base(u->generated);
    char *beside = mem_printf("%s-%s", !j->c->output ? "a" : out, path_with_suffix(base, ".o"));
    struct words w = {0};
    u->object = sides_must_stay(j->c) ? beside : path_with_suffix(u->generated, ".o");
    add_compiler(&w, j->c);
    add_directory(&w, j, u);
    words_add(&w, "-c");
    words_add(&w, "-o");
    words_add(&w, u->object);
    if (j->c->writes_deps && !j->c->dep_files.n) {
        words_add(&w, "-MF");
        words_add(&w, path_with_suffix(beside, ".d"));
        words_add(&w, "-MQ");
        words_add(&w, path_with_suffix(base, ".o"));
    }
    add_options_for(&w, j, u, u->generated, false);
    int status = run_compiler(j, &w, -1);
    int fixed = sides_fix_deps(j, u);
    return status ? status : fixed;
}

static int compile_apart_and_link(struct job *j)
{
    int status = 0;
    for (size_t i = 0; i < j->n && !status; i++)
        if (j->units[i].translate) status = compile_for_link(j, &j->units[i]);
    if (!status) status = compile_together(j);
    for (size_t i = 0; i < j->n; i++)
        if (j->units[i].object && !j->c->keep) unlink(j->units[i].object);
    return status;
}

/* -c, -S and -fsyntax-only of inputs in different directories: a command for each. */
static int compile_apart(struct job *j)
{
    int worst = 0;
    for (size_t i = 0; i < j->n; i++) {
        struct unit *u = &j->units[i];
        struct words w = {0};
        add_compiler(&w, j->c);
        if (u->translate) add_directory(&w, j, u);
        add_options_for(&w, j, u, u->translate ? u->generated : u->arg->text, true);
        int status = run_compiler(j, &w, -1);
        if (!status) status = sides_fix_deps(j, u);
        if (status > worst) worst = status;
    }
    return worst;
}

/* ---- preprocessing ---------------------------------------------------------------------------- */

static int preprocess_one(struct job *j, struct unit *u, size_t number, struct bytes *result)
{
    char *path = mem_printf("%s/out.i", temp_subdir(number));
    struct words w = {0};
    add_compiler(&w, j->c);
    if (u->translate) add_directory(&w, j, u);
    if (j->c->writes_deps && !j->c->dep_files.n && j->c->output) {
        words_add(&w, "-MF");
        words_add(&w, path_with_suffix(j->c->output, ".d"));
    }
    if (j->t->clang && j->c->writes_deps && j->c->output && !cmdline_has(j->c, "-MT")
        && !cmdline_has(j->c, "-MQ")) {
        words_add(&w, "-MQ"); /* the target is the output, which is not named in this command */
        words_add(&w, j->c->output);
    }
    add_options_for(&w, j, u, u->translate ? u->generated : u->arg->text, true);
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) {
        say_error("cannot write '%s': %s", path, strerror(errno));
        return 1;
    }
    int status = run_compiler(j, &w, fd);
    lseek(fd, 0, SEEK_SET);
    if (!file_read_fd(fd, result)) status = status ? status : 1;
    close(fd);
    if (u->translate && !j->c->dry) *result = renamed_markers(result, u->generated, u->source);
    int fixed = u->translate ? sides_fix_deps(j, u) : 0;
    return status ? status : fixed;
}

/* -E: what translated code is after the preprocessor, named as the user's file. */
static int preprocess(struct job *j)
{
    int worst = 0;
    struct bytes all = {.p = "", .n = 0};
    for (size_t i = 0; i < j->n; i++) {
        struct bytes one = {.p = "", .n = 0};
        int status = preprocess_one(j, &j->units[i], i, &one);
        if (status > worst) worst = status;
        char *joined = mem_alloc(all.n + one.n + 1);
        memcpy(joined, all.p, all.n);
        memcpy(joined + all.n, one.p, one.n);
        all = (struct bytes){joined, all.n + one.n};
    }
    const char *out = j->c->output;
    if (worst && out) return worst;
    bool to_stdout = !out || !strcmp(out, "-");
    if (to_stdout ? !file_write_fd(1, all.p, all.n) : !file_write(out, all.p, all.n)) {
        say_error("cannot write '%s': %s", to_stdout ? "standard output" : out, strerror(errno));
        return 1;
    }
    return worst;
}

/* ---- all of it -------------------------------------------------------------------------------- */

/* The compiler with the user's own words: the common case, and the cheap one. */
static int compile_plain(struct job *j)
{
    struct words w = {0};
    add_compiler(&w, j->c);
    for (size_t i = 0; i < j->c->n; i++) add_arg(&w, &j->c->args[i]);
    if (!j->c->info_only) add_include(&w, j);
    if (j->translated) words_add(&w, "-DTINE_TRANSLATED=1"); /* -M reads what generated code reads */
    add_library(&w, j);
    if (j->stdin_fd >= 0) return run_compiler(j, &w, -1);
    return proc_exec(&w);
}

static bool in_one_directory(const struct job *j)
{
    const char *first = NULL;
    for (size_t i = 0; i < j->n; i++) {
        if (j->units[i].arg->input == IN_OTHER) continue;
        char *dir = unit_dir(&j->units[i]);
        if (first && strcmp(first, dir)) return false;
        first = dir;
    }
    return true;
}

static int compile_translated(struct job *j)
{
    if (j->c->action == ACT_PREPROCESS) return preprocess(j);
    if (in_one_directory(j)) return compile_together(j);
    if (j->c->action == ACT_LINK) return compile_apart_and_link(j);
    return j->c->output ? compile_together(j) : compile_apart(j);
}

int build(struct cmdline *c, const struct tools *t)
{
    struct job j = {.c = c, .t = t, .stdin_fd = -1};
    if (output_is_input(c)) return 1;
    precompiled_note(c);
    precompiled_find(c);
    look_at_inputs(&j);
    if (!j.n && c->tine.n && !c->info_only) {
        say_error("no input files");
        return 2;
    }
    if (!j.translated || c->action == ACT_DEPENDENCIES)
        return c->check_only ? j.unreadable : compile_plain(&j);
    int status = translate_all(&j);
    if (status || c->check_only) return status || j.unreadable;
    devices_take(c);
    status = compile_translated(&j);
    int kept = sides_fix_kept(&j) | !devices_hand_on();
    return status ? status : kept;
}
