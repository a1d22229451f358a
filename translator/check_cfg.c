/* The tree of a function into blocks of events: every jump of C becomes an edge, and every scope that
 * a jump leaves becomes events on it.
 *
 * Structured control flow, goto included, is exact. A computed goto may go to every label. */
#include <stdlib.h>
#include <string.h>

#include "check_internal.h"

/* A declaration or sync_scope block that is in effect; the chain of ups is what surrounds a point. */
typedef struct position {
    struct position *up;
    variable *var;
    scope *scope;
    unsigned depth; /* == up->depth + 1 */
} position;

typedef struct jump {
    size_t block;
    position *at;
    node *node; /* a goto or label; its name */
} jump;

typedef struct jumps {
    jump *items;
    size_t count, cap;
} jumps;

/* What break and continue mean, and where case labels come from. */
typedef struct target {
    struct target *up;
    bool is_switch;
    size_t leave, again; /* blocks of break and continue */
    position *at;
    size_t dispatch;
    node *body;
    bool has_default;
} target;

typedef struct builder {
    checked *c;
    cfg *g;
    size_t current; /* one that no edge leads to where control does not come */
    position *at;
    target *target;
    jumps labels, gotos, computed;
} builder;

static void walk(builder *b, node *n);

/* ---- blocks ------------------------------------------------------------------------------------ */

static size_t new_block(builder *b)
{
    cfg *g = b->g;
    g->blocks = mem_grow(g->blocks, &g->cap, g->count, sizeof *g->blocks);
    g->blocks[g->count] = (block){0};
    return g->count++;
}

static void edge(builder *b, size_t from, size_t to)
{
    block *k = &b->g->blocks[from];
    k->next = mem_grow(k->next, &k->next_cap, k->next_count, sizeof *k->next);
    k->next[k->next_count++] = to;
}

/* A block of its own behind from. */
static size_t branch(builder *b, size_t from)
{
    size_t to = new_block(b);
    edge(b, from, to);
    return to;
}

static void go_to(builder *b, size_t to)
{
    edge(b, b->current, to);
    b->current = to;
}

/* What follows a jump is reached by labels alone. */
static void stop(builder *b)
{
    b->current = new_block(b);
}

static void add(builder *b, size_t to, event e)
{
    block *k = &b->g->blocks[to];
    k->events = mem_grow(k->events, &k->cap, k->count, sizeof *k->events);
    k->events[k->count++] = e;
}

static void skip(builder *b, size_t to, node *part, bool is_loop)
{
    add(b, to, (event){.kind = EVENT_SKIP, .node = part, .is_loop = is_loop});
}

void check_cfg_free(cfg *g)
{
    for (size_t i = 0; i < g->count; i++) {
        free(g->blocks[i].events);
        free(g->blocks[i].next);
    }
    free(g->blocks);
    *g = (cfg){0};
}

/* ---- scopes ------------------------------------------------------------------------------------ */

static void enter(builder *b, variable *v, scope *s)
{
    position *p = arena_alloc(&b->c->m->arena, sizeof *p);
    *p = (position){b->at, v, s, b->at == NULL ? 1 : b->at->depth + 1};
    b->at = p;
}

static unsigned depth(const position *p)
{
    return p == NULL ? 0 : p->depth;
}

/* Events of leaving what lies between from and the outer to, at the end of a block. */
static void leave(builder *b, size_t at, position *from, const position *to, node *n)
{
    for (; from != NULL && from != to; from = from->up) {
        if (from->var != NULL)
            add(b, at, (event){.kind = EVENT_EXIT, .node = n, .var = from->var});
        else
            add(b, at, (event){.kind = EVENT_SCOPE_END, .node = n, .scope = from->scope});
    }
}

static position *common(position *a, position *b)
{
    while (a != b) {
        if (depth(a) >= depth(b))
            a = a->up;
        else
            b = b->up;
    }
    return a;
}

