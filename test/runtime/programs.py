"""Random programs of Tine's words, each against its serial elision: the same results, every task run once.

    programs.py BUILD COMPILER COUNT [--seed N] [--depth N] [--keep DIR] [-- FLAG...]

Each program is written from its seed: functions that spawn one another down to a depth, with handles in
locals, arrays, structs and on the heap, synced in any order, moved, returned, overwritten and dropped;
statement spawns inside and outside of scopes; scopes that are left by their end, break, continue, goto and
return; other executors and submitted jobs. Every call notes itself: its number, and a sum that is
the same in any order. So the last line of a run tells whether a task was lost, or ran twice, or got
other arguments. The reference is `tine --serial`, and -DTINE_SERIAL where that can express the program.
FLAG: for the compiler, e.g. the sanitizers that BUILD's library has.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile

HEAD = r"""#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tine.h>

typedef uint64_t u64;
struct pair { u64 a; int b; };
struct wide { u64 part[12]; };
typedef flowvar(u64) handle;
struct box { int tag; handle h; struct { flowvar(struct pair) inner[2]; } in; };

#define few(n) ((n) % 7 == 1)
static const u64 mixed = 12345;
static int turn = 1;
static u64 runs, sum;
static tine_executor *executors[3];

static u64 mix(u64 x)
{
    x ^= x >> 30, x *= UINT64_C(0xbf58476d1ce4e5b9);
    x ^= x >> 27, x *= UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}
