/* What each event does to the state of a path, and the states that can reach each block.
 *
 * A state is a set of marks that some path has; where paths meet it is the union. Steps only add
 * marks or clear them regardless of others, or add more where there are more, so that repeating them
 * comes to an end. */
#include <stdlib.h>
#include <string.h>

#include "check_internal.h"

enum { MAX_STATE_BYTES = 256 * 1024 * 1024 };

/* ---- the order of the task stack ---------------------------------------------------------------- */

bool check_may_be_spawned(const checked *c, const uint64_t *state, size_t index)
{
    return check_cell_has(c, state, index, MARK_SPAWNED) ||
           check_cell_has(c, state, index, MARK_UNKNOWN) ||
           check_cell_has(c, state, index, MARK_ESCAPED);
}

static uint64_t order_bit(const cell *k)
{
    return UINT64_C(1) << k->order;
}

static void order_push(const checked *c, uint64_t *state, size_t index)
{
    const cell *k = &c->cells[index];
    uint64_t *above = state + c->mark_words, *hole = above + c->order_count;
    if (k->order == NOWHERE)
        return;
    if (!k->is_weak)
        above[k->order] = hole[k->order] = 0;
    for (size_t i = 0; i < c->cell_count; i++)
        if (c->cells[i].order != NOWHERE && (i != index || k->is_weak) &&
            check_may_be_spawned(c, state, i))
            above[c->cells[i].order] |= order_bit(k);
}

/* A task goes. Those that were spawned after it may be left with a hole below. all: of a weak cell,
 * every one goes. */
static void order_remove(const checked *c, uint64_t *state, size_t index, bool all)
{
    const cell *k = &c->cells[index];
    uint64_t *above = state + c->mark_words, *hole = above + c->order_count;
    if (k->order == NOWHERE)
        return;
    for (size_t i = 0; i < c->cell_count; i++) {
        size_t other = c->cells[i].order;
        if (other != NOWHERE && above[k->order] >> other & 1)
            hole[other] = 1;
    }
    if (k->is_weak && !all)
        return;
    above[k->order] = hole[k->order] = 0;
    for (size_t i = 0; i < c->order_count; i++)
        above[i] &= ~order_bit(k);
}

bool check_flow_is_last(const checked *c, const uint64_t *state, size_t index)
{
    const cell *k = &c->cells[index];
    const uint64_t *above = state + c->mark_words, *hole = above + c->order_count;
    return k->order != NOWHERE && !k->is_weak && above[k->order] == 0 && hole[k->order] == 0;
}

/* ---- cells -------------------------------------------------------------------------------------- */

/* Its handle is not in the cell any more, and its task is waited for or in other hands. */
static void let_go(const checked *c, uint64_t *state, size_t index)
{
    const cell *k = &c->cells[index];
    for (size_t i = k->first + CELL_MARKS; i < k->first + k->count; i++) {
        if (c->marks[i].kind != MARK_SPAWNED || !state_has(state, i))
            continue;
        size_t task = check_task_mark(c, MARK_RUNNING, c->marks[i].node);
        if (task != NOWHERE)
            state_clear(state, task);
    }
}

/* Forgets what a cell was; keep_escaped: its address is still known. */
static void forget(const checked *c, uint64_t *state, size_t index, bool keep_escaped)
{
    const cell *k = &c->cells[index];
    bool escaped = check_cell_has(c, state, index, MARK_ESCAPED);
    for (size_t i = k->first; i < k->first + k->count; i++)
        state_clear(state, i);
    if (escaped && keep_escaped)
        state_set(state, k->first + MARK_ESCAPED);
}

/* The handle of a cell becomes what mark says. Of a weak cell, one of its handles does. */
static void become(const checked *c, uint64_t *state, size_t index, size_t mark)
{
    if (!c->cells[index].is_weak)
        forget(c, state, index, true);
    if (mark != NOWHERE)
        state_set(state, mark);
}

