"""Every place where a spawn can stand, with every kind of type: one program of some hundred functions.

    matrix.py BUILD COMPILER STANDARD [FLAG...]

Writes the program, translates it, compiles it without a warning, and runs it on one worker and on
four; then the same with tine --serial. Each function returns whether it computed what the plain call
gives. A failure names the function; `matrix.py --print` shows the program.
"""

import os
import subprocess
import sys
import tempfile

HEAD = """#include <complex.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tine.h>

struct small { int a, b; };
struct large { double d[12]; char c[7]; };
struct odd { char c[3]; };
struct bits { unsigned a : 3, b : 13; };
struct empty_tail { int n; char tail[]; };
struct nested { struct small s; struct { int x; union { int y; float z; }; }; };
union either { int i; double d; };
enum color { RED, GREEN = 7, BLUE };
typedef int (*function)(int);
typedef int row[4];
typedef struct { int x, y; } anonymous;
static int twice(int n) { return 2 * n; }
static int numbers[8] = {3, 1, 4, 1, 5, 9, 2, 6};
static row rows[2] = {{1, 2, 3, 4}, {5, 6, 7, 8}};
"""

# name, type, a value, an expression that compares a and b (of that type)
TYPES = [
    ("char", "char", "'x'", "a == b"),
    ("schar", "signed char", "-3", "a == b"),
    ("uchar", "unsigned char", "200", "a == b"),
    ("short", "short", "-300", "a == b"),
    ("ushort", "unsigned short", "60000", "a == b"),
    ("int", "int", "-70000", "a == b"),
    ("uint", "unsigned", "4000000000u", "a == b"),
    ("long", "long", "-5000000000L", "a == b"),
    ("llong", "long long", "1LL << 60", "a == b"),
    ("bool", "_Bool", "1", "a == b"),
    ("int128", "__int128", "((__int128)1 << 100) + 7", "a == b"),
    ("float", "float", "1.5f", "a == b"),
    ("double", "double", "2.25", "a == b"),
    ("ldouble", "long double", "3.125L", "a == b"),
    ("cfloat", "float _Complex", "1.0f + 2.0f * I", "a == b"),
    ("cdouble", "double _Complex", "1.0 - 2.0 * I", "a == b"),
    ("cldouble", "long double _Complex", "4.0L * I", "a == b"),
    ("enum", "enum color", "BLUE", "a == b"),
    ("pointer", "int *", "numbers + 2", "a == b"),
    ("cpointer", "const char *", "\"text\"", "strcmp(a, b) == 0"),
    ("qpointer", "const volatile int *const *", "NULL", "a == b"),
    ("vpointer", "void *", "rows", "a == b"),
    ("function", "function", "twice", "a == b && a(4) == 8"),
    ("rowpointer", "row *", "rows", "a == b && (*a)[1] == 2"),
    ("small", "struct small", "(struct small){1, -2}", "a.a == b.a && a.b == b.b"),
    ("large", "struct large", "(struct large){{1, 2, 3, [11] = 9}, \"large\"}",
     "memcmp(a.d, b.d, sizeof a.d) == 0 && strcmp(a.c, b.c) == 0"),
    ("odd", "struct odd", "(struct odd){{1, 2, 3}}", "memcmp(&a, &b, 3) == 0"),
    ("bits", "struct bits", "(struct bits){5, 4097}", "a.a == b.a && a.b == b.b"),
    ("nested", "struct nested", "(struct nested){{1, 2}, {3, {4}}}",
     "a.s.b == b.s.b && a.x == b.x && a.y == b.y"),
    ("union", "union either", "(union either){.d = 6.5}", "a.d == b.d"),
    ("anonymous", "anonymous", "(anonymous){8, 9}", "a.x == b.x && a.y == b.y"),
]

