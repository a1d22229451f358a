/* The pre-scan: which texts need the translator. Headers are written to a directory of the test's own. */
#include "files.h"
#include "scan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char dir[] = "/tmp/tinecc-scan-XXXXXX";
static struct scan_paths paths;

static bool needs(const char *text)
{
    return scan_needs_tine(path_join(dir, "main.c"), text, strlen(text), &paths);
}

static void header(const char *name, const char *text)
{
    assert_true(file_write(path_join(dir, name), text, strlen(text)));
}

static int set_up(void **state)
{
    (void)state;
    if (!mkdtemp(dir) || mkdir(path_join(dir, "own"), 0700) || mkdir(path_join(dir, "sys"), 0700))
        return 1;
    words_add(&paths.plain, path_join(dir, "own"));
    words_add(&paths.system, path_join(dir, "sys"));
    header("beside.h", "#include <tine.h>\n");
    header("own/word.h", "static int f(void) { return sync(g()); }\n");
    header("own/forced.h", "#include <tine.h>\n#define RUN(call) spawn call\n");
    header("own/loop.h", "#include \"loop.h\"\n#include <loop.h>\n");
    header("sys/sys_word.h", "#define GO spawn\n");
    header("sys/sys_tine.h", "#include \"deeper.h\"\n");
    header("sys/deeper.h", "#include <tine.h>\n");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    static const char *const names[] = {"beside.h", "own/word.h", "own/loop.h", "sys/sys_word.h",
        "sys/sys_tine.h", "sys/deeper.h", "own", "sys"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) remove(path_join(dir, names[i]));
    remove(dir);
    return 0;
}

static void a_word_and_the_header_make_a_yes(void **state)
{
    (void)state;
    assert_true(needs("#include <tine.h>\nint x = sync(f);\n"));
    assert_true(needs("#include \"tine.h\"\nint f(void) { spawn g(); }"));
    assert_true(needs("#include \"some/where/tine.h\"\ntine_flowvar(int) x;"));
    assert_true(needs("#include <tine.h>\nx = tine_submit f();"));
    assert_true(needs("#include <tine.h>\n#define GO spawn\n"));
    assert_true(needs("#include \\\n  <tine.h>\nsync_all();"));
    assert_true(needs("# /* a */ include/**/<tine.h>\r\nsync_scope {}"));
    assert_true(needs("#if 0\n#include <tine.h>\n#endif\nis_ready(x)"));
    assert_true(needs("#define T <tine.h>\n#include T\nsync(x)"));
}

static void one_of_them_alone_makes_a_no(void **state)
{
    (void)state;
    assert_false(needs(""));
    assert_false(needs("int spawn, sync;"));
    assert_false(needs("#include <unistd.h>\nvoid f(void) { sync(); }"));
    assert_false(needs("#include <tine.h>\nint x;"));
    assert_false(needs("#include <tine/channel.h>\nint sync;"));
    assert_false(needs("#include <tine.h>\nint respawn, sync_, spawns, tine_, tine_syncs, x1sync;"));
}

static void comments_and_literals_do_not_count(void **state)
{
    (void)state;
    assert_false(needs("#include <tine.h>\n// spawn\n/* sync\n * spawn */ int x;"));
    assert_false(needs("#include <tine.h>\n// ends \\\nspawn\nint x;"));
    assert_false(needs("#include <tine.h>\nchar *s = \"spawn \\\" sync\", c = 'sync';"));
    assert_false(needs("/* #include <tine.h> */ int spawn;"));
    assert_false(needs("// \\\n#include <tine.h>\nint spawn;"));
    assert_false(needs("char *s = \"\\\n#include <tine.h>\\\n\"; int spawn;"));
    assert_true(needs("#include <tine.h>\nchar q = '\"'; spawn f(); char r = '\"';"));
    assert_true(needs("#include <tine.h>\nchar b = '\\\\'; spawn f();"));
    assert_true(needs("#include <tine.h>\nint x = 1 / 2; spawn f(); /**/"));
    assert_true(needs("#include <tine.h>\n#error don't\nspawn f();"));
}

static void text_may_end_anywhere(void **state)
{
    (void)state;
    static const char *const ends[] = {"/", "/*", "/* *", "//", "// \\", "\"", "\"\\", "'", "#", "# ",
        "#include", "#include ", "#include <", "#include \"x", "\\", "\\\r", "spawn", "tine_"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) assert_false(needs(ends[i]));
}

static void headers_of_the_user_count(void **state)
{
    (void)state;
    assert_true(needs("#include \"beside.h\"\nspawn f();"));
    assert_true(needs("#include <tine.h>\n#include \"word.h\"\n"));
    assert_true(needs("#include <tine.h>\n#include <word.h>\n"));
    assert_true(needs("#include \"beside.h\"\n#include \"own/word.h\"\n"));
    assert_false(needs("#include <beside.h>\nspawn f();")); /* <> does not look beside the file */
    assert_false(needs("#include \"loop.h\"\n#include \"not_there.h\"\nspawn f();"));
}

static void system_headers_bring_the_header_but_no_words(void **state)
{
    (void)state;
    assert_false(needs("#include <tine.h>\n#include <sys_word.h>\n"));
    assert_true(needs("#include <sys_tine.h>\nint f(void) { return sync(g()); }"));
    assert_false(needs("#include <sys_tine.h>\nint x;"));
}

static void forced_includes_count(void **state)
{
    (void)state;
    struct scan_paths forced = paths;
    words_add(&forced.forced, "tine.h");
    assert_true(scan_needs_tine("x.c", "spawn f();", 10, &forced));
    assert_false(scan_needs_tine("x.c", "int x;", 6, &forced));
}

static void words_in_disguise_count(void **state)
{
    (void)state;
    struct scan_paths defined = paths;
    words_add(&defined.defines, "GO=spawn");
    assert_true(scan_needs_tine("x.c", "#include <tine.h>\nGO f();", 25, &defined));
    struct scan_paths strict = paths;
    words_add(&strict.language, "-std=c11");
    const char *trigraphs = "#include <tine.h>\nint x = sy?\?/\nnc(y);";
    assert_true(scan_needs_tine("x.c", trigraphs, strlen(trigraphs), &strict));
    assert_false(needs(trigraphs));
    assert_true(needs("#include <tine.h>\nvoid g(void) { sp\\\nawn f(); }"));
    assert_true(needs("#include <tine.h>\n#define GLUE(a, b) a##b\nvoid g(void) { GLUE(spa, wn) f(); }"));
    assert_true(needs("#define X(a) sp##a\n#include <tine.h>\nvoid g(void) { X(awn) f(); }"));
    assert_false(needs("#define X(a) s##a\n#include <tine.h>\nint X(um);"));
    struct scan_paths forced = paths;
    words_add(&forced.forced, path_join(dir, "own/forced.h"));
    assert_true(scan_needs_tine("x.c", "RUN(f(1));", 10, &forced));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_in_disguise_count),
        cmocka_unit_test(a_word_and_the_header_make_a_yes),
        cmocka_unit_test(one_of_them_alone_makes_a_no),
        cmocka_unit_test(comments_and_literals_do_not_count),
        cmocka_unit_test(text_may_end_anywhere),
        cmocka_unit_test(headers_of_the_user_count),
        cmocka_unit_test(system_headers_bring_the_header_but_no_words),
        cmocka_unit_test(forced_includes_count),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down) != 0;
}
