/* diag: what is printed, in which order, and what the -W flags do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "diag.h"

static const char text[] = "int f(void)\n"
                           "{\n"
                           "\treturn sync(x) + sync(x);\n"
                           "    const char *s = \"\xC3\xA4\"; sync(y);\n"
                           "}\n";

typedef struct fixture {
    diags *d;
    source s;
} fixture;

static int set_up(void **state)
{
    fixture *f = mem_zalloc(1, sizeof *f);
    f->d = diags_new();
    source_of_text(&f->s, "a.c", mem_strdup(text), strlen(text));
    diags_use_source(f->d, &f->s);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    diags_free(f->d);
    source_free(&f->s);
    free(f);
    return 0;
}

static char *printed(diags *d, enum diag_format format, enum diag_color color)
{
    char *out = NULL;
    size_t len;
    FILE *stream = open_memstream(&out, &len);
    diags_print(d, stream, format, color);
    fclose(stream);
    return out;
}

static void check_text(diags *d, const char *expected)
{
    char *out = printed(d, DIAG_TEXT, DIAG_COLOR_NEVER);
    assert_string_equal(out, expected);
    free(out);
}

static diag_place at(unsigned line, unsigned column, unsigned end_column)
{
    return (diag_place){"a.c", line, column, end_column != 0 ? line : 0, end_column};
}

static void an_error_with_a_note(void **state)
{
    fixture *f = *state;
    diag_add(f->d, DIAG_DOUBLE_SYNC, at(3, 19, 26), "'%s' is synced twice", "x");
    diag_note(f->d, at(3, 9, 0), "first synced here");
    check_text(f->d, "a.c:3:19: error: 'x' is synced twice [-Wtine-double-sync]\n"
                     "        return sync(x) + sync(x);\n"
                     "                         ^~~~~~~\n"
                     "a.c:3:9: note: first synced here\n"
                     "        return sync(x) + sync(x);\n"
                     "               ^\n"
                     "1 error generated.\n");
}

static void a_fix_behind_two_bytes(void **state)
{
    fixture *f = *state;
    diag_add(f->d, DIAG_UNUSED_RESULT, at(4, 27, 0), "m");
    diag_range(f->d, at(4, 32, 33));
    diag_fixit(f->d, at(4, 27, 0), "(void)");
    check_text(f->d, "a.c:4:27: warning: m [-Wtine-unused-result]\n"
                     "    const char *s = \"\xC3\xA4\"; sync(y);\n"
                     "                         ^    ~\n"
                     "                         (void)\n"
                     "1 warning generated.\n");
}

static void sorted_and_once(void **state)
{
    fixture *f = *state;
    diag_add(f->d, DIAG_COPY, at(4, 1, 0), "later");
    diag_add(f->d, DIAG_COPY, at(2, 1, 0), "earlier");
    diag_add(f->d, DIAG_COPY, at(4, 1, 0), "later");
    diag_add_plain(f->d, DIAG_ERROR, NULL, (diag_place){0}, "nowhere");
    check_text(f->d, "tine: error: nowhere\n"
                     "a.c:2:1: error: earlier [-Wtine-copy]\n{\n^\n"
                     "a.c:4:1: error: later [-Wtine-copy]\n"
                     "    const char *s = \"\xC3\xA4\"; sync(y);\n^\n"
                     "3 errors generated.\n");
    assert_int_equal(diags_status(f->d), 1);
}

static void flags_decide(void **state)
{
    fixture *f = *state;
    assert_true(diags_flag(f->d, "-Wno-tine-never-synced"));
    assert_false(diags_enabled(f->d, DIAG_NEVER_SYNCED));
    diag_add(f->d, DIAG_NEVER_SYNCED, at(1, 1, 0), "silent");
    diag_note(f->d, at(1, 1, 0), "silent");
    diag_fixit(f->d, at(1, 1, 0), "silent");
    assert_int_equal(diags_warnings(f->d), 0);
    assert_true(diags_flag(f->d, "-Wtine-never-synced"));
    assert_true(diags_flag(f->d, "-Werror=tine-race"));
    assert_true(diags_flag(f->d, "-Wtine"));
    diag_add(f->d, DIAG_RACE, at(1, 1, 0), "race");
    diag_add(f->d, DIAG_NEVER_SYNCED, at(2, 1, 0), "never");
    check_text(f->d, "a.c:1:1: error: race [-Werror,-Wtine-race]\nint f(void)\n^\n"
                     "a.c:2:1: warning: never [-Wtine-never-synced]\n{\n^\n"
                     "1 warning and 1 error generated.\n");
}

static void all_warnings_as_errors(void **state)
{
    fixture *f = *state;
    assert_false(diags_flag(f->d, "-Werror"));
    assert_true(diags_flag(f->d, "-Wno-error=tine-race"));
    assert_false(diags_flag(f->d, "-Wall"));
    assert_false(diags_flag(f->d, "-Wtinecan"));
    diag_add(f->d, DIAG_RACE, at(1, 1, 0), "race");
    diag_add(f->d, DIAG_ESCAPE, at(1, 1, 0), "escape");
    assert_int_equal(diags_warnings(f->d), 1);
    assert_int_equal(diags_errors(f->d), 1);
}

static void no_warnings_but_errors(void **state)
{
    fixture *f = *state;
    assert_false(diags_flag(f->d, "-w"));
    diag_add(f->d, DIAG_RACE, at(1, 1, 0), "race");
    diag_add(f->d, DIAG_COPY, at(1, 1, 0), "copy");
    assert_int_equal(diags_warnings(f->d), 0);
    assert_int_equal(diags_errors(f->d), 1);
}

static void unknown_names(void **state)
{
    fixture *f = *state;
    assert_true(diags_flag(f->d, "-Wno-tine-never-sinced"));
    assert_true(diags_flag(f->d, "-Wtine-zzzzzzzzzzzzzzzz"));
    assert_true(diags_flag(f->d, "-Wno-tine-copy"));
    diags_flags_end(f->d);
    check_text(f->d,
               "tine: warning: unknown warning option '-Wno-tine-never-sinced'; did you mean "
               "'-Wtine-never-synced'? [-Wtine-unknown-option]\n"
               "tine: warning: unknown warning option '-Wtine-zzzzzzzzzzzzzzzz' "
               "[-Wtine-unknown-option]\n"
               "tine: warning: '-Wno-tine-copy' has no effect: it is always an error "
               "[-Wtine-unknown-option]\n"
               "3 warnings generated.\n");
}

static void colour_on_demand(void **state)
{
    fixture *f = *state;
    diag_add(f->d, DIAG_COPY, at(1, 1, 0), "copy");
    char *out = printed(f->d, DIAG_TEXT, DIAG_COLOR_ALWAYS);
    assert_non_null(strstr(out, "\033[0;1;31merror: \033[0m"));
    free(out);
    out = printed(f->d, DIAG_TEXT, DIAG_COLOR_AUTO); /* no terminal */
    assert_null(strchr(out, '\033'));
    free(out);
}

