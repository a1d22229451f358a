/* Which handles of a function are followed, and the marks that the state of a path is made of. */
#include <stdlib.h>
#include <string.h>

#include "check_internal.h"

/* ---- places ------------------------------------------------------------------------------------ */

static bool is_handle(const ctype *t)
{
    return t != NULL && (t->flow == FLOW_VAR || t->flow == FLOW_PENDING);
}

/* Whether members may overlap somewhere in a type. */
static bool has_union(const ctype *t)
{
    while (t != NULL && t->is_array)
        t = t->element;
    if (t == NULL || t->is_union)
        return true;
    for (const ctype_field *field = t->fields; field != NULL; field = field->next)
        if (has_union(field->type))
            return true;
    return false;
}

static bool is_followed(const variable *v)
{
    if (v->storage != STORAGE_LOCAL && v->storage != STORAGE_PARAM)
        return false;
    if (is_handle(v->type))
        return true;
    return v->type->flow == FLOW_HOLDER && !has_union(v->type);
}

cell_range check_cells_of_variable(const checked *c, const variable *v)
{
    cell_range r = {0, 0};
    for (size_t i = 0; i < c->cell_count; i++)
        if (c->cells[i].var == v) {
            if (r.count == 0)
                r.first = i;
            r.count++;
        }
    return r;
}

cell_range check_cells_of(const checked *c, const place *p)
{
    if (p->var == NULL || (p->kind != PLACE_VARIABLE && p->kind != PLACE_PART))
        return (cell_range){0, 0};
    cell_range all = check_cells_of_variable(c, p->var);
    for (size_t i = all.first; i < all.first + all.count; i++)
        if (p->kind == PLACE_PART && p->field != NULL && c->cells[i].field != NULL &&
            strcmp(p->field, c->cells[i].field) == 0)
            return (cell_range){i, 1};
    return all; /* a part that holds several counts as the whole */
}

static const place *place_of_node(const node *n)
{
    switch (n->kind) {
    case NODE_USE:
        return &n->use->place;
    case NODE_SPAWN:
        return n->spawn->target_kind == TARGET_INITIALISER ||
                       n->spawn->target_kind == TARGET_ASSIGN
                   ? &n->spawn->target
                   : NULL;
    case NODE_COPY:
    case NODE_STORE:
    case NODE_ADDRESS:
    case NODE_RETURN:
        return &n->place;
    default:
        return NULL;
    }
}

cell_range check_cells_of_node(const checked *c, const node *n)
{
    const place *p = place_of_node(n);
    return p == NULL ? (cell_range){0, 0} : check_cells_of(c, p);
}

char *check_cell_name(const checked *c, size_t index)
{
    const cell *k = &c->cells[index];
    return arena_printf(&c->m->arena, "%s%s", k->var->name, k->field == NULL ? "" : k->field);
}

/* ---- marks ------------------------------------------------------------------------------------- */

static void add_mark(checked *c, mark_kind kind, size_t of, node *n)
{
    c->marks = mem_grow(c->marks, &c->mark_cap, c->mark_count, sizeof *c->marks);
    c->marks[c->mark_count++] = (mark){.kind = kind, .cell = of, .node = n};
}

bool check_cell_has(const checked *c, const uint64_t *state, size_t index, mark_kind kind)
{
    const cell *k = &c->cells[index];
    if ((int)kind < CELL_MARKS)
        return state_has(state, k->first + kind);
    for (size_t i = k->first + CELL_MARKS; i < k->first + k->count; i++)
        if (c->marks[i].kind == kind && state_has(state, i))
            return true;
    return false;
}

size_t check_cell_mark(const checked *c, size_t index, mark_kind kind, const node *n)
{
    const cell *k = &c->cells[index];
    for (size_t i = k->first + CELL_MARKS; i < k->first + k->count; i++)
        if (c->marks[i].kind == kind && c->marks[i].node == n)
            return i;
    return NOWHERE;
}

size_t check_task_mark(const checked *c, mark_kind kind, const node *n)
{
    for (size_t i = c->tasks_first; i < c->tasks_end; i++)
        if (c->marks[i].kind == kind && c->marks[i].node == n)
            return i;
    return NOWHERE;
}

/* ---- finding cells ----------------------------------------------------------------------------- */

/* A pass over what is evaluated in a function. */
typedef void visit_fn(checked *c, node *n);

static void for_each(checked *c, node *n, visit_fn *visit)
{
    if (n->kind == NODE_UNEVALUATED)
        return;
    for (node *child = n->first; child != NULL; child = child->next)
        for_each(c, child, visit);
    visit(c, n);
}

