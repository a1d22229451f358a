"""Runs what a Markdown page shows of gdb.

    page.py PAGE TINECC SCRIPT

```c blocks that begin with a comment holding a file name are compiled with -g. ```gdb blocks are
dialogues: "$ VARIABLE=VALUE gdb PROGRAM", then "(gdb) COMMAND" and what it prints, where "..." stands
for anything. Exit status 77: no gdb that can run a program.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile


def blocks(page):
    with open(page, encoding="utf-8") as text:
        yield from re.findall(r"^```(\w+)\n(.*?)^```$", text.read(), re.M | re.S)


def pattern(expected):
    return "".join(".*" if part == "..." else re.escape(part)
                   for part in re.split(r"(\.\.\.)", expected.strip("\n")))


def dialogue(body, script):
    head, *rest = re.split(r"^\(gdb\) ", body, flags=re.M)
    words = head[2:].split()
    settings = dict(word.split("=") for word in words if "=" in word)
    command = ["gdb", "-batch", "-nx", "-iex", "set auto-load no", "-iex", "set width 0",
               "-x", script]
    for step in rest:
        command += ["-ex", r"echo \n==\n", "-ex", step.split("\n")[0]]
    done = subprocess.run(command + [words[-1]], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          env=dict(os.environ, DEBUGINFOD_URLS="", **settings), text=True,
                          timeout=120)
    parts = done.stdout.split("\n==\n")[1:]
    failures = 0
    for step, got in zip(rest, parts + [""] * len(rest)):
        said, _, expected = step.partition("\n")
        if not re.fullmatch(pattern(expected), got.strip("\n"), re.S):
            print(f"(gdb) {said}\nprinted\n{got}\nand not\n{expected}")
            failures += 1
    return failures


def main():
    page, tinecc, script = (os.path.abspath(argument) for argument in sys.argv[1:])
    can = shutil.which("gdb") and subprocess.run(
        ["gdb", "-batch", "-nx", "-ex", "run", "/bin/true"], stdout=subprocess.PIPE, text=True,
        stderr=subprocess.STDOUT, timeout=60).stdout
    if not can or "exited normally" not in can:
        sys.exit(77)
    failures = dialogues = 0
    with tempfile.TemporaryDirectory() as work:
        os.chdir(work)
        for kind, body in blocks(page):
            name = re.match(r"/\* (\S+)\.c \*/\n", body)
            if kind == "c" and name:
                with open(name.group(1) + ".c", "w", encoding="utf-8") as out:
                    out.write(body)
                subprocess.run([tinecc, "-Wall", "-Wextra", "-g", name.group(1) + ".c", "-o",
                                name.group(1)], check=True, timeout=120)
            elif kind == "gdb":
                dialogues += 1
                failures += dialogue(body, script)
    sys.exit(1 if failures or not dialogues else 0)


main()