static void note(u64 id, int d, u64 x)
{
    __atomic_fetch_add(&runs, 1, __ATOMIC_RELAXED);
    __atomic_fetch_add(&sum, mix(x + id * 1000 + (u64)d), __ATOMIC_RELAXED);
}
static u64 of_u(u64 x) { return x; }
static u64 of_p(struct pair p) { return mix(p.a + (u64)p.b); }
static u64 of_w(struct wide w)
{
    u64 x = 0;
    for (int i = 0; i < 12; i++)
        x = mix(x ^ w.part[i]);
    return x;
}
static struct pair to_p(u64 x) { return (struct pair){mix(x), (int)(x & 0xff)}; }
static struct wide to_w(u64 x)
{
    struct wide w;
    for (int i = 0; i < 12; i++)
        w.part[i] = mix(x + (u64)i);
    return w;
}
"""

MAIN = r"""
int main(int argc, char **argv)
{
    int depth = argc > 1 ? atoi(argv[1]) : 4;
    u64 rounds = argc > 2 ? (u64)atoi(argv[2]) : 3;
    tine_executor_config config = {.workers = 1, .name = "one"};
    executors[0] = tine_executor_new(&config);
    config.workers = 2, config.name = "two";
    executors[1] = tine_executor_new(&config);
    for (u64 i = 0; i < rounds; i++) {
        u64 result;
        ROUND
        printf("%llx %llu %llx\n", (unsigned long long)result, (unsigned long long)runs,
               (unsigned long long)sum);
    }
    tine_executor_free(executors[0]);
    tine_executor_free(executors[1]);
    return 0;
}
"""

# kind: result type, parameter type
KINDS = {"u": ("u64", "u64"), "p": ("struct pair", "struct pair"), "w": ("struct wide", "struct wide")}


class Function:
    """Writes one function: name, kind, and what it may call."""

    def __init__(self, program, kind, index):
        self.program, self.random = program, program.random
        self.kind, self.index, self.name = kind, index, f"{kind}{index}"
        self.lines, self.count, self.jumps = [], 0, 0
        self.budget = 5  # places where something is spawned: what a call costs

    def put(self, level, text):
        self.lines.append("    " * level + text)

    def fresh(self, stem):
        self.count += 1
        return f"{stem}{self.count}"

    def chance(self, n):
        return self.random.randrange(n) == 0

    def some(self):
        """A condition that depends on the arguments alone."""
        return f"(x >> {self.random.randrange(40)} & {self.random.choice([1, 1, 3])})"

    # ---- calls ------------------------------------------------------------------------------

    def number(self):
        return f"mix(x + {self.random.randrange(1, 10000)})"

    def argument(self, kind, number=None):
        number = number or self.number()
        return number if kind == "u" else f"to_{kind}({number})"

    def call(self, kind=None, number=None):
        """A call with a result, one level down, and its kind."""
        kind = kind or self.random.choice("uuuuppw")
        name = f"{kind}{self.random.randrange(self.program.of_kind[kind])}"
        return f"{name}(d - {self.random.choice([1, 1, 2])}, {self.argument(kind, number)})", kind

    def effect(self, out=None, number=None):
        """A call for its effect: on the sum, or on *out too."""
        kind = "o" if out else "c"
        name = f"{kind}{self.random.randrange(self.program.of_kind[kind])}"
        return f"{name}(d - {self.random.choice([1, 1, 2])}, {number or self.number()}{', ' + out if out else ''})"

    def spawned(self, call):
        if self.program.executors and self.chance(8):
            return f"spawn_on(executors[{self.random.randrange(3)}], {call})"
        return f"spawn {call}"

    def take(self, level, kind, expression):
        self.put(level, f"acc = mix(acc ^ of_{kind}({expression}));")

    # ---- patterns: each is whole in itself ----------------------------------------------------

    def local_array(self, level):
        a, n, (call, kind) = self.fresh("a"), self.random.randrange(2, 6), self.call(number="x + (u64)i")
        order = self.random.choice(["i", f"{n - 1} - i", f"(i + {self.random.randrange(n)}) % {n}"])
        self.put(level, f"flowvar({KINDS[kind][0]}) {a}[{n}];")
        self.put(level, f"for (int i = 0; i < {n}; i++)")
        self.put(level + 1, f"{a}[i] = {self.spawned(call)};")
        self.put(level, f"for (int i = 0; i < {n}; i++)")
        self.take(level + 1, kind, f"sync({a}[{order}])")

    def variable_array(self, level):
        """Filled whole, or in part, or left half-way: whether its loop fills it is for the translator to find out."""
        a, n, (call, kind) = self.fresh("a"), self.fresh("n"), self.call(number="x + (u64)i")
        self.put(level, "{")  # no goto may jump into its scope
        level += 1
        self.put(level, f"int {n} = 1 + (int)(x & 3);")
        self.put(level, f"flowvar({KINDS[kind][0]}) {a}[{n}];")
        if self.chance(4):
            self.put(level, f"if ({self.some()})")
            self.put(level + 1, self.result("acc"))
        first, last, step = self.random.choice([("0", n, "i++")] * 4 + [("0", n, "i += 2"), ("1", n, "++i"),
                                                                        ("0", f"{n} - 1", "i++")])
        self.put(level, f"for (int i = {first}; i < {last}; {step}) {{")
        leaving = [f"if ({self.some()} && i == 1)", "continue;", "break;", self.result("acc")]
        where = self.random.randrange(12)
        if 1 <= where <= 3:
            self.put(level + 1, leaving[0])
            self.put(level + 2, leaving[where])
        self.put(level + 1, ("if (i != 2) " if where == 4 else "") + f"{a}[i] = {self.spawned(call)};")
        if where == 5:
            self.put(level + 1, leaving[0])
            self.put(level + 2, leaving[3])
        self.put(level, "}")
        whole = (first, last, step) == ("0", n, "i++") and not 1 <= where <= 4
        if whole and self.chance(3):  # some are synced, the others dropped
            self.put(level, f"for (int i = {n}; i-- > 0;) {{")
            self.put(level + 1, f"if ({self.some()} && i == 0)")
            self.put(level + 2, self.result("acc"))
            self.take(level + 1, kind, f"sync({a}[i])")
            self.put(level, "}")
        elif whole:
            self.put(level, f"for (int i = {n}; i-- > 0;)")
            self.take(level + 1, kind, f"sync({a}[i])")
        self.put(level - 1, "}")

    def heap_array(self, level):
        a, n, (call, kind) = self.fresh("a"), self.random.randrange(1, 5), self.call(number="x - (u64)i")
        kind_of = f"flowvar({KINDS[kind][0]})"
        self.put(level, f"{kind_of} *{a} = calloc({2 * n}, sizeof *{a});")
        self.put(level, f"for (int i = 0; i < {n}; i++)")
        self.put(level + 1, f"{a}[i] = {self.spawned(call)};")
        if self.chance(2):  # moved as bytes
            self.put(level, f"{a} = realloc({a}, {4 * n} * sizeof *{a});")
        else:
            self.put(level, f"{a}[{n}] = flowvar_move({a}[0]);")
            self.put(level, f"{a}[0] = flowvar_move({a}[{n}]);")
        self.put(level, f"for (int i = {n}; i-- > 0;)")
        self.take(level + 1, kind, f"sync({a}[i])")
        self.put(level, f"free({a});")

    def in_a_struct(self, level):
        b = self.fresh("b")
        self.put(level, f"struct box {b};")
        self.put(level, f"memset(&{b}, 0, sizeof {b});")
        self.put(level, f"{b}.h = {self.spawned(self.call('u')[0])};")
        self.put(level, f"{b}.in.inner[1] = {self.spawned(self.call('p')[0])};")
        if self.chance(2):
            self.take(level, "u", f"finish_box(&{b})")
        else:
            self.take(level, "p", f"sync({b}.in.inner[1])")
            self.take(level, "u", f"sync({b}.h)")

    def handed_on(self, level):
        h = self.fresh("h")
        self.put(level, f"handle {h} = {self.spawned(self.call('u')[0])};")
        self.take(level, "u", self.random.choice([f"finish(flowvar_move({h}))", f"pass_on(flowvar_move({h}), x)"]))

    def returned(self, level):
        start = f"start{self.random.randrange(self.program.of_kind['start'])}(d - 1, {self.number()})"
        if self.chance(2):
            self.take(level, "u", f"sync({start})")
        else:
            h = self.fresh("h")
            self.put(level, f"handle {h} = {start};")
            self.some_statements(level, 1)
            self.take(level, "u", f"sync({h})")

    def polled(self, level):
        h, (call, kind) = self.fresh("h"), self.call()
        self.put(level, f"flowvar({KINDS[kind][0]}) {h} = {self.spawned(call)};")
        self.put(level, f"while (!is_ready({h}))")
        self.put(level + 1, ";")
        self.take(level, kind, f"sync({h})")

    def overwritten(self, level):
        h, (call, kind) = self.fresh("h"), self.call()
        self.put(level, f"flowvar({KINDS[kind][0]}) {h} = {self.spawned(call)};")
        self.put(level, f"{h} = {self.spawned(self.call(kind)[0])};")
        self.take(level, kind, f"sync({h})")

    def dropped(self, level):
        h, (call, kind) = self.fresh("h"), self.call()
        self.put(level, "{")
        self.put(level + 1, f"flowvar({KINDS[kind][0]}) {h} = {self.spawned(call)};")
        self.some_statements(level + 1, 1)
        self.put(level + 1, f"(void)&{h};" if self.chance(2) else ";")
        self.put(level, "}")

    def maybe_spawned(self, level):
        h, (call, kind), some = self.fresh("h"), self.call(), self.some()
        self.put(level, f"flowvar({KINDS[kind][0]}) {h};")
        self.put(level, f"if ({some})")
        self.put(level + 1, f"{h} = {self.spawned(call)};")
        self.some_statements(level, 1)
        self.put(level, f"if ({'is_spawned(' + h + ')' if not self.program.plain else some})")
        self.take(level + 1, kind, f"sync({h})")

    def nested_operand(self, level):
        inner, outer = self.fresh("h"), self.fresh("h")
        self.put(level, f"handle {inner} = {self.spawned(self.call('u')[0])};")
        self.put(level, f"handle {outer} = spawn {self.call('u', f'sync({inner})')[0]};")
        self.take(level, "u", f"sync({outer})")

    def void_handle(self, level):
        if self.program.plain:
            return
        h, out = self.fresh("h"), self.fresh("out")
        self.put(level, f"u64 {out} = 0;")
        self.put(level, f"flowvar(void) {h} = {self.spawned(self.effect('&' + out))};")
        self.some_statements(level, 1)
        self.put(level, f"sync({h});")
        self.take(level, "u", out)

    def submitted(self, level):
        job, (call, kind) = self.fresh("job"), self.call()
        self.put(level, f"tine_pending({KINDS[kind][0]}) {job} = tine_submit {call};")
        if not self.program.plain:
            self.put(level, f"if (!tine_is_submitted({job}))")
            self.put(level + 1, "abort();")
        self.take(level, kind, f"tine_wait_for({job})")

    def detached(self, level):
        for _ in range(self.random.randrange(1, 3)):
            self.put(level, f"{self.spawned(self.effect())};")

    def scope(self, level):
        out, n = self.fresh("out"), self.random.randrange(1, 5)
        on = self.program.executors and self.chance(6)
        self.put(level, f"u64 {out}[{n}] = {{0}};")
        self.put(level, "sync_scope {")
        self.put(level + 1, f"for (int i = 0; i < {n}; i++)")
        self.put(level + 2, f"{self.spawned(self.effect(f'&{out}[i]', 'x ^ (u64)i'))};")
        if on:  # inside the other one, which waits for all
            self.put(level + 1, "sync_scope_on(executors[1]) {")
            self.put(level + 2, f"spawn_on(executors[1], {self.effect()});")
            self.put(level + 1, "}")
        self.some_statements(level + 1, 2)
        leave = self.random.randrange(6)
        if leave == 0:
            self.put(level + 1, f"if ({self.some()})")
            self.put(level + 2, self.result(f"mix(acc ^ {self.random.randrange(1000)})"))
        elif leave == 1:
            self.jumps += 1
            self.put(level + 1, f"if ({self.some()})")
            self.put(level + 2, "goto out;")
        self.put(level, "}")
        self.put(level, f"for (int i = 0; i < {n}; i++)")
        self.take(level + 1, "u", f"{out}[i]")

    def scope_in_a_loop(self, level):
        out, n = self.fresh("out"), self.random.randrange(2, 5)
        leave = self.random.choice(["break", "continue"])
        self.put(level, f"u64 {out}[{n}] = {{0}};")
        self.put(level, f"for (int i = 0; i < {n}; i++) {{")
        self.put(level + 1, "sync_scope {")
        self.put(level + 2, f"{self.spawned(self.effect(f'&{out}[i]', 'x + (u64)i'))};")
        self.put(level + 2, f"if (x >> i & {self.random.choice([1, 2, 4])})")
        self.put(level + 3, f"{leave};")
        self.put(level + 2, f"{self.spawned(self.effect())};")
        self.put(level + 1, "}")
        self.take(level + 1, "u", f"{out}[i]")
        self.put(level, "}")
        self.take(level, "u", f"{out}[0]")

    def loop_over_one(self, level):
        h, (call, kind) = self.fresh("h"), self.call(number="acc")
        self.put(level, f"flowvar({KINDS[kind][0]}) {h};")
        self.put(level, f"for (int i = 0; i < {self.random.randrange(2, 4)}; i++) {{")
        self.put(level + 1, f"{h} = {self.spawned(call)};")
        if self.chance(2):
            self.put(level + 1, f"if (x >> i & 1) {{")
            self.take(level + 2, kind, f"sync({h})")
            self.put(level + 2, "continue;")
            self.put(level + 1, "}")
        self.take(level + 1, kind, f"sync({h})")
        self.put(level, "}")

    def branches(self, level):
        h, (call, kind) = self.fresh("h"), self.call()
        self.put(level, f"flowvar({KINDS[kind][0]}) {h} = {self.spawned(call)};")
        self.put(level, f"switch (x % {self.random.randrange(2, 5)}) {{")
        self.put(level, "case 0:")
        self.take(level + 1, kind, f"sync({h})")
        self.some_statements(level + 1, 1)
        self.put(level + 1, "break;")
        self.put(level, "default:")
        self.some_statements(level + 1, 1)
        self.take(level + 1, kind, f"sync({h})")
        self.put(level, "}")

    def any_order(self, level):
        """Several handles, synced in another order than spawned, with other things in between."""
        live = []
        for _ in range(self.random.randrange(2, 5)):
            h, (call, kind) = self.fresh("h"), self.call()
            self.put(level, f"flowvar({KINDS[kind][0]}) {h} = {self.spawned(call)};")
            live.append((h, kind))
            if self.chance(4):
                self.some_statements(level, 1)
        self.random.shuffle(live)
        for h, kind in live:
            if self.chance(6):
                self.some_statements(level, 1)
            if self.chance(8):
                self.put(level, f"if ({self.some()}) {{")
                self.jumps += 1
                self.put(level + 1, "goto out;")
                self.put(level, "}")
            self.take(level, kind, f"sync({h})")

    def plain_call(self, level):
        call, kind = self.call()
        self.take(level, kind, call)

    def some_statements(self, level, most):
        """Up to so many patterns, in a block of their own."""
        for _ in range(self.random.randrange(most + 1)):
            if self.budget <= 0:
                return
            self.budget -= 1
            self.put(level, "{")
            self.random.choice(PATTERNS)(self, level + 1)
            self.put(level, "}")

    # ---- whole functions ----------------------------------------------------------------------

    def result(self, expression):
        return {"p": f"return to_p({expression});", "w": f"return to_w({expression});",
                "o": f"{{ *out = {expression}; return; }}", "c": "return;",
                "start": f"return (handle){{0}};"}.get(self.kind, f"return {expression};")

    def head(self):
        if self.kind in KINDS:
            result, parameter = KINDS[self.kind]
            return f"static {result} {self.name}(int d, {parameter} argument)"
        return {"c": f"static void {self.name}(int d, u64 argument)",
                "o": f"static void {self.name}(int d, u64 argument, u64 *out)",
                "start": f"static handle {self.name}(int d, u64 argument)"}[self.kind]

    def base_cases(self):
        """What the translator may ask in this function's stead, where it is spawned or called."""
        if self.kind not in ("u", "c") or not self.chance(2):
            return
        if self.chance(3):
            self.put(1, "u64 unused, more_unused;")
        for _ in range(self.random.randrange(1, 4)):
            condition = self.random.choice(["d <= 0", "d < 1 || few(argument)", "argument % 5 == 0",
                                            "d + (int)(argument & 1) < (2)", "__builtin_expect(d == turn, 0)",
                                            "d < 2 && !(argument >> 63)"])
            value = self.random.choice(["argument", f"mixed * {self.index} + argument", "((u64)d ^ mixed) - argument",
                                        "argument & 2 ? UINT64_C(7) : (u64)d"])
            kept = f"return {value};" if self.kind == "u" else "return;"
            self.put(1, f"if ({condition})" + self.random.choice([f" {kept}", f" {{ {kept} }}", f"\n        {kept}"]))

    def write(self):
        self.base_cases()
        of = self.kind if self.kind in KINDS else "u"
        self.put(1, f"u64 x = of_{of}(argument), acc = mix(x + {self.index});")
        if self.kind == "start":  # neither a task nor counted: returns a handle
            if self.chance(2):
                self.put(1, f"handle h = {self.spawned(self.call('u')[0])};")
                self.put(1, "(void)acc;")
                self.put(1, "return h;")
            else:
                self.put(1, "(void)acc;")
                self.put(1, f"return {self.spawned(self.call('u')[0])};")
            return
        self.put(1, f"note({abs(hash_of(self.name)) % 997}, d, x);")
        self.put(1, "if (d <= 0)")
        self.put(2, self.result("acc"))
        while self.budget > 0:
            self.budget -= 1
            if self.chance(3):
                self.random.choice(PATTERNS)(self, 1)
            else:
                self.put(1, "{")
                self.random.choice(PATTERNS)(self, 2)
                self.put(1, "}")
        if self.jumps:
            self.lines.append("out:")
        self.put(1, self.result("acc") if self.kind != "c" else "(void)acc;")

    def text(self):
        return f"{self.head()}\n{{\n" + "\n".join(self.lines) + "\n}\n"