static void json_of_odd_bytes(void **state)
{
    fixture *f = *state;
    diag_add(f->d, DIAG_COPY, at(1, 5, 6), "\"\\\t\x01\xFF\xC3\xA4");
    diag_fixit(f->d, at(1, 5, 6), "g");
    char *out = printed(f->d, DIAG_JSON, DIAG_COLOR_ALWAYS);
    assert_string_equal(
        out,
        "{\"version\": 1, \"diagnostics\": [\n"
        "  {\"severity\": \"error\", \"name\": \"tine-copy\", \"message\": "
        "\"\\\"\\\\\\t\\u0001\\ufffd\xC3\xA4\", \"file\": \"a.c\", \"line\": 1, \"column\": 5, "
        "\"endLine\": 1, \"endColumn\": 6, \"fixes\": [{\"replacement\": \"g\", \"file\": "
        "\"a.c\", \"line\": 1, \"column\": 5, \"endLine\": 1, \"endColumn\": 6}], "
        "\"notes\": []}\n]}\n");
    free(out);
}

static void documents_with_nothing_to_say(void **state)
{
    fixture *f = *state;
    check_text(f->d, "");
    char *out = printed(f->d, DIAG_JSON, DIAG_COLOR_NEVER);
    assert_string_equal(out, "{\"version\": 1, \"diagnostics\": []}\n");
    free(out);
    out = printed(f->d, DIAG_SARIF, DIAG_COLOR_NEVER);
    assert_non_null(strstr(out, "\"results\": []"));
    free(out);
}

/* docs/diagnostics.md has a section for each diagnostic, and no other. */
static void every_name_is_documented(void **state)
{
    source doc;
    char *error;
    (void)state;
    assert_true(source_read(&doc, TINE_DOCS "/diagnostics.md", &error));
    const char *at_heading = doc.text;
    for (int id = 0; id < DIAG_COUNT; id++) {
        char *heading = mem_printf("\n### tine-%s\n", diag_name((enum diag_id)id));
        const char *found = strstr(doc.text, heading);
        if (found == NULL)
            fail_msg("no section '### tine-%s' in docs/diagnostics.md", diag_name((enum diag_id)id));
        free(heading);
    }
    size_t headings = 0;
    while ((at_heading = strstr(at_heading, "\n### tine-")) != NULL) {
        headings++;
        at_heading++;
    }
    assert_int_equal(headings, DIAG_COUNT);
    source_free(&doc);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(an_error_with_a_note),
        TEST(a_fix_behind_two_bytes),
        TEST(sorted_and_once),
        TEST(flags_decide),
        TEST(all_warnings_as_errors),
        TEST(no_warnings_but_errors),
        TEST(unknown_names),
        TEST(colour_on_demand),
        TEST(json_of_odd_bytes),
        TEST(documents_with_nothing_to_say),
        TEST(every_name_is_documented),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
