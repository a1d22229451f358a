"""Translates files with odd bytes and checks what comes out.

    fidelity.py BUILD GCC CLANG [FLAG...]

unchanged: a file without Tine words must come out as it is.
kept: every line without a Tine word and without a brace is in the output byte for byte, in order; the
output compiles without a warning under both compilers, and the program prints what is expected.
"""

import os
import subprocess
import sys
import tempfile

BOM = b"\xef\xbb\xbf"
F = b"static int f(int n) { return n; }\n"
MAIN = b"int main(void) { return a() == 1 ? 0 : 1; }\n"
BODY = b"    flowvar(int) x = spawn f(1);\n    return sync(x);\n"

UNCHANGED = {
    "no_words": b"#include <tine.h>\nint a;\n",
    "crlf": b"#include <tine.h>\r\nint a; \t\r\n\r\n",
    "bom": BOM + b"int a;",
    "no_newline": b"int a; /* spawn */",
    "old_sync": b"#include <unistd.h>\nvoid a(void) { sync(); }\n",
    "spawn_of_others": b"int spawn(int sync) { return sync; }\n",
    "latin1": b"/* \xe4 */ int a;\n",
    "empty": b"",
}

# name: (text, flags, what it prints)
KEPT = {
    "crlf": (b"#include <tine.h>\n" + F + b"static int a(void)\n{\n" + BODY + b"}\n" + MAIN, [], b""),
    "bom": (BOM + b"#include <tine.h>\n" + F + b"static int a(void)\n{\n" + BODY + b"}\n" + MAIN,
            [], b""),
    "no_newline": (b"#include <tine.h>\n" + F + b"static int a(void);\n" + MAIN
                   + b"static int a(void)\n{\n" + BODY + b"}", [], b""),
    "comment_at_end": (b"#include <tine.h>\n" + F + b"static int a(void)\n{\n" + BODY + b"}\n" + MAIN
                       + b"// no newline", [], b""),
    "splices": (b"#include <tine.h>\n" + F + b"static int a(void)\n{\n    flowvar(int) x = sp\\\nawn"
                b" f(1);\n    return sy\\\nnc(x);\n}\n" + MAIN, [], b""),
    "trigraphs": (b"#include <tine.h>\n" + F + b"static int a(void)\n??<\n    flowvar(int) x = sp??/\n"
                  b"awn f(1);\n    return sync(x);\n}\n" + MAIN, ["-std=c11", "-Wno-trigraphs"], b""),
    "digraphs": (b"%:include <tine.h>\n" + F + b"static int a(void)\n<%\n" + BODY + b"%>\n" + MAIN, [],
                 b""),
    "utf8": (b"#include <tine.h>\nstatic int f\xc3\xa4(int n) { return n; }\nstatic int a(void)\n{\n"
             b"    /* \xe2\x82\xac */ flowvar(int) \xc3\xb6 = spawn f\xc3\xa4(1);\n"
             b"    return sync(\xc3\xb6);\n}\n" + MAIN, [], b""),
    "latin1_comment": (b"#include <tine.h>\n/* \xe4\xf6\xfc */\n" + F + b"static int a(void)\n{\n" + BODY
                       + b"}\n" + MAIN, [], b""),
    "tabs_and_blanks": (b"#include <tine.h>\n" + F + b"static int a(void)\n{ \t\n" + BODY + b" \t }\n"
                        + MAIN, [], b""),
    "form_feed": (b"#include <tine.h>\n" + F + b"\x0c\nstatic int a(void)\n{\n" + BODY + b"}\n" + MAIN,
                  [], b""),
    "lines": (b"""#include <stdio.h>
#include <tine.h>
static int f(int n) { return n; }
static int a(void)
{
    flowvar(int) x = spawn f(
        __LINE__), y =
        spawn f(__LINE__);
    printf("%d %d %d %s %s\\n", __LINE__, sync(x), sync(y), __FILE__, __func__);
    return 1;
}
""" + MAIN, [], b"9 7 8 lines.c a\n"),
    "counter": (b"""#include <stdio.h>
#include <tine.h>
static int f(int n) { return n; }
static int a(void)
{
    int before = __COUNTER__;
    flowvar(int) x = spawn f(__COUNTER__);
    int between = __COUNTER__, task = sync(x);
    printf("%d %d %d %d\\n", before, task, between, __COUNTER__);
    return 1;
}
""" + MAIN, [], b"0 1 2 3\n"),
    "if_zero": (b"""#include <stdio.h>
#include <tine.h>
static int f(int n) { return n; }
static int a(void)
{
#if 0
    this is spawn f(1); not C
#endif
    flowvar(int) x = spawn f(1);
#ifdef NEVER
    sync(
#endif
    return sync(x);
}
""" + MAIN, [], b""),
    "x_macro": (b"""#include <stdio.h>
#include <tine.h>
#define LIST X(one) X(two)
#define X(n) static int n(void) { return __LINE__; }
LIST
#undef X
static int a(void)
{
    int sum = 0;
#define X(n) flowvar(int) v_##n = spawn n();
    LIST
#undef X
#define X(n) sum = sum * 10 + sync(v_##n);
    LIST
    printf("%d %d\\n", sum, __LINE__);
    return 1;
}
""" + MAIN, [], b"55 15\n"),
    "include_in_function": (b"""#include <stdio.h>
#include <tine.h>
static int f(int n) { return n; }
static int a(void)
{
#include "body.inc"
    printf("%d %d %s\\n", sync(x), __LINE__, __FILE__);
    return 1;
}
""" + MAIN, [], b"1 7 include_in_function.c\n"),
    "line_directive": (b"""#include <stdio.h>
#include <tine.h>
static int f(int n) { return n; }
#line 100 "gram.y"
static int a(void)
{
    flowvar(int) x = spawn f(__LINE__);
    printf("%d %d %s\\n", sync(x), __LINE__, __FILE__);
    return 1;
}
""" + MAIN, [], b"102 103 gram.y\n"),
}
KEPT["crlf"] = (KEPT["crlf"][0].replace(b"\n", b"\r\n"), [], b"")