PATTERNS = [Function.local_array, Function.variable_array, Function.heap_array, Function.in_a_struct,
            Function.handed_on, Function.returned, Function.polled, Function.overwritten, Function.dropped,
            Function.maybe_spawned, Function.nested_operand, Function.void_handle, Function.detached,
            Function.scope, Function.scope, Function.scope_in_a_loop, Function.loop_over_one,
            Function.branches, Function.any_order, Function.any_order, Function.plain_call]


def hash_of(name):
    return sum(ord(c) * 31 ** i for i, c in enumerate(name))


class Program:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.plain = seed % 3 == 0       # what -DTINE_SERIAL can express
        self.executors = seed % 2 == 0
        self.of_kind = {"u": 4, "p": 2, "w": 2, "o": 3, "c": 3, "start": 2}
        self.patterns = PATTERNS

    def text(self):
        functions = [Function(self, kind, i) for kind, n in self.of_kind.items() for i in range(n)]
        for function in functions:
            function.budget = self.random.randrange(1, 5)
            function.write()
        parts = [HEAD] + [f"{f.head()};\n" for f in functions]
        parts.append("static u64 finish(handle h) { return sync(h); }\n"
                     "static u64 pass_on(handle h, u64 x) { return x & 1 ? finish(flowvar_move(h)) : sync(h); }\n"
                     "static u64 finish_box(struct box *b)\n{\n"
                     "    u64 x = of_p(sync(b->in.inner[1]));\n    return mix(x ^ sync(b->h));\n}\n")
        parts.append("static void use_all(void)\n{\n    (void)finish, (void)pass_on, (void)finish_box;\n"
                     "    (void)of_u, (void)of_w, (void)to_w;\n" +
                     "".join(f"    (void){f.name};\n" for f in functions) + "}\n")
        return "".join(parts) + "".join(f.text() for f in functions) + \
            MAIN.replace("    int depth", "    (void)use_all;\n    int depth").replace("ROUND", self.round())

    def round(self):
        """sync_all waits for the global executor alone."""
        call = "result = u0(depth, mix(i + 1));"
        return f"sync_scope {{ {call} }}" if self.executors else f"{call}\n        sync_all();"


