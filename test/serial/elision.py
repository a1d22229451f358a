"""Serial elision: every example whose tasks do not talk to each other computes the same without Tine.

    elision.py BUILD SOURCE GCC CLANG [FLAG...]

Each is run translated (on one worker and on four), from `tine --serial`, and by the header alone
(-DTINE_SERIAL) under gcc, clang and tcc; what is printed must be the same. Where a program uses what the
header alone cannot express, the compiler must say so.
"""

import os
import shutil
import subprocess
import sys
import tempfile

# name: its arguments; whether the header alone can express it
EXAMPLES = {
    "fib": (["20"], True),
    "nqueens": (["7"], False),
    "mergesort": (["20000"], False),
    "sortlines": (["lines.txt"], True),
}


def run(command, **environment):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120,
                          env=dict(os.environ, **environment))
    return done.returncode, done.stdout


def must(command, **environment):
    status, printed = run(command, **environment)
    if status != 0:
        sys.exit(f"{' '.join(command)}: status {status}\n{printed.decode(errors='replace')[:3000]}")
    return printed


def check(name, expected, printed, how):
    if printed != expected:
        sys.exit(f"{name}, {how}: printed\n{printed[:500]!r}\ninstead of\n{expected[:500]!r}")


def header_alone(name, source, build, compiler, arguments, possible, expected):
    command = [compiler, "-std=c11", "-D_GNU_SOURCE", "-DTINE_SERIAL", f"-I{build}/include", source,
               "-lm", "-o", "alone"]
    if compiler == "tcc":
        command.insert(1, "-D__builtin_prefetch(...)=((void)0)")  # which tcc does not have
    status, printed = run(command)
    if possible and status != 0:
        sys.exit(f"{name}: {' '.join(command)}\n{printed.decode(errors='replace')[:3000]}")
    if possible:
        check(name, expected, must(["./alone", *arguments]), f"-DTINE_SERIAL, {compiler}")
    elif status == 0 or b"TINE_SERIAL" not in printed:
        sys.exit(f"{name}: {compiler} should say that -DTINE_SERIAL cannot express it\n{printed!r}")


def main():
    build, source_dir, gcc, clang, *flags = sys.argv[1:]
    build = os.path.abspath(build)
    compilers = [c for c in (gcc, clang) if not c.endswith("NOTFOUND")]
    with tempfile.TemporaryDirectory() as work:
        os.chdir(work)
        with open("lines.txt", "wb") as out:
            out.write(b"".join(b"%d line\0 %d\n" % (i * 7919 % 1000, i) for i in range(5000)))
        for name, (arguments, possible) in EXAMPLES.items():
            source = os.path.join(source_dir, "examples", name + ".c")
            library = [f"{build}/lib/libtine.a", "-pthread", "-lm", *flags]
            include = f"-I{build}/include"
            must([f"{build}/bin/tine", source, "-o", "out.c", "--", "-D_GNU_SOURCE", "-O2"])
            must([gcc, "-O2", "-D_GNU_SOURCE", include, "out.c", *library, "-o", "parallel"])
            expected = must(["./parallel", *arguments], TINE_WORKERS="1")
            check(name, expected, must(["./parallel", *arguments], TINE_WORKERS="4"), "four workers")
            must([f"{build}/bin/tine", "--serial", source, "-o", "out.c", "--", "-D_GNU_SOURCE", "-O2"])
            for compiler in compilers:
                must([compiler, "-O2", "-D_GNU_SOURCE", include, *flags, "out.c", "-lm", "-o", "serial"])
                check(name, expected, must(["./serial", *arguments]), f"tine --serial, {compiler}")
            for compiler in compilers + [c for c in ("tcc",) if shutil.which(c)]:
                header_alone(name, source, build, compiler, arguments, possible, expected)


main()
