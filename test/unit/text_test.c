/* str, source, output: text that grows, lines, and files written whole or not at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "source.h"

static char directory[] = "/tmp/tine-text-test-XXXXXX";

static int enter_directory(void **state)
{
    (void)state;
    return mkdtemp(directory) == NULL || chdir(directory) != 0;
}

static int leave_directory(void **state)
{
    (void)state;
    char *command = mem_printf("rm -rf '%s'", directory);
    int status = system(command);
    free(command);
    return status;
}

static void strings_grow(void **state)
{
    str s = {0};
    (void)state;
    assert_string_equal(str_cstr(&s), "");
    for (int i = 0; i < 1000; i++)
        str_printf(&s, "%d,", i);
    assert_int_equal(s.len, 10 * 2 + 90 * 3 + 900 * 4);
    assert_true(str_ends(s.data, ",998,999,"));
    str_clear(&s);
    str_pad(&s, '-', 3);
    str_add(&s, "a\0b", 3);
    assert_int_equal(s.len, 6);
    assert_memory_equal(s.data, "---a\0b", 7);
    char *taken = str_take(&s);
    assert_memory_equal(taken, "---a\0b", 7);
    assert_null(s.data);
    free(taken);
    assert_true(view_eq(view_of("abc"), "abc"));
    assert_false(view_eq(view_of("ab"), "abc"));
    assert_false(str_ends("c", "abc"));
}

static source of(const char *text)
{
    source s;
    source_of_text(&s, "t", mem_strdup(text), strlen(text));
    return s;
}

static void lines_of_every_kind(void **state)
{
    source s = of("one\ntwo\r\nthree\rfour");
    (void)state;
    assert_int_equal(source_line_count(&s), 4);
    assert_int_equal(source_line(&s, 0), 1);
    assert_int_equal(source_line(&s, 3), 1); /* the newline belongs to its line */
    assert_int_equal(source_line(&s, 4), 2);
    assert_int_equal(source_column(&s, 5), 2);
    assert_int_equal(source_line(&s, s.len), 4);
    assert_true(view_eq(source_line_text(&s, 2), "two"));
    assert_true(view_eq(source_line_text(&s, 3), "three"));
    assert_true(view_eq(source_line_text(&s, 4), "four"));
    assert_int_equal(source_line_text(&s, 5).len, 0);
    assert_int_equal(source_offset(&s, 2, 2), 5);
    assert_int_equal(source_offset(&s, 2, 99), 7);
    assert_int_equal(source_offset(&s, 9, 1), s.len);
    for (size_t i = 0; i <= s.len; i++)
        if (s.text[i] != '\r' && s.text[i] != '\n')
            assert_int_equal(source_offset(&s, source_line(&s, i), source_column(&s, i)), i);
    source_free(&s);
}

static void no_text_is_one_line(void **state)
{
    source s = of("");
    (void)state;
    assert_int_equal(source_line_count(&s), 1);
    assert_int_equal(source_line(&s, 0), 1);
    source_free(&s);
    s = of("x\n");
    assert_int_equal(source_line_count(&s), 2);
    assert_int_equal(source_line(&s, 2), 2);
    source_free(&s);
}

static void reading_says_what_is_wrong(void **state)
{
    source s;
    char *error = NULL;
    (void)state;
    assert_false(source_read(&s, "missing.c", &error));
    assert_string_equal(error, "cannot read 'missing.c': No such file or directory");
    assert_null(s.text);
    free(error);
    assert_false(source_read(&s, ".", &error));
    assert_string_equal(error, "cannot read '.': Is a directory");
    free(error);
}

static void check_file(const char *path, const char *text)
{
    source s;
    char *error;
    assert_true(source_read(&s, path, &error));
    assert_string_equal(s.text, text);
    assert_int_equal(s.len, strlen(text));
    source_free(&s);
}

