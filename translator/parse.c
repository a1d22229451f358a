/* Runs libclang over the buffer: see parse.h. */
#include "parse.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name; /* behind tine_ */
    word_kind kind;
} word_names[] = {
    {"flowvar", WORD_FLOWVAR},       {"pending", WORD_PENDING},
    {"spawn", WORD_SPAWN},           {"spawn_on", WORD_SPAWN_ON},
    {"submit", WORD_SUBMIT},         {"submit_on", WORD_SUBMIT_ON},
    {"sync", WORD_SYNC},             {"wait_for", WORD_WAIT_FOR},
    {"is_spawned", WORD_IS_SPAWNED}, {"is_submitted", WORD_IS_SUBMITTED},
    {"is_ready", WORD_IS_READY},     {"flowvar_move", WORD_MOVE},
    {"sync_scope", WORD_SYNC_SCOPE}, {"sync_scope_on", WORD_SYNC_SCOPE_ON},
};

/* With tine_ or without: both are macros, and only the outermost is recorded. */
static word_kind kind_of_name(const char *name)
{
    if (strncmp(name, "tine_", 5) == 0)
        name += 5;
    for (size_t i = 0; i < sizeof word_names / sizeof *word_names; i++)
        if (strcmp(name, word_names[i].name) == 0)
            return word_names[i].kind;
    return WORD_NONE;
}

/* ---- command line ------------------------------------------------------------------------------ */

/* Flags that change what the text means, with their argument joined or separate. All others (and
 * what only gcc knows) are left out for parsing. */
static const char *const kept_with_value[] = {"-D",       "-U",        "-I",       "-isystem",
                                              "-iquote",  "-include",  "-imacros", "-idirafter",
                                              "-iprefix", "-isysroot", "-target",  "-iwithprefix",
                                              "-F",       "-iframework"};
static const char *const kept_prefixes[] = {"-std=", "--sysroot=", "--target=", "-march=", "-msse",
                                            "-mavx", "-ftrapv", "-O", "-mno-", "-fopenmp"};
static const char *const kept_flags[] = {
    "-ansi", "-nostdinc", "-trigraphs", "-fshort-enums", "-fno-short-enums", "-funsigned-char",
    "-fno-unsigned-char", "-fsigned-char", "-fno-signed-char", "-fms-extensions", "-fgnu89-inline",
    "-fno-gnu89-inline", "-fshort-wchar", "-fno-short-wchar", "-ffreestanding", "-fhosted",
    "-fno-builtin", "-pthread", "-m32", "-m64", "-mx32", "-fblocks", "-fwrapv", "-fPIC", "-fpic",
    "-fPIE", "-fpie", "-fexceptions", "-fgnu-keywords", "-fasm", "-fno-asm", "-fdollars-in-identifiers",
    "-fno-dollars-in-identifiers", "-funsigned-bitfields", "-fsigned-bitfields", "-ffast-math",
    "-fsanitize=thread", "-fsanitize=address", "-undef", "-mfma", "-mbmi", "-mbmi2", "-maes",
    "-mpopcnt", "-mlzcnt", "-mf16c", "-mlong-double-64", "-mlong-double-80", "-mlong-double-128"};

typedef struct arguments {
    const char **items;
    size_t count, cap;
} arguments;

static void add_argument(arguments *a, const char *text)
{
    a->items = mem_grow(a->items, &a->cap, a->count, sizeof *a->items);
    a->items[a->count++] = text;
}

static bool is_one_of(const char *flag, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(flag, list[i]) == 0)
            return true;
    return false;
}

#define COUNT_OF(list) (sizeof(list) / sizeof *(list))

static bool starts_with_one_of(const char *flag, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_starts(flag, list[i]))
            return true;
    return false;
}

