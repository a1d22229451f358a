"""Writes a C file of at least LINES lines, such as an amalgamation of a library: amalgamation.py LINES MACROS

One function in fifty spawns; with MACROS = 1 some do so through macros, so that the preprocessor is
needed. Without Tine words: MACROS = -1.
"""

import sys

HEAD = """#include <tine.h>
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#define JOIN(a, b) a##b
#define LEAST(a, b) ((a) < (b) ? (a) : (b))
"""

MACROS = """#define START(call) spawn call
#define TAKE(x) sync(x)
"""

PLAIN = """/* Function {i}: a comment that
 * spans two lines. */
struct record_{i} {{
    int key, value[4];
    const char *name;
    struct record_{i} *next;
}};
static int compute_{i}(const struct record_{i} *r, int n, double scale)
{{
    int total = 0;
    for (int k = 0; k < n; k++) {{
        const struct record_{i} *at = &r[k];
        switch (at->key % 4) {{
        case 0: total += at->value[0] * {i}; break;
        case 1: total -= LEAST(at->value[1], k + {i}); break;
        case 2: total ^= (int)(scale * at->value[2]); break;
        default: total += (int)strlen(at->name); break;
        }}
        if (total > 100000 && at->next != NULL)
            total = compute_{previous}((const void *)at->next, n / 2, scale / 2.0);
    }}
    return total;
}}
int print_{i}(FILE *out, const struct record_{i} *r)
{{
    int written = fprintf(out, "%d %s\\n", r->key, r->name);
    while (r->next) {{
        r = r->next;
        written += fprintf(out, "%d\\n", compute_{i}(r, 1, 0.5));
    }}
    return written;
}}
"""

TASK = """long parallel_{i}(const struct record_{i} *r, int n)
{{
    if (n < 2)
        return compute_{i}(r, n, 1.0);
    flowvar(long) x = {spawn};
    long y = parallel_{i}(r + n / 2, n - n / 2);
    {sync}
    return y;
}}
"""


def main():
    lines, macros = int(sys.argv[1]), int(sys.argv[2])
    head = HEAD + (MACROS if macros > 0 else "")
    out, count, i = [head], head.count("\n"), 0
    while count < lines:
        i += 1
        text = PLAIN.format(i=i, previous=max(1, i - 1))
        if i % 50 == 0 and macros >= 0:
            through = macros and i % 100 == 0
            call = f"parallel_{i}(r, n / 2)"
            text += TASK.format(i=i, spawn=f"START({call})" if through else f"spawn {call}",
                                sync="y += TAKE(x);" if through else "y += sync(x);")
        out.append(text)
        count += text.count("\n")
    sys.stdout.write("".join(out))


main()