static void spawned(const checked *c, uint64_t *state, size_t index, const node *n)
{
    if (!c->cells[index].is_weak && n->spawn->target_kind == TARGET_ASSIGN) {
        let_go(c, state, index);
        if (check_may_be_spawned(c, state, index))
            order_remove(c, state, index, false);
    }
    become(c, state, index, check_cell_mark(c, index, MARK_SPAWNED, n));
    order_push(c, state, index);
}

/* Synced or moved. Which of the handles of a weak cell, nobody knows: no claim is made any more. */
static void taken(const checked *c, uint64_t *state, size_t index, size_t mark)
{
    const cell *k = &c->cells[index];
    let_go(c, state, index);
    order_remove(c, state, index, false);
    if (k->is_weak) {
        for (size_t i = k->first + CELL_MARKS; i < k->first + k->count; i++)
            state_clear(state, i);
        state_set(state, k->first + MARK_UNKNOWN);
    } else {
        become(c, state, index, mark);
    }
}

static void step_use(const checked *c, uint64_t *state, size_t index, const event *e)
{
    const cell *k = &c->cells[index];
    switch (e->node->use->kind) {
    case USE_SYNC:
    case USE_WAIT_FOR:
        taken(c, state, index, check_cell_mark(c, index, MARK_SYNCED, e->node));
        break;
    case USE_MOVE:
        taken(c, state, index, check_cell_mark(c, index, MARK_MOVED, e->node));
        break;
    case USE_IS_SPAWNED:
        if (!e->is_assumed)
            state_set(state, k->first + MARK_ASKED);
        break;
    case USE_IS_READY:
        let_go(c, state, index);
        break;
    }
}

/* Its declaration has been jumped over. */
static void entered(const checked *c, uint64_t *state, size_t index)
{
    const cell *k = &c->cells[index];
    state_set(state, k->first + MARK_UNKNOWN);
    if (k->order != NOWHERE)
        state[c->mark_words + c->order_count + k->order] = 1;
}

static void declared(const checked *c, uint64_t *state, size_t index)
{
    const cell *k = &c->cells[index];
    bool set = false;
    for (size_t i = k->first; i < k->first + k->count; i++)
        set |= state_has(state, i);
    if (k->var->has_initialiser && set)
        return;
    forget(c, state, index, false);
    state_set(state, k->first + MARK_EMPTY);
}

static void step_cell(const checked *c, uint64_t *state, size_t index, const event *e)
{
    const cell *k = &c->cells[index];
    switch (e->node->kind) {
    case NODE_SPAWN:
        spawned(c, state, index, e->node);
        break;
    case NODE_USE:
        step_use(c, state, index, e);
        break;
    case NODE_RETURN:
        taken(c, state, index, check_cell_mark(c, index, MARK_MOVED, e->node));
        break;
    case NODE_STORE:
        let_go(c, state, index);
        order_remove(c, state, index, false);
        become(c, state, index, k->first + MARK_UNKNOWN);
        break;
    case NODE_COPY:
        let_go(c, state, index);
        state_set(state, k->first + MARK_UNKNOWN);
        break;
    case NODE_ADDRESS:
        let_go(c, state, index);
        state_set(state, k->first + MARK_ESCAPED);
        break;
    default:
        break;
    }
}

/* ---- conditions --------------------------------------------------------------------------------- */

static bool takes(const node *n)
{
    return n->kind == NODE_RETURN ||
           (n->kind == NODE_USE &&
            (n->use->kind == USE_SYNC || n->use->kind == USE_WAIT_FOR ||
             n->use->kind == USE_MOVE));
}

static bool may_be_other(const checked *c, const uint64_t *state, size_t index)
{
    const cell *k = &c->cells[index];
    for (size_t i = k->first; i < k->first + k->count; i++)
        if (c->marks[i].kind != MARK_SPAWNED && state_has(state, i))
            return true;
    return false;
}

static bool is_loop_or_switch(const node *n)
{
    return n->kind == NODE_WHILE || n->kind == NODE_DO || n->kind == NODE_FOR || n->kind == NODE_SWITCH;
}

