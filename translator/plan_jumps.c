/* Declarations that a jump can pass: the label is in the variable's scope, behind the declaration, and
 * the jump starts outside. C leaves such a variable without its initialiser, and a compiler may
 * refuse a cleanup there. */
#include <string.h>

#include "plan.h"

/* Where a variable lives: from its declaration to the end of the block around it. */
typedef struct range {
    size_t begin, end;
} range;

static bool is_in(const range *r, size_t offset)
{
    return offset >= r->begin && offset < r->end;
}

static range scope_of(const node *declare)
{
    const node *block = declare->parent;
    while (block != NULL && block->kind != NODE_BLOCK && block->kind != NODE_FOR)
        block = block->parent;
    return (range){declare->end, block == NULL ? declare->end : block->end};
}

static bool enters_label(const node *n, const range *r, const char *name)
{
    if (n->kind == NODE_GOTO && !is_in(r, n->begin) && n->name != NULL && strcmp(n->name, name) == 0)
        return true;
    if ((n->kind == NODE_GOTO_COMPUTED || n->kind == NODE_ASM_GOTO) && !is_in(r, n->begin))
        return true;
    for (const node *child = n->first; child != NULL; child = child->next)
        if (enters_label(child, r, name))
            return true;
    return false;
}

static bool enters_case(const node *label, const range *r)
{
    const node *n = label->parent;
    while (n != NULL && n->kind != NODE_SWITCH)
        n = n->parent;
    return n != NULL && !is_in(r, n->begin);
}

/* Whether some label in the range is jumped to from outside. */
static bool is_entered(const node *n, const node *root, const range *r)
{
    if (n->kind == NODE_LABEL && is_in(r, n->begin) && n->name != NULL &&
        enters_label(root, r, n->name))
        return true;
    if ((n->kind == NODE_CASE || n->kind == NODE_DEFAULT) && is_in(r, n->begin) &&
        enters_case(n, r))
        return true;
    for (const node *child = n->first; child != NULL; child = child->next)
        if (is_entered(child, root, r))
            return true;
    return false;
}

/* A computed goto may leave any scope; a compiler refuses, or forgets, a cleanup there. */
bool plan_is_jumped_over(const function *f, const variable *v)
{
    range r = scope_of(v->declare);
    return f->has_computed_goto || is_entered(f->body, f->body, &r);
}

void plan_jumps(function *f)
{
    for (variable *v = f->variables; v != NULL; v = v->next) {
        if (v->type->flow == FLOW_NONE || v->storage != STORAGE_LOCAL || v->declare == NULL)
            continue;
        v->is_jumped_over = plan_is_jumped_over(f, v);
    }
}
