"""Talks to clangd about a project configured with tine_enable(), as an editor does.

    clangd.py CLANGD CMAKE PREFIX PROJECT WORK

The file opens without diagnostics; hovering over a spawned function and over a handle says what
they are; completion works behind spawn, in sync( ) and for members of handle type; and an error
that is typed in comes back at its line, so that the silence before means something.
"""

import json
import os
import queue
import shutil
import subprocess
import sys
import threading

PATIENCE = 200  # seconds for an answer


class Editor:
    def __init__(self, clangd, build):
        self.server = subprocess.Popen(
            [clangd, f"--compile-commands-dir={build}", "--log=error", "-j=1", "--limit-results=0"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.messages, self.next_id = queue.Queue(), 0
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        out = self.server.stdout
        while True:
            size = 0
            while True:
                line = out.readline()
                if not line:
                    self.messages.put(None)
                    return
                if line.lower().startswith(b"content-length:"):
                    size = int(line.split(b":")[1])
                if not line.strip():
                    break
            self.messages.put(json.loads(out.read(size)))

    def send(self, method, params, **more):
        body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.server.stdin.flush()

    def wait(self, wanted):
        while True:
            try:
                message = self.messages.get(timeout=PATIENCE)
            except queue.Empty:
                sys.exit("clangd does not answer")
            if message is None:
                sys.exit("clangd has ended")
            if wanted(message):
                return message

    def ask(self, method, params):
        self.next_id += 1
        self.send(method, params, id=self.next_id)
        answer = self.wait(lambda m: m.get("id") == self.next_id and "method" not in m)
        if "error" in answer:
            sys.exit(f"{method}: {answer['error']}")
        return answer["result"]

    def diagnostics(self, uri, version):
        found = self.wait(lambda m: m.get("method") == "textDocument/publishDiagnostics"
                          and m["params"]["uri"] == uri
                          and m["params"].get("version", version) == version)
        return found["params"]["diagnostics"]


class Document:
    def __init__(self, editor, path):
        self.editor, self.version = editor, 1
        self.uri = "file://" + path
        with open(path, encoding="utf-8") as file:
            self.text = file.read()
        self.failures = 0
        editor.send("textDocument/didOpen", {"textDocument": {
            "uri": self.uri, "languageId": "c", "version": 1, "text": self.text}})

    def check(self, what, ok, got):
        if not ok:
            self.failures += 1
            print(f"{what}: got {json.dumps(got)[:600]}")

    def change(self, text):
        self.version += 1
        self.text = text
        self.editor.send("textDocument/didChange", {
            "textDocument": {"uri": self.uri, "version": self.version},
            "contentChanges": [{"text": text}]})

    def at(self, place):
        """The position of the bar in "before|behind", which stands in the text once."""
        before, _, behind = place.partition("|")
        if self.text.count(before + behind) != 1:
            sys.exit(f"{place}: not once in the text")
        offset = self.text.index(before + behind) + len(before)
        lines = self.text[:offset].split("\n")
        return {"textDocument": {"uri": self.uri},
                "position": {"line": len(lines) - 1, "character": len(lines[-1])}}

    def hover(self, place, *words):
        got = self.editor.ask("textDocument/hover", self.at(place))
        text = got["contents"]["value"] if got else ""
        self.check(f"hover at {place}", all(word in text for word in words), text)

    def completes(self, place, *labels):
        got = self.editor.ask("textDocument/completion", self.at(place))
        found = {item["label"].strip(" •").split("(")[0] for item in got["items"]}
        self.check(f"completion at {place}", set(labels) <= found, sorted(found)[:20])


def main():
    clangd, cmake, prefix, project, work = (os.path.abspath(a) if os.sep in a else a
                                            for a in sys.argv[1:])
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(project, work)
    build = os.path.join(work, "build")
    subprocess.run([cmake, "-S", work, "-B", build, f"-DCMAKE_PREFIX_PATH={prefix}"], check=True,
                   stdout=subprocess.DEVNULL, timeout=120)

    editor = Editor(clangd, build)
    editor.ask("initialize", {"processId": None, "rootUri": "file://" + work, "capabilities": {}})
    editor.send("initialized", {})
    document = Document(editor, os.path.join(work, "editor.c"))
    got = editor.diagnostics(document.uri, 1)
    document.check("diagnostics", got == [], got)

    document.hover("spawn add_num|bers(count / 2)", "add_numbers", "long", "int count",
                   "Adds up numbers")
    document.hover("sync(first_|half)", "first_half", "long", "tine_task")
    document.hover("tine_wait_for(lat|er)", "later", "long", "tine_job")
    document.hover("spa|wn note(&all, 2)", "spawn")
    document.hover("spawn note(&a|ll, 2)", "numbers")

    good = document.text
    for at_end, labels in (("spawn add_n|", ["add_numbers"]),
                           ("long l = sync(holder.|", ["pending_sum"]),
                           ("sync_s|", ["sync_scope"]), ("long l = sync(the|", ["there"]),
                           ("tine_exec|", ["tine_executor_workers", "tine_executor_free"])):
        document.change(good.replace("    sync_all();\n", "    sync_all();\n    " +
                                     at_end.replace("|", "") + ";\n"))
        document.completes("    sync_all();\n    " + at_end + ";", *labels)

    document.change(good.replace("second_half = add_numbers(", "second_half = 1 + &"))
    got = editor.diagnostics(document.uri, document.version)
    wrong = {d["range"]["start"]["line"] for d in got if d["severity"] == 1}
    document.check("an error", wrong == {16}, got)
    document.change(good)
    got = editor.diagnostics(document.uri, document.version)
    document.check("diagnostics after the error is gone", got == [], got)

    editor.ask("shutdown", None)
    editor.send("exit", None)
    editor.server.wait(timeout=PATIENCE)
    sys.exit(1 if document.failures else 0)


main()
