/* Errors of ownership: handles that are copied, and handles that are used when no path that leads
 * there has a task in them. */
#include <string.h>

#include "check_internal.h"
#include "lex.h"

enum { MAX_NOTES = 4 };

static const char *handle_word(const ctype *t)
{
    return t->flow == FLOW_PENDING ? "tine_pending" : "flowvar";
}

/* ---- copies ------------------------------------------------------------------------------------ */

/* Whether the user writes the words with their prefix. */
static bool is_prefixed(const checked *c)
{
    const char *text = flatten_text(c->flat)->text;
    for (const spawn *s = c->f->spawns; s != NULL; s = s->next)
        if (strncmp(text + s->word_begin, "tine_", 5) == 0)
            return s->kind == SPAWN || s->kind == SPAWN_ON;
    for (const use *x = c->f->uses; x != NULL; x = x->next)
        if (strncmp(text + x->word_begin, "tine_", 5) == 0)
            return x->kind != USE_WAIT_FOR;
    return false;
}

static bool is_argument(const call *call, const node *n)
{
    for (unsigned i = 0; i < call->arg_count; i++)
        if (call->args[i].value == n && call->args[i].type->flow != FLOW_NONE)
            return true;
    return false;
}

/* Whether what is copied is given to another handle: then a move is what was meant. */
static bool is_handed_on(const checked *c, const node *n)
{
    if (n->next != NULL && n->next->kind == NODE_STORE)
        return true;
    if (n->next == NULL && n->parent != NULL && n->parent->parent != NULL &&
        n->parent->parent->kind == NODE_LITERAL)
        return n->parent->place.type->flow != FLOW_NONE;
    if (n->next == NULL && n->parent != NULL && n->parent->parent != NULL &&
        n->parent->parent->kind == NODE_RETURN)
        return c->f->result->flow != FLOW_NONE;
    for (const node *k = n->next; k != NULL; k = k->next)
        if ((k->kind == NODE_CALL && is_argument(k->call, n)) ||
            (k->kind == NODE_SPAWN && is_argument(&k->spawn->call, n)))
            return true;
    return false;
}

static const char *place_text(const checked *c, const place *p)
{
    if (p->begin >= p->end)
        return p->var == NULL ? "the handle" : p->var->name;
    const char *text = flatten_text(c->flat)->text;
    return arena_strndup(&c->m->arena, text + p->begin, p->end - p->begin);
}

/* Whether the place stands in the text itself: a macro may stand for more than it. */
static bool is_written_out(const checked *c, const place *p)
{
    const char *text = place_text(c, p);
    bool expanded = check_place(c, p->begin, p->begin).end_line != 0;
    bool call = lex_is_ident(text[0]) && text[strlen(text) - 1] == ')';
    bool named = p->var == NULL || strstr(text, p->var->name) != NULL;
    return !expanded && !call && named;
}

static void report_copy(checked *c, const node *n)
{
    const place *p = &n->place;
    diag_place at = check_place(c, p->begin, p->end);
    const char *text = place_text(c, p);
    if (p->type->flow == FLOW_HOLDER) {
        diag_add(c->d, DIAG_COPY, at, "'%s' cannot be copied: '%s' holds a flowvar", text,
                 p->type->written);
        diag_note(c->d, at, "move its handles one by one with flowvar_move, or pass its address");
        return;
    }
    diag_add(c->d, DIAG_COPY, at, "'%s' cannot be copied: a %s has one owner", text,
             handle_word(p->type));
    if (p->begin < p->end && is_handed_on(c, n)) {
        const char *word = is_prefixed(c) ? "tine_flowvar_move(" : "flowvar_move(";
        diag_note(c->d, at, "use flowvar_move to hand it on");
        if (!is_written_out(c, p))
            return;
        diag_fixit(c->d, check_place(c, p->begin, p->begin), word);
        diag_fixit(c->d, check_place(c, p->end, p->end), ")");
    } else {
        diag_note(c->d, at, "%s tells whether it has a task",
                  p->type->flow == FLOW_PENDING ? "tine_is_submitted" : "is_spawned");
    }
}

/* The assignment that an expression ends with, when its value is a handle: y = x = spawn f(). */
static const node *assignment_at_end(const node *n)
{
    while (n != NULL && n->kind == NODE_SEQUENCE)
        n = n->last;
    bool assigns = n != NULL && ((n->kind == NODE_SPAWN && n->spawn->target_kind == TARGET_ASSIGN) ||
                                 (n->kind == NODE_STORE && n->place.type != NULL &&
                                  n->place.type->flow != FLOW_NONE));
    return assigns ? n : NULL;
}

static void refuse_value(checked *c, const node *value)
{
    const node *n = assignment_at_end(value);
    if (n == NULL)
        return;
    const place *p = n->kind == NODE_SPAWN ? &n->spawn->target : &n->place;
    diag_add(c->d, DIAG_COPY, check_node_place(c, n),
             "the value of the assignment to '%s' would be a copy of it", place_text(c, p));
    for (size_t i = 0; i < c->mark_count; i++)
        if (c->marks[i].kind == MARK_SPAWNED && c->marks[i].node == n)
            c->marks[i].is_reported = true; /* enough is said about it */
}

