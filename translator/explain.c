/* --explain: see explain.h. One line (or note) for each site:
 *
 *   fib.c:7: spawn fib(n - 1): task on the worker's stack; sync calls the function directly
 */
#include "explain.h"

#include <string.h>

static void add_text(str *out, const lexer *l, size_t begin, size_t end)
{
    for (size_t at = lex_skip_space(l, begin), last = at; at < end;) {
        size_t stop = lex_token_end(l, at);
        if (at > last)
            str_putc(out, ' ');
        str_add(out, l->text + at, stop - at);
        last = stop;
        at = lex_skip_space(l, stop);
    }
}

/* [begin, end) of the flattened text is what is explained. */
static void say(const explain_to *to, location at, size_t begin, size_t end, str *text)
{
    if (to->notes != NULL)
        diag_add_plain(to->notes, DIAG_NOTE, NULL, flatten_place(to->flat, begin, end), "%s",
                       str_cstr(text));
    else
        str_printf(to->text, "%s:%u: %s\n", at.file, at.line, str_cstr(text));
    str_free(text);
}

static void add_function(str *out, const function *f)
{
    const function_plan *p = f->plan;
    str_printf(out, "%s: ", f->name);
    if (!p->is_cloned) {
        str_printf(out, "kept as it is, since %s",
                   p->why_plain != NULL ? p->why_plain : "nothing is gained by a clone");
        return;
    }
    str_printf(out, "body moved to the clone %s__tine, which gets worker and stack top as arguments",
               f->name);
    if (p->levels > 1)
        str_printf(out, "; %u copies are inlined into one another", p->levels);
    else
        str_printf(out, "; one copy, since %s", p->why_one);
    str_puts(out, p->effect < EFFECT_ANY ? "; calls no other code that could enter the runtime"
                             : "; keeps the stack top in memory for the code that it calls");
}

static const char *task_text(const spawn_plan *p)
{
    switch (p->kind) {
    case TASK_STACK:
        return "task on the worker's stack";
    case TASK_STACK_OR_HEAP:
        return "task on the worker's stack (on the heap beyond 256 in one call)";
    case TASK_HEAP:
        return "task on the heap";
    case TASK_STACK_DETACHED:
        return "task on the worker's stack (on the heap beyond 256 in one call), taken back at the "
               "end of the sync_scope";
    case TASK_DETACHED:
        return "detached task on the heap";
    case TASK_PENDING:
    case TASK_PENDING_DETACHED:
        return "job in the executor's queue";
    }
    return "";
}

static void add_bases(str *out, const spawn *s, const lexer *l)
{
    const spawn_plan *p = s->plan;
    const function *f = s->call.callee == NULL ? NULL : s->call.callee->definition;
    if (f == NULL || f->bases == NULL || (!p->asks_base && plan_of(f)->why_no_bases == NULL))
        return;
    str_puts(out, p->asks_base ? "; no task where " : "; a task also where ");
    add_text(out, l, f->bases->begin, f->bases->end);
    if (f->bases->next != NULL)
        str_puts(out, " (or another base case)");
    if (p->asks_base)
        str_puts(out, s->call.result->is_void ? ": nothing is left to do" : ": its result is computed at the spawn");
    else
        str_printf(out, ", since %s", plan_of(f)->why_no_bases);
}

static void add_site(str *out, const spawn *s, const lexer *l)
{
    const spawn_plan *p = s->plan;
    add_text(out, l, s->begin, s->end);
    str_printf(out, ": %s", task_text(p));
    if (p->why != NULL)
        str_printf(out, ", since %s", p->why);
    add_bases(out, s, l);
    if (p->var != NULL && p->var->only_spawn == s)
        str_puts(out, "; sync calls the function directly when nobody took the task");
    else if (p->var != NULL)
        str_puts(out, "; sync calls it through the task's pointer when nobody took the task");
    if (p->var != NULL && p->var->needs_cleanup)
        str_puts(out, "; waited for when the variable leaves its scope");
    if (p->drops_old)
        str_puts(out, "; an older task of the variable is waited for first");
}

void explain_model(const explain_to *to, const model *m, const lexer *text)
{
    for (const function *f = m->functions; f != NULL; f = f->next) {
        str out = {0};
        const function_plan *p = f->plan;
        if (p->has_frame) {
            add_function(&out, f);
            say(to, f->at, f->name_begin, f->name_end, &out);
        }
        for (const spawn *s = f->spawns; s != NULL; s = s->next) {
            add_site(&out, s, text);
            say(to, s->at, s->begin, s->end, &out);
        }
    }
}
