"""Checks that what the pages refer to exists.

    links.py ROOT PAGE...

Links to files and headings of this repository; paths in backticks (`test/...`, `include/...`, and the
like); after such a path, in parentheses, words in backticks: each must stand in that file; and cases
of the runtime's tests, `runtime.NAME: CASE`.
"""

import os
import re
import sys

FOLDERS = "bench|cmake|docs|examples|include|runtime|scripts|test|translator"


def prose(page):
    """The text of a page without its code blocks."""
    with open(page, encoding="utf-8") as text:
        return re.sub(r"^```.*?^```$", "", text.read(), flags=re.M | re.S)


def anchors(page):
    found = set()
    for heading in re.findall(r"^#+ (.*)$", prose(page), re.M):
        found.add(re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-"))
    return found


def check(root, page):
    text = prose(page)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"https?:", target):
            continue
        name, _, anchor = target.partition("#")
        path = os.path.join(os.path.dirname(page), name) if name else page
        if not os.path.exists(path):
            yield f"there is no {target}"
        elif anchor and anchor not in anchors(path):
            yield f"{target}: no such heading"
    for path, cases in re.findall(rf"`((?:{FOLDERS})/[\w./*-]*)`(?:\s+\(((?:`[^`]+`(?:,\s+)?)+)\))?", text):
        full = os.path.join(root, path)
        if not os.path.exists(full):
            yield f"there is no {path}"
        elif cases:
            with open(full, encoding="utf-8") as file:
                content = file.read()
            for case in re.findall(r"`([^`]+)`", cases):
                if case not in content:
                    yield f"{path} has no {case}"
    for name, case in re.findall(r"`runtime\.(\w+):\s+([a-z]\w*)`", text):
        with open(os.path.join(root, "test", "runtime", name + ".c"), encoding="utf-8") as file:
            if f'{{"{case}"' not in file.read():
                yield f"runtime.{name} has no case {case}"


def main():
    root, failures = sys.argv[1], 0
    for page in sys.argv[2:]:
        for text in check(root, page):
            failures += 1
            print(f"{page}: {text}")
    sys.exit(1 if failures else 0)


main()
