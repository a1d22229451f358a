/* See cmdline.h. */
#include "cmdline.h"

#include "files.h"
#include "say.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool starts(const char *s, const char *prefix)
{
    return !strncmp(s, prefix, strlen(prefix));
}

static bool among(const char *s, const char *const *list)
{
    for (; *list; list++)
        if (!strcmp(s, *list)) return true;
    return false;
}

/* Options whose value is the next word, of gcc and clang. Those in which the value may also be joined
 * (-Idir) are listed too: without anything joined they take the next word. */
static const char *const takes_value[] = {
    "--analyzer-output", "--assert", "--define-macro", "--imacros", "--include",
    "--include-directory", "--include-directory-after", "--include-prefix",
    "--include-with-prefix", "--include-with-prefix-after", "--include-with-prefix-before",
    "--language", "--param", "--prefix", "--serialize-diagnostics", "--specs", "--std", "--sysroot",
    "--target", "--undefine-macro", "-A", "-B", "-D", "-F", "-G", "-I", "-U", "-V", "-Xanalyzer",
    "-Xclang", "-Xcuda-fatbinary", "-Xcuda-ptxas", "-Xopenmp-target", "-Xpreprocessor", "-arch",
    "-b", "-ccc-gcc-name", "-ccc-install-dir", "-cxx-isystem", "-fmodule-name",
    "-fmodules-user-build-path", "-gcc-toolchain", "-idirafter", "-iframework",
    "-iframeworkwithsysroot", "-imacros", "-imultiarch", "-imultilib", "-include", "-include-pch",
    "-index-store-path", "-iprefix", "-iquote", "-isysroot", "-isystem", "-isystem-after",
    "-ivfsoverlay", "-iwithprefix", "-iwithprefixbefore", "-iwithsysroot", "-meabi", "-mllvm",
    "-mthread-model", "-resource-dir", "-serialize-diagnostics", "-specs", "-target",
    "-working-directory", NULL};

/* The same, for those that mean nothing to the translator. */
static const char *const behind_takes_value[] = {
    "--config", "--dump", "--dumpbase", "--dumpbase-ext", "--dumpdir", "--for-assembler", "-J",
    "-Xassembler", "-aux-info", "-auxbase", "-auxbase-strip", "-dumpbase", "-dumpbase-ext",
    "-dumpdir", "-gen-cdb-fragment-path", "-module-dependency-dir", "-wrapper", NULL};

/* The same, for those that only the linker reads. */
static const char *const link_takes_value[] = {
    "--entry", "--for-linker", "--force-link", "--library-directory", "--undefined", "-L", "-R",
    "-T", "-Tbss", "-Tdata", "-Ttext", "-Xlinker", "-bundle_loader", "-compatibility_version",
    "-current_version", "-dsym-dir", "-dylib_file", "-e", "-exported_symbols_list", "-filelist",
    "-force_load", "-framework", "-h", "-init", "-install_name", "-l", "-rpath", "-soname", "-u",
    "-umbrella", "-undefined", "-weak_framework", "-z", NULL};

static const char *const dep_takes_value[] = {
    "-MF", "-MJ", "-MQ", "-MT", "-dependency-dot", "-dependency-file", NULL};

static const char *const info_options[] = {
    "--version", "--help", "--target-help", "-dumpversion", "-dumpfullversion", "-dumpmachine",
    "-dumpspecs", "-help", NULL};

static const char *const own_options[] = {"--explain", "--serial", NULL};

/* The next word is the value of this one. */
static bool wants_value(const char *s)
{
    static const char *const others[] = {"-o", "--output", "-x", "-Xtine", NULL};
    return among(s, takes_value) || among(s, behind_takes_value) || among(s, link_takes_value)
        || among(s, dep_takes_value) || among(s, others)
        || (starts(s, "-Xarch_") && s[7]); /* -Xarch_x86_64 OPTION */
}

