"""Translates an amalgamation and says what it costs beside clang -fsyntax-only of the same file.

    speed.py TINE INCLUDE CLANG [--rounds N] [--most RATIO]

The processor time of the whole process tree counts, in medians of interleaved rounds. With --most a
ratio above it fails; without, the figures are only printed, for a busy machine proves nothing.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile

LINES = 250_000


def cost(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}\n{done.stdout.decode()[:2000]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(options, kind, macros):
    here = os.path.dirname(os.path.abspath(__file__))
    with open("big.c", "wb") as out:
        subprocess.run([sys.executable, os.path.join(here, "amalgamation.py"), str(LINES), str(macros)],
                       stdout=out, check=True)
    tine, clang = [], []
    for _ in range(options.rounds):
        clang.append(cost([options.clang, "-w", "-fsyntax-only", "-DTINE_ANALYSIS",
                           "-I" + options.include, "big.c"]))
        tine.append(cost([options.tine, "big.c", "-o", "out.c", "--", "-I" + options.include]))
    ratio = statistics.median(tine) / statistics.median(clang)
    print(f"{kind}: clang {statistics.median(clang):.2f} s, tine {statistics.median(tine):.2f} s, "
          f"ratio {ratio:.2f}")
    if macros < 0:
        with open("big.c", "rb") as a, open("out.c", "rb") as b:
            if a.read() != b.read():
                sys.exit("a file without Tine words was changed")
    return ratio


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tine")
    parser.add_argument("include")
    parser.add_argument("clang")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--most", type=float)
    options = parser.parse_args()
    for name in ("tine", "include"):
        setattr(options, name, os.path.abspath(getattr(options, name)))
    with tempfile.TemporaryDirectory() as work:
        os.chdir(work)
        ratios = [measure(options, "words in place", 0), measure(options, "words in macros", 1),
                  measure(options, "no words", -1)]
    if options.most is not None and max(ratios) > options.most:
        sys.exit(f"more than {options.most}")


main()