def run(command, **environment):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300,
                          env=dict(os.environ, **environment))
    return done.returncode, done.stdout.decode(), done.stderr.decode(errors="replace")


class Failure(Exception):
    pass


def must(command, **environment):
    try:
        status, out, errors = run(command, **environment)
    except subprocess.TimeoutExpired:
        raise Failure(f"{environment or ''} {' '.join(command)}: takes more than 300 s")
    if status != 0:
        raise Failure(f"{environment or ''} {' '.join(command)}: status {status}\n{out[-500:]}\n{errors[-3000:]}")
    return out


def check(seed, options, work):
    """Writes, builds and runs one program. Returns how many tasks its runs had."""
    source = os.path.join(work, "p.c")
    program = Program(seed)
    with open(source, "w") as f:
        f.write(program.text())
    tine, include = f"{options.build}/bin/tine", f"-I{options.build}/include"
    level = ["-O0", "-O1", "-O2", "-O3"][seed % 4]
    rest = ["-w", "-D_GNU_SOURCE", *options.flags]
    here = lambda name: os.path.join(work, name)
    must([tine, "--serial", source, "-o", here("serial.c"), "-Wno-tine", "--", "-D_GNU_SOURCE", include])
    must([options.compiler, "-O1", include, *rest, here("serial.c"), "-o", here("serial")])
    must([tine, source, "-o", here("parallel.c"), "-Wno-tine", "--", level, "-D_GNU_SOURCE", include])
    must([options.compiler, level, include, *rest, here("parallel.c"), f"{options.build}/lib/libtine.a",
          "-pthread", "-lm", "-o", here("parallel")])
    depth = options.depth
    arguments = [str(depth), "2"]
    expected = must([here("serial"), *arguments])
    while depth < options.depth + 4 and int(expected.split()[-2]) < options.tasks:
        depth += 1
        arguments = [str(depth), "2"]
        expected = must([here("serial"), *arguments])
    if program.plain:
        must([options.compiler, "-O1", include, *rest, "-DTINE_SERIAL", source, "-o", here("alone")])
        same(expected, must([here("alone"), *arguments]), "-DTINE_SERIAL")
    for workers in options.workers.split(","):
        same(expected, must([here("parallel"), *arguments], TINE_WORKERS=workers), f"{workers} workers")
    return int(expected.split()[-2]) * (1 + len(options.workers.split(",")))