# Statements that leave in r what the call gives. {T}: the type, {call}: the call, {n}: its name.
PLACES = {
    "initialiser": "flowvar({T}) x = spawn {call}; r = sync(x);",
    "two_in_one": "flowvar({T}) x = spawn {call}, y = spawn {call}; r = sync(y); r = sync(x);",
    "assignment": "flowvar({T}) x; x = spawn {call}; r = sync(x);",
    "again": "flowvar({T}) x = spawn {call}; r = sync(x); x = spawn {call}; r = sync(x);",
    "sync_as_operand": "flowvar({T}) x = spawn {call}; r = ((void)0, sync(x));",
    "array": "flowvar({T}) v[3] = {{spawn {call}, spawn {call}}}; r = sync(v[1]); r = sync(v[0]);",
    "loop": "flowvar({T}) v[5]; for (int i = 0; i < 5; i++) v[i] = spawn {call}; "
            "for (int i = 0; i < 5; i++) r = sync(v[i]);",
    "pointer_step": "flowvar({T}) v[3], *p = v; *p++ = spawn {call}; *p++ = spawn {call}; p--; "
                    "r = sync(*p); r = sync(*--p);",
    "field": "struct {{ int k; flowvar({T}) x; }} s; s.x = spawn {call}; r = sync(s.x);",
    "heap": "flowvar({T}) *h = calloc(2, sizeof *h); h[1] = spawn {call}; r = sync(h[1]); free(h);",
    "conditional": "int c = 1; flowvar({T}) x = c ? spawn {call} : spawn {call}; r = sync(x);",
    "comma": "flowvar({T}) x; int c = 0; x = (c++, spawn {call}); r = sync(x);",
    "for_head": "for (flowvar({T}) x = spawn {call}; is_spawned(x);) r = sync(x);",
    "unbraced_if": "flowvar({T}) x; if (is_spawned(x)) r = sync(x); else x = spawn {call}; r = sync(x);",
    "do_while": "flowvar({T}) x; do x = spawn {call}; while (!is_spawned(x)); r = sync(x);",
    "switch": "flowvar({T}) x; switch (numbers[0]) {{ case 3: x = spawn {call}; break; default: break; }}"
              " r = sync(x);",
    "label": "flowvar({T}) x; goto here; here: x = spawn {call}; r = sync(x);",
    "statement_expression": "r = ({{ flowvar({T}) x = spawn {call}; sync(x); }});",
    "in_parentheses": "flowvar({T}) x = (spawn {call}); r = sync(x);",
    "parenthesised_call": "flowvar({T}) x = spawn ({call}); r = sync(x);",
    "function_pointer": "__typeof__(&{n}) p = {n}; flowvar({T}) x = spawn p({args}); r = sync(x);",
    "dereferenced": "__typeof__(&{n}) p = {n}; flowvar({T}) x = spawn (*p)({args}); r = sync(x);",
    "member": "struct {{ __typeof__(&{n}) p; }} s = {{{n}}}, *q = &s; flowvar({T}) x = spawn s.p({args}), "
              "y = spawn q->p({args}); r = sync(x); r = sync(y);",
    "address": "flowvar({T}) x = spawn (&{n})({args}); r = sync(x);",
    "returned": "r = sync(start_{n}({args}));",
    "passed": "r = take_{n}(spawn {call});",
    "moved": "flowvar({T}) x = spawn {call}, y = flowvar_move(x); r = sync(y);",
    "ready": "flowvar({T}) x = spawn {call}; while (!is_ready(x)) continue; r = sync(x);",
    "on_executor": "flowvar({T}) x = spawn_on(NULL, {call}); r = sync(x);",
    "scope": "flowvar({T}) x; sync_scope {{ x = spawn {call}; }} r = sync(x);",
    "submitted": "tine_pending({T}) p = tine_submit {call}; r = tine_wait_for(p);",
    "static": "static flowvar({T}) x; x = spawn {call}; r = sync(x);",
    "dropped": "{{ flowvar({T}) x = spawn {call}; if (numbers[0] == 0) r = sync(x); }} r = {call};",
    "typedef": "typedef flowvar({T}) handle; handle x = spawn {call}; r = sync(x);",
    "typeof": "flowvar({T}) x; __typeof__(x) y = spawn {call}; r = sync(y);",
    "nested": "flowvar({T}) x = spawn id_{n}(({{ flowvar({T}) y = spawn {call}; sync(y); }})); r = sync(x);",
    "argument": "flowvar({T}) x = spawn {call}; r = id_{n}(sync(x));",
    "vla": "int n = numbers[0]; flowvar({T}) v[n]; v[n - 1] = spawn {call}; r = sync(v[n - 1]);",
    "break": "for (;;) {{ flowvar({T}) x = spawn {call}; r = sync(x); break; }}",
}

# places that all types need not go through, to keep the program small
EVERY_TYPE = {"initialiser", "array", "field", "heap", "returned", "passed", "function_pointer", "nested",
              "on_executor", "submitted", "loop", "dropped"}

