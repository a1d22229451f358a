"""Compiles and runs the code blocks of a Markdown page.

    blocks.py PAGE BUILD PREFIX

```c blocks that begin with a comment holding only a file name are written under that name; with
"NAME: COMMAND" in the comment (code for other systems, also ```cpp) the command must succeed, unless
a header that the block includes is not installed. ```console
blocks run: a line "$ COMMAND", then what it prints, exactly. ```cmake blocks that begin with
cmake_minimum_required are a CMakeLists.txt: configured and built with those files, against the package
installed in PREFIX. ```diff blocks must be patches of test/ports. ```sh blocks only have to parse, and the scripts that they name must exist.
"""

import os
import re
import subprocess
import sys
import tempfile


def fail(page, line, text):
    sys.exit(f"{page}:{line}: {text}")


def blocks(page):
    with open(page, encoding="utf-8") as text:
        lines = text.read().split("\n")
    at = 0
    while at < len(lines):
        match = re.match(r"```(\w+)", lines[at])
        at += 1
        if not match:
            continue
        start = at
        while not lines[at].startswith("```"):
            at += 1
        yield match.group(1), start + 1, lines[start:at]
        at += 1


def run_console(page, line, body, env):
    at = 0
    while at < len(body):
        if not body[at].startswith("$ "):
            fail(page, line + at, "a console block holds '$ COMMAND' lines and their output")
        command, here = body[at][2:], line + at
        at += 1
        expected = []
        while at < len(body) and not body[at].startswith("$ "):
            expected.append(body[at])
            at += 1
        done = subprocess.run(["sh", "-c", command], env=env, timeout=300, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        got = done.stdout.rstrip("\n").split("\n") if done.stdout else []
        if done.returncode != 0 or got != expected:
            fail(page, here, f"'{command}' gave status {done.returncode} and\n{done.stdout}")


def run_foreign(page, line, text, name, command, env):
    for header in re.findall(r"^#include (<.*>)", text, re.M):
        if header.startswith("<tine"):
            continue
        found = subprocess.run(["c++", "-E", "-x", "c++", "-"], input=f"#include {header}\n", text=True,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)
        if found.returncode != 0:
            print(f"{page}:{line}: left out, there is no {header}")
            return
    with open(name, "w", encoding="utf-8") as out:
        out.write(text)
    if subprocess.run(["sh", "-c", command], env=env, timeout=300).returncode != 0:
        fail(page, line, f"'{command}' failed")


def main():
    page, build, prefix = (os.path.abspath(argument) for argument in sys.argv[1:])
    root = os.path.dirname(page)
    env = dict(os.environ, PATH=os.path.join(build, "bin") + ":" + os.environ["PATH"],
               TINE_INCLUDE=os.path.join(build, "include"),
               TINE_LIBRARY=os.path.join(build, "lib", "libtine.a"))
    env.pop("TINE_WORKERS", None)
    env.pop("TINE_CC", None)
    with tempfile.TemporaryDirectory() as work:
        os.chdir(work)
        for kind, line, body in blocks(page):
            text = "\n".join(body) + "\n"
            name = re.match(r"/\* (\S+\.c) \*/\n", text)
            foreign = re.match(r"/\* (\S+\.\w+): (.+) \*/\n", text)
            if kind == "c" and name:
                with open(name.group(1), "w", encoding="utf-8") as out:
                    out.write(text)
                subprocess.run(["tinecc", "-Wall", "-Wextra", "-Werror", "-fsyntax-only",
                                name.group(1)], env=env, check=True, timeout=300)
            elif kind in ("c", "cpp") and foreign:
                run_foreign(page, line, text, foreign.group(1), foreign.group(2), env)
            elif kind == "console":
                run_console(page, line, body, env)
            elif kind == "cmake" and body[0].startswith("cmake_minimum_required"):
                with open("CMakeLists.txt", "w", encoding="utf-8") as out:
                    out.write(text)
                for command in (["cmake", "-S", ".", "-B", "out", f"-DCMAKE_PREFIX_PATH={prefix}"],
                                ["cmake", "--build", "out"]):
                    subprocess.run(command, env=env, check=True, timeout=300,
                                   stdout=subprocess.DEVNULL)
            elif kind == "diff":
                patches = os.path.join(root, "..", "test", "ports")
                if not any(open(os.path.join(patches, file), encoding="utf-8").read() == text
                           for file in os.listdir(patches) if file.endswith(".patch")):
                    fail(page, line, "this is not one of the patches in test/ports, which are tested")
            elif kind == "sh":
                subprocess.run(["sh", "-n"], input=text, text=True, check=True)
                for script in re.findall(r"^(scripts/\w+)", text, re.M):
                    if not any(os.access(os.path.join(root, up, script), os.X_OK) for up in ("", "..")):
                        fail(page, line, f"there is no {script}")
            else:
                fail(page, line, f"no rule to test this '{kind}' block")


main()
