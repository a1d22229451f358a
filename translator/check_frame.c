/* Warnings about the frame of a function that spawns: a task has the address of a local and may use
 * it when the local is gone, or while the function writes it. */
#include <string.h>

#include "check_internal.h"

/* ---- what an argument points to ----------------------------------------------------------------- */

/* Memory of the frame: a local or part of one, or from alloca. var NULL: none of it. */
typedef struct memory {
    variable *var; /* of alloca: the pointer it was given to, or NULL */
    const place *place;
    bool is_alloca;
} memory;

static bool is_in_frame(const variable *v)
{
    return v != NULL && (v->storage == STORAGE_LOCAL || v->storage == STORAGE_PARAM);
}

static bool is_alloca(const call *call)
{
    return call->callee != NULL && (strcmp(call->callee->name, "alloca") == 0 ||
                                    strcmp(call->callee->name, "__builtin_alloca") == 0);
}

static memory memory_of_value(const node *value)
{
    memory none = {0};
    if (value != NULL && value->kind == NODE_ADDRESS && is_in_frame(value->place.var) &&
        (value->place.kind == PLACE_VARIABLE || value->place.kind == PLACE_PART))
        return (memory){value->place.var, &value->place, false};
    if (value != NULL && value->kind == NODE_CALL && is_alloca(value->call))
        return (memory){NULL, NULL, true};
    return none;
}

static const node *sibling_before(const node *n)
{
    const node *before = NULL;
    if (n->parent == NULL)
        return NULL;
    for (const node *k = n->parent->first; k != NULL && k != n; k = k->next)
        before = k;
    return before;
}

/* The only assignment of a variable; count says how many there are. */
static void find_writes(const node *n, const variable *v, const node **write, unsigned *count)
{
    if (n->kind == NODE_WRITE && n->place.var == v && n->place.kind != PLACE_ELSEWHERE) {
        *write = n;
        ++*count;
    }
    for (const node *k = n->first; k != NULL; k = k->next)
        find_writes(k, v, write, count);
}

/* What a local pointer points to that is set once and for all. */
static memory memory_of_pointer(const checked *c, const variable *v)
{
    memory none = {0};
    const node *write = NULL, *value = NULL;
    unsigned count = 0;
    if (v->storage != STORAGE_LOCAL || !v->type->is_pointer || v->is_address_taken ||
        v->declare == NULL)
        return none;
    find_writes(c->f->body, v, &write, &count);
    if (v->has_initialiser && count == 0) {
        const node *full = sibling_before(v->declare);
        value = full == NULL || full->kind != NODE_SEQUENCE ? NULL : full->last;
    } else if (!v->has_initialiser && count == 1) {
        value = sibling_before(write);
    }
    memory m = memory_of_value(value);
    if (m.is_alloca)
        m.var = (variable *)v;
    return m;
}

/* Of a struct or union that is written as a compound literal: the first of its parts that points into
 * the frame. */
static memory memory_behind(const checked *c, const ctype *type, const node *value)
{
    memory m = {0};
    if (type == NULL || value == NULL)
        return m;
    if (type->is_record && value->kind == NODE_LITERAL) {
        for (const node *part = value->first; part != NULL && m.var == NULL && !m.is_alloca;
             part = part->next)
            m = memory_behind(c, part->place.type, part->last);
        return m;
    }
    if (!type->is_pointer && !type->is_array)
        return m;
    if (value->kind == NODE_READ && value->place.kind == PLACE_VARIABLE)
        return memory_of_pointer(c, value->place.var);
    return memory_of_value(value);
}

static memory memory_of_argument(const checked *c, argument *a)
{
    if (a->memory == NULL) {
        a->memory = arena_alloc(&c->m->arena, sizeof *a->memory);
        *a->memory = memory_behind(c, a->type, a->value);
    }
    return *a->memory;
}