static void usage(void)
{
    say_plain(
        "usage: tinecc [options] file...\n"
        "\n"
        "The C compiler with Tine's spawn and sync: takes what cc takes, and these:\n"
        "  --cc=COMMAND            the compiler behind (default: $TINE_CC, else cc)\n"
        "  -Wtine..., -Wno-tine... Tine's warnings; not handed to the compiler\n"
        "  --explain               say for each spawn what was chosen and why\n"
        "  --check                 only diagnose Tine's part, compile nothing\n"
        "  --serial                translate to plain serial C\n"
        "  -Xtine OPTION           hand OPTION to the translator\n"
        "  --tine-lib=KIND         link libtine static, shared or none\n"
        "                          (default: static; shared with -shared)\n"
        "  --launcher [-- ] COMPILER ARG...\n"
        "                          run as a compiler launcher in front of COMPILER\n"
        "  --tine-version, --tine-help\n");
}

static void add(struct cmdline *c, struct arg a)
{
    if (c->n == c->cap) {
        size_t cap = c->cap ? 2 * c->cap : 64;
        struct arg *bigger = mem_alloc(cap * sizeof *bigger);
        if (c->n) memcpy(bigger, c->args, c->n * sizeof *bigger);
        c->args = bigger;
        c->cap = cap;
    }
    c->args[c->n++] = a;
}

/* ---- @FILE ------------------------------------------------------------------------------------ */

/* The word at *p, written to `out` unless that is null; *p is left behind it. Gives its length. */
static size_t response_word(const char **p, char *out)
{
    char quote = 0;
    size_t n = 0;
    const char *s = *p;
    for (; *s && (quote || !strchr(" \t\n\r\f\v", *s)); s++) {
        bool escaped = *s == '\\' && s[1];
        if (!escaped && (quote ? *s == quote : *s == '"' || *s == '\'')) {
            quote = quote ? 0 : *s;
            continue;
        }
        s += escaped;
        if (out) out[n] = *s;
        n++;
    }
    *p = s;
    return n;
}

/* Splits text as gcc and clang do: blanks separate, quotes group, a backslash takes the next byte. */
static void split_response(const char *p, struct words *out)
{
    while (*(p += strspn(p, " \t\n\r\f\v"))) {
        const char *end = p;
        char *word = mem_alloc(response_word(&end, NULL) + 1);
        response_word(&p, word);
        words_add(out, word);
    }
}

static void expand(const char *word, struct words *out, int depth, bool *any)
{
    struct bytes text;
    if (word[0] != '@' || !word[1] || !file_read(word + 1, &text)) {
        words_add(out, word); /* @FILE that cannot be read is an ordinary word, as for gcc */
        return;
    }
    if (depth > 64) {
        say_error("too many response files inside one another: %s", word);
        exit(2);
    }
    *any = true;
    struct words inner = {0};
    split_response(text.p, &inner);
    for (size_t i = 0; i < inner.n; i++) expand(inner.v[i], out, depth + 1, any);
}

/* ---- inputs ----------------------------------------------------------------------------------- */

static enum input_kind kind_of_input(const char *path, const char *lang)
{
    static const char *const done[] = {".i", ".ii", ".mi", ".mii", ".s", ".ll", ".bc", NULL};
    static const char *const done_langs[] = {"cpp-output", "c++-cpp-output", "objective-c-cpp-output",
        "objective-c++-cpp-output", "assembler", "ir", NULL};
    static const char *const sources[] = {".cc", ".cp", ".cxx", ".cpp", ".CPP", ".c++", ".C", ".h",
        ".hh", ".hpp", ".hxx", ".H", ".m", ".mm", ".M", ".S", ".sx", ".f", ".f90", ".F90", ".for",
        ".d", ".go", ".ads", ".adb", ".cu", ".cppm", NULL};
    if (lang) return !strcmp(lang, "c") ? IN_C : among(lang, done_langs) ? IN_DONE : IN_SOURCE;
    const char *suffix = path_suffix(path);
    if (!strcmp(suffix, ".c") || !strcmp(path_base(path), ".c")) return IN_C;
    if (among(suffix, done)) return IN_DONE;
    return among(suffix, sources) || !strcmp(path, "-") ? IN_SOURCE : IN_OTHER;
}