EXTRA = r"""
static int sum(int n, ...)
{
    va_list list;
    int total = 0;
    va_start(list, n);
    for (int i = 0; i < n; i++)
        total += va_arg(list, int);
    va_end(list);
    return total;
}
static double mixed(int n, ...)
{
    va_list list;
    double total = 0;
    va_start(list, n);
    for (int i = 0; i < n; i++)
        total += i % 2 ? va_arg(list, double) : va_arg(list, int);
    va_end(list);
    return total;
}
static bool test_variadic(void)
{
    float f = 0.5f;
    char c = 3;
    flowvar(int) x = spawn sum(4, 1, c, 3, true);
    flowvar(double) y = spawn mixed(4, c, f, 2, 0.25), z = spawn mixed(0);
    return sync(x) == 8 && sync(y) == 5.75 && sync(z) == 0;
}
static bool test_printf(void)
{
    char text[40];
    flowvar(int) x = spawn snprintf(text, sizeof text, "%d %s %c %.1f %p", 7, "seven", '7', 7.0, NULL);
    int n = sync(x);
    return n == (int)strlen(text) && strncmp(text, "7 seven 7 7.0 ", 14) == 0;
}
static int array_sum(int n, const int v[restrict static 2]) { return n ? v[0] + v[1] : 0; }
static int vla_sum(int n, int m, int v[n][m]) { return v[n - 1][m - 1]; }
static bool test_array_arguments(void)
{
    int n = 2, m = 3;
    int v[n][m];
    memset(v, 0, sizeof v);
    v[1][2] = 42;
    flowvar(int) x = spawn array_sum(1, numbers), y = spawn vla_sum(n, m, v);
    return sync(x) == 4 && sync(y) == 42;
}
static int conversions(char c, float f, long l, bool b, double _Complex z, enum color e, unsigned short u)
{
    return c + (int)f + (int)l + b + (int)creal(z) + (int)e + u;
}
static bool test_conversions(void)
{
    double five = 5.9;
    int minus = -1;
    flowvar(int) x = spawn conversions(five, 2, 'a', five, 3, 7, minus);
    return sync(x) == conversions(5, 2, 'a', true, 3, GREEN, 65535);
}
static int no_arguments(void) { return 5; }
static void set(int *p, int n) { *p = n; }
static bool test_void(void)
{
    int a = 0, b = 0, c = 0;
    flowvar(void) x = spawn set(&a, 1);
    sync_scope {
        spawn set(&b, 2);
        flowvar(void) v[2] = {spawn set(&c, 3)};
        sync(v[0]);
    }
    sync(x);
    flowvar(int) y = spawn no_arguments();
    return a == 1 && b == 2 && c == 3 && sync(y) == 5;
}
static int count_up(int *p) { return ++*p; }
static bool test_operands_once(void)
{
    int n = 0, i = 0;
    flowvar(int) v[4];
    v[i++] = spawn twice(count_up(&n));
    v[i] = spawn (numbers[0] ? twice : abs)(count_up(&n));
    bool good = sync(v[0]) == 2 && sync(v[1]) == 4;
    return good && n == 2 && i == 1;
}
static bool test_generic(void)
{
    flowvar(int) x = spawn _Generic(1.0, double: twice, default: abs)(21);
    flowvar(int) y = _Generic(1, int: spawn twice(3), default: spawn abs(3));
    return sync(x) == 42 && sync(y) == 6;
}
static bool test_compound_literal(void)
{
    flowvar(int) x = spawn array_sum(1, (int[]){40, 2});
    return sync(x) == 42;
}
static bool test_jumps(void)
{
    int good = 0;
    for (int i = 0; i < 6; i++) {
        flowvar(int) x = spawn twice(i);
        if (i == 1)
            continue;
        if (i == 4)
            break;
        if (i == 2)
            goto next;
        good += sync(x) == 2 * i;
    next:;
    }
    return good == 2;
}
static int early(int n)
{
    flowvar(int) x = spawn twice(n);
    if (n > 3)
        return sync(x);
    while (n-- > 0) {
        sync_scope {
            spawn set(&n, n);
            if (n == 1)
                return -1;
            if (n == 2)
                continue;
        }
    }
    return sync(x);
}
static bool test_early_return(void)
{
    return early(5) == 10 && early(3) == -1 && early(0) == 0;
}
static int fib(int n)
{
    if (n < 2)
        return n;
    flowvar(int) x = spawn fib(n - 1);
    int y = fib(n - 2);
    return sync(x) + y;
}
static bool test_recursion(void) { return fib(15) == 610; }
static int even(int n);
static int odd(int n)
{
    if (n == 0)
        return 0;
    flowvar(int) x = spawn even(n - 1);
    return sync(x);
}
static int even(int n)
{
    if (n == 0)
        return 1;
    flowvar(int) x = spawn odd(n - 1);
    return sync(x);
}
static bool test_mutual_recursion(void) { return even(30) && !odd(30); }
static int statics(int n)
{
    static int calls;
    flowvar(int) x = spawn twice(n);
    return sync(x) + 0 * calls++;
}
static bool test_static_local(void) { return statics(3) == 6 && statics(4) == 8; }
static bool test_out_of_order(void)
{
    flowvar(int) a = spawn twice(1), b = spawn twice(2), c = spawn twice(3);
    int r = sync(a) * 100;
    r += sync(b) * 10;
    return r + sync(c) == 246;
}
static bool test_many(void)
{
    enum { MANY = 3000 };
    flowvar(int) *v = calloc(MANY, sizeof *v);
    long sum = 0;
    for (int i = 0; i < MANY; i++)
        v[i] = spawn twice(i);
    for (int i = 0; i < MANY; i++)
        sum += sync(v[i]);
    free(v);
    return sum == (long)MANY * (MANY - 1);
}
static inline int inlined(int n) { flowvar(int) x = spawn twice(n); return sync(x); }
static bool test_inline(void)
{
    flowvar(int) x = spawn inlined(4);
    return sync(x) == 8;
}
struct tree { struct tree *left, *right; int n; };
static int tree_sum(const struct tree *t)
{
    if (!t)
        return 0;
    flowvar(int) l = spawn tree_sum(t->left), r = spawn tree_sum(t->right);
    return t->n + sync(l) + sync(r);
}
static bool test_tree(void)
{
    struct tree a = {0, 0, 1}, b = {0, 0, 2}, c = {&a, &b, 3}, d = {&c, 0, 4};
    return tree_sum(&d) == 10;
}
"""