bool check_frame_hands_out(const checked *c, const call *call)
{
    for (unsigned i = 0; i < call->arg_count; i++) {
        memory m = memory_of_argument(c, &call->args[i]);
        if (m.var != NULL || m.is_alloca)
            return true;
    }
    return false;
}

bool check_frame_hands_out_variable(const checked *c, const call *call, const variable *v)
{
    for (unsigned i = 0; v != NULL && i < call->arg_count; i++)
        if (memory_of_argument(c, &call->args[i]).var == v)
            return true;
    return false;
}

/* ---- scopes ------------------------------------------------------------------------------------- */

/* The block, or for, in which a variable is declared; NULL: a parameter. */
static const node *home(const variable *v)
{
    const node *n = v->declare;
    while (n != NULL && n->kind != NODE_BLOCK && n->kind != NODE_FOR)
        n = n->parent;
    return n;
}

static bool is_inside(const node *inner, const node *outer)
{
    if (outer == NULL)
        return inner != NULL;
    for (inner = inner == NULL ? NULL : inner->parent; inner != NULL; inner = inner->parent)
        if (inner == outer)
            return true;
    return false;
}

/* Whether a sync_scope waits for the task of a spawn before control leaves outermost, which may be its
 * block. NULL: the function. */
static bool is_waited_for(const checked *c, const node *n, const node *outermost)
{
    for (const node *k = n->parent; k != NULL; k = k->parent) {
        if (k->kind == NODE_BLOCK && k->scope != NULL && check_scope_waits(c, k->scope, n))
            return true;
        if (k == outermost)
            return false;
    }
    return false;
}

/* ---- tasks that outlive the frame ----------------------------------------------------------------- */

static bool was_reported(checked *c, const node *n)
{
    size_t i = check_task_mark(c, MARK_RUNNING, n);
    if (i == NOWHERE || c->marks[i].is_reported)
        return true;
    c->marks[i].is_reported = true;
    return false;
}

/* v NULL: the first local that the arguments point to. */
static void report_escape(checked *c, const node *n, const variable *v, const node *end,
                          const char *how)
{
    const call *call = &n->spawn->call;
    for (unsigned i = 0; i < call->arg_count; i++) {
        memory m = memory_of_argument(c, &call->args[i]);
        if ((m.var == NULL && !m.is_alloca) || (v != NULL && m.var != v) || was_reported(c, n))
            continue;
        diag_place at = check_place(c, n->begin, n->end);
        if (m.is_alloca)
            diag_add(c->d, DIAG_ESCAPE, at, "task may use memory of alloca when '%s' has returned",
                     c->f->name);
        else if (m.var->is_literal)
            diag_add(c->d, DIAG_ESCAPE, at, "task may use %s when it is gone", m.var->name);
        else
            diag_add(c->d, DIAG_ESCAPE, at, "task may use local '%s' when it is gone",
                     m.var->name);
        diag_range(c->d, check_place(c, call->args[i].begin, call->args[i].end));
        diag_note(c->d, check_end_place(c, end), "%s", how);
    }
}

/* Whether the paths with a task in a cell are sure to be taken, as far as one can see. */
static bool is_sure(const checked *c, const uint64_t *state, size_t index)
{
    bool unspawned = !c->cells[index].is_weak && check_cell_has(c, state, index, MARK_EMPTY);
    return !unspawned && !check_cell_has(c, state, index, MARK_UNKNOWN) &&
           !check_cell_has(c, state, index, MARK_ESCAPED) &&
           !check_cell_has(c, state, index, MARK_GUARDED) &&
           !check_cell_has(c, state, index, MARK_ASKED);
}