static bool is_header(const char *path, const char *lang)
{
    static const char *const headers[] = {".h", ".hh", ".hpp", ".hxx", ".H", ".hp", ".h++", ".tcc", NULL};
    if (lang) return strlen(lang) > 7 && !strcmp(lang + strlen(lang) - 7, "-header");
    return among(path_suffix(path), headers);
}

/* ---- options ---------------------------------------------------------------------------------- */

/* Notes what an option in its plainest spelling says of macros and headers. False: it is not for the
 * compiler. */
static bool note(struct cmdline *c, const char *option, const char *value)
{
    if (!strcmp(option, "-D") || !strcmp(option, "-U")) {
        size_t n = strcspn(value, "=");
        if (n == 11 && !memcmp(value, "TINE_SERIAL", n)) c->serial = option[1] == 'D';
        /* The mode that editors read the file in; the translator and its output choose their own. */
        if (n == 13 && !memcmp(value, "TINE_ANALYSIS", n)) return false;
        if (option[1] == 'D') words_add(&c->paths.defines, value);
    } else if (!strcmp(option, "-I")) {
        words_add(&c->paths.plain, value);
    } else if (!strcmp(option, "-iquote")) {
        words_add(&c->paths.quote, value);
    } else if (!strcmp(option, "-isystem") || !strcmp(option, "-idirafter")) {
        words_add(&c->paths.system, value);
    } else if (!strcmp(option, "-include") || !strcmp(option, "-imacros")) {
        words_add(&c->paths.forced, value);
    } else if (!strcmp(option, "-iprefix")) {
        c->prefix = value;
    }
    return true;
}

/* Long spellings, whose value is the next word or joined by '='. */
static const char *const long_spellings[][2] = {{"--include-directory", "-I"},
    {"--include-directory-after", "-idirafter"}, {"--include", "-include"},
    {"--imacros", "-imacros"}, {"--define-macro", "-D"}, {"--undefine-macro", "-U"},
    {"--include-prefix", "-iprefix"}, {"--include-with-prefix", "-iwithprefix"},
    {"--include-with-prefix-after", "-iwithprefix"},
    {"--include-with-prefix-before", "-iwithprefixbefore"}};
enum { N_LONG = sizeof long_spellings / sizeof *long_spellings };

/* An option in its plainest spelling, to `out`. */
static void add_plain(const struct cmdline *c, const char *option, const char *value, struct words *out)
{
    for (size_t i = 0; i < N_LONG; i++)
        if (!strcmp(option, long_spellings[i][0])) option = long_spellings[i][1];
    if (c->prefix && !strcmp(option, "-iwithprefix")) {
        option = "-idirafter";
        value = mem_printf("%s%s", c->prefix, value);
    } else if (c->prefix && !strcmp(option, "-iwithprefixbefore")) {
        option = "-I";
        value = mem_printf("%s%s", c->prefix, value);
    }
    words_add(out, option);
    words_add(out, value);
}

/* An option with a value, joined or separate. */
static void valued(struct cmdline *c, struct arg a, const char *option, const char *value)
{
    struct words *plain = mem_alloc(sizeof *plain);
    add_plain(c, option, value, plain);
    if (!note(c, plain->v[0], plain->v[1])) return;
    if (strcmp(plain->v[0], option) || plain->v[1] != value) a.plain = plain;
    add(c, a);
}