static void add_user_flags(arguments *a, const options *o)
{
    for (size_t i = 0; i < o->flag_count; i++) {
        const char *flag = o->flags[i];
        if (strcmp(flag, "-include") == 0 && i + 1 < o->flag_count) {
            /* Past clang's driver, which would take a precompiled header beside the file: it may
             * be gcc's, or of another clang. */
            add_argument(a, "-Xclang");
            add_argument(a, flag);
            add_argument(a, "-Xclang");
            add_argument(a, o->flags[++i]);
        } else if (is_one_of(flag, kept_with_value, COUNT_OF(kept_with_value))) {
            if (i + 1 < o->flag_count) {
                add_argument(a, flag);
                add_argument(a, o->flags[++i]);
            }
        } else if (is_one_of(flag, kept_flags, COUNT_OF(kept_flags)) ||
                   starts_with_one_of(flag, kept_prefixes, COUNT_OF(kept_prefixes)) ||
                   starts_with_one_of(flag, kept_with_value, COUNT_OF(kept_with_value))) {
            add_argument(a, flag);
        }
    }
}

/* What clang of later versions calls an error by default is the compiler's to judge. */
static const char *const fixed_flags[] = {
    "-x", "c", "-w", "-DTINE_ANALYSIS=1", "-ferror-limit=0", "-Qunused-arguments",
    "-Wno-error=implicit-function-declaration", "-Wno-error=implicit-int",
    "-Wno-error=int-conversion", "-Wno-error=incompatible-function-pointer-types",
    "-Wno-error=incompatible-pointer-types", "-Wno-error=return-type",
    "-Wno-error=return-mismatch"};

/* ---- places ------------------------------------------------------------------------------------ */

bool parse_offset(const unit *u, CXSourceLocation location, size_t *offset)
{
    CXFile file;
    unsigned at;
    clang_getFileLocation(location, &file, NULL, NULL, &at);
    if (file == NULL || !clang_File_isEqual(file, u->file))
        return false;
    *offset = at;
    return true;
}

bool parse_extent(const unit *u, CXCursor cursor, size_t *begin, size_t *end)
{
    CXSourceRange range = clang_getCursorExtent(cursor);
    if (!parse_offset(u, clang_getRangeStart(range), begin))
        return false;
    if (!parse_offset(u, clang_getRangeEnd(range), end) || *end < *begin)
        *end = *begin;
    return true;
}

diag_place parse_place(const unit *u, size_t begin, size_t end)
{
    return flatten_place(u->flat, begin, end);
}

word *parse_word_at(const unit *u, size_t offset)
{
    size_t i = parse_first_word(u, offset);
    return i < u->word_count && u->words[i].begin == offset ? &u->words[i] : NULL;
}