/* A handle that is assigned and also given elsewhere, by the value of the assignment. */
static void report_values(checked *c, const node *n)
{
    const call *call = n->kind == NODE_CALL    ? n->call
                       : n->kind == NODE_SPAWN ? &n->spawn->call
                                               : NULL;
    for (unsigned i = 0; call != NULL && i < call->arg_count; i++)
        if (call->args[i].type != NULL && call->args[i].type->flow != FLOW_NONE)
            refuse_value(c, call->args[i].value);
    if (n->kind == NODE_RETURN && c->f->result->flow != FLOW_NONE)
        refuse_value(c, n->first);
    bool takes = n->kind == NODE_STORE ||
                 (n->kind == NODE_USE && n->use->place.kind == PLACE_VALUE);
    const node *before = NULL;
    for (const node *k = n->parent == NULL ? NULL : n->parent->first; takes && k != NULL && k != n;
         k = k->next)
        before = k;
    if (takes && before != NULL && before->end <= n->end && before->begin >= n->begin)
        refuse_value(c, before);
}

/* ---- uses of what is not there ------------------------------------------------------------------ */

static void add_notes(checked *c, size_t index, const uint64_t *state)
{
    const cell *k = &c->cells[index];
    unsigned count = 0, all = 0;
    for (size_t i = k->first; i < k->first + k->count; i++)
        all += state_has(state, i);
    for (size_t i = k->first + CELL_MARKS; i < k->first + k->count && count < MAX_NOTES; i++) {
        const mark *m = &c->marks[i];
        if (!state_has(state, i) || (m->kind != MARK_SYNCED && m->kind != MARK_MOVED))
            continue;
        diag_note(c->d, check_node_place(c, m->node), "%s%s here", all == 1 ? "first " : "",
                  m->kind == MARK_MOVED ? "moved" : "synced");
        count++;
    }
    if (check_cell_has(c, state, index, MARK_EMPTY) && k->var->name_begin != 0) {
        size_t begin = k->var->name_begin;
        diag_note(c->d, check_place(c, begin, begin + strlen(k->var->name)),
                  "not spawned since its declaration");
    }
}

/* Whether on every path the handle has no task. */
static bool is_surely_empty(const checked *c, size_t index, const uint64_t *state)
{
    return !check_may_be_spawned(c, state, index) &&
           !check_cell_has(c, state, index, MARK_ASKED) &&
           (check_cell_has(c, state, index, MARK_EMPTY) ||
            check_cell_has(c, state, index, MARK_SYNCED) ||
            check_cell_has(c, state, index, MARK_MOVED));
}

static void report_use(checked *c, const node *n, size_t index, const uint64_t *state)
{
    use_kind kind = n->kind == NODE_USE ? n->use->kind : USE_MOVE;
    bool waits = kind == USE_SYNC || kind == USE_WAIT_FOR;
    bool synced = check_cell_has(c, state, index, MARK_SYNCED);
    bool moved = check_cell_has(c, state, index, MARK_MOVED);
    bool empty = check_cell_has(c, state, index, MARK_EMPTY);
    const char *name = check_cell_name(c, index);
    diag_place at = check_node_place(c, n);
    if (kind == USE_MOVE && empty) /* a handle that is not spawned may well be handed on */
        return;
    if (synced && waits)
        diag_add(c->d, DIAG_DOUBLE_SYNC, at, "'%s' is synced twice", name);
    else if (synced)
        diag_add(c->d, DIAG_USE_AFTER_SYNC, at, "'%s' is used after it was synced", name);
    else if (moved)
        diag_add(c->d, DIAG_USE_AFTER_MOVE, at, "'%s' is used after it was moved", name);
    else if (c->had_errors)
        return;
    else
        diag_add(c->d, DIAG_NEVER_SPAWNED, at, "'%s' is %s but never spawned", name,
                 waits ? "synced" : "asked is_ready");
    add_notes(c, index, state);
}

void check_own_event(checked *c, const event *e, const uint64_t *state)
{
    if (e->kind != EVENT_NODE)
        return;
    const node *n = e->node;
    if (n->kind == NODE_COPY)
        report_copy(c, n);
    report_values(c, n);
    bool asks = (n->kind == NODE_RETURN && n->place.type != NULL &&
                 n->place.type->flow != FLOW_HOLDER) || /* which may hold others */
                (n->kind == NODE_USE && n->use->kind != USE_IS_SPAWNED &&
                 !n->use->is_repeated);
    if (!asks)
        return;
    cell_range r = check_cells_of_node(c, n);
    if (r.count == 1 && !c->cells[r.first].is_weak && is_surely_empty(c, r.first, state))
        report_use(c, n, r.first, state);
}
