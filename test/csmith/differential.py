"""Differential test: random programs from csmith, whose calls are turned into spawn and sync.

    differential.py BUILD CC CSMITH_INCLUDE [--count N] [--seed S] [--keep DIR] [FLAG...]

Every program is run untouched, translated (on one worker and on several) and with `tine --serial`, and
must print the same checksum each time. A call f(a) becomes one of

    ({ flowvar(T) v = spawn f(a); sync(v); })               a local flowvar
    sync(start_f(a))                                        one that a function returns
    ({ struct hold_f s; s.v = spawn f(a); sync(s.v); })     one that lives in a struct
    ({ flowvar(T) v[2] = {spawn f(a)}; sync(v[0]); })       one of an array

so nothing runs beside the task, and the program's shared state stays as serial as it was.
"""

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile

PROTOTYPE = re.compile(r"^static (.+?)\s*\b(func_\d+)\((.*)\);$", re.M)
OPTIONS = ["--max-funcs", "6", "--max-block-depth", "3", "--max-expr-complexity", "6", "--no-argc",
           "--max-array-dim", "2", "--max-array-len-per-dim", "5"]


def closing(text, at):
    """The offset of the parenthesis that closes the one at offset at."""
    depth = 0
    for i in range(at, len(text)):
        depth += {"(": 1, ")": -1}.get(text[i], 0)
        if depth == 0:
            return i
    raise ValueError("unbalanced")


def parameters(text):
    """The names in a parameter list."""
    if text.strip() in ("", "void"):
        return []
    return [re.search(r"(\w+)(?:\[[^]]*\])*$", part.strip()).group(1) for part in text.split(",")]


class Rewriter:
    def __init__(self, source, seed):
        self.random = random.Random(seed)
        self.types = {}
        self.starters = []
        self.count = 0
        self.source = source

    def spawn(self, name, arguments):
        """The expression in place of a call."""
        kind = self.types[name]
        self.count += 1
        form = self.random.randrange(5)
        call = f"{name}({arguments})"
        v = f"tine_v{self.count}"
        if form == 0:
            return call
        if form == 1:
            return f"sync(start_{name}({arguments}))"
        if form == 2:
            return f"({{ flowvar({kind}) {v} = spawn {call}; sync({v}); }})"
        if form == 3:
            # not static: the function may be called again by its own task
            return f"({{ struct hold_{name} {v}; {v}.v = spawn {call}; sync({v}.v); }})"
        return f"({{ flowvar({kind}) {v}[2] = {{spawn {call}}}; sync({v}[0]); }})"

    def calls(self, text):
        """text with its calls rewritten, the inner ones first."""
        out, at = [], 0
        for match in iter(lambda: re.compile(r"\b(func_\d+)\(").search(text, at), None):
            end = closing(text, match.end() - 1)
            out.append(text[at:match.start()])
            out.append(self.spawn(match.group(1), self.calls(text[match.end():end])))
            at = end + 1
        return "".join(out) + text[at:]

    def run(self):
        for kind, name, params in PROTOTYPE.findall(self.source):
            self.types[name] = kind.replace("inline ", "")
            names = parameters(params)
            if kind != "void":
                self.starters.append(f"struct hold_{name} {{\n    flowvar({self.types[name]}) v;\n}};")
                self.starters.append(f"static flowvar({self.types[name]}) start_{name}({params})\n"
                                     f"{{\n    return spawn {name}({', '.join(names)});\n}}\n")
        lines, body = self.source.split("\n"), []
        last = max(i for i, line in enumerate(lines) if PROTOTYPE.match(line)) if self.types else 0
        for i, line in enumerate(lines):
            heading = re.match(r"static .*\bfunc_\d+\(.*\)$", line)
            plain = i <= last or heading or line.lstrip().startswith(("/*", "*", "#"))
            body.append(line if plain else self.calls(line))
            if i == last:
                body.extend(self.starters)
        return "#include <tine.h>\n" + "\n".join(body)


def run(command, timeout=30, **environment):
    env = dict(os.environ, **environment)
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=env,
                              timeout=timeout)
    except subprocess.TimeoutExpired:
        return None, b"timed out"
    return done.returncode, done.stdout


def compile_and_run(cc, flags, source, link, timeout, **environment):
    status, printed = run([cc, "-w", "-O1", *flags, source, *link, "-o", "program"], 120)
    if status != 0:
        return None, printed
    return run(["./program"], timeout, **environment)


def check_program(options, seed):
    """None: as it should be; False: skipped; else what went wrong."""
    build = options.build
    include = [f"-I{options.csmith_include}", f"-I{build}/include"]
    tine, library = f"{build}/bin/tine", [f"{build}/lib/libtine.a", "-pthread", *options.flags]
    status, plain = run(["csmith", "--seed", str(seed), *OPTIONS])
    if status != 0:
        return False
    with open("plain.c", "wb") as out:
        out.write(plain)
    status, expected = compile_and_run(options.cc, include, "plain.c", options.flags, 2)
    if status is None:
        return False  # too slow, or no program at all
    with open("words.c", "w", encoding="utf-8") as out:
        out.write(Rewriter(plain.decode(), seed).run())
    for form in ([], ["--serial"]):
        status, printed = run([tine, "words.c", "-o", "out.c", *form, "--", "-w", *include], 120)
        if status != 0:
            return f"tine {' '.join(form)} gave {status}\n{printed.decode()[:3000]}"
        for workers in (["1", "3"] if not form else ["1"]):
            status, printed = compile_and_run(options.cc, include + options.flags, "out.c", library, 60,
                                              TINE_WORKERS=workers)
            if (status, printed) != (0, expected):
                return f"{form} on {workers}: {status}, {printed[:3000]!r} instead of {expected!r}"
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("cc")
    parser.add_argument("csmith_include")
    parser.add_argument("--count", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", help="where the programs that fail are kept")
    parser.add_argument("flags", nargs="*")
    options = parser.parse_args()
    options.build = os.path.abspath(options.build)
    keep = options.keep and os.path.abspath(options.keep)
    failures = skipped = 0
    with tempfile.TemporaryDirectory() as work:
        os.chdir(work)
        for seed in range(options.seed, options.seed + options.count):
            wrong = check_program(options, seed)
            skipped += wrong is False
            if wrong:
                failures += 1
                print(f"seed {seed}: {wrong}", flush=True)
                if keep:
                    os.makedirs(keep, exist_ok=True)
                    os.replace("words.c", os.path.join(keep, f"{seed}.c"))
    print(f"{options.count - skipped} programs, {skipped} skipped, {failures} failed")
    sys.exit(failures != 0)


main()
