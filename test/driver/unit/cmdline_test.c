/* The model of a command line: what is an option, what an input, and what is asked for. */
#include "cmdline.h"
#include "files.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct cmdline c;

/* Reads a command line, its words separated by single blanks. */
static void reads(const char *line)
{
    char *argv[64] = {"tinecc"};
    int argc = 1;
    char *words = mem_copy(line, strlen(line));
    for (char *w = strtok(words, " "); w; w = strtok(NULL, " ")) argv[argc++] = w;
    memset(&c, 0, sizeof c);
    cmdline_read(&c, argc, argv);
}

/* The inputs, each as name:kind and a blank. */
static const char *inputs(void)
{
    static const char *const kinds[] = {"c", "source", "done", "other"};
    char *all = "";
    for (size_t i = 0; i < c.n; i++)
        if (c.args[i].kind == ARG_INPUT)
            all = mem_printf("%s%s:%s ", all, c.args[i].text, kinds[c.args[i].input]);
    return all;
}

static void inputs_are_told_from_values(void **state)
{
    (void)state;
    reads("a.c -I inc -D X -o out b.o -include pre.h -L lib -l m -MF d.d -Xlinker y -T s.ld c.S -");
    assert_string_equal(inputs(), "a.c:c b.o:other c.S:source -:source ");
    reads("-Iinc -DX -oout -lm -isystem /s -iquote q -U Y --param p=1 -u sym -z now a.c");
    assert_string_equal(inputs(), "a.c:c ");
    reads("-target x --sysroot /s -mllvm -x2 -Xclang -y -arch a -framework f a.c liba.a lib.so");
    assert_string_equal(inputs(), "a.c:c liba.a:other lib.so:other ");
}

/* Every option of gcc 12 and clang 14 whose value may be the next word; some of older and newer ones. */
static void values_are_no_inputs(void **state)
{
    static const char *const options[] = {"--analyzer-output", "--assert", "--config",
        "--define-macro", "--dump", "--dumpbase", "--dumpbase-ext", "--dumpdir", "--entry",
        "--force-link", "--for-assembler", "--for-linker", "--imacros", "--include",
        "--include-directory", "--include-directory-after", "--include-prefix",
        "--include-with-prefix", "--include-with-prefix-after", "--include-with-prefix-before",
        "--language", "--library-directory", "--output", "--param", "--prefix",
        "--serialize-diagnostics", "--specs", "--std", "--sysroot", "--undefine-macro", "-A", "-B",
        "-D", "-F", "-G", "-I", "-J", "-L", "-MF", "-MJ", "-MQ", "-MT", "-R", "-T", "-Tbss",
        "-Tdata", "-Ttext", "-U", "-Xanalyzer", "-Xarch_device", "-Xarch_host", "-Xarch_x86",
        "-Xassembler", "-Xclang", "-Xcuda-fatbinary", "-Xcuda-ptxas", "-Xlinker", "-Xopenmp-target",
        "-Xpreprocessor", "-arch", "-aux-info", "-b", "-ccc-gcc-name", "-ccc-install-dir",
        "-cxx-isystem", "-dependency-dot", "-dependency-file", "-dumpbase", "-dumpbase-ext",
        "-dumpdir", "-dylib_file", "-e", "-filelist", "-fmodules-user-build-path", "-force_load",
        "-framework", "-gen-cdb-fragment-path", "-h", "-idirafter", "-iframework",
        "-iframeworkwithsysroot", "-imacros", "-imultilib", "-include", "-include-pch",
        "-install_name", "-iprefix", "-iquote", "-isysroot", "-isystem", "-isystem-after",
        "-ivfsoverlay", "-iwithprefix", "-iwithprefixbefore", "-iwithsysroot", "-l", "-meabi",
        "-mllvm", "-module-dependency-dir", "-mthread-model", "-o", "-resource-dir", "-rpath",
        "-serialize-diagnostics", "-specs", "-target", "-u", "-undefined", "-working-directory",
        "-wrapper", "-x", "-z"};
    (void)state;
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        reads(mem_printf("-c %s v.c a.i", options[i]));
        if (strncmp(inputs(), "a.i:", 4)) fail_msg("%s: %s", options[i], inputs());
    }
    reads("--output b.o -c a.c");
    assert_string_equal(c.output, "b.o");
    reads("--output=b.o -c a.c");
    assert_string_equal(c.output, "b.o");
}

/* Only what is no value of an option is a program of TINE_CC or an option of ours. */
static void values_are_no_compilers(void **state)
{
    (void)state;
    setenv("TINE_CC", "env -u ls true -I ls -o env -DX", 1);
    reads("-c a.c");
    assert_int_equal(c.cc.n, 4);
    assert_string_equal(c.cc.v[3], "true");
    assert_string_equal(c.output, "env");
    assert_string_equal(c.paths.plain.v[0], "ls");
    setenv("TINE_CC", "true -T " __FILE__ " " __FILE__, 1);
    reads("-c a.c");
    assert_int_equal(c.cc.n, 1);
    setenv("TINE_CC", "true", 1);
    reads("-I --launcher -o --cc=ls -Xlinker --cc=ls -DX -c a.c");
    assert_string_equal(c.cc.v[0], "true");
    assert_string_equal(c.output, "--cc=ls");
    assert_false(c.launcher);
    unsetenv("TINE_CC");
}