/* A jump into a scope. The variables whose declaration it passes exist and have no value. */
static void enter_past(builder *b, size_t at, const position *outer, const position *inner, node *n)
{
    for (; inner != NULL && inner != outer; inner = inner->up) {
        if (inner->var != NULL) {
            inner->var->is_jumped_over = true;
            add(b, at, (event){.kind = EVENT_ENTER, .node = n, .var = inner->var});
        } else if (n->kind != NODE_GOTO_COMPUTED && n->kind != NODE_ASM_GOTO) {
            diag_add(b->c->d, DIAG_JUMP_INTO_SCOPE, check_node_place(b->c, n),
                     "%s into a sync_scope",
                     n->kind == NODE_GOTO ? "goto jumps" : "switch jumps to a label");
            diag_note(b->c->d,
                      check_place(b->c, inner->scope->word_begin, inner->scope->word_end),
                      "the scope begins here");
        }
    }
}

/* ---- conditions -------------------------------------------------------------------------------- */

/* The && or || that a condition is, with nothing around it. The text must say so: in a macro, a
 * negation has the same extent. */
static node *shortcut(const builder *b, const node *part)
{
    node *n = part->last;
    if (n == NULL || (n->kind != NODE_AND && n->kind != NODE_OR) || n->begin != part->begin ||
        n->end != part->end || n->begin >= n->end)
        return NULL;
    const char *text = flatten_text(b->c->flat)->text, *sign = n->kind == NODE_AND ? "&&" : "||";
    size_t at = node_child(n, 0)->end, end = node_child(n, 1)->begin;
    while (at < end && strchr(" \t\r\n", text[at]) != NULL)
        at++;
    while (end > at && strchr(" \t\r\n", text[end - 1]) != NULL)
        end--;
    return end == at + 2 && strncmp(text + at, sign, 2) == 0 ? n : NULL;
}

/* A condition that is is_spawned(x) or !is_spawned(x), without anything else. */
static node *asked(const builder *b, const node *part, bool *negated)
{
    node *last = part->last;
    if (last == NULL || last->kind != NODE_USE || last->use->kind != USE_IS_SPAWNED ||
        last->end != part->end || last->begin >= last->end)
        return NULL;
    const char *text = flatten_text(b->c->flat)->text;
    size_t begin = part->begin;
    *negated = false;
    while (begin < last->begin && (text[begin] == '!' || text[begin] == ' ')) {
        *negated ^= text[begin] == '!';
        begin++;
    }
    return begin == last->begin ? last : NULL;
}

static void assume(builder *b, size_t at, node *use, bool is_true)
{
    add(b, at, (event){.kind = EVENT_ASSUME, .node = use, .is_true = is_true});
}

/* Evaluates a condition; where control goes when it holds, and when it does not. */
static void condition(builder *b, node *part, long constant, size_t *yes, size_t *no)
{
    node *inner = shortcut(b, part);
    if (inner != NULL) {
        size_t first[2], second[2];
        bool is_or = inner->kind == NODE_OR;
        node *left = node_child(inner, 0), *right = node_child(inner, 1);
        condition(b, left, -1, &first[1], &first[0]);
        b->current = first[!is_or];
        condition(b, right, -1, &second[1], &second[0]);
        size_t done = new_block(b);
        skip(b, first[is_or], right, false);
        edge(b, first[is_or], done);
        edge(b, second[is_or], done);
        *yes = is_or ? done : second[1];
        *no = is_or ? second[0] : done;
        return;
    }
    bool negated = false;
    node *use = asked(b, part, &negated);
    walk(b, part);
    *yes = constant == 0 ? new_block(b) : branch(b, b->current);
    *no = constant == 1 ? new_block(b) : branch(b, b->current);
    if (use != NULL) {
        block *k = &b->g->blocks[b->current];
        k->events[k->count - 1].is_assumed = true;
        assume(b, *yes, use, !negated);
        assume(b, *no, use, negated);
    }
}

static void walk_if(builder *b, node *n)
{
    node *then = node_child(n, 1), *other = node_child(n, 2);
    size_t yes, no, done = new_block(b);
    condition(b, node_child(n, 0), n->condition, &yes, &no);
    skip(b, yes, other, false);
    skip(b, no, then, false);
    b->current = yes;
    walk(b, then);
    edge(b, b->current, done);
    b->current = no;
    walk(b, other);
    go_to(b, done);
}

