/* What the plan wants to know about handles: see the fields of model.h that say "check:".
 *
 * First everything has its safe value; then what can be reached says more. */
#include "check_internal.h"

/* ---- safe values --------------------------------------------------------------------------------- */

static void find_repeated(node *n, bool second)
{
    if (n->kind == NODE_UNEVALUATED)
        return;
    if (n->kind == NODE_USE && !second)
        n->use->node = n;
    else if (n->kind == NODE_USE && n->use->node != n)
        n->use->is_repeated = true;
    for (node *child = n->first; child != NULL; child = child->next)
        find_repeated(child, second);
}

void check_facts_default(function *f)
{
    for (variable *v = f->variables; v != NULL; v = v->next) {
        v->is_confined = false;
        v->spawned_at_exit = v->type->flow != FLOW_NONE;
    }
    for (spawn *s = f->spawns; s != NULL; s = s->next)
        s->may_be_spawned = s->target_kind == TARGET_ASSIGN;
    for (store *s = f->stores; s != NULL; s = s->next)
        s->may_be_spawned = true;
    for (use *x = f->uses; x != NULL; x = x->next) {
        x->may_be_unspawned = x->read_after = true;
        x->is_lifo = false;
        x->node = NULL;
    }
    find_repeated(f->body, false);
    find_repeated(f->body, true);
}

/* How many handles an object has; many, when that is not known. */
static size_t count_handles(const ctype *t)
{
    size_t count = t->flow == FLOW_VAR || t->flow == FLOW_PENDING;
    if (t->is_array)
        return t->count < 0 ? SIZE_MAX / 2 : (size_t)t->count * count_handles(t->element);
    for (const ctype_field *field = t->fields; field != NULL; field = field->next)
        count += count_handles(field->type);
    return count;
}

/* Whether each handle of a variable is in some cell: those that no path names are in none. */
static bool has_all_cells(const checked *c, const variable *v)
{
    cell_range r = check_cells_of_variable(c, v);
    return r.count > 0 && (c->cells[r.first].is_weak || r.count >= count_handles(v->type));
}

void check_facts_expect(checked *c)
{
    for (store *s = c->f->stores; s != NULL; s = s->next)
        if (check_cells_of(c, &s->target).count > 0 &&
            (s->target.type->flow != FLOW_HOLDER || has_all_cells(c, s->target.var)))
            s->may_be_spawned = false;
}

/* ---- what is reached ------------------------------------------------------------------------------ */

/* state NULL: all. */
static void note_sources(checked *c, use *x, size_t index, const uint64_t *state)
{
    const cell *k = &c->cells[index];
    bool all = k->is_weak || x->is_repeated || state == NULL ||
               check_cell_has(c, state, index, MARK_UNKNOWN) ||
               check_cell_has(c, state, index, MARK_ESCAPED);
    x->source_count = 0;
    x->sources = arena_alloc(&c->m->arena, k->count * sizeof *x->sources);
    for (size_t i = k->first + CELL_MARKS; i < k->first + k->count; i++)
        if (c->marks[i].kind == MARK_SPAWNED && (all || state_has(state, i)))
            x->sources[x->source_count++] = c->marks[i].node->spawn;
}

static void see_sync(checked *c, use *x, size_t index, const uint64_t *state)
{
    const cell *k = &c->cells[index];
    if (k->order != NOWHERE || k->var->is_confined)
        note_sources(c, x, index, state);
    if (k->is_weak || x->is_repeated)
        return;
    x->may_be_unspawned = false;
    for (size_t i = k->first; i < k->first + k->count; i++) {
        mark_kind kind = c->marks[i].kind;
        x->may_be_unspawned |= state_has(state, i) && kind != MARK_SPAWNED &&
                               kind != MARK_GUARDED && kind != MARK_ASKED;
    }
    x->read_after = false;
    x->is_lifo = check_flow_is_last(c, state, index);
}

/* Whether an event looks at the old value of the cells it names. */
static bool reads(const checked *c, const event *e, const uint64_t *state, size_t index)
{
    if (e->kind == EVENT_ASSUME)
        return true;
    if (e->kind != EVENT_NODE || e->node->kind == NODE_DECLARE)
        return false;
    if (e->node->kind == NODE_SPAWN)
        return e->node->spawn->target_kind == TARGET_ASSIGN &&
               check_may_be_spawned(c, state, index);
    return true;
}

static void see_reads(checked *c, const event *e, const uint64_t *state, size_t index)
{
    const cell *k = &c->cells[index];
    bool is_read = reads(c, e, state, index);
    for (size_t i = k->first + CELL_MARKS; i < k->first + k->count; i++) {
        mark *m = &c->marks[i];
        if (m->kind != MARK_SYNCED || !state_has(state, i))
            continue;
        if (is_read)
            m->is_read = true;
        if (e->kind == EVENT_EXIT)
            m->is_lost = true;
    }
}