size_t parse_first_word(const unit *u, size_t offset)
{
    size_t low = 0, high = u->word_count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (u->words[mid].begin < offset)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* ---- diagnostics of clang ---------------------------------------------------------------------- */

static diag_place place_of_location(const unit *u, CXSourceLocation location)
{
    CXFile file;
    unsigned line, column, offset;
    clang_getFileLocation(location, &file, &line, &column, &offset);
    if (file == NULL)
        return (diag_place){0};
    if (u->file != NULL && clang_File_isEqual(file, u->file))
        return flatten_place(u->flat, offset, offset);
    CXString name = clang_getFileName(file);
    diag_place place = {.line = line, .column = column};
    place.file = diags_name(u->diags, clang_getCString(name));
    clang_disposeString(name);
    return place;
}

/* Notes that lead into <tine.h> say nothing about the user's code. */
static bool is_inside_tine(CXDiagnostic note, const char *text)
{
    CXFile file;
    clang_getFileLocation(clang_getDiagnosticLocation(note), &file, NULL, NULL, NULL);
    if (strncmp(text, "(skipping", 9) == 0 || strstr(text, "macro 'TINE__") != NULL)
        return true;
    if (file == NULL)
        return false;
    CXString name = clang_getFileName(file);
    bool inside = strstr(clang_getCString(name), "include/tine") != NULL;
    clang_disposeString(name);
    return inside;
}

static void add_notes(unit *u, CXDiagnostic diagnostic)
{
    CXDiagnosticSet set = clang_getChildDiagnostics(diagnostic);
    for (unsigned i = 0; i < clang_getNumDiagnosticsInSet(set); i++) {
        CXDiagnostic note = clang_getDiagnosticInSet(set, i);
        CXString text = clang_getDiagnosticSpelling(note);
        if (!is_inside_tine(note, clang_getCString(text)))
            diag_note(u->diags, place_of_location(u, clang_getDiagnosticLocation(note)), "%s",
                      clang_getCString(text));
        clang_disposeString(text);
        clang_disposeDiagnostic(note);
    }
}

/* What gcc takes and clang never will, by clang's words: the error alone would not say what to do. */
static void note_gcc_only(unit *u, CXDiagnostic diagnostic, const char *text)
{
    static const struct {
        const char *text, *what;
    } known[] = {
        {"function definition is not allowed here", "nested functions are"},
        {"__builtin_va_arg_pack", "'__builtin_va_arg_pack' is"},
        {"__builtin_apply", "'__builtin_apply' is"},
        {"extension will never be supported", "arrays of variable length in structures are"},
    };
    for (size_t i = 0; i < COUNT_OF(known); i++)
        if (strstr(text, known[i].text) != NULL) {
            diag_note(u->diags, place_of_location(u, clang_getDiagnosticLocation(diagnostic)),
                      "%s gcc's own, and files with Tine words are read with libclang: keep it in "
                      "files that have none, which go to the compiler as they are",
                      known[i].what);
            return;
        }
}

/* What clang finds wrong in what a word expands to is a wrong operand of the word. */
static bool report_word(unit *u, CXDiagnostic diagnostic, const char *text)
{
    size_t at;
    if (!parse_offset(u, clang_getDiagnosticLocation(diagnostic), &at))
        return false;
    word *w = parse_word_at(u, at);
    if (w == NULL)
        return false;
    w->seen = w->is_reported = true;
    view name = {u->lex.text + w->begin, w->end - w->begin};
    bool list = w->lparen != SIZE_MAX;
    if (strstr(text, "constant") != NULL) {
        diag_add(u->diags, DIAG_CONSTANT, parse_place(u, w->begin, w->end),
                 "'%.*s' cannot be used in a constant expression", (int)name.len, name.data);
        return true;
    }
    diag_place place = list ? parse_place(u, lex_skip_space(&u->lex, w->lparen + 1), w->rparen)
                            : parse_place(u, w->begin, w->end);
    switch (w->kind) {
    case WORD_SYNC:
    case WORD_IS_SPAWNED:
    case WORD_IS_READY:
    case WORD_MOVE:
        diag_add(u->diags, DIAG_NOT_A_FLOWVAR, place, "operand of '%.*s' is not a flowvar",
                 (int)name.len, name.data);
        return true;
    case WORD_WAIT_FOR:
    case WORD_IS_SUBMITTED:
        diag_add(u->diags, DIAG_NOT_A_FLOWVAR, place, "operand of '%.*s' is not a tine_pending",
                 (int)name.len, name.data);
        return true;
    case WORD_SYNC_SCOPE_ON:
        diag_add(u->diags, DIAG_NOT_AN_EXECUTOR, place,
                 "operand of '%.*s' is not a 'tine_executor *'", (int)name.len, name.data);
        return true;
    case WORD_SPAWN:
    case WORD_SUBMIT:
        diag_add(u->diags, DIAG_NOT_A_CALL, place,
                 "operand of '%.*s' must be a function call", (int)name.len, name.data);
        return true;
    default:
        return false;
    }
}

/* The spawn that begins in what clang underlines; NULL: none. */
static word *spawn_in_ranges(unit *u, CXDiagnostic diagnostic, size_t *end)
{
    for (unsigned i = 0; i < clang_getDiagnosticNumRanges(diagnostic); i++) {
        CXSourceRange range = clang_getDiagnosticRange(diagnostic, i);
        size_t begin;
        if (!parse_offset(u, clang_getRangeStart(range), &begin) ||
            !parse_offset(u, clang_getRangeEnd(range), end))
            continue;
        word *w = parse_word_at(u, begin);
        if (w != NULL && *end > w->end && (w->kind == WORD_SPAWN || w->kind == WORD_SUBMIT))
            return w;
    }
    return NULL;
}

/* The void * that a spawn is here is an operand of an operator that takes none. */
static bool report_operand(unit *u, CXDiagnostic diagnostic, const char *text)
{
    size_t end;
    bool fits = strncmp(text, "invalid operands to binary", 26) == 0 ||
                strncmp(text, "invalid argument type", 21) == 0;
    word *w = fits ? spawn_in_ranges(u, diagnostic, &end) : NULL;
    if (w == NULL)
        return false;
    w->seen = w->is_reported = true;
    bool submits = w->kind == WORD_SUBMIT;
    size_t operand = lex_skip_space(&u->lex, w->end);
    if (u->lex.text[end - 1] != ')')
        diag_add(u->diags, DIAG_NOT_A_CALL, parse_place(u, operand, lex_token_end(&u->lex, operand)),
                 "operand of spawn must be a function call, such as spawn f(x)");
    else
        diag_add(u->diags, DIAG_OPERAND, parse_place(u, w->begin, end),
                 "a %s cannot be an operand: %s gives its result", submits ? "tine_pending" : "flowvar",
                 submits ? "tine_wait_for" : "sync");
    return true;
}

/* Reports clang's errors as its own would be; its warnings are the compiler's to give. */
static bool report(unit *u)
{
    bool errors = false;
    u->is_whole = true;
    for (unsigned i = 0; i < clang_getNumDiagnostics(u->tu); i++) {
        CXDiagnostic diagnostic = clang_getDiagnostic(u->tu, i);
        CXString text = clang_getDiagnosticSpelling(diagnostic);
        bool error = clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error;
        if (error && !report_word(u, diagnostic, clang_getCString(text)) &&
            !report_operand(u, diagnostic, clang_getCString(text))) {
            diag_add_plain(u->diags, DIAG_ERROR, NULL,
                           place_of_location(u, clang_getDiagnosticLocation(diagnostic)), "%s",
                           clang_getCString(text));
            add_notes(u, diagnostic);
            note_gcc_only(u, diagnostic, clang_getCString(text));
            u->is_whole = false;
        }
        errors = errors || error;
        clang_disposeString(text);
        clang_disposeDiagnostic(diagnostic);
    }
    return errors;
}

/* ---- words ------------------------------------------------------------------------------------- */

/* Whether a macro is one of <tine.h>, and not the user's own of the same name. */
static bool is_ours(CXCursor expansion)
{
    CXCursor definition = clang_getCursorReferenced(expansion);
    CXFile file;
    clang_getFileLocation(clang_getCursorLocation(definition), &file, NULL, NULL, NULL);
    if (file == NULL)
        return false;
    CXString name = clang_getFileName(file);
    const char *text = clang_getCString(name);
    bool ours = strstr(text, "tine/") != NULL || str_ends(text, "tine.h");
    clang_disposeString(name);
    return ours;
}

static void add_word(unit *u, word_kind kind, const char *name, size_t begin)
{
    word w = {.kind = kind, .begin = begin, .lparen = SIZE_MAX, .rparen = SIZE_MAX};
    w.end = lex_token_end(&u->lex, begin);
    if (!lex_is(&u->lex, begin, name)) {
        diag_add(u->diags, DIAG_UNSUPPORTED, parse_place(u, begin, w.end),
                 "'%s' comes out of a macro here in a way that cannot be translated", name);
        return;
    }
    size_t open = lex_skip_space(&u->lex, w.end);
    bool has_list = kind != WORD_SPAWN && kind != WORD_SUBMIT && kind != WORD_SYNC_SCOPE;
    if (has_list && u->lex.text[open] == '(') {
        w.lparen = open;
        w.rparen = lex_match(&u->lex, open);
        if (w.rparen == SIZE_MAX)
            w.lparen = SIZE_MAX;
    }
    if (kind == WORD_SYNC && lex_skip_space(&u->lex, open + 1) == w.rparen)
        return; /* sync() of <unistd.h> */
    u->words = mem_grow(u->words, &u->word_cap, u->word_count, sizeof *u->words);
    u->words[u->word_count++] = w;
}

/* The macros of tine.h give no trouble with commas: they are replaced, or take any number. */
static void add_expansion(unit *u, size_t begin, size_t end)
{
    size_t name_end = lex_token_end(&u->lex, begin);
    if (end <= name_end || lex_is(&u->lex, begin, "sync") || lex_is(&u->lex, begin, "spawn_on") ||
        lex_is(&u->lex, begin, "is_spawned") || lex_is(&u->lex, begin, "is_ready") ||
        lex_is(&u->lex, begin, "flowvar") || lex_is(&u->lex, begin, "flowvar_move"))
        return;
    u->expansions = mem_grow(u->expansions, &u->expansion_cap, u->expansion_count,
                             sizeof *u->expansions);
    u->expansions[u->expansion_count++] = (expansion){begin, end};
}

static enum CXChildVisitResult visit_expansion(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    unit *u = data;
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    if (kind != CXCursor_MacroExpansion)
        return clang_isPreprocessing(kind) ? CXChildVisit_Continue : CXChildVisit_Break;
    CXString spelling = clang_getCursorSpelling(cursor);
    const char *name = clang_getCString(spelling);
    word_kind word = kind_of_name(name);
    if (word != WORD_NONE && !is_ours(cursor))
        word = WORD_NONE;
    bool counter = strcmp(name, "__COUNTER__") == 0;
    size_t begin, end;
    if (parse_extent(u, cursor, &begin, &end)) {
        if (word == WORD_NONE && !counter) {
            add_expansion(u, begin, end);
        } else if (counter) {
            u->counters = mem_grow(u->counters, &u->counter_cap, u->counter_count,
                                   sizeof *u->counters);
            u->counters[u->counter_count++] = begin;
        } else {
            add_word(u, word, name, begin);
        }
    }
    clang_disposeString(spelling);
    return CXChildVisit_Continue;
}

static int compare_words(const void *a, const void *b)
{
    const word *x = a, *y = b;
    return x->begin < y->begin ? -1 : x->begin > y->begin;
}

static int compare_expansions(const void *a, const void *b)
{
    const expansion *x = a, *y = b;
    return x->begin < y->begin ? -1 : x->begin > y->begin;
}

bool parse_in_macro(const unit *u, size_t offset)
{
    for (size_t i = 0; i < u->expansion_count && u->expansions[i].begin < offset; i++)
        if (offset < u->expansions[i].end)
            return true;
    return false;
}

bool parse_has_macro(const unit *u, size_t begin, size_t end)
{
    for (size_t i = 0; i < u->expansion_count && u->expansions[i].begin < end; i++)
        if (begin < u->expansions[i].end)
            return true;
    return false;
}

/* The record is in the order of expansion: an argument comes behind the macro it is given to. */
static void sort_words(unit *u)
{
    if (u->word_count == 0)
        return;
    qsort(u->words, u->word_count, sizeof *u->words, compare_words);
    size_t kept = 1;
    for (size_t i = 1; i < u->word_count; i++)
        if (u->words[i].begin != u->words[kept - 1].begin)
            u->words[kept++] = u->words[i];
    u->word_count = kept;
}

/* ---- files ------------------------------------------------------------------------------------- */

static void add_file(CXFile file, CXSourceLocation *stack, unsigned depth, CXClientData data)
{
    unit *u = data;
    CXString name = clang_getFileName(file);
    u->files = mem_grow(u->files, &u->file_cap, u->file_count, sizeof *u->files);
    u->system = mem_grow(u->system, &u->system_cap, u->file_count, sizeof *u->system);
    u->files[u->file_count] = mem_strdup(clang_getCString(name));
    u->system[u->file_count] =
        depth > 0 && clang_Location_isInSystemHeader(clang_getLocationForOffset(u->tu, file, 0));
    u->file_count++;
    clang_disposeString(name);
    (void)stack;
}

/* ---- the whole --------------------------------------------------------------------------------- */

static enum CXErrorCode run_clang(unit *u, const options *o)
{
    arguments args = {0};
    char *headers = options_find_include(o);
    add_argument(&args, "-resource-dir");
    add_argument(&args, o->resource_dir != NULL ? o->resource_dir : TINE_RESOURCE_DIR);
    add_user_flags(&args, o);
    for (size_t i = 0; i < COUNT_OF(fixed_flags); i++)
        add_argument(&args, fixed_flags[i]);
    if (headers != NULL) {
        add_argument(&args, "-isystem");
        add_argument(&args, headers);
    }
    struct CXUnsavedFile buffer = {u->text->name, u->text->text, u->text->len};
    u->index = clang_createIndex(0, 0);
    enum CXErrorCode code = clang_parseTranslationUnit2(
        u->index, u->text->name, args.items, (int)args.count, &buffer, 1,
        CXTranslationUnit_DetailedPreprocessingRecord, &u->tu);
    free(headers);
    free(args.items);
    return code;
}

/* The loader may find another libclang than the one that this program was built with, whose headers it
 * names to it. */
static bool is_right_libclang(diags *d)
{
    CXString version = clang_getClangVersion();
    const char *text = clang_getCString(version);
    const char *number = text != NULL ? strpbrk(text, "0123456789") : NULL;
    bool right = number == NULL || atoi(number) == atoi(TINE_LIBCLANG_VERSION);
    if (!right)
        diag_add_plain(d, DIAG_ERROR, NULL, (diag_place){0},
                       "this is libclang of '%s', and tine was built with version %s: install "
                       "libclang %s, or build Tine again", text, TINE_LIBCLANG_VERSION,
                       TINE_LIBCLANG_VERSION);
    clang_disposeString(version);
    return right;
}

bool parse_unit(unit *u, flatten *f, const options *o, diags *d)
{
    *u = (unit){.flat = f, .diags = d, .text = flatten_text(f)};
    u->lex = (lexer){u->text->text, u->text->len};
    if (!is_right_libclang(d))
        return false;
    enum CXErrorCode code = run_clang(u, o);
    if (code != CXError_Success || u->tu == NULL) {
        diag_add_plain(d, DIAG_ERROR, NULL, (diag_place){0},
                       "libclang could not parse '%s' (error %d)", u->text->name, (int)code);
        return false;
    }
    u->file = clang_getFile(u->tu, u->text->name);
    clang_getInclusions(u->tu, add_file, u);
    size_t before = diags_errors(d);
    clang_visitChildren(clang_getTranslationUnitCursor(u->tu), visit_expansion, u);
    sort_words(u);
    if (u->expansion_count > 0)
        qsort(u->expansions, u->expansion_count, sizeof *u->expansions, compare_expansions);
    if (report(u))
        return false;
    return diags_errors(d) == before;
}

void parse_free(unit *u)
{
    if (u->tu != NULL)
        clang_disposeTranslationUnit(u->tu);
    if (u->index != NULL)
        clang_disposeIndex(u->index);
    for (size_t i = 0; i < u->file_count; i++)
        free(u->files[i]);
    free(u->files);
    free(u->system);
    free(u->words);
    free(u->counters);
    free(u->expansions);
    *u = (unit){0};
}