static size_t files_here(void)
{
    DIR *d = opendir(".");
    size_t count = 0;
    for (struct dirent *e; (e = readdir(d)) != NULL;)
        count += e->d_name[0] != '.';
    closedir(d);
    return count;
}

static bool write_one(const char *path, const char *bytes, size_t len, char **error)
{
    return source_write(&(source_output){path, bytes, len}, 1, error);
}

static void writing_replaces(void **state)
{
    char *error;
    struct stat status;
    (void)state;
    assert_true(write_one("a.c", "first", 5, &error));
    check_file("a.c", "first");
    assert_int_equal(chmod("a.c", 0640), 0);
    assert_int_equal(symlink("a.c", "link.c"), 0);
    assert_true(write_one("link.c", "second", 6, &error));
    check_file("a.c", "second");
    assert_int_equal(lstat("link.c", &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    assert_int_equal(stat("a.c", &status), 0);
    assert_int_equal(status.st_mode & 0777, 0640);
    assert_true(write_one("/dev/null", "x", 1, &error));
    assert_int_equal(files_here(), 2);
}

static void writing_fails_cleanly(void **state)
{
    char *error;
    (void)state;
    assert_false(write_one("no/such/a.c", "x", 1, &error));
    assert_string_equal(error, "cannot write 'no/such/a.c': No such file or directory");
    free(error);
    assert_false(write_one(".", "x", 1, &error));
    assert_string_equal(error, "cannot write '.': Is a directory");
    free(error);
}

/* Of two files none is changed when the other cannot be, and no temporary file stays. */
static void two_are_written_or_none(void **state)
{
    static const char *const bad[] = {"no/such/a.c", ".", "/dev/full"};
    char *error;
    (void)state;
    assert_true(write_one("two.d", "old", 3, &error));
    size_t before = files_here();
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        for (int turn = 0; turn < 4; turn++) {
            const char *other = turn < 2 ? "two.d" : "two-new.d";
            source_output files[] = {{bad[i], "x", 1}, {other, "new", 3}};
            if (turn % 2 == 1)
                files[0] = files[1], files[1] = (source_output){bad[i], "x", 1};
            assert_false(source_write(files, 2, &error));
            free(error);
            check_file("two.d", "old");
            assert_int_equal(files_here(), before);
        }
    source_output good[] = {{"two.c", "c", 1}, {"two.d", "d", 1}};
    assert_true(source_write(good, 2, &error));
    check_file("two.c", "c");
    check_file("two.d", "d");
    assert_int_equal(files_here(), before + 1);
}

/* In a child whose files may not grow: SIGXFSZ ends it half-way. */
static void a_signal_leaves_nothing(void **state)
{
    (void)state;
    char *error;
    size_t before = files_here();
    assert_true(write_one("kept.c", "old", 3, &error));
    pid_t child = fork();
    if (child == 0) {
        static char much[100000];
        struct rlimit limit = {5000, 5000};
        setrlimit(RLIMIT_FSIZE, &limit);
        write_one("kept.c", much, sizeof much, &error);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGXFSZ);
    check_file("kept.c", "old");
    assert_int_equal(files_here(), before + 1);
}

static void line_directives_are_quoted(void **state)
{
    str s = {0};
    (void)state;
    source_line_directive(&s, 7, "a \"b\"\\c.c");
    assert_string_equal(s.data, "#line 7 \"a \\\"b\\\"\\\\c.c\"\n");
    str_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_grow),
        cmocka_unit_test(lines_of_every_kind),
        cmocka_unit_test(no_text_is_one_line),
        cmocka_unit_test(reading_says_what_is_wrong),
        cmocka_unit_test(writing_replaces),
        cmocka_unit_test(writing_fails_cleanly),
        cmocka_unit_test(two_are_written_or_none),
        cmocka_unit_test(a_signal_leaves_nothing),
        cmocka_unit_test(line_directives_are_quoted),
    };
    return cmocka_run_group_tests(tests, enter_directory, leave_directory);
}