static bool has_label(const node *n, const char *name)
{
    if (n->kind == NODE_LABEL && n->name != NULL && strcmp(n->name, name) == 0)
        return true;
    for (const node *child = n->first; child != NULL; child = child->next)
        if (has_label(child, name))
            return true;
    return false;
}

/* Whether a statement in the body of a loop surely leaves the loop. */
static bool is_way_out(const node *n, const node *body)
{
    switch (n->kind) {
    case NODE_RETURN:
    case NODE_NORETURN:
        return true;
    case NODE_GOTO:
        return n->name != NULL && !has_label(body, n->name);
    case NODE_BREAK:
        for (const node *k = n->parent; k != NULL && k != body; k = k->parent)
            if (is_loop_or_switch(k))
                return false;
        return true;
    default:
        return false;
    }
}

static bool may_go_on(const node *n)
{
    if (n->kind == NODE_CONTINUE || n->kind == NODE_GOTO || n->kind == NODE_GOTO_COMPUTED ||
        n->kind == NODE_ASM_GOTO)
        return true;
    for (const node *child = n->first; child != NULL; child = child->next)
        if (may_go_on(child))
            return true;
    return false;
}

/* Whether control that comes to a node in the body of a loop never comes to the loop's condition again.
 * Of a switch the body is left by any break: that says nothing. */
static bool leaves_loop(const node *n, const node *body)
{
    if (body->parent == NULL || body->parent->kind == NODE_SWITCH)
        return false;
    for (; n != NULL && n != body; n = n->parent) {
        if (is_way_out(n, body))
            return true;
        if (n->parent == NULL || (n->parent->kind != NODE_BLOCK && n->parent->kind != NODE_SEQUENCE))
            continue;
        for (const node *k = n->next; k != NULL; k = k->next) {
            if (is_way_out(k, body))
                return true;
            if (may_go_on(k))
                return false;
        }
    }
    return false;
}

/* A path that goes around a sync. Where the handle may be not spawned, the condition that chose the
 * path is likely to know; and a loop likely to run at least once. loop: its body, or NULL; a sync behind
 * which the loop is left is no reason to come to its end. */
static void skipped(const checked *c, uint64_t *state, const node *n, const node *loop)
{
    if (n->kind == NODE_UNEVALUATED)
        return;
    if (takes(n)) {
        cell_range r = check_cells_of_node(c, n);
        for (size_t i = r.first; i < r.first + r.count; i++)
            if ((loop != NULL && !leaves_loop(n, loop)) || may_be_other(c, state, i))
                state_set(state, c->cells[i].first + MARK_GUARDED);
    }
    for (const node *child = n->first; child != NULL; child = child->next)
        skipped(c, state, child, loop);
}

/* The answer of is_spawned is known. Of a cell of which nothing is left, nothing is claimed: this
 * path is never taken. */
static void assumed(const checked *c, uint64_t *state, const event *e)
{
    cell_range r = check_cells_of_node(c, e->node);
    if (r.count != 1 || c->cells[r.first].is_weak)
        return;
    const cell *k = &c->cells[r.first];
    bool left = false;
    if (!e->is_true)
        let_go(c, state, r.first);
    for (size_t i = k->first; i < k->first + k->count; i++) {
        mark_kind kind = c->marks[i].kind;
        bool fits = kind == MARK_ESCAPED || kind == MARK_GUARDED || kind == MARK_ASKED ||
                    kind == MARK_UNKNOWN || (kind == MARK_SPAWNED) == e->is_true;
        if (!fits)
            state_clear(state, i);
        left |= kind != MARK_GUARDED && kind != MARK_ASKED && state_has(state, i);
    }
    if (!left)
        state_set(state, k->first + MARK_UNKNOWN);
}

/* ---- tasks and locks ---------------------------------------------------------------------------- */

