"""JSON and SARIF: well formed, complete, and the same as the text, whatever the diagnostics are.

    formats.py TINE INCLUDE

SARIF is held against the parts of its 2.1.0 schema that are used, with no other property allowed.
"""

import json
import os
import re
import subprocess
import sys
import tempfile

CASES = {
    "clean": b"#include <tine.h>\nint f(void);\nint g(void) { flowvar(int) x = spawn f(); return sync(x); }\n",
    "no_words": b"int f(void);\n",
    "syntax": b"#include <tine.h>\nint g(void) { flowvar(int) x = ; return 1 }\n",
    "notes": b"#include <tine.h>\nint f(void);\nint g(void)\n{\n    flowvar(int) x = spawn f();\n"
             b"    return sync(x) + sync(x);\n}\n",
    "warning": b"#include <tine.h>\nint f(void);\nvoid g(void)\n{\n    spawn f();\n}\n",
    "utf8": b"#include <tine.h>\nint f(void);\nvoid g(void)\n{\n    /* \xc3\xa4\xe2\x82\xac */ spawn f();\n}\n",
    "not_utf8": b"#include <tine.h>\nint f(void);\nvoid g(void)\n{\n    /* \xe4\xff */ spawn f();\n}\n",
    "quotes": b"#include <tine.h>\n#include \"no \\\"such\\\" file\\\\.h\"\nint f(void);\nvoid g(void) { spawn f(); }\n",
    "macro": b"#include <tine.h>\n#define GO(c) spawn c\nint f(void);\nvoid g(void)\n{\n    GO(f());\n    GO(1);\n}\n",
}


def run(tine, include, form, name, *more):
    done = subprocess.run([tine, "--check", "--format=" + form, *more, name, "--", "-I" + include],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
    if done.stdout:
        raise AssertionError(f"wrote to standard output: {done.stdout!r}")
    return done.returncode, done.stderr


def only(value, required, optional=()):
    missing, more = set(required) - set(value), set(value) - set(required) - set(optional)
    assert not missing and not more, f"missing {missing}, unknown {more} in {value}"


def check_json_message(message, note):
    place = ("name", "file", "line", "column", "endLine", "endColumn")
    only(message, ("severity", "message"), place if note else place + ("fixes", "notes"))
    assert message["severity"] in (("note",) if note else ("note", "warning", "error"))
    if "line" in message:
        assert message["line"] >= 1 and message["column"] >= 1 and "file" in message
    if "endLine" in message:
        assert (message["endLine"], message["endColumn"]) >= (message["line"], message["column"])
    for fix in message.get("fixes", ()):
        only(fix, ("replacement",), place)
    for inner in message.get("notes", ()):
        check_json_message(inner, True)


def check_region(region):
    only(region, ("startLine", "startColumn", "endLine", "endColumn"))
    assert min(region.values()) >= 1
    assert (region["endLine"], region["endColumn"]) >= (region["startLine"], region["startColumn"])


def check_physical(physical):
    only(physical, ("artifactLocation",), ("region",))
    only(physical["artifactLocation"], ("uri",))
    assert re.fullmatch(r"[A-Za-z0-9._~/%:-]+", physical["artifactLocation"]["uri"])
    if "region" in physical:
        check_region(physical["region"])


def check_result(result, rules):
    only(result, ("level", "message", "locations"), ("ruleId", "ruleIndex", "relatedLocations", "fixes"))
    assert result["level"] in ("note", "warning", "error")
    only(result["message"], ("text",))
    assert ("ruleId" in result) == ("ruleIndex" in result)
    if "ruleId" in result:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    for location in result["locations"]:
        only(location, ("physicalLocation",))
        check_physical(location["physicalLocation"])
    for related in result.get("relatedLocations", ()):
        only(related, ("id", "message"), ("physicalLocation",))
        if "physicalLocation" in related:
            check_physical(related["physicalLocation"])
    for fix in result.get("fixes", ()):
        for change in fix["artifactChanges"]:
            only(change, ("artifactLocation", "replacements"))
            for replacement in change["replacements"]:
                only(replacement, ("deletedRegion", "insertedContent"))
                check_region(replacement["deletedRegion"])


def check_sarif(document):
    only(document, ("$schema", "version", "runs"))
    assert document["version"] == "2.1.0" and len(document["runs"]) == 1
    one = document["runs"][0]
    only(one, ("tool", "columnKind", "results"))
    assert one["columnKind"] == "unicodeCodePoints"
    driver = one["tool"]["driver"]
    only(driver, ("name", "rules"))
    for rule in driver["rules"]:
        only(rule, ("id", "defaultConfiguration"))
    for result in one["results"]:
        check_result(result, driver["rules"])
    return one["results"]


def check_case(tine, include, name):
    status, text = run(tine, include, "text", name)
    expected = len(re.findall(rb": (?:error|warning): ", text))
    json_status, printed = run(tine, include, "json", name)
    found = json.loads(printed)
    only(found, ("version", "diagnostics"))
    for message in found["diagnostics"]:
        check_json_message(message, False)
    sarif_status, printed = run(tine, include, "sarif", name)
    results = check_sarif(json.loads(printed))
    assert status == json_status == sarif_status, (status, json_status, sarif_status)
    assert len(found["diagnostics"]) == len(results) == expected, \
        f"{expected} in the text, {len(found['diagnostics'])} in JSON, {len(results)} in SARIF\n{text}"
    for message, result in zip(found["diagnostics"], results):
        assert message["message"] == result["message"]["text"]
        assert len(message["notes"]) == len(result.get("relatedLocations", ()))


def check_explained(tine, include, name):
    """What --explain says in lines of text are notes of one document."""
    _, text = run(tine, include, "text", name, "--explain")
    lines = [line.split(": ", 1) for line in text.decode().splitlines()]
    _, printed = run(tine, include, "json", name, "--explain")
    found = json.loads(printed)["diagnostics"]
    for message in found:
        check_json_message(message, False)
        assert message["severity"] == "note"
    _, printed = run(tine, include, "sarif", name, "--explain")
    results = check_sarif(json.loads(printed))
    said = sorted(said for _, said in lines)
    assert said and said == sorted(message["message"] for message in found)
    assert said == sorted(result["message"]["text"] for result in results)
    places = sorted(f"{message['file']}:{message['line']}" for message in found)
    assert places == sorted(place for place, _ in lines), places


def main():
    tine, include = (os.path.abspath(argument) for argument in sys.argv[1:])
    failures = 0
    with tempfile.TemporaryDirectory() as work:
        os.chdir(work)
        for name, text in CASES.items():
            with open(name + " ü.c", "wb") as out:
                out.write(text)
            try:
                check_case(tine, include, name + " ü.c")
            except (AssertionError, ValueError, KeyError) as wrong:
                failures += 1
                print(f"{name}: {wrong}")
        try:
            check_explained(tine, include, "clean ü.c")
        except (AssertionError, ValueError, KeyError) as wrong:
            failures += 1
            print(f"explained: {wrong!r}")
        for name in ("missing.c",):
            try:
                check_case(tine, include, name)
            except (AssertionError, ValueError, KeyError) as wrong:
                failures += 1
                print(f"{name}: {wrong}")
    sys.exit(f"{failures} failed" if failures else 0)


main()
