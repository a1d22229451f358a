/* Loops that fill an array of handles. Their spawns find nothing in the element that they are assigned to:
 *
 *     flowvar(long) part[n];
 *     for (int i = 0; i < n; i++)
 *         part[i] = spawn work(i);
 *
 * The loop is the first to spawn into the array and runs once in the array's life; it counts i up or
 * down by a constant in each turn, and nothing else in it changes i. So no element comes twice.
 *
 * The array need not be emptied before such a loop when every element surely comes: i counts from 0 by 1 to the
 * bound that the array is declared with, each turn spawns, nothing leaves before the end, and nothing looks at
 * the array until then. */
#include <ctype.h>
#include <string.h>

#include "check_internal.h"
#include "lex.h"

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

/* ---- whether all elements come ------------------------------------------------------------------- */

static bool is_leaving(node_kind kind)
{
    switch (kind) {
    case NODE_CASE:
    case NODE_DEFAULT:
    case NODE_LABEL:
    case NODE_GOTO:
    case NODE_GOTO_COMPUTED:
    case NODE_ASM_GOTO:
    case NODE_BREAK:
    case NODE_CONTINUE:
    case NODE_RETURN:
        return true;
    default:
        return false;
    }
}

static const variable *handle_of(const node *n)
{
    return n->kind == NODE_SPAWN ? n->spawn->target.var : n->kind == NODE_USE ? n->use->place.var : NULL;
}

/* Whether control may leave n before its end, or come in beside its beginning, or something other than the
 * site itself names the array, or its bound changes. */
static bool disturbs(const node *n, const spawn *site, const variable *array)
{
    bool names = handle_of(n) == array || n->place.var == array;
    if (is_leaving(n->kind) || (names && !(n->kind == NODE_SPAWN && n->spawn == site)) ||
        (n->kind == NODE_WRITE && n->place.var == array->bound))
        return true;
    for (const node *child = n->first; child != NULL; child = child->next)
        if (disturbs(child, site, array))
            return true;
    return false;
}

/* Whether that is the text between two places of the buffer, white space aside. */
static bool is_text(const checked *c, size_t begin, size_t end, const char *wanted)
{
    const node span = {.begin = begin, .end = end};
    return strcmp(text_of(c, &span), wanted) == 0;
}

/* Whether nothing but lists of statements stands between a node and one above it. */
static bool is_straight_below(const node *n, const node *above)
{
    do
        n = n->parent;
    while (n != above && (n->kind == NODE_SEQUENCE || n->kind == NODE_BLOCK));
    return n == above;
}

/* Whether that is all of a part of a for, and it is evaluated: a tree also shows what stands in a typeof. */
static bool is_all(const checked *c, const node *part, const char *format, const variable *i)
{
    const node *all = part->first;
    return all != NULL && all->next == NULL && all->is_full &&
           is_text(c, all->begin, all->end, arena_printf(&c->m->arena, format, i->name));
}

static bool starts_at_0(const checked *c, const node *loop, const variable *i)
{
    const node *init = node_child(loop, 0), *write = NULL;
    unsigned writes = 0;
    if (!i->in_for_head || i->declare == NULL || i->declare->parent != init)
        return is_all(c, init, "%s=0", i);
    find_changes(init, i, &write, &writes);
    return writes == 0 && !i->in_macro && !i->in_argument && i->has_initialiser &&
           is_text(c, i->declarator_end, i->initialiser_end, "=0");
}

static bool steps_by_1(const checked *c, const node *loop, const variable *i)
{
    const node *increment = node_child(loop, 2);
    return is_all(c, increment, "%s++", i) || is_all(c, increment, "++%s", i) ||
           is_all(c, increment, "%s+=1", i);
}

/* How often a variable is read or written between two places of the buffer, or declared there. */
static unsigned count_between(const node *n, size_t begin, size_t end, const variable *v)
{
    bool known = (n->kind == NODE_READ || n->kind == NODE_WRITE) ? n->place.var == v && n->place.kind == PLACE_VARIABLE
                                                                 : n->kind == NODE_DECLARE && n->var == v;
    unsigned count = known && n->begin >= begin && n->end <= end && n->end > n->begin;
    for (const node *child = n->first; child != NULL; child = child->next)
        count += count_between(child, begin, end, v);
    return count;
}