/* The option that `word` begins with, and its joined value; null if it is none of these. */
static const char *joined_option(const char *word, const char **value)
{
    static const char *const joined[] = {"-include", "-imacros", "-iquote", "-isystem",
        "-idirafter", "-iprefix", "-iwithprefixbefore", "-iwithprefix", "-I", "-D", "-U", NULL};
    for (const char *const *j = joined; *j; j++) {
        *value = word + strlen(*j);
        if (starts(word, *j) && **value) return *j;
    }
    for (size_t i = 0; i < N_LONG; i++) {
        size_t n = strlen(long_spellings[i][0]);
        *value = word + n + 1;
        if (starts(word, long_spellings[i][0]) && word[n] == '=') return long_spellings[i][0];
    }
    return NULL;
}

static bool joined_value(struct cmdline *c, const char *word)
{
    const char *value, *option = joined_option(word, &value);
    if (!option) return false;
    valued(c, (struct arg){.kind = ARG_OPTION, .text = word}, option, value);
    return true;
}

/* ---- -Wp, and -Xpreprocessor ------------------------------------------------------------------ */

/* One option for the preprocessor alone; `value` is the word after it, for those that take one. What
 * tine needs of it goes to `out`. */
static void preprocessor_option(struct cmdline *c, const char *s, const char *value, struct words *out)
{
    struct words plain = {0};
    const char *joined, *option = joined_option(s, &joined);
    if (!strcmp(s, "-MD") || !strcmp(s, "-MMD")) {
        c->writes_deps = true;
        if (value) words_add(&c->dep_files, value);
    } else if (!strcmp(s, "-MF")) {
        words_add(&c->dep_files, value);
    } else if (!strcmp(s, "-M") || !strcmp(s, "-MM")) {
        c->action = ACT_DEPENDENCIES;
    } else if (!strcmp(s, "-MP")) {
        c->phony_deps = true;
    } else if (starts(s, "-M")) {
    } else if (value || option) {
        add_plain(c, value ? s : option, value ? value : joined, &plain);
        if (note(c, plain.v[0], plain.v[1])) words_add_all(out, &plain);
    } else {
        words_add(out, mem_printf("-Wp,%s", s));
    }
}

static bool preprocessor_wants_value(const char *s)
{
    static const char *const wants[] = {"-I", "-D", "-U", "-include", "-imacros", "-iquote",
        "-isystem", "-idirafter", "-iprefix", "-iwithprefix", "-iwithprefixbefore", "-MD", "-MMD",
        "-MF", "-MT", "-MQ", NULL};
    return among(s, wants);
}

/* The next word for the preprocessor: an option, or the value of the one before. clang's -MD may come
 * without a file. */
static void preprocessor_word(struct cmdline *c, const char *s, struct words *out)
{
    if (c->pending && starts(c->pending, "-M") && s[0] == '-' && s[1]) {
        preprocessor_option(c, c->pending, NULL, out);
        c->pending = NULL;
    }
    if (c->pending) {
        const char *option = c->pending;
        c->pending = NULL;
        preprocessor_option(c, option, s, out);
    } else if (preprocessor_wants_value(s)) {
        c->pending = s;
    } else {
        preprocessor_option(c, s, NULL, out);
    }
}

static void preprocessor_words(struct cmdline *c, struct arg a, const char *list)
{
    struct words *plain = mem_alloc(sizeof *plain);
    bool one = a.value != NULL; /* -Xpreprocessor: commas are its own */
    while (*list) {
        size_t n = one ? strlen(list) : strcspn(list, ",");
        preprocessor_word(c, mem_copy(list, n), plain);
        list += n + (list[n] == ',');
    }
    a.plain = plain;
    add(c, a);
}

