"""Random control flow over handles, checked against what really happens on its paths.

    paths.py FACTS INCLUDE CC COUNT [SEED]

Each program is written twice, line by line: with Tine's words, for the check (FACTS prints what it
claims), and with a simulation of the handles, which is compiled and run many times with random
conditions. Then no run may contradict a claim:

    an error                 the handle had no task there, in every run
    not may_be_unspawned     the handle had a task there, in every run
    is_lifo                  its task was the last one, with no hole below
    not read_after           nobody looked at the handle until it was spawned again
    not spawned_at_exit      it had no task when its scope was left
    not may_be_spawned       it had no task when it was assigned
"""

import json
import os
import random
import subprocess
import sys
import tempfile

SIMULATION = r"""
#include <stdio.h>
#include <stdlib.h>
enum { EMPTY, SPAWNED, SYNCED, MOVED, LINES = 4000 };
struct handle { int state, line, slot, synced_at; };
static unsigned seen[LINES], disordered[LINES], read_later[LINES], left[LINES], overwritten[LINES];
static int steps, top;
static char stack[100000]; /* 1: a task, 2: a hole */
static int on_stack(int line);
static void step(void) { if (++steps > 300) exit(0); }
static int cond(void) { step(); return rand() >> 7 & 1; }
static void look(struct handle *h) { step(); if (h->synced_at) read_later[h->synced_at] = 1; }
static int take(struct handle *h)
{
    if (!on_stack(h->line))
        return 0;
    int slot = h->slot, last = slot == top - 1 && (top < 2 || stack[top - 2] != 2);
    if (slot == top - 1) {
        top--;
        while (top > 0 && stack[top - 1] == 2)
            top--;
    } else {
        stack[slot] = 2;
    }
    return last;
}
static void on_spawn(struct handle *h, int line)
{
    step();
    if (h->state == SPAWNED) {
        overwritten[line] = 1;
        take(h);
    }
    h->state = SPAWNED;
    h->synced_at = 0;
    if (on_stack(h->line)) {
        h->slot = top;
        stack[top++] = 1;
    }
}
static int on_sync(struct handle *h, int line)
{
    seen[line] |= 1u << h->state;
    look(h);
    if (h->state == SPAWNED && !take(h))
        disordered[line] = 1;
    h->state = SYNCED;
    h->synced_at = line;
    return 1;
}
static int on_move(struct handle *h, int line)
{
    seen[line] |= 1u << h->state;
    look(h);
    h->state = MOVED;
    h->synced_at = 0;
    return 1;
}
static int on_ready(struct handle *h, int line) { seen[line] |= 1u << h->state; look(h); return 1; }
static int on_ask(struct handle *h) { look(h); return h->state == SPAWNED; }
static void on_exit_of(struct handle *h)
{
    if (h->state == SPAWNED) {
        left[h->line] = 1;
        take(h);
    }
}
#define HANDLE(name, at) __attribute__((cleanup(on_exit_of))) struct handle name = {0, at, 0, 0}
static void print(void)
{
    for (int i = 0; i < LINES; i++)
        if (seen[i] || disordered[i] || read_later[i] || left[i] || overwritten[i])
            printf("%d %u %u %u %u %u\n", i, seen[i], disordered[i], read_later[i], left[i],
                   overwritten[i]);
}
static void program(void);
int main(int argc, char **argv)
{
    srand((unsigned)atoi(argv[argc - 1]));
    atexit(print);
    program();
}
"""

HEADER = "#include <tine.h>\nint f(int);\nint cond(void);\nvoid give(flowvar(int) x);\n"