/* Whether a loop counts i from 0 by 1 up to the bound of the array, [n], which is a variable nobody else knows. */
static bool goes_through(const checked *c, const node *loop, const variable *array, const variable *i)
{
    const node *condition = node_child(loop, 1);
    const variable *n = array->bound;
    if (n == NULL || n == i || (n->storage != STORAGE_LOCAL && n->storage != STORAGE_PARAM) ||
        n->is_address_taken || array->bounds != 1 || loop->has_macro ||
        count_between(condition, condition->begin, condition->end, n) != 1)
        return false;
    size_t name_end = array->name_begin + strlen(array->name);
    const char *below = arena_printf(&c->m->arena, "%s<%s", i->name, n->name);
    const char *until = arena_printf(&c->m->arena, "%s!=%s", i->name, n->name);
    return is_text(c, name_end, array->declarator_end, arena_printf(&c->m->arena, "[%s]", n->name)) &&
           (is_text(c, condition->begin, condition->end, below) ||
            is_text(c, condition->begin, condition->end, until)) &&
           starts_at_0(c, loop, i) && steps_by_1(c, loop, i);
}

/* Whether v[i] = spawn ...; is a statement of its own, in no other's expression. */
static bool is_statement(const checked *c, const node *site, const node *loop)
{
    const place *p = &site->spawn->target;
    const node *all = site->parent;
    for (const node *n = all == NULL ? NULL : all->parent; n != NULL && n != loop; n = n->parent)
        if (n->is_full)
            return false;
    return all != NULL && all->is_full && all->begin == p->begin && all->end == site->end &&
           is_text(c, p->begin, p->end, arena_printf(&c->m->arena, "%s[%s]", p->var->name, p->index->name));
}

/* Whether all that may happen between two places of the buffer is in the tree, as far as jumps and the two variables
 * are concerned: not in types that are computed, in lvalues that are chosen, in pragmas. */
static bool is_seen(const checked *c, size_t begin, size_t end, const variable *i, const variable *n)
{
    static const char *const hiding[] = {
        "typedef",  "_Generic", "_Pragma", "__pragma", "typeof", "__typeof__", "__typeof", "typeof_unqual",
        "__auto_type", "__builtin_choose_expr", "__builtin_va_arg", "va_arg", "break", "continue", "goto", "return"};
    const lexer l = {.text = flatten_text(c->flat)->text, .len = end};
    unsigned named = 0;
    for (size_t at = lex_skip_space(&l, begin); at < end; at = lex_next(&l, at)) {
        for (size_t k = 0; k < sizeof hiding / sizeof *hiding; k++)
            if (lex_is(&l, at, hiding[k]))
                return false;
        named += lex_is(&l, at, i->name) || lex_is(&l, at, n->name);
    }
    return named == count_between(c->f->body, begin, end, i) + count_between(c->f->body, begin, end, n);
}

bool check_fills(const checked *c, const spawn *s)
{
    const variable *v = s->target.var;
    const node *site = NULL;
    unsigned count = 0;
    if (!check_is_fresh(c, s) || !v->type->is_vla || c->f->has_setjmp ||
        c->f->has_directive) /* n may be a macro from there on */
        return false;
    find_site(c->f->body, s, &site, &count);
    const node *loop = loop_around(site);
    if (!goes_through(c, loop, v, s->target.index) || !is_statement(c, site, loop) ||
        !is_straight_below(site, node_child(loop, 3)))
        return false;
    if (!is_seen(c, v->declarator_end, loop->end, s->target.index, v->bound))
        return false;
    const node *n = v->declare->next;
    while (n != NULL && n != loop && !disturbs(n, s, v))
        n = n->next;
    return n != NULL && n == loop && !disturbs(loop, s, v);
}
