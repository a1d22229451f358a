/* What spawned calls do, as far as the translation unit shows: thread-local variables and longjmp,
 * directly or through what they call. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "check_internal.h"

/* ---- mutexes ------------------------------------------------------------------------------------ */

/* Whether a name speaks of unlocking: unlock_queue, q_Unlock, release_lock. */
static bool is_freeing_name(const char *name)
{
    static const char *const words[] = {"unlock", "release"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        for (const char *at = name; *at != '\0'; at++)
            if (strncasecmp(at, words[i], strlen(words[i])) == 0)
                return true;
    return false;
}

/* ---- searches ----------------------------------------------------------------------------------- */

typedef bool wanted_fn(const callee *k);

static bool is_longjmp(const callee *k)
{
    static const char *const names[] = {"longjmp", "_longjmp", "siglongjmp", "__builtin_longjmp",
                                        "__longjmp_chk", "setcontext"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(k->name, names[i]) == 0)
            return true;
    return false;
}

static bool uses_thread_local(const callee *k)
{
    return k->uses_thread_local;
}

/* What a function does, what calls it does: to the fixed point. */
void check_calls_prepare(model *m)
{
    for (callee *k = m->callees; k != NULL; k = k->next) {
        k->may_unlock = is_freeing_name(k->name);
        k->reaches_thread_local = k->uses_thread_local;
        k->reaches_longjmp = is_longjmp(k);
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (callee *k = m->callees; k != NULL; k = k->next)
            for (const callee_ref *r = k->calls; r != NULL; r = r->next) {
                const callee *to = r->callee;
                if ((to->may_unlock && !k->may_unlock) || (to->reaches_longjmp && !k->reaches_longjmp) ||
                    (to->reaches_thread_local && !k->reaches_thread_local))
                    changed = true;
                k->may_unlock |= to->may_unlock;
                k->reaches_longjmp |= to->reaches_longjmp;
                k->reaches_thread_local |= to->reaches_thread_local;
            }
    }
}

/* A function that calls setjmp may be where its longjmp leads to. */
static bool catches(const callee *k)
{
    for (const callee_ref *r = k->calls; r != NULL; r = r->next)
        if (r->callee->returns_twice)
            return true;
    return false;
}

typedef struct search {
    callee **found; /* in the order in which they were met; found[0] is the spawned one */
    callee_ref **by;
    size_t *from;   /* index of the one that calls it */
    size_t count, cap, by_cap, from_cap;
    size_t *number; /* of this search: callees that it met have it */
} search;

static void meet(search *s, callee *k, callee_ref *by, size_t from)
{
    if (k->met == *s->number)
        return;
    k->met = *s->number;
    s->found = mem_grow(s->found, &s->cap, s->count, sizeof *s->found);
    s->by = mem_grow(s->by, &s->by_cap, s->count, sizeof *s->by);
    s->from = mem_grow(s->from, &s->from_cap, s->count, sizeof *s->from);
    s->found[s->count] = k;
    s->by[s->count] = by;
    s->from[s->count++] = from;
}

/* The nearest function that is wanted, breadth first; NOWHERE: none. */
static size_t find(search *s, callee *from, wanted_fn *wanted, bool stops_at_catch)
{
    enum { MAX_MET = 2000 };
    s->count = 0;
    ++*s->number;
    meet(s, from, NULL, NOWHERE);
    for (size_t i = 0; i < s->count && i < MAX_MET; i++) {
        if (wanted(s->found[i]))
            return i;
        if (stops_at_catch && catches(s->found[i]))
            continue;
        for (callee_ref *r = s->found[i]->calls; r != NULL; r = r->next)
            meet(s, r->callee, r, i);
    }
    return NOWHERE;
}

/* A note for each call on the way, the first one first. */
static void add_chain(checked *c, const search *s, size_t at)
{
    size_t chain[64], count = 0;
    for (; at != NOWHERE && s->by[at] != NULL && count < 64; at = s->from[at])
        chain[count++] = at;
    while (count-- > 0) {
        const callee_ref *r = s->by[chain[count]];
        const char *caller = s->found[s->from[chain[count]]]->name;
        diag_place where = {0};
        if (r->at != NOWHERE)
            where = check_place(c, r->at, r->at + strlen(r->callee->name));
        diag_note(c->d, where, "'%s' calls '%s'%s", caller, r->callee->name,
                  r->at != NOWHERE ? " here" : "");
    }
}

static void check_thread_local(checked *c, const spawn *s, search *found)
{
    size_t at = s->call.callee->reaches_thread_local
                    ? find(found, s->call.callee, uses_thread_local, false)
                    : NOWHERE;
    if (at == NOWHERE)
        return;
    const callee *k = found->found[at];
    diag_add(c->d, DIAG_THREAD_LOCAL, check_place(c, s->begin, s->end),
             "spawned '%s' uses thread-local variable '%s': tasks run on any thread",
             s->call.callee->name, k->thread_local_name == NULL ? "?" : k->thread_local_name);
    add_chain(c, found, at);
    if (k->thread_local_at != NOWHERE && k->thread_local_name != NULL)
        diag_note(c->d,
                  check_place(c, k->thread_local_at,
                              k->thread_local_at + strlen(k->thread_local_name)),
                  "used here");
}

static void check_longjmp(checked *c, const spawn *s, search *found)
{
    size_t at = s->call.callee->reaches_longjmp ? find(found, s->call.callee, is_longjmp, true) : NOWHERE;
    if (at == NOWHERE)
        return;
    diag_add(c->d, DIAG_LONGJMP, check_place(c, s->begin, s->end),
             "spawned '%s' may leave its task by %s", s->call.callee->name, found->found[at]->name);
    add_chain(c, found, at);
}

void check_calls(checked *c)
{
    search found = {.number = &c->m->searches};
    for (const spawn *s = c->f->spawns; s != NULL; s = s->next) {
        if (s->call.callee == NULL)
            continue;
        check_thread_local(c, s, &found);
        check_longjmp(c, s, &found);
    }
    free(found.found);
    free(found.by);
    free(found.from);
}