class Program:
    def __init__(self, rng):
        self.rng = rng
        self.tine, self.sim = HEADER.split("\n")[:-1], [""] * 4
        self.moves = rng.random() < 0.4
        self.labels, self.names, self.count = [], [], 0

    def add(self, tine, sim):
        self.tine.append(tine)
        self.sim.append(sim)

    def line(self):
        return len(self.tine) + 1

    def both(self, text):
        self.add(text, text)

    def declare(self, scope):
        name = "h%d" % self.count
        self.count += 1
        if self.rng.random() < 0.5:
            self.add("flowvar(int) %s;" % name, "HANDLE(%s, %d);" % (name, self.line()))
        else:
            line = self.line()
            self.add("flowvar(int) %s = spawn f(1);" % name,
                     "HANDLE(%s, %d); on_spawn(&%s, %d);" % (name, line, name, line))
        scope.append(name)

    def operation(self, names):
        name, line = self.rng.choice(names), self.line()
        kind = self.rng.random()
        if kind < 0.42:
            self.add("%s = spawn f(2);" % name, "on_spawn(&%s, %d);" % (name, line))
        elif kind < 0.85 or not self.moves:
            self.add("sync(%s);" % name, "on_sync(&%s, %d);" % (name, line))
        elif kind < 0.93:
            self.add("give(flowvar_move(%s));" % name, "on_move(&%s, %d);" % (name, line))
        else:
            self.add("is_ready(%s);" % name, "on_ready(&%s, %d);" % (name, line))

    def condition(self, names):
        """A condition as (tine, simulation)."""
        kind, name, line = self.rng.random(), self.rng.choice(names), self.line()
        if kind < 0.6:
            return "cond()", "cond()"
        if kind < 0.7:
            return "is_spawned(%s)" % name, "on_ask(&%s)" % name
        if kind < 0.8:
            return "!is_spawned(%s)" % name, "!on_ask(&%s)" % name
        if kind < 0.9:
            return ("cond() && (sync(%s), cond())" % name,
                    "cond() && (on_sync(&%s, %d), cond())" % (name, line))
        return ("cond() || (sync(%s), cond())" % name,
                "cond() || (on_sync(&%s, %d), cond())" % (name, line))

    def head(self, form, names):
        tine, sim = self.condition(names)
        self.add(form % tine, form % sim)

    def block(self, names, depth, loop, switch):
        scope = list(names)
        for _ in range(self.rng.randint(1, 4)):
            self.statement(scope, depth, loop, switch)

    def statement(self, names, depth, loop, switch):
        kind = self.rng.random()
        if depth <= 0 or kind < 0.45:
            self.operation(names)
        elif kind < 0.52:
            self.declare(names)
        elif kind < 0.68:
            self.head("if (%s) {", names)
            self.block(names, depth - 1, loop, switch)
            if self.rng.random() < 0.6:
                self.both("} else {")
                self.block(names, depth - 1, loop, switch)
            self.both("}")
        elif kind < 0.76:
            self.head(self.rng.choice(["while (%s) {", "for (; %s; ) {"]), names)
            self.block(names, depth - 1, True, False)
            self.both("}")
        elif kind < 0.81:
            self.both("do {")
            self.block(names, depth - 1, True, False)
            self.head("} while (%s);", names)
        elif kind < 0.86:
            self.both("switch (cond() + cond()) {")
            for value in range(3):
                if self.rng.random() < 0.8:
                    self.both("case %d: {" % value if self.rng.random() < 0.7 or value < 2
                              else "default: {")
                    self.block(names, depth - 1, loop, True)
                    self.both("}")
                    if self.rng.random() < 0.5:
                        self.both("break;")
            self.both("}")
        elif kind < 0.90 and (loop or switch):
            self.both("if (cond()) break;")
        elif kind < 0.93 and loop:
            self.both("if (cond()) continue;")
        elif kind < 0.96 and self.labels:
            self.both("if (cond()) goto %s;" % self.rng.choice(self.labels))
        elif kind < 0.97:
            self.both("if (cond()) return;")
        elif kind < 0.985:
            name, line = self.rng.choice(names), self.line()
            self.add("cond() ? (void)sync(%s) : (void)0;" % name,
                     "cond() ? (void)on_sync(&%s, %d) : (void)0;" % (name, line))
        else:
            self.both("({")
            self.block(names, depth - 1, False, False)
            self.both("});")

    def make(self):
        names = []
        self.add("static void program(void)", "static void program(void)")
        self.both("{")
        for _ in range(self.rng.randint(1, 3)):
            self.declare(names)
        if self.rng.random() < 0.5:
            self.labels = ["l%d" % i for i in range(2)]
        for part in range(3):
            for _ in range(self.rng.randint(1, 3)):
                self.statement_without_declaration(names)
            if part < len(self.labels):
                self.both("l%d:;" % part)
        self.both("}")
        self.add("void (*use)(void) = program;", "")

    def statement_without_declaration(self, names):
        # A goto must not jump past a declaration: those of the function's own block come first.
        known = list(names)
        self.both("{")
        self.statement(known, 3, False, False)
        self.both("}")