/* Any call may wait for tasks, or hear that one has ended, but a few that are well known. */
bool check_is_harmless(const call *call)
{
    static const char *const names[] = {
        "printf", "puts", "putchar", "fprintf", "fputs", "putc", "fflush", "perror", "malloc",
        "calloc", "free", "memcpy", "memset", "memmove", "strlen", "strcmp", "rand", "srand", "time",
        "clock", "usleep", "sleep", "nanosleep", "abs", "sqrt"};
    if (call->callee == NULL)
        return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(call->callee->name, names[i]) == 0)
            return true;
    return call->callee->is_builtin;
}

static bool is_followed_spawn(const checked *c, const node *n)
{
    return check_cells_of_node(c, n).count > 0;
}

/* Whether an executor is written as NULL, which is the global one, where plain spawns go as well. */
static bool is_global(const checked *c, const scope *s)
{
    static const char *const nulls[] = {"NULL", "0", "nullptr", "(tine_executor*)0", "(tine_executor*)NULL",
                                        "((void*)0)", "(void*)0"};
    const char *text = flatten_text(c->flat)->text;
    str seen = {0};
    bool found = false;
    for (size_t i = s->executor_begin; i < s->executor_end; i++)
        if (strchr(" \t\r\n", text[i]) == NULL)
            str_putc(&seen, text[i]);
    for (size_t i = 0; i < sizeof nulls / sizeof *nulls; i++)
        found |= strcmp(str_cstr(&seen), nulls[i]) == 0;
    str_free(&seen);
    return found;
}

bool check_scope_waits(const checked *c, const scope *s, const node *n)
{
    return s->executor_end == s->executor_begin || n->spawn->kind != SPAWN || is_global(c, s);
}

/* The tasks whose handles are not followed may have ended. pending: detached ones surely have. */
static void others_ended(const checked *c, uint64_t *state, const scope *s, bool pending)
{
    for (size_t i = c->tasks_first; i < c->tasks_end; i++) {
        const node *n = c->marks[i].node;
        bool inside = s == NULL ? !is_followed_spawn(c, n)
                                : n->begin >= s->body_begin && n->begin < s->body_end;
        bool ended = pending && (s == NULL || check_scope_waits(c, s, n));
        if (inside && (c->marks[i].kind == MARK_RUNNING || ended))
            state_clear(state, i);
    }
}

static void unlock(uint64_t *state, const mutex *m)
{
    for (size_t i = m->first; i < m->first + m->count; i++)
        state_clear(state, i);
    state_set(state, m->first);
}

static void step_lock(const checked *c, uint64_t *state, const node *n)
{
    size_t which = check_mutex_of(c, n->call);
    if (check_lock_takes(n->call) && which != NOWHERE) {
        const mutex *m = &c->mutexes[which];
        for (size_t i = m->first; i < m->first + m->count; i++)
            if (c->marks[i].node == n) {
                unlock(state, m);
                state_clear(state, m->first);
                state_set(state, i);
            }
    } else if (check_lock_frees(n->call)) {
        for (size_t i = 0; i < c->mutex_count; i++)
            if (which == NOWHERE || i == which)
                unlock(state, &c->mutexes[i]);
    }
}

static void step_call(const checked *c, uint64_t *state, const node *n)
{
    const callee *callee = n->call->callee;
    step_lock(c, state, n);
    if (callee != NULL && strcmp(callee->name, "tine_sync_all") == 0)
        others_ended(c, state, NULL, true);
    else if (!check_is_harmless(n->call))
        others_ended(c, state, NULL, false);
    if (callee != NULL && callee->returns_twice) /* what comes later may have come before */
        for (size_t i = 0; i < c->cell_count; i++)
            state_set(state, c->cells[i].first + MARK_ESCAPED);
}

/* ---- events ------------------------------------------------------------------------------------- */

