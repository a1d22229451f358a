/* options and depfiles. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "options.h"

enum { MOST = 16 };

typedef struct fixture {
    diags *d;
    options o;
    enum options_action action;
} fixture;

/* Reads a command line given as words with blanks between. */
static fixture read_line(const char *line)
{
    static char copy[400];
    char *argv[MOST + 2] = {(char *)"tine"};
    int argc = 1;
    fixture f = {.d = diags_new()};
    snprintf(copy, sizeof copy, "%s", line);
    for (char *word = strtok(copy, " "); word != NULL && argc < MOST; word = strtok(NULL, " "))
        argv[argc++] = word;
    f.action = options_read(&f.o, f.d, argc, argv);
    return f;
}

static void end(fixture *f)
{
    options_free(&f->o);
    diags_free(f->d);
}

static void plain_use(void **state)
{
    fixture f = read_line("-Wtine a.c -o b.c --cc=mycc -- -O2 -Wno-tine-race -Iinc");
    (void)state;
    assert_int_equal(f.action, OPTIONS_RUN);
    assert_string_equal(f.o.input, "a.c");
    assert_string_equal(f.o.output, "b.c");
    assert_string_equal(f.o.cc, "mycc");
    assert_int_equal(f.o.flag_count, 2);
    assert_string_equal(f.o.flags[0], "-O2");
    assert_string_equal(f.o.flags[1], "-Iinc");
    assert_null(f.o.flags[2]);
    assert_false(diags_enabled(f.d, DIAG_RACE));
    end(&f);
    f = read_line("- --format sarif --serial --explain --color=always");
    assert_int_equal(f.action, OPTIONS_RUN);
    assert_string_equal(f.o.input, "-");
    assert_string_equal(f.o.output, "-");
    assert_int_equal(f.o.format, DIAG_SARIF);
    assert_int_equal(f.o.color, DIAG_COLOR_ALWAYS);
    assert_true(f.o.serial && f.o.explain);
    end(&f);
}

static void usage_errors(void **state)
{
    static const char *const lines[] = {
        "",
        "a.c b.c",
        "a.c -o",
        "a.c -o -- -O2",
        "a.c --no-such-option",
        "a.c -O2",
        "a.c -Wall",
        "a.c --format=xml",
        "a.c --color=blue",
        "a.c --check --serial",
        "a.c -MD",
        "a.c -MF x.d",
        "a.c -MP -o b.c",
    };
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        fixture f = read_line(lines[i]);
        if (f.action != OPTIONS_EXIT || f.o.status != 2)
            fail_msg("'%s' was taken", lines[i]);
        end(&f);
    }
}

static void depfile_names(void **state)
{
    fixture f = read_line("a.c -o out.dir/b.gen.c -MD");
    (void)state;
    assert_string_equal(f.o.depend_file, "out.dir/b.gen.d");
    assert_string_equal(f.o.depend_target, "out.dir/b.gen.c");
    assert_true(f.o.depend_system);
    end(&f);
    f = read_line("a.c -o b.c -MMD -MF x.d -MT $(T) -MQ $#y");
    assert_string_equal(f.o.depend_file, "x.d");
    assert_string_equal(f.o.depend_target, "$(T) $$\\#y");
    assert_false(f.o.depend_system);
    end(&f);
}

static void depfile_contents(void **state)
{
    fixture f = read_line("a.c -o b.c -MD -MP");
    const char *files[] = {"a.c", "in c/$x.h", "a.c", "h#.h",
                           "a/very/long/name/that/does/not/fit/on/the/line/with/the/others.h"};
    str out = {0};
    (void)state;
    options_depfile(&f.o, &out, files, 5);
    assert_string_equal(
        out.data,
        "b.c: a.c in\\ c/$$x.h h\\#.h \\\n"
        " a/very/long/name/that/does/not/fit/on/the/line/with/the/others.h\n"
        "in\\ c/$$x.h:\n"
        "h\\#.h:\n"
        "a/very/long/name/that/does/not/fit/on/the/line/with/the/others.h:\n");
    str_free(&out);
    end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_use),
        cmocka_unit_test(usage_errors),
        cmocka_unit_test(depfile_names),
        cmocka_unit_test(depfile_contents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