def program():
    import re
    out, tests = [HEAD], []
    for name, kind, value, same in TYPES:
        f = f"give_{name}"
        out.append(f"static {kind} value_{name}(void) {{ {kind} v = {value}; return v; }}")
        out.append(f"static {kind} {f}({kind} a, int n) {{ return n ? a : a; }}")
        out.append(f"static {kind} id_{f}({kind} a) {{ return a; }}")
        out.append(f"static flowvar({kind}) start_{f}({kind} a, int n) {{ return spawn {f}(a, n); }}")
        out.append(f"static {kind} take_{f}(flowvar({kind}) x) {{ return sync(x); }}")
        out.append(f"static bool same_{name}({kind} a, {kind} b) {{ return {same}; }}")
        args = f"value_{name}(), 1"
        for place, body in PLACES.items():
            if name not in ("int", "large", "cldouble", "pointer") and place not in EVERY_TYPE:
                continue
            test = f"test_{name}_{place}"
            text = body.format(T=kind, call=f"{f}({args})", n=f, args=args)
            out.append(f"static bool {test}(void)\n{{\n    {kind} r;\n    {text}\n"
                       f"    return same_{name}(r, value_{name}());\n}}")
            tests.append(test)
    out.append(EXTRA)
    tests += re.findall(r"^static bool (test_\w+)\(void\)", EXTRA, re.M)
    out.append("#define RUN(test) (test() ? 0 : (puts(#test), 1))")
    out.append("int main(void)\n{\n    int failed = 0;")
    out += [f"    failed += RUN({test});" for test in tests]
    out.append(f"    printf(\"{len(tests)} tests, %d failed\\n\", failed);\n    return failed != 0;\n}}")
    return "\n".join(out) + "\n"


def run(command, **environment):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300,
                          env=dict(os.environ, **environment))
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: status {done.returncode}\n{done.stdout.decode()[:8000]}")
    return done.stdout.decode()


def main():
    if sys.argv[1:] == ["--print"]:
        sys.stdout.write(program())
        return
    build, compiler, standard, *flags = sys.argv[1:]
    build = os.path.abspath(build)
    with tempfile.TemporaryDirectory() as work:
        os.chdir(work)
        with open("matrix.c", "w", encoding="utf-8") as out:
            out.write(program())
        for mode in ([], ["--serial"]):
            run([f"{build}/bin/tine", "matrix.c", "-o", "out.c", *mode, "-Wno-tine", "--", f"-std={standard}", "-O2"])
            optimise = "-O1" if mode else "-O2"  # a call is a call in serial code
            run([compiler, f"-std={standard}", optimise, "-Wall", "-Wextra", "-Werror", f"-I{build}/include",
                 *flags, "out.c", f"{build}/lib/libtine.a", "-pthread", "-lm", "-o", "program"])
            for workers in ("1", "4"):
                print(" ".join(mode), workers, run(["./program"], TINE_WORKERS=workers), end="")


main()
