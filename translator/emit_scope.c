/* What is waited for when control leaves a block, by its end or by a jump.
 *
 * A sync_scope ends in the cleanup of a tine_scope around its block. By then the compiler has ended the
 * life of the block's own locals, which its tasks may still use; so wherever control is seen to leave
 * the block, the scope is waited for while they live. Nor does a hoisted handle, which lives at the
 * function's beginning, get its cleanup in time: it is dropped at the same places. */
#include "emit_internal.h"

#include <stdlib.h>
#include <string.h>

/* A block in which something is waited for and those around it, the innermost first. */
typedef struct open_block {
    const struct open_block *outer;
    const node *block;
} open_block;

static void add_name(str *out, const scope *s)
{
    str_printf(out, "tine__s%zu", s->body_begin);
}

/* Whether a variable is hoisted out of a block, and may be spawned when that is left. */
static bool is_hoisted_from(const emit *e, const variable *v, const node *block)
{
    const variable_plan *p = v->plan;
    return p != NULL && p->is_hoisted && p->needs_cleanup && emit_block_of(e, v) == block;
}

static bool has_hoisted(const emit *e, const node *block)
{
    for (const variable *v = e->function->variables; v != NULL; v = v->next)
        if (is_hoisted_from(e, v, block))
            return true;
    return false;
}

/* Waits for what a block itself has. */
static void add_own_waits(const emit *e, str *out, const node *block)
{
    const scope_plan *p = block->scope == NULL ? NULL : block->scope->plan;
    if (p != NULL)
        str_printf(out, "%s(&%s); ", p->pop_name, p->guard_name);
    if (block->scope != NULL) {
        str_puts(out, "tine__scope_wait(&");
        add_name(out, block->scope);
        str_puts(out, "); ");
    }
    for (const variable *v = e->function->variables; v != NULL; v = v->next)
        if (is_hoisted_from(e, v, block)) {
            const variable_plan *h = v->plan;
            str_printf(out, "%s(&%s); ", h->drop_name, h->alias);
        }
}

/* Waits for every open block that does not hold the offset to. */
static void add_waits(const emit *e, str *out, const open_block *open, size_t to)
{
    for (; open != NULL; open = open->outer) {
        if (to >= open->block->begin && to < open->block->end)
            break;
        add_own_waits(e, out, open->block);
    }
}

/* ---- tasks on the stack ------------------------------------------------------------------------ */

static bool belongs_to(const spawn *s, const scope *c)
{
    const spawn_plan *p = s->plan;
    return p->kind == TASK_STACK_DETACHED && p->scope == c;
}

/* The helper that takes back what was spawned in a block and lies above its mark. Other tasks there
 * are those of handles, which see to themselves. */
static void add_pop_helper(emit *e, scope *c)
{
    scope_plan *p = c->plan;
    const char *tag = names_tag(&e->names, "scope", c->at.line);
    const char *otherwise = "";
    p->pop_name = arena_printf(&e->m->arena, "tine__pop_%s", tag);
    p->guard_name = arena_printf(&e->m->arena, "tine__mark_%s", tag);
    for (const spawn *s = e->function->spawns; s != NULL; s = s->next)
        if (belongs_to(s, c))
            emit_take_back(e, &e->first, s);
    str_printf(&e->first, "TINE__INLINE void %s(void *(*mark_)[2])\n{\n"
                          "    tine_frame *f_ = (*mark_)[0];\n"
                          "    tine_task *bottom_ = (*mark_)[1], *task_ = tine__top_of(f_);\n"
                          "    while (task_-- > bottom_) {\n"
                          "        tine_run_fn *run_ = tine__run_of(task_);\n", p->pop_name);
    for (const spawn *s = e->function->spawns; s != NULL; s = s->next) {
        const char *site = ((const spawn_plan *)s->plan)->tag;
        if (!belongs_to(s, c))
            continue;
        str_printf(&e->first, "        %sif (run_ == tine__run_%s)\n"
                              "            tine__%s_now(f_, task_);\n", otherwise, site, site);
        otherwise = "else ";
    }
    str_puts(&e->first, "    }\n}\n");
}

/* ---- the block --------------------------------------------------------------------------------- */

/* Whether a break (or, through loops, a label of a switch) inside n belongs to n. */
static bool has_own(const node *n, node_kind kind, bool loops_too)
{
    for (const node *child = n->first; child != NULL; child = child->next) {
        bool loop = child->kind == NODE_WHILE || child->kind == NODE_DO || child->kind == NODE_FOR;
        bool opaque = child->kind == NODE_SWITCH || (loop && !loops_too);
        if (child->kind == kind || (!opaque && has_own(child, kind, loops_too)))
            return true;
    }
    return false;
}