/* Sets what a plain word asks for. */
static void note_flag(struct cmdline *c, const char *w)
{
    if (!strcmp(w, "-shared") || !strcmp(w, "--shared")) c->shared = true;
    else if (!strcmp(w, "-r")) c->relocatable = true;
    else if (!strcmp(w, "-static") || !strcmp(w, "-static-pie") || !strcmp(w, "--static"))
        c->statics = true;
    else if (!strcmp(w, "-nostdlib") || !strcmp(w, "-nodefaultlibs") || !strcmp(w, "-nolibc"))
        c->no_libs = true;
    else if (!strcmp(w, "-v") || !strcmp(w, "--verbose")) c->verbose = true;
    else if (!strcmp(w, "-###")) c->dry = true;
    else if (!strcmp(w, "-w") || !strcmp(w, "-Werror") || !strcmp(w, "-Wno-error"))
        words_add(&c->warnings, w);
    else if (starts(w, "-save-temps") || starts(w, "--save-temps")) c->keep = true;
    else if (among(w, info_options) || starts(w, "-print-") || starts(w, "--print-")
             || starts(w, "--help="))
        c->info_only = true;
}

static bool action_flag(struct cmdline *c, const char *w)
{
    static const struct {
        const char *flag;
        enum action action;
    } flags[] = {{"-c", ACT_COMPILE}, {"--compile", ACT_COMPILE}, {"-S", ACT_ASSEMBLY},
        {"--assemble", ACT_ASSEMBLY}, {"-E", ACT_PREPROCESS}, {"--preprocess", ACT_PREPROCESS},
        {"-fsyntax-only", ACT_SYNTAX}, {"--analyze", ACT_SYNTAX}, {"-M", ACT_DEPENDENCIES},
        {"-MM", ACT_DEPENDENCIES}, {"--dependencies", ACT_DEPENDENCIES},
        {"--user-dependencies", ACT_DEPENDENCIES}};
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (strcmp(w, flags[i].flag)) continue;
        if (flags[i].action > c->action) c->action = flags[i].action;
        enum arg_kind kind = flags[i].action == ACT_DEPENDENCIES ? ARG_DEP : ARG_LINK;
        add(c, (struct arg){.kind = kind, .text = w});
        return true;
    }
    return false;
}

/* -MD, -MMD, -MP, -MG, -MFfile and friends joined. */
static bool dep_flag(struct cmdline *c, const char *w)
{
    if (!strcmp(w, "-MD") || !strcmp(w, "-MMD") || !strcmp(w, "--write-dependencies")
               || !strcmp(w, "--write-user-dependencies")) {
        c->writes_deps = true;
    } else if (starts(w, "-MF")) {
        words_add(&c->dep_files, w + 3);
    } else if (starts(w, "-MJ")) {
        c->json = w + 3;
    } else if (!strcmp(w, "-MP")) {
        c->phony_deps = true;
    } else if (!starts(w, "-MT") && !starts(w, "-MQ") && strcmp(w, "-MG") && strcmp(w, "-MV")) {
        return false;
    }
    add(c, (struct arg){.kind = ARG_DEP, .text = w});
    return true;
}

static enum arg_kind kind_of_flag(const char *w)
{
    static const char *const behind[] = {"-pipe", "-v", "-###", "-Q", "-time", NULL};
    static const char *const link[] = {"-shared", "--shared", "-r", "-static", "-static-pie",
        "--static", "-rdynamic", "-s", "-nostdlib", "-nodefaultlibs", "-nolibc", "-nostartfiles",
        "-no-pie", "-pie", NULL};
    if (among(w, behind) || starts(w, "-Wa,") || starts(w, "-save-temps")
        || starts(w, "--save-temps"))
        return ARG_BEHIND;
    bool joined = (starts(w, "-L") || starts(w, "-l")) && w[2];
    return joined || among(w, link) || starts(w, "-Wl,") || starts(w, "-fuse-ld=") ? ARG_LINK
                                                                                  : ARG_OPTION;
}

static bool is_own_warning(const char *s)
{
    static const char *const forms[] = {"-Wtine", "-Wno-tine", "-Werror=tine", "-Wno-error=tine"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        size_t n = strlen(forms[i]);
        if (!strncmp(s, forms[i], n) && (!s[n] || s[n] == '-')) return true;
    }
    return false;
}