def facts_of(tool, include, path):
    run = subprocess.run([tool, path, "-o", "-", "--", "-isystem", include],
                         capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit("%s: status %d\n%s" % (path, run.returncode, run.stderr))
    facts = {"variable": {}, "sync": {}, "spawn": {}}
    for text in run.stdout.split("\n"):
        words = text.split()
        if len(words) > 2 and words[0] == "variable":
            facts["variable"].setdefault(int(words[1]), []).append(
                (words[2], int(words[3]), int(words[4])))
        elif words:
            facts[words[0]].setdefault(int(words[1]), []).append([int(w) for w in words[2:]])
    found = json.loads(run.stderr)["diagnostics"]
    errors = [(d["line"], d["message"]) for d in found if d["severity"] == "error"]
    return facts, errors


def simulate(cc, path, program, facts, runs):
    binary = path + ".sim"
    source = path + ".sim.c"
    with open(source, "w") as out:
        out.write(SIMULATION + "\n".join(program.sim) + "\n")
        out.write("static int on_stack(int line)\n{\n    switch (line) {\n")
        for line, rows in facts["variable"].items():
            out.write("    case %d: return %d;\n" % (line, rows[0][2]))
        out.write("    }\n    return 0;\n}\n")
    subprocess.run([cc, "-w", "-O1", "-o", binary, source], check=True)
    seen = {}
    for seed in range(runs):
        text = subprocess.run([binary, str(seed)], capture_output=True, text=True, check=True,
                              timeout=60)
        for row in text.stdout.split("\n"):
            if row:
                line, *flags = map(int, row.split())
                old = seen.setdefault(line, [0] * 5)
                seen[line] = [a | b for a, b in zip(old, flags)]
    return seen


def compare(program, facts, errors, seen):
    """Claims that a run contradicts, and how many facts were weaker than what was seen."""
    wrong, weak = [], 0
    spawned = 2
    for line, message in errors:
        if seen.get(line, [0])[0] & spawned:
            wrong.append("line %d: %s" % (line, message))
    exits = {}
    for line, rows in facts["variable"].items():
        for name, at_exit, _ in rows:
            exits[line] = at_exit
            if seen.get(line, [0] * 5)[3] and not at_exit:
                wrong.append("line %d: %s is spawned at exit" % (line, name))
            weak += at_exit and not seen.get(line, [0] * 5)[3]
    for line, rows in facts["sync"].items():
        states, disordered, read_later = seen.get(line, [0] * 5)[:3]
        for unspawned, lifo, read_after in rows:
            if not unspawned and states & ~spawned:
                wrong.append("line %d: not spawned" % line)
            if lifo and disordered:
                wrong.append("line %d: not the last" % line)
            if not read_after and read_later:
                wrong.append("line %d: read later" % line)
            if states:
                weak += unspawned and not states & ~spawned
                error = any(at == line for at, _ in errors)
                weak += not error and states & spawned == 0
    for line, rows in facts["spawn"].items():
        for row in rows:
            if not row[0] and seen.get(line, [0] * 5)[4]:
                wrong.append("line %d: old task" % line)
    return wrong, weak


def main():
    tool, include, cc, count = sys.argv[1:5]
    first = int(sys.argv[5]) if len(sys.argv) > 5 else 1
    failed = weak = claims = 0
    with tempfile.TemporaryDirectory() as directory:
        for seed in range(first, first + int(count)):
            program = Program(random.Random(seed))
            program.make()
            path = os.path.join(directory, "p%d.c" % seed)
            with open(path, "w") as out:
                out.write("\n".join(program.tine) + "\n")
            facts, errors = facts_of(tool, include, path)
            wrong, less = compare(program, facts, errors, simulate(cc, path, program, facts, 60))
            weak += less
            claims += len(errors) + sum(len(v) for v in facts["sync"].values())
            if wrong:
                failed += 1
                print("seed %d:\n  %s" % (seed, "\n  ".join(wrong)))
                for number, text in enumerate(program.tine, 1):
                    print("%4d %s" % (number, text))
    print("%s programs, %d with a wrong claim; %d claims, %d weaker than what was seen"
          % (count, failed, claims, weak))
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