static cell *add_cell(checked *c, variable *v, const char *field, bool is_weak)
{
    c->cells = mem_grow(c->cells, &c->cell_cap, c->cell_count, sizeof *c->cells);
    cell *k = &c->cells[c->cell_count++];
    *k = (cell){.var = v, .field = field, .is_weak = is_weak, .order = NOWHERE};
    return k;
}

/* The paths by which the parts of variables are named; one path per note. */
typedef struct path {
    struct path *next;
    variable *var;
    const char *field; /* NULL: by an index that is not constant */
} path;

typedef struct paths {
    checked *c;
    path *first;
} paths;

static void note_path(paths *list, const place *p)
{
    if (p == NULL || p->var == NULL || p->kind != PLACE_PART || !is_followed(p->var) ||
        is_handle(p->var->type))
        return;
    if (p->field != NULL && !is_handle(p->type))
        return; /* of a part that holds several: they are named by their own paths, if at all */
    for (path *k = list->first; k != NULL; k = k->next)
        if (k->var == p->var && (k->field == p->field ||
                                 (k->field != NULL && p->field != NULL &&
                                  strcmp(k->field, p->field) == 0)))
            return;
    path *k = arena_alloc(&list->c->m->arena, sizeof *k);
    *k = (path){list->first, p->var, p->field};
    list->first = k;
}

static void note_paths(paths *list, node *n)
{
    if (n->kind == NODE_UNEVALUATED)
        return;
    note_path(list, place_of_node(n));
    for (node *child = n->first; child != NULL; child = child->next)
        note_paths(list, child);
}

static void add_cells(checked *c, variable *v, const paths *list)
{
    bool has_parts = false, is_weak = false;
    if (is_handle(v->type)) {
        add_cell(c, v, NULL, false);
        return;
    }
    for (const path *k = list->first; k != NULL; k = k->next)
        if (k->var == v) {
            has_parts = true;
            is_weak |= k->field == NULL;
        }
    if (is_weak || !has_parts) {
        add_cell(c, v, NULL, true);
        return;
    }
    for (const path *k = list->first; k != NULL; k = k->next)
        if (k->var == v)
            add_cell(c, v, k->field, false);
}

/* ---- cells that are kept on the task stack ------------------------------------------------------ */

static bool is_confined_type(const ctype *t)
{
    while (t->is_array)
        t = t->element;
    return t->flow == FLOW_VAR;
}

static void spoil(checked *c, node *n)
{
    const place *p = place_of_node(n);
    (void)c;
    if (p == NULL || p->var == NULL || p->kind == PLACE_ELSEWHERE || n->kind == NODE_SPAWN ||
        (n->kind == NODE_USE &&
         (n->use->kind == USE_SYNC || n->use->kind == USE_IS_SPAWNED)))
        return;
    p->var->is_confined = false;
}

static void find_confined(checked *c)
{
    size_t count = 0;
    for (variable *v = c->f->variables; v != NULL; v = v->next)
        v->is_confined = v->storage == STORAGE_LOCAL && is_confined_type(v->type) &&
                         !c->f->has_setjmp && !c->f->has_local_function;
    for_each(c, c->f->body, spoil);
    for (size_t i = 0; i < c->cell_count; i++)
        if (c->cells[i].var->is_confined)
            c->cells[i].order = count++;
    if (count > ORDER_MAX) {
        for (size_t i = 0; i < c->cell_count; i++)
            c->cells[i].order = NOWHERE;
        count = 0;
    }
    c->order_count = count;
}

/* ---- finding marks ----------------------------------------------------------------------------- */

/* What a node makes of the cells it names; false: nothing that is remembered. */
static bool made_by(const node *n, mark_kind *kind)
{
    switch (n->kind) {
    case NODE_SPAWN:
        *kind = MARK_SPAWNED;
        return true;
    case NODE_RETURN:
        *kind = MARK_MOVED;
        return true;
    case NODE_USE:
        *kind = n->use->kind == USE_MOVE ? MARK_MOVED : MARK_SYNCED;
        return n->use->kind == USE_MOVE || n->use->kind == USE_SYNC ||
               n->use->kind == USE_WAIT_FOR;
    default:
        return false;
    }
}

/* Nodes that make marks, by cell: lists of them, since the marks of a cell stand together. */
typedef struct maker {
    struct maker *next;
    node *node;
} maker;