/* tinecc's own options. Returns how many words were taken, 0 for none. */
static size_t own_option(struct cmdline *c, const struct words *w, size_t i)
{
    const char *s = w->v[i];
    if (starts(s, "--tine-lib=")) {
        const char *kind = s + 11;
        if (!strcmp(kind, "static")) c->library = LIB_STATIC;
        else if (!strcmp(kind, "shared")) c->library = LIB_SHARED;
        else if (!strcmp(kind, "none")) c->library = LIB_NONE;
        else {
            say_error("--tine-lib=%s: write static, shared or none", kind);
            exit(2);
        }
        return 1;
    }
    if (is_own_warning(s) || among(s, own_options)) {
        words_add(&c->tine, s);
        return 1;
    }
    if (!strcmp(s, "--check")) {
        c->check_only = true;
        words_add(&c->tine, s);
        return 1;
    }
    if (!strcmp(s, "-Xtine")) {
        if (i + 1 == w->n) {
            say_error("-Xtine needs an option for the translator after it");
            exit(2);
        }
        words_add(&c->tine, w->v[i + 1]);
        return 2;
    }
    if (!strcmp(s, "--tine-version")) {
        say_plain("tinecc " TINE_VERSION "\n");
        exit(0);
    }
    if (!strcmp(s, "--tine-help")) {
        usage();
        exit(0);
    }
    return 0;
}

/* -o FILE, -oFILE, --output FILE, --output=FILE. The file, if it is joined, else null. */
static bool output_option(const char *s, const char **joined)
{
    size_t n = starts(s, "--output=") ? 9 : !strcmp(s, "--output") ? 8
        : starts(s, "-o") && !starts(s, "-obj") ? 2 : 0;
    *joined = s[n] ? s + n : NULL;
    return n != 0;
}

static void read_word(struct cmdline *c, const struct words *w, size_t *i)
{
    const char *s = w->v[*i];
    const char *next = *i + 1 < w->n ? w->v[*i + 1] : NULL, *joined;
    size_t own = own_option(c, w, *i);
    if (own) {
        *i += own;
        return;
    }
    *i += 1;
    if (starts(s, "-std=") || !strcmp(s, "-ansi") || !strcmp(s, "-trigraphs"))
        words_add(&c->paths.language, s); /* trigraphs or none */
    if (s[0] != '-' || !s[1]) {
        bool first = c->inputs++ == 0;
        c->headers_only = (first || c->headers_only) && is_header(s, c->last_lang);
        add(c, (struct arg){.kind = ARG_INPUT, .text = s,
                .input = kind_of_input(s, c->last_lang)});
    } else if (output_option(s, &joined)) {
        *i += !joined && next;
        c->output = joined ? joined : next;
        add(c, (struct arg){.kind = ARG_OUTPUT, .text = "-o", .value = c->output});
    } else if (!strncmp(s, "-x", 2)) {
        *i += !s[2] && next;
        const char *lang = s[2] ? s + 2 : next;
        c->last_lang = lang && strcmp(lang, "none") ? lang : NULL;
        add(c, (struct arg){.kind = ARG_LANG, .text = "-x", .value = lang});
    } else if (next && wants_value(s)) {
        *i += 1;
        enum arg_kind kind = among(s, link_takes_value) ? ARG_LINK
            : among(s, behind_takes_value) ? ARG_BEHIND
            : among(s, dep_takes_value) ? ARG_DEP : ARG_OPTION;
        struct arg a = {.kind = kind, .text = s, .value = next};
        if (!strcmp(s, "-MF")) words_add(&c->dep_files, next);
        if (!strcmp(s, "-MJ")) c->json = next;
        if (!strcmp(s, "-Xpreprocessor")) preprocessor_words(c, a, next);
        else valued(c, a, s, next);
    } else if (starts(s, "-Wp,")) {
        preprocessor_words(c, (struct arg){.kind = ARG_OPTION, .text = s}, s + 4);
    } else if (!action_flag(c, s) && !dep_flag(c, s) && !joined_value(c, s)) {
        note_flag(c, s);
        add(c, (struct arg){.kind = kind_of_flag(s), .text = s});
    }
}