/* Whether control never reaches the end of a statement: what stood there would seem to fall through to a
 * case label behind it, and to reach the end of a function that must return a value. */
static bool ends_in_jump(const node *n)
{
    switch (n->kind) {
    case NODE_WHILE:
    case NODE_DO:
    case NODE_FOR:
        return n->condition == 1 && !has_own(n, NODE_BREAK, false);
    case NODE_SWITCH:
        return has_own(n, NODE_DEFAULT, true) && !has_own(n, NODE_BREAK, false) &&
               ends_in_jump(node_child(n, 1));
    case NODE_BREAK:
    case NODE_CONTINUE:
    case NODE_GOTO:
    case NODE_RETURN:
    case NODE_NORETURN:
        return true;
    case NODE_IF:
        return ends_in_jump(node_child(n, 1)) && ends_in_jump(node_child(n, 2));
    case NODE_BLOCK:
    case NODE_SEQUENCE:
        return n->last != NULL && ends_in_jump(n->last);
    default:
        return false;
    }
}

/* Waits at the end of a block, unless that is the value of a statement expression. */
static void edit_end(emit *e, const node *n)
{
    str waits = {0};
    size_t behind = lex_skip_space(e->lex, n->end);
    bool is_value = n->scope == NULL && behind < e->lex->len && e->lex->text[behind] == ')';
    bool braced = n->end > n->begin && e->lex->text[n->end - 1] == '}';
    add_own_waits(e, &waits, n);
    if (n->kind == NODE_FOR && braced) {
        char *tail = mem_printf(" %s}", str_cstr(&waits));
        edits_insert(&e->body, n->begin, 0, "{ ");
        edits_insert(&e->body, n->end, 2, tail);
        free(tail);
    } else if (n->kind == NODE_BLOCK && braced && !is_value && !ends_in_jump(n)) {
        edits_insert(&e->body, n->end - 1, 3, str_cstr(&waits));
    }
    str_free(&waits);
}

/* Without a comma outside of parentheses: the block may be an argument of a macro. */
static void edit_block(emit *e, const scope *s)
{
    str name = {0}, head = {0};
    const scope_plan *p = s->plan;
    add_name(&name, s);
    bool on = s->executor_end > s->executor_begin;
    str_printf(&head, "{ tine_scope %s __attribute__((cleanup(tine__scope_end))); ", str_cstr(&name));
    if (p != NULL) /* where the stack's top was */
        str_printf(&head, "void *%s[2] __attribute__((unused, cleanup(%s))); ", p->guard_name,
                   p->pop_name);
    str_printf(&head, "tine__scope_begin%s(&%s, tine__worker_of(%s), tine__top_of(%s)%s",
               on ? "_on" : "", str_cstr(&name), e->frame, e->frame, on ? ", " : ");");
    edits_replace(&e->body, s->word_begin, s->word_end, str_cstr(&head));
    if (on) {
        size_t open = lex_skip_space(e->lex, s->word_end);
        edits_replace(&e->body, open, open + 1, "");
        edits_replace(&e->body, s->executor_end, s->executor_end + 1, ");");
    }
    if (p != NULL) {
        char *mark = mem_printf(" %s[0] = &tine__f; %s[1] = tine__top_of(&tine__f);", p->guard_name,
                                p->guard_name);
        edits_insert(&e->body, s->body_begin, 0, mark);
        free(mark);
    }
    edits_insert(&e->body, s->body_end, 1, " }");
    str_free(&name);
    str_free(&head);
}

/* ---- ways out ---------------------------------------------------------------------------------- */

/* break;  ->  { wait; break; } */
static void edit_jump(emit *e, const node *n, const char *word, const char *waits)
{
    size_t semicolon = lex_skip_space(e->lex, n->end);
    if (waits[0] == '\0' || !lex_is(e->lex, n->begin, word) || semicolon >= e->lex->len ||
        e->lex->text[semicolon] != ';')
        return;
    char *head = mem_printf("{ %s", waits);
    edits_insert(&e->body, n->begin, 0, head);
    edits_insert(&e->body, semicolon + 1, 0, " }");
    free(head);
}

