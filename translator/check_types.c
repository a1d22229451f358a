/* Whether handles get the types they need, and warnings about results that nobody takes. */
#include <string.h>

#include "check_internal.h"

/* ---- types that differ --------------------------------------------------------------------------- */

static bool is_enum(const ctype *t)
{
    return strncmp(t->canonical, "enum ", 5) == 0;
}

static bool is_integer(const ctype *t)
{
    static const char *const words[] = {"char", "short", "int", "long", "unsigned", "signed", "_Bool"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncmp(t->canonical, words[i], strlen(words[i])) == 0)
            return strchr(t->canonical, '*') == NULL;
    return false;
}

/* Types of different spelling that C may hold for compatible: no claim is made about them. */
static bool may_be_compatible(const ctype *a, const ctype *b)
{
    if (strcmp(a->canonical, b->canonical) == 0)
        return true;
    if (a->is_void != b->is_void)
        return false;
    if (is_enum(a) || is_enum(b))
        return a->size == b->size && (is_enum(a) || is_integer(a)) && (is_enum(b) || is_integer(b));
    static const char *const loose[] = {"()", "[", "__attribute__"};
    for (size_t i = 0; i < sizeof loose / sizeof *loose; i++)
        if (strstr(a->canonical, loose[i]) != NULL || strstr(b->canonical, loose[i]) != NULL)
            return a->is_pointer && b->is_pointer;
    return false;
}

/* ---- what is given to what ----------------------------------------------------------------------- */

static const char *word_of(flow_kind kind)
{
    return kind == FLOW_PENDING ? "tine_pending" : "flowvar";
}

static const char *written_type(const checked *c, const ctype *t)
{
    if (t->flow != FLOW_VAR && t->flow != FLOW_PENDING)
        return t->written;
    return arena_printf(&c->m->arena, "%s(%s)", word_of(t->flow), t->result->written);
}

/* A handle of one kind for T goes to what has type wanted. */
static void require(checked *c, const ctype *wanted, flow_kind kind, const ctype *result,
                    diag_place at, const char *verb)
{
    if (wanted->flow == kind && may_be_compatible(wanted->result, result))
        return;
    diag_add(c->d, DIAG_TYPE_MISMATCH, at, "%s gives '%s(%s)', but '%s' is wanted here", verb,
             word_of(kind), result->written, written_type(c, wanted));
}

static void require_value(checked *c, const ctype *wanted, const node *value);

static void require_spawn(checked *c, const ctype *wanted, const node *n)
{
    const spawn *s = n->spawn;
    bool submits = s->kind == SPAWN_SUBMIT || s->kind == SPAWN_SUBMIT_ON;
    require(c, wanted, submits ? FLOW_PENDING : FLOW_VAR, s->call.result, check_node_place(c, n),
            submits ? "tine_submit" : "spawn");
}

static void require_handle(checked *c, const ctype *wanted, const node *n, const ctype *given)
{
    if (given == NULL || given->result == NULL || wanted->flow == FLOW_HOLDER)
        return;
    require(c, wanted, given->flow, given->result, check_node_place(c, n), "this");
}

/* The value of an expression that ends with an event, or with branches. */
static void require_value(checked *c, const ctype *wanted, const node *n)
{
    if (n == NULL)
        return;
    switch (n->kind) {
    case NODE_SEQUENCE:
    case NODE_BLOCK:
        require_value(c, wanted, n->last);
        break;
    case NODE_CONDITIONAL:
        require_value(c, wanted, node_child(n, 1));
        require_value(c, wanted, node_child(n, 2));
        break;
    case NODE_SPAWN:
        require_spawn(c, wanted, n);
        break;
    case NODE_USE:
        if (n->use->kind == USE_MOVE)
            require_handle(c, wanted, n, n->use->place.type);
        break;
    case NODE_CALL:
        require_handle(c, wanted, n, n->call->result);
        break;
    case NODE_COPY:
    case NODE_LITERAL:
        require_handle(c, wanted, n, n->place.type);
        break;
    default:
        break;
    }
}

static bool is_handle(const ctype *t)
{
    return t != NULL && (t->flow == FLOW_VAR || t->flow == FLOW_PENDING);
}

static void check_arguments(checked *c, const call *call)
{
    for (unsigned i = 0; i < call->arg_count; i++) {
        const argument *a = &call->args[i];
        bool spawned = a->value != NULL && a->value->kind == NODE_SPAWN;
        if (a->type != NULL && a->value != NULL && (spawned || is_handle(a->type)))
            require_value(c, a->type, a->value);
    }
}

static void check_parts(checked *c, const node *literal)
{
    for (const node *part = literal->first; part != NULL; part = part->next)
        if (is_handle(part->place.type) ||
            (part->last != NULL && part->last->kind == NODE_SPAWN))
            require_value(c, part->place.type, part);
}

static void check_node(checked *c, const node *n, const node *before)
{
    switch (n->kind) {
    case NODE_CALL:
        check_arguments(c, n->call);
        break;
    case NODE_LITERAL:
        check_parts(c, n);
        break;
    case NODE_SPAWN:
        check_arguments(c, &n->spawn->call);
        if (n->spawn->target_kind == TARGET_ASSIGN || n->spawn->target_kind == TARGET_INITIALISER)
            require_spawn(c, n->spawn->wanted != NULL ? n->spawn->wanted : n->spawn->target.type, n);
        break;
    case NODE_STORE:
        if (is_handle(n->place.type))
            require_value(c, n->place.type, before);
        break;
    case NODE_RETURN:
        if (n->place.kind == PLACE_VARIABLE && is_handle(n->place.type))
            require_handle(c, c->f->result, n, n->place.type);
        else if (is_handle(c->f->result) ||
                 (n->first != NULL && n->first->last != NULL &&
                  n->first->last->kind == NODE_SPAWN))
            require_value(c, c->f->result, n->first);
        break;
    default:
        break;
    }
}

static void walk(checked *c, const node *n)
{
    const node *before = NULL;
    for (const node *child = n->first; child != NULL; child = child->next) {
        if (child->kind != NODE_UNEVALUATED)
            walk(c, child);
        check_node(c, child, before);
        before = child;
    }
}

/* ---- results that are dropped --------------------------------------------------------------------- */

/* (void) in front says that it is meant. */
static bool is_void_cast(const checked *c, const spawn *s)
{
    const char *text = flatten_text(c->flat)->text;
    size_t at = s->begin;
    while (at > 0 && strchr(" \t\r\n", text[at - 1]) != NULL)
        at--;
    if (at == 0 || text[at - 1] != ')')
        return false;
    at--;
    while (at > 0 && text[at - 1] == ' ')
        at--;
    return at >= 4 && strncmp(text + at - 4, "void", 4) == 0;
}

static void check_dropped(checked *c)
{
    for (const spawn *s = c->f->spawns; s != NULL; s = s->next) {
        if (s->target_kind != TARGET_NONE || s->call.result == NULL || s->call.result->is_void ||
            is_void_cast(c, s))
            continue;
        diag_add(c->d, DIAG_UNUSED_RESULT, check_place(c, s->begin, s->end),
                 "the result of this call, of type '%s', is dropped", s->call.result->written);
    }
}

void check_types(checked *c)
{
    walk(c, c->f->body);
    check_dropped(c);
}