/* && and || whose value is not a condition. */
static void walk_shortcut(builder *b, node *n)
{
    size_t done = new_block(b);
    walk(b, node_child(n, 0));
    size_t around = branch(b, b->current);
    skip(b, around, node_child(n, 1), false);
    edge(b, around, done);
    b->current = branch(b, b->current);
    walk(b, node_child(n, 1));
    go_to(b, done);
}

/* ---- loops and switch -------------------------------------------------------------------------- */

static void push(builder *b, target *t)
{
    t->up = b->target;
    t->at = b->at;
    b->target = t;
}

static void walk_while(builder *b, node *n)
{
    node *body = node_child(n, 1);
    size_t head = new_block(b), yes, no;
    target t = {.leave = new_block(b), .again = head};
    go_to(b, head);
    condition(b, node_child(n, 0), n->condition, &yes, &no);
    skip(b, no, body, true);
    edge(b, no, t.leave);
    push(b, &t);
    b->current = yes;
    walk(b, body);
    b->target = t.up;
    edge(b, b->current, head);
    b->current = t.leave;
}

static void walk_do(builder *b, node *n)
{
    size_t head = new_block(b), yes, no;
    target t = {.leave = new_block(b), .again = new_block(b)};
    go_to(b, head);
    push(b, &t);
    walk(b, node_child(n, 0));
    b->target = t.up;
    go_to(b, t.again);
    condition(b, node_child(n, 1), n->condition, &yes, &no);
    edge(b, yes, head);
    edge(b, no, t.leave);
    b->current = t.leave;
}

static void walk_for(builder *b, node *n)
{
    node *body = node_child(n, 3);
    position *outside = b->at;
    walk(b, node_child(n, 0));
    size_t head = new_block(b), yes, no;
    target t = {.leave = new_block(b), .again = new_block(b)};
    go_to(b, head);
    condition(b, node_child(n, 1), n->condition, &yes, &no);
    skip(b, no, body, true);
    edge(b, no, t.leave);
    push(b, &t);
    b->current = yes;
    walk(b, body);
    b->target = t.up;
    go_to(b, t.again);
    walk(b, node_child(n, 2));
    edge(b, b->current, head);
    b->current = t.leave;
    leave(b, b->current, b->at, outside, n);
    b->at = outside;
}

static void walk_switch(builder *b, node *n)
{
    node *body = node_child(n, 1);
    walk(b, node_child(n, 0));
    target t = {.is_switch = true, .leave = new_block(b), .dispatch = b->current, .body = body};
    push(b, &t);
    stop(b);
    walk(b, body);
    b->target = t.up;
    edge(b, b->current, t.leave);
    if (!t.has_default) {
        size_t none = branch(b, t.dispatch);
        skip(b, none, body, true);
        edge(b, none, t.leave);
    }
    b->current = t.leave;
}

static void walk_case(builder *b, node *n)
{
    target *t = b->target;
    go_to(b, new_block(b));
    while (t != NULL && !t->is_switch)
        t = t->up;
    if (t == NULL)
        return;
    size_t from = branch(b, t->dispatch);
    skip(b, from, t->body, false);
    enter_past(b, from, t->at, b->at, n);
    edge(b, from, b->current);
    t->has_default |= n->kind == NODE_DEFAULT;
}

/* ---- jumps ------------------------------------------------------------------------------------- */

static void walk_break(builder *b, node *n)
{
    target *t = b->target;
    while (t != NULL && n->kind == NODE_CONTINUE && t->is_switch)
        t = t->up;
    if (t != NULL) {
        leave(b, b->current, b->at, t->at, n);
        edge(b, b->current, n->kind == NODE_BREAK ? t->leave : t->again);
    }
    stop(b);
}

static void walk_return(builder *b, node *n)
{
    for (node *child = n->first; child != NULL; child = child->next)
        walk(b, child);
    add(b, b->current, (event){.kind = EVENT_NODE, .node = n});
    leave(b, b->current, b->at, NULL, n);
    stop(b);
}

static void note_jump(builder *b, jumps *list, node *n)
{
    list->items = mem_grow(list->items, &list->cap, list->count, sizeof *list->items);
    list->items[list->count++] = (jump){b->current, b->at, n};
}

static void walk_label(builder *b, node *n)
{
    go_to(b, new_block(b));
    note_jump(b, &b->labels, n);
}