/* A local's life ends: whose task still has its address? */
static void local_ends(checked *c, const event *e, const uint64_t *state)
{
    const node *block = home(e->var);
    for (size_t i = c->tasks_first; i < c->tasks_end; i++) {
        const node *n = c->marks[i].node;
        if (c->marks[i].kind == MARK_PENDING && state_has(state, i) &&
            !(block != NULL && is_inside(n, block) && is_waited_for(c, n, block)) &&
            check_frame_hands_out_variable(c, &n->spawn->call, e->var))
            report_escape(c, n, e->var, e->node,
                          "it leaves its scope here; nothing waits for the task before");
    }
    for (size_t i = 0; i < c->mark_count; i++) {
        const mark *m = &c->marks[i];
        if (m->kind != MARK_SPAWNED || !state_has(state, i) || !is_sure(c, state, m->cell) ||
            is_waited_for(c, m->node, block))
            continue;
        const variable *holder = c->cells[m->cell].var;
        if (holder != e->var && is_inside(block, home(holder)) &&
            check_frame_hands_out_variable(c, &m->node->spawn->call, e->var))
            report_escape(c, m->node, e->var, e->node,
                          "it leaves its scope here, before the handle is synced");
    }
}

/* The last event of an expression, through branches of which any may give the value. */
static const node *value_of(const node *n)
{
    while (n != NULL && (n->kind == NODE_SEQUENCE || n->kind == NODE_BLOCK))
        n = n->last;
    return n;
}

/* A handle is returned: the frame is gone when its task runs on. */
static void returns(checked *c, const node *n, const uint64_t *state)
{
    const node *value = value_of(n->first);
    cell_range r = check_cells_of_node(c, n);
    if (c->f->result->flow == FLOW_NONE)
        return;
    if (value != NULL && value->kind == NODE_SPAWN && !is_waited_for(c, value, NULL))
        report_escape(c, value, NULL, n, "its handle is returned here");
    if (value != NULL && value->kind == NODE_USE && value->use->kind == USE_MOVE) {
        r = check_cells_of_node(c, value); /* where it was spawned, the state does not know now */
        for (size_t i = 0; i < c->mark_count; i++)
            if (c->marks[i].kind == MARK_SPAWNED && c->marks[i].cell >= r.first &&
                c->marks[i].cell < r.first + r.count && c->marks[i].is_returned &&
                !is_waited_for(c, c->marks[i].node, NULL))
                report_escape(c, c->marks[i].node, NULL, n, "its handle is returned here");
        return;
    }
    for (size_t i = 0; i < c->mark_count; i++)
        if (c->marks[i].kind == MARK_SPAWNED && state_has(state, i) &&
            c->marks[i].cell >= r.first && c->marks[i].cell < r.first + r.count &&
            !is_waited_for(c, c->marks[i].node, NULL))
            report_escape(c, c->marks[i].node, NULL, n, "its handle is returned here");
}

/* A move: what it may take away, for the return that it may stand in. */
static void moves(checked *c, const node *n, const uint64_t *state)
{
    cell_range r = check_cells_of_node(c, n);
    for (size_t i = 0; i < c->mark_count; i++)
        if (c->marks[i].kind == MARK_SPAWNED && c->marks[i].cell >= r.first &&
            c->marks[i].cell < r.first + r.count)
            c->marks[i].is_returned = state_has(state, i);
}

/* ---- handles kept elsewhere ----------------------------------------------------------------------- */

/* Whether something in the function may wait for tasks whose handles are not followed. */
static bool may_wait(const checked *c, const node *n)
{
    if (n->kind == NODE_CALL && !check_is_harmless(n->call))
        return true;
    if (n->kind == NODE_USE && n->use->kind != USE_IS_SPAWNED &&
        check_cells_of_node(c, n).count == 0)
        return true;
    for (const node *k = n->first; k != NULL; k = k->next)
        if (may_wait(c, k))
            return true;
    return false;
}

