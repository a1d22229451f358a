/* pplex, words, strmap, scan: reading text of which nothing is known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pplex.h"
#include "scan.h"
#include "strmap.h"
#include "words.h"

/* The tokens of a text, each in [ ]. */
static char *tokens(const char *text, bool trigraphs)
{
    pplex l = pp_file(text, strlen(text), trigraphs);
    str out = {0}, scratch = {0};
    pp_token t;
    while ((t = pp_next(&l)).kind != PP_END) {
        str_putc(&out, '[');
        str_add_view(&out, pp_spelling(&l, t, &scratch));
        str_putc(&out, ']');
    }
    str_free(&scratch);
    return str_take(&out);
}

static void check_tokens(const char *text, bool trigraphs, const char *expected)
{
    char *found = tokens(text, trigraphs);
    assert_string_equal(found, expected);
    free(found);
}

static void tokens_of_text(void **state)
{
    (void)state;
    check_tokens("a /* b */ + // c\n1.5e+3.x", false, "[a][+][1.5e+3.x]");
    check_tokens("\xEF\xBB\xBFx", false, "[x]");
    check_tokens("\"a\\\"b\" L'x' u8\"y\" 'z", false, "[\"a\\\"b\"][L'x'][u8\"y\"]['z]");
    check_tokens("sp\\\nawn sp\\\r\nawn sp\\ \nawn", false, "[spawn][spawn][spawn]");
    check_tokens("/\\\n* c *\\\n/ x", false, "[x]");
    check_tokens("/\\\n/ c \\\n d\nx", false, "[x]");
    check_tokens("sp?\?/\nawn", true, "[spawn]");
    check_tokens("sp?\?/\nawn", false, "[sp][?][?][/][awn]");
    check_tokens("\xC3\xA4x$ a", false, "[\xC3\xA4x$][a]");
    check_tokens("/* unfinished", false, "");
    check_tokens("'unfinished\nx", false, "['unfinished][x]");
    check_tokens("a##b # c", false, "[a][##][b][#][c]");
}

static void directives_are_one_token(void **state)
{
    (void)state;
    check_tokens("  #define A /* x\ny */ B\nz", false, "[#define A /* x\ny */ B][z]");
    check_tokens("#define A \\\n B\nz", false, "[#define A \\\n B][z]");
    check_tokens("/* c */ # include \"x//y\"\nz", false, "[# include \"x//y\"][z]");
    check_tokens("%:define A\nz", false, "[%:define A][z]");
    check_tokens("?\?=define A\nz", true, "[?\?=define A][z]");
    check_tokens("#error don't\nz", false, "[#error don't][z]");
}

static void words_by_name(void **state)
{
    (void)state;
    assert_int_equal(words_find(view_of("spawn")), WORDS_PREFIX);
    assert_int_equal(words_find(view_of("tine_spawn")), WORDS_PREFIX);
    assert_int_equal(words_find(view_of("tine_flowvar")), WORDS_TYPE);
    assert_int_equal(words_find(view_of("sync_scope_on")), WORDS_CALL);
    assert_int_equal(words_find(view_of("tine_is_submitted")), WORDS_CALL);
    assert_int_equal(words_find(view_of("submit")), WORDS_NONE);
    assert_int_equal(words_find(view_of("tine_spawned")), WORDS_NONE);
    assert_int_equal(words_find(view_of("")), WORDS_NONE);
    assert_true(words_is_fragment(view_of("spa")));
    assert_true(words_is_fragment(view_of("awn")));
    assert_false(words_is_fragment(view_of("spawn_on_it")));
    assert_false(words_is_fragment(view_of("x")));
}

static void maps_grow(void **state)
{
    strmap m = {0};
    char name[16];
    (void)state;
    for (size_t i = 0; i < 1000; i++) {
        snprintf(name, sizeof name, "n%zu", i);
        assert_int_equal(*strmap_put(&m, view_of(name), i), i);
        assert_int_equal(*strmap_put(&m, view_of(name), 0), i);
    }
    assert_int_equal(*strmap_get(&m, view_of("n567")), 567);
    assert_null(strmap_get(&m, view_of("n1000")));
    strmap_free(&m);
}

/* What the scan of a text with these flags says. */
static bool has_words(const char *text, const char *flag)
{
    const char *flags[] = {flag, NULL};
    scan *s = scan_unit("x.c", text, strlen(text), flags);
    bool found = scan_has_words(s);
    scan_free(s);
    return found;
}

#define TINE "#include <tine.h>\n"

static void units_with_words(void **state)
{
    (void)state;
    assert_true(has_words(TINE "int x = spawn;", NULL));
    assert_true(has_words(TINE "flowvar(int) x;", NULL));
    assert_true(has_words(TINE "#define GO spawn\n", NULL));
    assert_true(has_words(TINE "int x = sp\\\nawn;", NULL));
    assert_true(has_words(TINE "int x = sp?\?/\nawn;", "-std=c11"));
    assert_true(has_words(TINE "#define C(a, b) a##b\nint x = C(spa, wn) f();", NULL));
    assert_true(has_words(TINE, "-DGO=spawn"));
    assert_true(has_words("#include HEADER\nint x = spawn f();", NULL));
    assert_true(has_words("#include \"sub/tine.h\"\nint x = spawn f();", NULL));
    assert_true(has_words("#if 0\n#include <tine.h>\n#endif\nint x = spawn f();", NULL));
}

static void units_without_words(void **state)
{
    (void)state;
    assert_false(has_words(TINE "int x;", NULL));
    assert_false(has_words(TINE "/* spawn */ // sync(x)\nchar *s = \"spawn\";", NULL));
    assert_false(has_words("int spawn, x = sync(3);", NULL));
    assert_false(has_words(TINE "struct s { int sync; };", NULL));
    assert_false(has_words(TINE "int spawned, spawn_it, my_sync(int);", NULL));
    assert_false(has_words(TINE "#define C(a, b) a##b\nint C(x, y), all, C(p, q);", NULL));
    assert_false(has_words(TINE "int x = sp?\?/\nawn;", "-std=gnu11"));
    assert_false(has_words("", NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_of_text),
        cmocka_unit_test(directives_are_one_token),
        cmocka_unit_test(words_by_name),
        cmocka_unit_test(maps_grow),
        cmocka_unit_test(units_with_words),
        cmocka_unit_test(units_without_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