void check_facts_event(checked *c, const event *e, const uint64_t *state)
{
    cell_range r = {0, 0};
    if (e->kind == EVENT_EXIT)
        r = check_cells_of_variable(c, e->var);
    else if (e->kind == EVENT_NODE || e->kind == EVENT_ASSUME)
        r = check_cells_of_node(c, e->node);
    for (size_t i = r.first; i < r.first + r.count; i++) {
        const cell *k = &c->cells[i];
        see_reads(c, e, state, i);
        if (e->kind == EVENT_EXIT && check_may_be_spawned(c, state, i))
            k->var->spawned_at_exit = true;
        if (e->kind != EVENT_NODE)
            continue;
        if (e->node->kind == NODE_STORE && e->node->store != NULL && check_may_be_spawned(c, state, i))
            e->node->store->may_be_spawned = true;
        if (e->node->kind == NODE_USE && r.count == 1 &&
            (e->node->use->kind == USE_SYNC || e->node->use->kind == USE_WAIT_FOR))
            see_sync(c, e->node->use, i, state);
        if (e->node->kind == NODE_SPAWN && r.count == 1 && !k->is_weak)
            e->node->spawn->may_be_spawned =
                e->node->spawn->target_kind == TARGET_ASSIGN && check_may_be_spawned(c, state, i);
    }
}

/* ---- the order inside a full expression ------------------------------------------------------------ */

static bool is_confined_event(const checked *c, const node *n, cell_range *r)
{
    if (n->kind != NODE_SPAWN && n->kind != NODE_USE)
        return false;
    *r = check_cells_of_node(c, n);
    return r->count > 0 && c->cells[r->first].order != NOWHERE;
}

/* The events of confined handles in a tree; of v alone, if it is given. */
static unsigned count_events(const checked *c, const node *n, const variable *v)
{
    cell_range r;
    unsigned count =
        is_confined_event(c, n, &r) && (v == NULL || c->cells[r.first].var == v);
    for (const node *child = n->first; child != NULL; child = child->next)
        count += count_events(c, child, v);
    return count;
}

/* Nothing is known of a handle that is named more than once in one full expression: it is looked at there,
 * whatever syncs came before. */
static void forget(checked *c, node *n, cell_range r)
{
    if (n->kind == NODE_SPAWN) {
        n->spawn->may_be_spawned = n->spawn->target_kind == TARGET_ASSIGN;
        return;
    }
    n->use->may_be_unspawned = n->use->read_after = true;
    if (r.count == 1)
        note_sources(c, n->use, r.first, NULL);
}

/* Compilers may choose another order than the tree's: no sync among several is surely the last, and
 * none of a task that was spawned among them. */
static void spoil(checked *c, node *n, const node *full)
{
    cell_range r;
    if (is_confined_event(c, n, &r)) {
        variable *v = c->cells[r.first].var;
        if (n->kind == NODE_USE)
            n->use->is_lifo = false;
        for (use *x = c->f->uses; n->kind == NODE_SPAWN && x != NULL; x = x->next)
            if (x->place.var == v)
                x->is_lifo = false;
        if (count_events(c, full, v) > 1) {
            v->spawned_at_exit = true;
            forget(c, n, r);
            for (use *x = c->f->uses; x != NULL; x = x->next)
                x->read_after |= x->place.var == v;
        }
    }
    for (node *child = n->first; child != NULL; child = child->next)
        spoil(c, child, full);
}

static void spoil_unordered(checked *c, node *n)
{
    if (n->is_full && count_events(c, n, NULL) > 1)
        spoil(c, n, n);
    for (node *child = n->first; child != NULL; child = child->next)
        spoil_unordered(c, child);
}

void check_facts_finish(checked *c)
{
    for (spawn *s = c->f->spawns; s != NULL; s = s->next)
        if (s->may_be_spawned && check_is_fresh(c, s))
            s->may_be_spawned = false;
    spoil_unordered(c, c->f->body);
    for (spawn *s = c->f->spawns; s != NULL; s = s->next)
        if (s->target_kind == TARGET_ASSIGN && !s->may_be_spawned && check_fills(c, s))
            s->target.var->is_filled = true;
    for (size_t i = 0; i < c->mark_count; i++) {
        const mark *m = &c->marks[i];
        if (m->kind == MARK_SYNCED)
            m->node->use->read_after |=
                m->is_read || (m->is_lost && c->cells[m->cell].var->spawned_at_exit);
    }
}