static void list_makers(checked *c, node *n, maker **lists)
{
    mark_kind kind;
    if (n->kind == NODE_UNEVALUATED)
        return;
    if (made_by(n, &kind)) {
        cell_range r = check_cells_of_node(c, n);
        for (size_t i = r.first; i < r.first + r.count; i++) {
            maker *k = arena_alloc(&c->m->arena, sizeof *k);
            *k = (maker){lists[i], n};
            lists[i] = k;
        }
    }
    for (node *child = n->first; child != NULL; child = child->next)
        list_makers(c, child, lists);
}

static void add_cell_marks(checked *c)
{
    maker **lists = mem_zalloc(c->cell_count + 1, sizeof *lists);
    list_makers(c, c->f->body, lists);
    for (size_t i = 0; i < c->cell_count; i++) {
        mark_kind kind = MARK_EMPTY;
        c->cells[i].first = c->mark_count;
        for (int base = 0; base < CELL_MARKS; base++)
            add_mark(c, (mark_kind)base, i, NULL);
        for (const maker *k = lists[i]; k != NULL; k = k->next)
            if (made_by(k->node, &kind))
                add_mark(c, kind, i, k->node);
        c->cells[i].count = c->mark_count - c->cells[i].first;
    }
    free(lists);
}

static void add_task_marks(checked *c, node *n)
{
    if (n->kind != NODE_SPAWN || !check_frame_hands_out(c, &n->spawn->call))
        return;
    add_mark(c, MARK_RUNNING, NOWHERE, n);
    if (n->spawn->target_kind == TARGET_NONE)
        add_mark(c, MARK_PENDING, NOWHERE, n);
}

/* The text of what a call locks or frees, without white space. */
static const char *mutex_text(const checked *c, const call *call)
{
    const argument *a = &call->args[0];
    const char *text = flatten_text(c->flat)->text;
    char *copy = arena_alloc(&c->m->arena, a->end - a->begin + 1);
    size_t len = 0;
    for (size_t i = a->begin; i < a->end; i++)
        if (strchr(" \t\r\n", text[i]) == NULL)
            copy[len++] = text[i];
    return copy;
}

size_t check_mutex_of(const checked *c, const call *call)
{
    if (call->arg_count == 0 || call->args[0].begin >= call->args[0].end)
        return NOWHERE;
    const char *text = mutex_text(c, call);
    for (size_t i = 0; i < c->mutex_count; i++)
        if (strcmp(c->mutexes[i].text, text) == 0)
            return i;
    return NOWHERE;
}

static void note_call(checked *c, node *n)
{
    if (n->kind == NODE_CALL && n->call->callee != NULL &&
        strcmp(n->call->callee->name, "tine_sync_all") == 0)
        c->calls_sync_all = true;
    if (n->kind != NODE_CALL || !check_lock_takes(n->call) || n->call->arg_count == 0 ||
        n->call->args[0].begin >= n->call->args[0].end ||
        check_mutex_of(c, n->call) != NOWHERE)
        return;
    c->mutexes = mem_grow(c->mutexes, &c->mutex_cap, c->mutex_count, sizeof *c->mutexes);
    c->mutexes[c->mutex_count++] = (mutex){.text = mutex_text(c, n->call)};
}

static void add_lock_mark(checked *c, node *n)
{
    size_t last = c->mutex_count - 1; /* the one whose marks are being added */
    for (size_t i = 0; i < c->mutex_count; i++)
        if (c->mutexes[i].count == 0) {
            last = i;
            break;
        }
    if (n->kind == NODE_CALL && check_lock_takes(n->call) && check_mutex_of(c, n->call) == last)
        add_mark(c, MARK_LOCKED, last, n);
}

static void add_mutex_marks(checked *c)
{
    for_each(c, c->f->body, note_call);
    for (size_t i = 0; i < c->mutex_count; i++) {
        c->mutexes[i].first = c->mark_count;
        add_mark(c, MARK_UNLOCKED, i, NULL);
        for_each(c, c->f->body, add_lock_mark);
        c->mutexes[i].count = c->mark_count - c->mutexes[i].first;
    }
}

void check_cells_find(checked *c)
{
    paths list = {.c = c};
    note_paths(&list, c->f->body);
    for (variable *v = c->f->variables; v != NULL; v = v->next)
        if (is_followed(v))
            add_cells(c, v, &list);
    find_confined(c);
    add_cell_marks(c);
    c->tasks_first = c->mark_count;
    for_each(c, c->f->body, add_task_marks);
    c->tasks_end = c->mark_count;
    add_mutex_marks(c);
    c->mark_words = (c->mark_count + 63) / 64;
    c->words = c->mark_words + 2 * c->order_count;
}