def run(command, **more):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120, **more)


def check_unchanged(tine, include, name, text):
    with open(name + ".c", "wb") as out:
        out.write(text)
    done = run([tine, name + ".c", "-o", "out.c", "--", "-I" + include])
    with open("out.c", "rb") as got:
        if done.returncode != 0 or got.read() != text:
            return f"was changed\n{done.stdout.decode()}"
    return None


def changeable(line):
    """A line that the translator may touch: it has a word, a brace, or a part of a spliced word."""
    words = (b"spawn", b"sync", b"flowvar", b"{", b"}", b"??", b"y =", b"%>", b"<%", b"awn", b"nc(", b"sp\\",
             b"sy\\", b"X(", b"LIST", b"#include \"body", b"int a(void)", b"int f(")
    return any(word in line for word in words)


def lines_lost(text, output):
    at, lines = 0, output.removeprefix(BOM).split(b"\n")
    for line in text.removeprefix(BOM).split(b"\n"):
        if line and not changeable(line):
            while at < len(lines) and lines[at] != line:
                at += 1
            if at == len(lines):
                return line
    return None


def check_kept(build, compilers, extra, name, text, flags, expected):
    include = os.path.join(build, "include")
    with open(name + ".c", "wb") as out:
        out.write(text)
    done = run([os.path.join(build, "bin", "tine"), name + ".c", "-o", "out.c", "--", "-I" + include,
                *flags])
    if done.returncode != 0 or done.stdout:
        return done.stdout.decode()
    with open("out.c", "rb") as got:
        output = got.read()
    if text.startswith(BOM) != output.startswith(BOM) or output.count(BOM) != text.count(BOM):
        return "the byte order mark was lost or moved"
    lost = lines_lost(text, output)
    if lost is not None:
        return f"lost the line {lost!r}"
    for compiler in compilers:
        done = run([compiler, "-Wall", "-Wextra", "-Werror", "-O2", "-I" + include, *flags, *extra,
                    "out.c", os.path.join(build, "lib", "libtine.a"), "-pthread", "-o", "program"])
        if done.returncode != 0:
            return f"{compiler}\n{done.stdout.decode()}"
        done = run(["./program"])
        if done.returncode != 0 or done.stdout != expected:
            return f"{compiler}: status {done.returncode}, printed {done.stdout!r}"
    return None


def main():
    build, gcc, clang, *extra = sys.argv[1:]
    build = os.path.abspath(build)
    compilers = [c for c in (gcc, clang) if not c.endswith("NOTFOUND")]
    failures = 0
    with tempfile.TemporaryDirectory() as work:
        os.chdir(work)
        with open("body.inc", "wb") as out:
            out.write(b"    flowvar(int) x = spawn f(__LINE__);\n")
        for name, text in UNCHANGED.items():
            wrong = check_unchanged(os.path.join(build, "bin", "tine"),
                                    os.path.join(build, "include"), name, text)
            if wrong:
                failures += 1
                print(f"unchanged {name}: {wrong}")
        for name, (text, flags, expected) in KEPT.items():
            wrong = check_kept(build, compilers, extra, name, text, flags, expected)
            if wrong:
                failures += 1
                print(f"kept {name}: {wrong}")
    sys.exit(f"{failures} failed" if failures else 0)


main()