def same(expected, out, how):
    if out != expected:
        raise Failure(f"{how}: printed\n{out}instead of\n{expected}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("compiler")
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--depth", type=int, default=2)
    parser.add_argument("--tasks", type=int, default=20000, help="deepens a program until it has so many")
    parser.add_argument("--workers", default="1,2,5")
    parser.add_argument("--print", action="store_true", help="the program of the seed, and nothing else")
    parser.add_argument("--keep", help="where programs that fail are kept")
    parser.add_argument("--go-on", action="store_true", help="after a failure")
    words = sys.argv[1:]
    own = words.index("--") if "--" in words else len(words)
    options = parser.parse_args(words[:own])
    options.flags = words[own + 1:]
    options.build = os.path.abspath(options.build)
    if options.print:
        print(Program(options.seed).text(), end="")
        return 0
    failed = tasks = 0
    for seed in range(options.seed, options.seed + options.count):
        with tempfile.TemporaryDirectory() as work:
            try:
                tasks += check(seed, options, work)
            except Failure as failure:
                failed += 1
                print(f"programs.py: seed {seed}: {failure}", flush=True)
                if options.keep:
                    os.makedirs(options.keep, exist_ok=True)
                    os.rename(os.path.join(work, "p.c"), os.path.join(options.keep, f"p{seed}.c"))
                if not options.go_on:
                    return 1
        if (seed + 1 - options.seed) % 50 == 0:
            print(f"{seed + 1 - options.seed} programs, {tasks} tasks, {failed} failed", flush=True)
    print(f"{options.count} programs, {tasks} tasks, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