static void languages_hold_until_the_next(void **state)
{
    (void)state;
    reads("a.txt -x c b.txt d.o -x none e.o e.c -xc++ f.c -xc - -x assembler g");
    assert_string_equal(inputs(), "a.txt:other b.txt:c d.o:c e.o:other e.c:c f.c:source -:c g:done ");
    assert_string_equal(c.last_lang, "assembler");
    reads("-x c a -x none");
    assert_null(c.last_lang);
    reads("a.C a.cc a.i a.h a.s a.m a.c.o .c dir.c/x");
    assert_string_equal(inputs(), "a.C:source a.cc:source a.i:done a.h:source a.s:done a.m:source "
                                  "a.c.o:other .c:c dir.c/x:other ");
}

static void headers_are_precompiled_not_linked(void **state)
{
    (void)state;
    reads("a.h -o a.h.gch");
    assert_true(c.headers_only);
    reads("-x c-header a -x c++-header b");
    assert_true(c.headers_only);
    reads("a.h b.c");
    assert_false(c.headers_only);
    reads("b.o a.h");
    assert_false(c.headers_only);
    reads("-x c a.h");
    assert_false(c.headers_only);
}

static void the_action_is_the_one_that_stops_first(void **state)
{
    (void)state;
    reads("a.c");
    assert_int_equal(c.action, ACT_LINK);
    reads("-c a.c");
    assert_int_equal(c.action, ACT_COMPILE);
    reads("-c -S a.c");
    assert_int_equal(c.action, ACT_ASSEMBLY);
    reads("-E -S -c a.c");
    assert_int_equal(c.action, ACT_PREPROCESS);
    reads("-fsyntax-only a.c");
    assert_int_equal(c.action, ACT_SYNTAX);
    reads("-MM -c a.c");
    assert_int_equal(c.action, ACT_DEPENDENCIES);
    reads("-MD -c a.c");
    assert_int_equal(c.action, ACT_COMPILE);
    assert_true(c.writes_deps);
    reads("-Wp,-MMD,x.d -c a.c");
    assert_true(c.writes_deps);
    assert_string_equal(c.dep_files.v[c.dep_files.n - 1], "x.d");
}

static void search_paths_are_kept_in_order(void **state)
{
    (void)state;
    reads("-Ia -I b -isystemc -isystem d -iquotee -iquote f -include g -includeh a.c");
    assert_string_equal(c.paths.plain.v[0], "a");
    assert_string_equal(c.paths.plain.v[1], "b");
    assert_string_equal(c.paths.system.v[0], "c");
    assert_string_equal(c.paths.system.v[1], "d");
    assert_string_equal(c.paths.quote.v[0], "e");
    assert_string_equal(c.paths.quote.v[1], "f");
    assert_string_equal(c.paths.forced.v[0], "g");
    assert_string_equal(c.paths.forced.v[1], "h");
}

static void the_modes_of_the_header_are_seen(void **state)
{
    (void)state;
    reads("-DTINE_SERIAL a.c");
    assert_true(c.serial);
    reads("-D TINE_SERIAL=1 -UTINE_SERIAL a.c");
    assert_false(c.serial);
    reads("-DTINE_SERIAL_NOT a.c");
    assert_false(c.serial);
    reads("-DTINE_ANALYSIS -D TINE_ANALYSIS=1 -DX a.c");
    assert_int_equal(c.n, 2);
    assert_string_equal(c.args[0].text, "-DX");
}

static void own_options_stay_here(void **state)
{
    (void)state;
    reads("--cc=ccache%gcc -Wtine-x -Wno-tine -Werror=tine -Xtine --explain --tine-lib=shared -Wall a.c");
    assert_int_equal(c.tine.n, 4);
    assert_string_equal(c.tine.v[3], "--explain");
    assert_int_equal(c.library, LIB_SHARED);
    assert_int_equal(c.n, 2);
    reads("--launcher=2 -Wno-tine -- ccache gcc -c a.c");
    assert_true(c.launcher);
    assert_int_equal(c.cc.n, 2);
    assert_string_equal(c.cc.v[1], "gcc");
    assert_string_equal(inputs(), "a.c:c ");
}

int main(void)
{
    unsetenv("TINE_CC");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inputs_are_told_from_values),
        cmocka_unit_test(values_are_no_inputs),
        cmocka_unit_test(values_are_no_compilers),
        cmocka_unit_test(languages_hold_until_the_next),
        cmocka_unit_test(headers_are_precompiled_not_linked),
        cmocka_unit_test(the_action_is_the_one_that_stops_first),
        cmocka_unit_test(search_paths_are_kept_in_order),
        cmocka_unit_test(the_modes_of_the_header_are_seen),
        cmocka_unit_test(own_options_stay_here),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
