/* Prints what flatten makes of a file: flatten_dump file.c [-- compiler flags]. For tests.
 *
 * With --verify as the first argument it prints nothing and compares: the preprocessor must make
 * the same tokens of the flattened text as of the file itself. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "expand.h"
#include "flatten.h"
#include "pplex.h"

static bool begins_with(const pplex *l, pp_token t, const char *text)
{
    return strncmp(l->text + t.begin, text, strlen(text)) == 0;
}

/* The next token that is neither a line marker nor one of the pragmas around those of a header. */
static pp_token next_token(pplex *l)
{
    pp_token t;
    do {
        t = pp_next(l);
    } while (t.kind == PP_DIRECTIVE &&
             (!begins_with(l, t, "#pragma") || begins_with(l, t, "#pragma clang diagnostic")));
    return t;
}

/* Compares two preprocessed texts; prints the first difference. */
static bool same(const str *a, const str *b)
{
    pplex left = pp_file(str_cstr(a), a->len, false), right = pp_file(str_cstr(b), b->len, false);
    for (;;) {
        pp_token t = next_token(&left), u = next_token(&right);
        view v = {left.text + t.begin, t.end - t.begin},
             w = {right.text + u.begin, u.end - u.begin};
        if (t.kind == PP_END && u.kind == PP_END)
            return true;
        if (t.kind != u.kind || !view_same(v, w)) {
            fprintf(stderr, "the file has\n%.300s\nthe flattened text\n%.300s\n", v.data, w.data);
            return false;
        }
    }
}

int main(int argc, char **argv)
{
    bool verify = argc > 1 && strcmp(argv[1], "--verify") == 0;
    diags *d = diags_new();
    options o;
    source file;
    char *error;
    int status = 1;

    if (verify) {
        argv[1] = argv[0];
        argv++;
        argc--;
    }
    if (options_read(&o, d, argc, argv) == OPTIONS_EXIT)
        return 2;
    if (!source_read(&file, o.input, &error)) {
        fprintf(stderr, "%s\n", error);
        return 1;
    }
    scan *s = scan_unit(o.input, file.text, file.len, (const char *const *)o.flags);
    flatten *f = flatten_main(&file, s, &o, d);
    if (f != NULL && !verify) {
        fwrite(flatten_text(f)->text, 1, flatten_text(f)->len, stdout);
        status = 0;
    } else if (f != NULL) {
        str before = {0}, after = {0};
        source *flat = flatten_text(f);
        status = !(expand_preprocess(file.text, file.len, file.name, &o, d, &before) &&
                   expand_preprocess(flat->text, flat->len, file.name, &o, d, &after) &&
                   same(&before, &after));
        str_free(&before);
        str_free(&after);
    }
    diags_print(d, stderr, DIAG_TEXT, DIAG_COLOR_NEVER);
    flatten_free(f);
    scan_free(s);
    source_free(&file);
    options_free(&o);
    diags_free(d);
    return status;
}
