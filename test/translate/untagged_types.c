// Structs, unions and enums that only a typedef names, in the type of a function pointer.
// RUN: %translate %s %t.c -- -O2
// RUN: %cc %cflags -O2 %t.c -o %t %link && %run %t
// RUN: %translate %s %t.c
// RUN: %cc %cflags %t.c -o %t %link && %run %t
#include <tine.h>

typedef struct {
    int a;
} record;
typedef union {
    long l;
    char c;
} either;
typedef enum { NO, YES } answer;
typedef const struct {
    int a;
} fixed, *fixed_pointer;

static record give(record r, either e, answer a)
{
    r.a += (int)e.l + (int)a;
    return r;
}
static answer ask(const record *r, answer a)
{
    return r->a > 0 ? a : NO;
}
static int look(fixed_pointer p)
{
    return p->a;
}

int main(void)
{
    record r = {1};
    either e = {.l = 2};
    fixed f = {9};
    __typeof__(&give) p = give;
    __typeof__(give) *q = give;
    record (*s)(record, either, answer) = give;
    answer (*t)(const record *, answer) = ask;
    int (*u)(fixed_pointer) = look;
    flowvar(record) x = spawn p(r, e, YES), y = spawn q(r, e, NO), z = spawn s(r, e, YES);
    flowvar(answer) w = spawn t(&r, YES);
    flowvar(int) v = spawn u(&f);
    int sum = sync(x).a + sync(y).a + sync(z).a;
    return sum != 11 || sync(w) != YES || sync(v) != 9;
}