/* ---- the compiler behind ---------------------------------------------------------------------- */

static bool is_program(const char *word)
{
    if (word[0] == '-') return false;
    if (!strchr(word, '/')) return program_find(word, NULL) != NULL;
    return file_exists(word) && access(word, X_OK) == 0;
}

/* "ccache gcc -m64" is three words, unless a program of that very name exists. The last program among
 * them that is no option's value is the compiler; what follows it are options, as if they came first on the
 * command line. */
static void set_compiler(struct cmdline *c, const char *command, struct words *options)
{
    struct words w = {0};
    if (strchr(command, '/') && file_exists(command)) words_add(&w, command);
    else split_response(command, &w);
    if (!w.n) {
        say_error("no compiler named in '%s'", command);
        exit(2);
    }
    size_t last = 0;
    for (size_t i = 1; i < w.n; i++) {
        if (wants_value(w.v[i])) i++;
        else if (is_program(w.v[i])) last = i;
    }
    for (size_t i = 0; i < w.n; i++) words_add(i <= last ? &c->cc : options, w.v[i]);
}

/* The last --cc= before a --launcher, else TINE_CC. */
static const char *compiler_command(const struct words *w)
{
    const char *command = getenv("TINE_CC");
    if (!command || !*command) command = "cc";
    for (size_t i = 0; i < w->n && strcmp(w->v[i], "--launcher") && !starts(w->v[i], "--launcher=");
         i++) {
        if (wants_value(w->v[i])) i++;
        else if (starts(w->v[i], "--cc=")) command = w->v[i] + 5;
    }
    return command;
}

/* --launcher[=N] [tinecc's options] [--] COMPILER ARG...: COMPILER is N words, 1 unless told. */
static size_t launched(struct cmdline *c, const struct words *w, size_t i)
{
    size_t count = w->v[i][10] == '=' ? strtoul(w->v[i] + 11, NULL, 10) : 1;
    c->launcher = true;
    for (i++; i < w->n && strcmp(w->v[i], "--");) {
        size_t own = own_option(c, w, i);
        if (!own) break;
        i += own;
    }
    if (i < w->n && !strcmp(w->v[i], "--")) i++;
    if (!count || w->n - i < count) {
        say_error("--launcher needs a compiler command after it");
        exit(2);
    }
    c->cc = (struct words){0};
    while (count--) words_add(&c->cc, w->v[i++]);
    return i;
}

static void add_env_paths(struct words *out, const char *name)
{
    const char *p = getenv(name);
    while (p && *p) {
        size_t n = strcspn(p, ":");
        words_add(out, n ? mem_copy(p, n) : ".");
        p += n + (p[n] == ':');
    }
}

void cmdline_read(struct cmdline *c, int argc, char **argv)
{
    struct words w = {0};
    for (int i = 1; i < argc; i++) expand(argv[i], &w, 0, &c->response_file);
    struct words options = {0};
    set_compiler(c, compiler_command(&w), &options);
    for (size_t i = 0; i < options.n;) read_word(c, &options, &i);
    for (size_t i = 0; i < w.n;) {
        if (starts(w.v[i], "--cc=")) i++;
        else if (!strcmp(w.v[i], "--launcher") || starts(w.v[i], "--launcher="))
            i = launched(c, &w, i);
        else read_word(c, &w, &i);
    }
    add_env_paths(&c->paths.plain, "CPATH");
    add_env_paths(&c->paths.system, "C_INCLUDE_PATH");
    words_add(&c->paths.system, "/usr/local/include");
    words_add(&c->paths.system, "/usr/include");
}

bool cmdline_has(const struct cmdline *c, const char *prefix)
{
    for (size_t i = 0; i < c->n; i++)
        if (starts(c->args[i].text, prefix)) return true;
    return false;
}