static void step_node(const checked *c, uint64_t *state, const event *e)
{
    const node *n = e->node;
    cell_range r = check_cells_of_node(c, n);
    if (n->kind == NODE_CALL)
        step_call(c, state, n);
    if (n->kind == NODE_USE && r.count == 0 && n->use->kind != USE_IS_SPAWNED)
        others_ended(c, state, NULL, false);
    if (n->kind == NODE_DECLARE) {
        r = check_cells_of_variable(c, n->var);
        for (size_t i = r.first; i < r.first + r.count; i++)
            declared(c, state, i);
        return;
    }
    for (size_t i = r.first; i < r.first + r.count; i++)
        step_cell(c, state, i, e);
    if (n->kind == NODE_SPAWN) {
        size_t running = check_task_mark(c, MARK_RUNNING, n);
        size_t pending = check_task_mark(c, MARK_PENDING, n);
        if (running != NOWHERE)
            state_set(state, running);
        if (pending != NOWHERE)
            state_set(state, pending);
    }
}

void check_flow_step(const checked *c, const event *e, uint64_t *state)
{
    cell_range r = {0, 0};
    switch (e->kind) {
    case EVENT_NODE:
        step_node(c, state, e);
        break;
    case EVENT_EXIT:
    case EVENT_ENTER:
        r = check_cells_of_variable(c, e->var);
        for (size_t i = r.first; i < r.first + r.count; i++) {
            let_go(c, state, i);
            order_remove(c, state, i, true);
            forget(c, state, i, false);
            if (e->kind == EVENT_ENTER)
                entered(c, state, i);
        }
        for (size_t i = c->tasks_first; i < c->tasks_end; i++) /* a new object, if it comes again */
            if (c->marks[i].kind == MARK_RUNNING &&
                check_frame_hands_out_variable(c, &c->marks[i].node->spawn->call, e->var))
                state_clear(state, i);
        break;
    case EVENT_SCOPE_END:
        others_ended(c, state, e->scope, true);
        break;
    case EVENT_SKIP:
        skipped(c, state, e->node, e->is_loop ? e->node : NULL);
        break;
    case EVENT_ASSUME:
        assumed(c, state, e);
        break;
    }
}

/* ---- the fixed point ---------------------------------------------------------------------------- */

static bool join(const checked *c, size_t to, const uint64_t *state)
{
    bool changed = c->before[to] == NULL;
    if (changed)
        c->before[to] = mem_zalloc(c->words + 1, sizeof(uint64_t));
    for (size_t i = 0; i < c->words; i++) {
        changed |= (state[i] & ~c->before[to][i]) != 0;
        c->before[to][i] |= state[i];
    }
    return changed;
}

static void at_entry(const checked *c, uint64_t *state)
{
    for (size_t i = 0; i < c->cell_count; i++) {
        if (c->cells[i].var->storage == STORAGE_PARAM)
            state_set(state, c->cells[i].first + MARK_UNKNOWN);
        if (c->f->has_local_function)
            state_set(state, c->cells[i].first + MARK_ESCAPED);
    }
    for (size_t i = 0; i < c->mutex_count; i++)
        state_set(state, c->mutexes[i].first);
}

bool check_flow_solve(checked *c)
{
    const cfg *g = &c->graph;
    if ((c->words + 1) * sizeof(uint64_t) > MAX_STATE_BYTES / (g->count + 1))
        return false;
    c->before = mem_zalloc(g->count, sizeof *c->before);
    size_t *queue = mem_zalloc(g->count + 1, sizeof *queue);
    bool *waits = mem_zalloc(g->count, sizeof *waits);
    uint64_t *state = mem_zalloc(c->words + 1, sizeof *state);
    size_t head = 0, tail = 0;
    at_entry(c, state);
    join(c, 0, state);
    queue[tail++] = 0;
    waits[0] = true;
    while (head != tail) {
        size_t at = queue[head];
        head = (head + 1) % (g->count + 1);
        waits[at] = false;
        memcpy(state, c->before[at], c->words * sizeof *state);
        for (size_t i = 0; i < g->blocks[at].count; i++)
            check_flow_step(c, &g->blocks[at].events[i], state);
        for (size_t i = 0; i < g->blocks[at].next_count; i++) {
            size_t to = g->blocks[at].next[i];
            if (join(c, to, state) && !waits[to]) {
                waits[to] = true;
                queue[tail] = to;
                tail = (tail + 1) % (g->count + 1);
            }
        }
    }
    free(state);
    free(waits);
    free(queue);
    return true;
}
