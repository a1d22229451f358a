"""Runs the examples of docs/diagnostics.md.

    examples.py PAGE TINE INCLUDE

In each section ### tine-NAME the first ```c block must give the diagnostic NAME, and no other error; the
second one must give nothing at all. A section without blocks is only text.
"""

import json
import re
import subprocess
import sys
import tempfile


def sections(page):
    name, blocks, block = None, [], None
    with open(page, encoding="utf-8") as text:
        for line in text:
            heading = re.match(r"### (tine-\S+)$", line)
            if heading or line.startswith("## "):
                if name:
                    yield name, blocks
                name, blocks = heading and heading.group(1), []
            elif line == "```c\n":
                block = []
            elif line == "```\n" and block is not None:
                blocks.append("".join(block))
                block = None
            elif block is not None:
                block.append(line)
    if name:
        yield name, blocks


def diagnose(tine, include, code):
    with tempfile.NamedTemporaryFile("w", suffix=".c") as source:
        source.write(code)
        source.flush()
        done = subprocess.run([tine, "--check", "--format=json", source.name, "--", "-I" + include],
                              stderr=subprocess.PIPE, timeout=60)
    try:
        found = json.loads(done.stderr)["diagnostics"]
    except ValueError:
        return done.returncode, [], done.stderr.decode(errors="replace")
    return done.returncode, [d.get("name") for d in found], done.stderr.decode(errors="replace")


def main():
    page, tine, include = sys.argv[1:]
    failures = 0
    for name, blocks in sections(page):
        if len(blocks) not in (0, 2):
            sys.exit(f"{name}: {len(blocks)} examples; a wrong one and a right one are wanted")
        for wrong, code in zip((True, False), blocks):
            status, found, printed = diagnose(tine, include, code)
            expected = [name] if wrong else []
            if found != expected or (not wrong and status != 0):
                failures += 1
                print(f"{name}: the {'first' if wrong else 'second'} example gave status {status} and\n"
                      f"{printed}")
    sys.exit(f"{failures} examples failed" if failures else 0)


main()
