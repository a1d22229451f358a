/* Spawns that surely find nothing in the element of an array that they are assigned to:
 *
 *     flowvar(long) part[n];
 *     for (int i = 0; i < n; i++)
 *         part[i] = spawn work(i);
 *
 * The loop is the first to spawn into the array and runs once in the array's life; it counts i up or
 * down by a constant in each turn, and nothing else in it changes i. So no element comes twice. */
#include <ctype.h>
#include <string.h>

#include "check_internal.h"

static bool is_loop(const node *n)
{
    return n->kind == NODE_FOR || n->kind == NODE_WHILE || n->kind == NODE_DO;
}

static const node *loop_around(const node *n)
{
    do
        n = n->parent;
    while (n != NULL && !is_loop(n));
    return n;
}

/* The nodes of a spawn site; several where a macro repeats its argument. */
static void find_site(const node *n, const spawn *s, const node **found, unsigned *count)
{
    if (n->kind == NODE_SPAWN && n->spawn == s) {
        *found = n;
        ++*count;
    }
    for (const node *child = n->first; child != NULL; child = child->next)
        find_site(child, s, found, count);
}

static void find_changes(const node *n, const variable *v, const node **found, unsigned *count)
{
    if ((n->kind == NODE_WRITE || n->kind == NODE_ADDRESS) && n->place.var == v) {
        *found = n;
        ++*count;
    }
    for (const node *child = n->first; child != NULL; child = child->next)
        find_changes(child, v, found, count);
}

/* ---- how the loop counts ------------------------------------------------------------------------- */

/* The text of a node without white space; "" where it comes from a macro. */
static const char *text_of(const checked *c, const node *n)
{
    const char *text = flatten_text(c->flat)->text;
    char *copy = arena_alloc(&c->m->arena, n->end > n->begin ? n->end - n->begin + 1 : 1);
    size_t len = 0;
    for (size_t i = n->begin; i < n->end; i++)
        if (!isspace((unsigned char)text[i]))
            copy[len++] = text[i];
    return copy;
}

/* i++, ++i, i--, --i, i += 3, i -= 3 */
static bool is_step(const checked *c, const node *write, const variable *i)
{
    const char *text = text_of(c, write), *name = i->name;
    size_t len = strlen(name);
    if (strncmp(text, "++", 2) == 0 || strncmp(text, "--", 2) == 0)
        return strcmp(text + 2, name) == 0;
    if (strncmp(text, name, len) != 0)
        return false;
    text += len;
    if (strcmp(text, "++") == 0 || strcmp(text, "--") == 0)
        return true;
    if (strncmp(text, "+=", 2) != 0 && strncmp(text, "-=", 2) != 0)
        return false;
    text += 2;
    return *text >= '1' && *text <= '9' && strspn(text, "0123456789") == strlen(text);
}

/* Whether the variable cannot come round to a value again: signed ones must not overflow, and nobody
 * counts 64 bits through. */
static bool is_endless(const variable *i)
{
    static const char *const types[] = {"int", "long", "long long", "unsigned long",
                                        "unsigned long long"};
    const ctype *t = i->type;
    for (size_t k = 0; k < sizeof types / sizeof *types; k++)
        if (strcmp(t->canonical, types[k]) == 0)
            return k < 3 || t->size == 8;
    return false;
}

/* Whether a condition is i < ... or i != ..., so that an unsigned i stops before it overflows. */
static bool is_bounded(const checked *c, const node *condition, const variable *i)
{
    const char *text = text_of(c, condition);
    size_t len = strlen(i->name);
    return strcmp(i->type->canonical, "unsigned int") == 0 && strncmp(text, i->name, len) == 0 &&
           text[len] == '<' && text[len + 1] != '=' && text[len + 1] != '<' &&
           strpbrk(text, "|?,") == NULL;
}

/* Whether each turn of a for has another value of i than all before it. */
static bool counts(const checked *c, const node *loop, const variable *i)
{
    const node *condition = node_child(loop, 1), *increment = node_child(loop, 2);
    const node *write = NULL, *inside = NULL;
    unsigned writes = 0, elsewhere = 0;
    if ((i->storage != STORAGE_LOCAL && i->storage != STORAGE_PARAM) || i->is_address_taken ||
        !(is_endless(i) || is_bounded(c, condition, i)))
        return false;
    find_changes(increment, i, &write, &writes);
    find_changes(condition, i, &inside, &elsewhere);
    find_changes(node_child(loop, 3), i, &inside, &elsewhere);
    if (writes != 1 || elsewhere != 0 || write->kind != NODE_WRITE || !is_step(c, write, i))
        return false;
    for (const node *n = write->parent; n != increment; n = n->parent)
        if (n->kind != NODE_SEQUENCE)
            return false; /* it may be left out */
    return true;
}

/* ---- the array ----------------------------------------------------------------------------------- */

/* Whether a loop runs at most once in the life of an array that it does not declare itself. */
static bool runs_once(const node *loop, const variable *v)
{
    const node *home = v->declare == NULL ? NULL : v->declare->parent;
    while (home != NULL && home->kind == NODE_SEQUENCE)
        home = home->parent;
    const node *n = loop->parent;
    while (n != NULL && n != home && !is_loop(n))
        n = n->parent;
    return n != NULL && n == home && home->kind == NODE_BLOCK;
}

/* Whether no other site has spawned into the array when the loop begins, and none does in it. */
static bool is_first(const function *f, const spawn *s, const node *loop)
{
    for (const spawn *other = f->spawns; other != NULL; other = other->next)
        if (other != s && other->target.var == s->target.var && other->begin < loop->end)
            return false;
    return true;
}

bool check_is_fresh(const checked *c, const spawn *s)
{
    const place *p = &s->target;
    const variable *v = p->var;
    const node *site = NULL;
    unsigned count = 0;
    if (s->target_kind != TARGET_ASSIGN || p->kind != PLACE_PART || p->index == NULL ||
        !v->is_confined || !v->type->is_array || v->type->element->flow != FLOW_VAR ||
        v->has_initialiser || v->is_jumped_over || c->f->has_goto || c->f->has_computed_goto ||
        c->f->has_asm || c->f->has_errors)
        return false;
    find_site(c->f->body, s, &site, &count);
    const node *loop = count == 1 ? loop_around(site) : NULL;
    return loop != NULL && loop->kind == NODE_FOR && loop->end > loop->begin && site->end > site->begin &&
           runs_once(loop, v) && is_first(c->f, s, loop) && counts(c, loop, p->index);
}