/* return x;  ->  return ({ T r = (x); wait; r; }); the value is computed first, as without. */
static void edit_value_return(emit *e, const node *n, const char *waits)
{
    const ctype *t = e->function->result;
    size_t operand = lex_next(e->lex, n->begin);
    if (!lex_is(e->lex, n->begin, "return") || !t->is_exact || t->is_void || n->end <= operand)
        return;
    char *head = mem_printf("__extension__({ __typeof__(%s) tine__r = (", t->text);
    char *tail = mem_printf("); %stine__r; })", waits);
    edits_insert(&e->body, operand, -1, head);
    edits_insert(&e->body, n->end, 2, tail);
    free(head);
    free(tail);
}

static const node *find_label(const node *n, const char *name)
{
    if (n->kind == NODE_LABEL && n->name != NULL && strcmp(n->name, name) == 0)
        return n;
    for (const node *child = n->first; child != NULL; child = child->next) {
        const node *found = find_label(child, name);
        if (found != NULL)
            return found;
    }
    return NULL;
}

static bool has_kind(const node *n, node_kind kind)
{
    bool found = n->kind == kind;
    for (const node *child = n->first; child != NULL && !found; child = child->next)
        found = has_kind(child, kind);
    return found;
}

/* goto *p;  ->  goto *({ const void *r = (p); wait; r; }); for blocks that it surely leaves. */
static void edit_computed_goto(emit *e, const node *n, const open_block *open)
{
    str waits = {0};
    for (; open != NULL && !has_kind(open->block, NODE_LABEL); open = open->outer)
        add_own_waits(e, &waits, open->block);
    size_t star = lex_next(e->lex, n->begin);
    if (waits.len > 0 && lex_is(e->lex, n->begin, "goto") && e->lex->text[star] == '*' && n->end > star) {
        char *tail = mem_printf("); %stine__r; })", str_cstr(&waits));
        edits_insert(&e->body, star + 1, -1, "__extension__({ const void *tine__r = (");
        edits_insert(&e->body, n->end, 2, tail);
        free(tail);
    }
    str_free(&waits);
}

static bool has_operand(const emit *e, const node *n)
{
    return lex_next(e->lex, n->begin) < n->end;
}

/* Walks with the open blocks; loop and choice: where continue and break lead, 0 outside of all. */
static void walk(emit *e, const node *n, const open_block *open, size_t loop, size_t choice)
{
    str waits = {0};
    open_block here = {open, n};
    const node *label;
    switch (n->kind) {
    case NODE_BREAK:
        add_waits(e, &waits, open, choice);
        edit_jump(e, n, "break", str_cstr(&waits));
        break;
    case NODE_CONTINUE:
        add_waits(e, &waits, open, loop);
        edit_jump(e, n, "continue", str_cstr(&waits));
        break;
    case NODE_GOTO:
        label = n->name == NULL ? NULL : find_label(e->function->body, n->name);
        if (label != NULL)
            add_waits(e, &waits, open, label->begin);
        edit_jump(e, n, "goto", str_cstr(&waits));
        break;
    case NODE_GOTO_COMPUTED:
        edit_computed_goto(e, n, open);
        break;
    case NODE_RETURN:
        add_waits(e, &waits, open, e->lex->len);
        if (open != NULL && has_operand(e, n))
            edit_value_return(e, n, str_cstr(&waits));
        else
            edit_jump(e, n, "return", str_cstr(&waits));
        break;
    case NODE_WHILE:
    case NODE_DO:
    case NODE_FOR:
        loop = choice = n->begin;
        break;
    case NODE_SWITCH:
        choice = n->begin;
        break;
    default:
        break;
    }
    str_free(&waits);
    if ((n->kind == NODE_BLOCK || n->kind == NODE_FOR) && (n->scope != NULL || has_hoisted(e, n))) {
        open = &here;
        edit_end(e, n);
    }
    for (const node *child = n->first; child != NULL; child = child->next)
        walk(e, child, open, loop, choice);
}

void emit_scope_edits(emit *e)
{
    for (scope *s = e->function->scopes; s != NULL; s = s->next) {
        if (s->plan != NULL)
            add_pop_helper(e, s);
        edit_block(e, s);
    }
    bool leaves = e->function->scopes != NULL;
    for (const variable *v = e->function->variables; v != NULL && !leaves; v = v->next)
        leaves = v->plan != NULL && ((const variable_plan *)v->plan)->is_hoisted;
    if (leaves)
        walk(e, e->function->body, NULL, 0, 0);
}
