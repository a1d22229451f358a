/* Dependency files: the user's file takes the generated one's place, in every form that compilers and
 * make know. */
#include "deps.h"
#include "files.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static bool phony; /* -MP */
static char path[] = "/tmp/tinecc-deps-XXXXXX";

static int set_up(void **state)
{
    (void)state;
    int fd = mkstemp(path);
    return fd < 0 || close(fd) != 0;
}

static int tear_down(void **state)
{
    (void)state;
    return unlink(path);
}

/* Fixes a file with `before` in it and gives what is in it then. */
static const char *fixed(const char *before, const char *generated, const char *source,
                         const struct words *more)
{
    struct words none = {0};
    struct bytes after;
    bool found;
    assert_true(file_write(path, before, strlen(before)));
    assert_true(deps_fix(path, generated, source, more ? more : &none, phony, &found));
    assert_true(file_read(path, &after));
    assert_int_equal(found, strcmp(before, after.p) != 0);
    return after.p;
}

static void the_source_takes_the_place(void **state)
{
    (void)state;
    assert_string_equal(fixed("a.o: /t/a.c x.h\n", "/t/a.c", "src/a.c", NULL),
                        "a.o: src/a.c x.h\n");
    assert_string_equal(fixed("a.o: \\\n /t/a.c\\\n x.h\n", "/t/a.c", "a.c", NULL),
                        "a.o: \\\n a.c\\\n x.h\n");
    assert_string_equal(fixed("a.o: /t/a.c\n", "/t/a.c", "a.c", NULL), "a.o: a.c\n");
    assert_string_equal(fixed("a.o: /t/a.c\n", "/t/a.c", "my $dir/a#b.c", NULL),
                        "a.o: my\\ $$dir/a\\#b.c\n");
    assert_string_equal(fixed("a.o: /t/a\\ b.c\n", "/t/a b.c", "a b.c", NULL), "a.o: a\\ b.c\n");
}

/* gcc escapes tabs; clang makes slashes of backslashes. */
static void compilers_spell_names_their_way(void **state)
{
    (void)state;
    assert_string_equal(fixed("a.o: /t/a\\\tb.c x.h\n", "/t/a\tb.c", "a\tb.c", NULL),
                        "a.o: a\\\tb.c x.h\n");
    assert_string_equal(fixed("a.o: /t/a\tb.c x.h\n", "/t/a\tb.c", "a\tb.c", NULL),
                        "a.o: a\\\tb.c x.h\n");
    assert_string_equal(fixed("a.o: /t/a/b.c\n", "/t/a\\b.c", "a\\b.c", NULL), "a.o: a\\b.c\n");
}

static void parts_of_names_are_not_taken(void **state)
{
    (void)state;
    assert_string_equal(fixed("a.o: /t/a.cc x/t/a.c\n", "/t/a.c", "a.c", NULL),
                        "a.o: /t/a.cc x/t/a.c\n");
    assert_string_equal(fixed("a.o: /t/a.cc /t/a.c\n", "/t/a.c", "a.c", NULL),
                        "a.o: /t/a.cc a.c\n");
    assert_string_equal(fixed("", "/t/a.c", "a.c", NULL), "");
}

static void what_the_translator_read_is_added_once(void **state)
{
    (void)state;
    struct words more = {0};
    words_add(&more, "/t/a.c");
    words_add(&more, "a.c");
    words_add(&more, "x.h");
    words_add(&more, "new one.h");
    words_add(&more, "new one.h");
    assert_string_equal(fixed("a.o: /t/a.c x.h\n", "/t/a.c", "a.c", &more),
                        "a.o: a.c \\\n new\\ one.h x.h\n");
    phony = true;
    assert_string_equal(fixed("a.o: /t/a.c x.h\nx.h:\n", "/t/a.c", "a.c", &more),
                        "a.o: a.c \\\n new\\ one.h x.h\nx.h:\nnew\\ one.h:\n");
    phony = false;
}

static void prerequisites_are_read(void **state)
{
    (void)state;
    struct words names = {0};
    const char *text = "a.o b.o: a.c \\\n x\\ y.h $$z.h a\\#b.h\nx:\n";
    assert_true(file_write(path, text, strlen(text)));
    deps_read(path, &names);
    assert_int_equal(names.n, 4);
    assert_string_equal(names.v[0], "a.c");
    assert_string_equal(names.v[1], "x y.h");
    assert_string_equal(names.v[2], "$z.h");
    assert_string_equal(names.v[3], "a#b.h");
    deps_read("/no/such/file", &names);
    assert_int_equal(names.n, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_source_takes_the_place),
        cmocka_unit_test(compilers_spell_names_their_way),
        cmocka_unit_test(parts_of_names_are_not_taken),
        cmocka_unit_test(what_the_translator_read_is_added_once),
        cmocka_unit_test(prerequisites_are_read),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down) != 0;
}
