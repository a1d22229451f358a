/* The translator as libFuzzer sees it: any bytes are a C file.
 *
 * Nothing may crash, hang or leak, and what is translated without an error must be C: libclang
 * parses it again. Macros that hold words are left alone here, for the preprocessor is another
 * process. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "emit.h"
#include "explain.h"
#include "harvest.h"
#include "plan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LONGEST = 1 << 16 };

static char *const user_flags[] = {(char *)"-w", (char *)"-ferror-limit=20", NULL};

static options options_for(size_t size)
{
    options o = {
        .input = "fuzz.c",
        .check = true,
        .serial = size % 4 == 3,
        .include_dir = TINE_INCLUDE,
        .resource_dir = TINE_RESOURCE_DIR,
        .flags = (char **)user_flags,
        .flag_count = 2,
    };
    return o;
}

/* Prints what was found in every form, so that the printers are tried as well. */
static void print_all(diags *d)
{
    static FILE *nowhere;
    if (nowhere == NULL)
        nowhere = fopen("/dev/null", "w");
    diags_print(d, nowhere, DIAG_TEXT, DIAG_COLOR_ALWAYS);
    diags_print(d, nowhere, DIAG_JSON, DIAG_COLOR_NEVER);
    diags_print(d, nowhere, DIAG_SARIF, DIAG_COLOR_NEVER);
}

/* What the translator wrote must be C. */
static void check_output(const str *output, const str *input, bool serial)
{
    /* What newer clangs made errors, and gcc did not, the translator lets pass. */
    const char *const flags[] = {"-w",
                                 "-Wno-implicit-function-declaration",
                                 "-Wno-implicit-int",
                                 "-Wno-int-conversion",
                                 "-Wno-incompatible-function-pointer-types",
                                 "-Wno-incompatible-pointer-types",
                                 "-Wno-return-mismatch",
                                 "-Wno-return-type", /* the same in clang 14 */
                                 "-resource-dir",
                                 TINE_RESOURCE_DIR,
                                 "-I" TINE_INCLUDE,
                                 serial ? "-DTINE_SERIAL" : "-DTINE_TRANSLATED",
                                 serial ? "-DTINE_SERIAL_TRANSLATED" : "-DTINE_NOTHING"};
    struct CXUnsavedFile file = {"out.c", str_cstr(output), output->len};
    CXIndex index = clang_createIndex(0, 0);
    CXTranslationUnit tu = clang_parseTranslationUnit(
        index, "out.c", flags, sizeof flags / sizeof flags[0], &file, 1, 0);
    bool bad = false;
    for (unsigned i = 0; tu != NULL && i < clang_getNumDiagnostics(tu); i++) {
        CXDiagnostic one = clang_getDiagnostic(tu, i);
        if (clang_getDiagnosticSeverity(one) >= CXDiagnostic_Error) {
            CXString text = clang_formatDiagnostic(one, clang_defaultDiagnosticDisplayOptions());
            /* Words in macros are left alone here, and say so; in serial code they are unknown names. */
            if (strstr(clang_getCString(text), "left untranslated") == NULL &&
                !(serial && strstr(clang_getCString(text), "undeclared identifier 'tine_") != NULL)) {
                fprintf(stderr, "%s\n", clang_getCString(text));
                bad = true;
            }
            clang_disposeString(text);
        }
        clang_disposeDiagnostic(one);
    }
    if (bad) {
        fprintf(stderr, "---- from\n%s\n---- came\n%s\n", str_cstr(input), str_cstr(output));
        abort();
    }
    clang_disposeTranslationUnit(tu);
    clang_disposeIndex(index);
}

/* The phases behind flatten, as main.c orders them. */
static void translate(unit *u, model *m, flatten *f, const options *o, diags *d, str *output)
{
    plan_options planning = {.serial = o->serial};
    str explanation = {0};
    if (!parse_unit(u, f, o, d))
        return;
    bool well = harvest_unit(u, m);
    if (!check_unit(m, f, d) || !well || !m->has_tine)
        return;
    plan_model(m, &planning);
    explain_model(&(explain_to){.text = &explanation}, m, &u->lex);
    str_free(&explanation);
    if (!emit_unit(m, &u->lex, f, d, output) || diags_errors(d) != 0)
        str_clear(output);
}

static bool try_text(const uint8_t *data, size_t size)
{
    options o = options_for(size);
    diags *d = diags_new();
    source input;
    unit u = {0};
    model m = {0};
    str output = {0}, text = {0};
    str_puts(&text, "#include <tine.h>\n");
    str_add(&text, (const char *)data, size);
    size_t len = text.len;
    source_of_text(&input, "fuzz.c", mem_strndup(text.data, len), len);
    diags_use_source(d, &input);
    scan *s = scan_unit("fuzz.c", input.text, input.len, (const char *const *)user_flags);
    flatten *f = flatten_main(&input, s, &o, d);
    if (f != NULL && scan_has_words(s))
        translate(&u, &m, f, &o, d, &output);
    print_all(d);
    bool translated = output.len != 0;
    if (translated)
        check_output(&output, &text, o.serial);
    parse_free(&u);
    arena_free(&m.arena);
    flatten_free(f);
    scan_free(s);
    source_free(&input);
    str_free(&output);
    str_free(&text);
    diags_free(d);
    return translated;
}

/* A target that refuses everything would find nothing. */
static void try_good_text(void)
{
    static const char good[] = "int f(int);\n"
                               "int g(void) { flowvar(int) x = spawn f(1); return sync(x); }\n";
    static bool tried;
    if (!tried && !try_text((const uint8_t *)good, sizeof good - 1)) {
        fprintf(stderr, "a good program is not translated\n");
        abort();
    }
    tried = true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > LONGEST || memchr(data, 0, size) != NULL)
        return 0;
    try_good_text();
    try_text(data, size);
    return 0;
}
