/* lex, edits, names: tokens, changes of a text, generated names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "edits.h"
#include "lex.h"
#include "names.h"

static lexer of(const char *text)
{
    return (lexer){text, strlen(text)};
}

static void tokens_end_where_they_end(void **state)
{
    lexer l = of("spa\\\nwn /* c */ f(\"a)\\\"\", ')', 1.5e+3, x)");
    (void)state;
    assert_true(lex_is(&l, 0, "spawn"));
    assert_false(lex_is(&l, 0, "spa"));
    size_t f = lex_next(&l, 0);
    assert_int_equal(l.text[f], 'f');
    size_t open = lex_next(&l, f);
    assert_int_equal(lex_match(&l, open), l.len - 1);
    size_t comma = lex_argument_end(&l, open + 1);
    assert_int_equal(l.text[comma], ',');
    size_t number = lex_skip_space(&l, lex_argument_end(&l, comma + 1) + 1);
    assert_int_equal(lex_token_end(&l, number) - number, strlen("1.5e+3"));
}

static void directives_and_comments_are_space(void **state)
{
    lexer l = of("a\n# if ( \\\n (\n//(\nb");
    (void)state;
    assert_int_equal(l.text[lex_next(&l, 0)], 'b');
}

static void other_brackets_match(void **state)
{
    lexer l = of("<% v<:2:> %>");
    (void)state;
    assert_int_equal(lex_bracket(&l, 0, '{'), 2);
    assert_int_equal(lex_match(&l, 0), l.len - 2);
    lexer open = of("( a [ ) ");
    assert_int_equal(lex_match(&open, 0), SIZE_MAX);
}

static void changes_are_applied_in_order(void **state)
{
    const char *text = "one two three";
    edits e = {0};
    str out = {0};
    (void)state;
    edits_replace(&e, 8, 13, "3");
    edits_insert(&e, 4, 1, "b");
    edits_insert(&e, 4, 0, "a");
    edits_replace(&e, 4, 7, "2");
    assert_true(edits_render(&e, &out, text, 0, strlen(text), 0));
    assert_string_equal(str_cstr(&out), "one ab2 3");
    str_clear(&out);
    assert_true(edits_render(&e, &out, text, 0, 4, 0));
    edits_replace(&e, 5, 9, "x");
    str_clear(&out);
    assert_false(edits_render(&e, &out, text, 0, strlen(text), 0));
    str_free(&out);
    edits_free(&e);
}

static void a_change_may_depend_on_the_level(void **state)
{
    edits e = {0};
    str out = {0};
    (void)state;
    char *texts[] = {mem_strdup("f"), mem_strdup("f_2")};
    edits_replace_levels(&e, 0, 1, texts, 2);
    edits_replace(&e, 1, 2, "[");
    static const char *const wanted[] = {"f[)", "f_2[)", "f_2[)"};
    for (size_t level = 0; level < 3; level++) {
        str_clear(&out);
        assert_true(edits_render(&e, &out, "x()", 0, 3, level));
        assert_string_equal(str_cstr(&out), wanted[level]);
    }
    str_free(&out);
    edits_free(&e);
}

static void names_are_not_given_twice(void **state)
{
    names n = {0};
    (void)state;
    assert_string_equal(names_tag(&n, "fib", 4), "fib_4");
    assert_string_equal(names_tag(&n, "fib", 4), "fib_4b");
    assert_string_equal(names_tag(&n, "fib", 5), "fib_5");
    assert_string_equal(names_tag(&n, "p->ops[i]", 5), "i_5");
    assert_string_equal(names_tag(&n, "(*3)", 5), "call_5");
    for (unsigned i = 3; i <= 26; i++)
        names_tag(&n, "fib", 4);
    assert_string_equal(names_tag(&n, "fib", 4), "fib_4aa");
    names_free(&n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_end_where_they_end),
        cmocka_unit_test(directives_and_comments_are_space),
        cmocka_unit_test(other_brackets_match),
        cmocka_unit_test(changes_are_applied_in_order),
        cmocka_unit_test(a_change_may_depend_on_the_level),
        cmocka_unit_test(names_are_not_given_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