/* Whether an asm statement can jump; of one that comes from a macro nothing is known. */
static bool is_asm_goto(const builder *b, const node *n)
{
    const source *s = flatten_text(b->c->flat);
    const char *text = s->text;
    if (n->begin >= n->end)
        return true;
    for (size_t i = n->begin; i + 4 < n->end && text[i] != '('; i++)
        if (strncmp(text + i, "goto", 4) == 0)
            return true;
    return false;
}

static void connect(builder *b, const jump *from, const jump *to)
{
    size_t way = branch(b, from->block);
    position *shared = common(from->at, to->at);
    leave(b, way, from->at, shared, from->node);
    enter_past(b, way, shared, to->at, from->node);
    edge(b, way, to->block);
}

static void resolve(builder *b)
{
    for (size_t i = 0; i < b->gotos.count; i++)
        for (size_t k = 0; k < b->labels.count; k++) {
            const char *from = b->gotos.items[i].node->name, *to = b->labels.items[k].node->name;
            if (from != NULL && to != NULL && strcmp(from, to) == 0)
                connect(b, &b->gotos.items[i], &b->labels.items[k]);
        }
    for (size_t i = 0; i < b->computed.count; i++)
        for (size_t k = 0; k < b->labels.count; k++)
            connect(b, &b->computed.items[i], &b->labels.items[k]);
}

/* ---- the walk ---------------------------------------------------------------------------------- */

static void walk_children(builder *b, node *n)
{
    for (node *child = n->first; child != NULL; child = child->next)
        walk(b, child);
}

static void walk_block(builder *b, node *n)
{
    position *outside = b->at;
    if (n->scope != NULL)
        enter(b, NULL, n->scope);
    walk_children(b, n);
    leave(b, b->current, b->at, outside, n);
    b->at = outside;
}

static void walk(builder *b, node *n)
{
    if (n == NULL)
        return;
    switch (n->kind) {
    case NODE_BLOCK:
        walk_block(b, n);
        break;
    case NODE_SEQUENCE:
        walk_children(b, n);
        break;
    case NODE_IF:
    case NODE_CONDITIONAL:
        walk_if(b, n);
        break;
    case NODE_WHILE:
        walk_while(b, n);
        break;
    case NODE_DO:
        walk_do(b, n);
        break;
    case NODE_FOR:
        walk_for(b, n);
        break;
    case NODE_SWITCH:
        walk_switch(b, n);
        break;
    case NODE_CASE:
    case NODE_DEFAULT:
        walk_case(b, n);
        break;
    case NODE_LABEL:
        walk_label(b, n);
        break;
    case NODE_GOTO:
        note_jump(b, &b->gotos, n);
        stop(b);
        break;
    case NODE_GOTO_COMPUTED:
        walk_children(b, n);
        note_jump(b, &b->computed, n);
        stop(b);
        break;
    case NODE_ASM_GOTO:
        walk_children(b, n);
        if (is_asm_goto(b, n)) {
            note_jump(b, &b->computed, n);
            b->current = branch(b, b->current);
        }
        break;
    case NODE_BREAK:
    case NODE_CONTINUE:
        walk_break(b, n);
        break;
    case NODE_RETURN:
        walk_return(b, n);
        break;
    case NODE_NORETURN:
        stop(b);
        break;
    case NODE_AND:
    case NODE_OR:
        walk_shortcut(b, n);
        break;
    case NODE_UNEVALUATED:
        break;
    case NODE_DECLARE:
        add(b, b->current, (event){.kind = EVENT_NODE, .node = n, .var = n->var});
        enter(b, n->var, NULL);
        break;
    case NODE_LITERAL:
        walk_children(b, n);
        enter(b, n->var, NULL);
        break;
    default:
        add(b, b->current, (event){.kind = EVENT_NODE, .node = n});
    }
}

void check_cfg_build(checked *c)
{
    builder b = {.c = c, .g = &c->graph};
    b.current = new_block(&b);
    for (variable *v = c->f->variables; v != NULL; v = v->next)
        if (v->storage == STORAGE_PARAM)
            enter(&b, v, NULL);
    walk(&b, c->f->body);
    leave(&b, b.current, b.at, NULL, c->f->body);
    resolve(&b);
    free(b.labels.items);
    free(b.gotos.items);
    free(b.computed.items);
}