static void kept_elsewhere(checked *c, const node *n)
{
    const spawn *s = n->spawn;
    if ((s->target_kind != TARGET_ASSIGN && s->target_kind != TARGET_INITIALISER) ||
        is_waited_for(c, n, NULL) || check_cells_of_node(c, n).count > 0)
        return;
    const variable *v = s->target.var;
    bool outside = v != NULL && (s->target.kind == PLACE_ELSEWHERE
                                     ? v->storage == STORAGE_PARAM || v->storage == STORAGE_GLOBAL
                                     : v->storage == STORAGE_STATIC || v->storage == STORAGE_GLOBAL);
    if (outside && !may_wait(c, c->f->body))
        report_escape(c, n, NULL, n, "its handle is kept outside the function");
}

/* A detached task with memory of alloca that no variable names. */
static void detached_alloca(checked *c, const node *n)
{
    const call *call = &n->spawn->call;
    if (n->spawn->target_kind != TARGET_NONE || is_waited_for(c, n, NULL) || c->calls_sync_all)
        return;
    for (unsigned i = 0; i < call->arg_count; i++) {
        memory m = memory_of_argument(c, &call->args[i]);
        if (m.is_alloca && m.var == NULL)
            report_escape(c, n, NULL, c->f->body, "the function ends here");
    }
}

/* ---- writes meanwhile ----------------------------------------------------------------------------- */

static bool is_array_of(const place *p)
{
    return p->var->type->is_array;
}

/* Whether a write is to what the argument points to, as far as one can be sure: of an array, a task
 * may well have another part than the one that is written. */
static bool meets(const place *given, const place *written)
{
    if (given->kind == PLACE_PART)
        return written->kind == PLACE_VARIABLE ||
               (written->field != NULL && given->field != NULL &&
                strcmp(written->field, given->field) == 0);
    return !is_array_of(given) || written->field != NULL;
}

static bool holds_lock(const checked *c, const uint64_t *state)
{
    for (size_t i = 0; i < c->mark_count; i++)
        if (c->marks[i].kind == MARK_LOCKED && state_has(state, i))
            return true;
    return false;
}

/* Whether the handle of a running task is surely there, when it is one that is followed. */
static bool is_surely_spawned(const checked *c, const node *n, const uint64_t *state)
{
    cell_range r = check_cells_of_node(c, n);
    for (size_t i = r.first; i < r.first + r.count; i++)
        if (!is_sure(c, state, i))
            return false;
    return true;
}

static void writes(checked *c, const node *n, const uint64_t *state)
{
    const place *p = &n->place;
    if (!is_in_frame(p->var) || p->kind == PLACE_ELSEWHERE || p->type->is_atomic ||
        p->var->type->is_atomic || holds_lock(c, state))
        return;
    for (size_t i = c->tasks_first; i < c->tasks_end; i++) {
        const node *task = c->marks[i].node;
        const call *call = &task->spawn->call;
        if (c->marks[i].kind != MARK_RUNNING || !state_has(state, i) ||
            !is_surely_spawned(c, task, state))
            continue;
        for (unsigned k = 0; k < call->arg_count; k++) {
            memory m = memory_of_argument(c, &call->args[k]);
            if (m.var != p->var || m.is_alloca || !meets(m.place, p))
                continue;
            diag_add(c->d, DIAG_RACE, check_node_place(c, n),
                     "'%s' is written while a task may read it", p->var->name);
            diag_note(c->d, check_place(c, call->args[k].begin, call->args[k].end),
                      "the task got its address here");
            return;
        }
    }
}

void check_frame_event(checked *c, const event *e, const uint64_t *state)
{
    if (e->kind == EVENT_EXIT)
        local_ends(c, e, state);
    if (e->kind != EVENT_NODE)
        return;
    switch (e->node->kind) {
    case NODE_RETURN:
        returns(c, e->node, state);
        break;
    case NODE_USE:
        if (e->node->use->kind == USE_MOVE)
            moves(c, e->node, state);
        break;
    case NODE_SPAWN:
        kept_elsewhere(c, e->node);
        detached_alloca(c, e->node);
        break;
    case NODE_WRITE:
        writes(c, e->node, state);
        break;
    default:
        break;
    }
}
