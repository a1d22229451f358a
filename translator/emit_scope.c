/* sync_scope blocks. The scope ends in the cleanup of a tine_scope around the block. By then the
 * compiler has ended the life of the block's own locals, which its tasks may still use; so wherever
 * control is seen to leave the block, the scope is waited for while they live. */
#include "emit_internal.h"

#include <stdlib.h>
#include <string.h>

/* A block and those around it, the innermost first. */
typedef struct open_scope {
    const struct open_scope *outer;
    const scope *scope;
} open_scope;

static void add_name(str *out, const scope *s)
{
    str_printf(out, "tine__s%zu", s->body_begin);
}

/* Waits for every open scope that does not hold the offset to. */
static void add_waits(str *out, const open_scope *open, size_t to)
{
    for (; open != NULL; open = open->outer) {
        if (to >= open->scope->body_begin && to < open->scope->body_end)
            break;
        const scope_plan *p = open->scope->plan;
        if (p != NULL)
            str_printf(out, "%s(&%s); ", p->pop_name, p->guard_name);
        str_puts(out, "tine__scope_wait(&");
        add_name(out, open->scope);
        str_puts(out, "); ");
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
                          "    tine_task *bottom_ = (*mark_)[1];\n"
                          "    for (tine_task *task_ = tine__top_of(f_); task_-- > bottom_;) {\n"
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

static const node *find_block(const node *n, const scope *s)
{
    if (n->scope == s)
        return n;
    for (const node *child = n->first; child != NULL; child = child->next) {
        const node *found = find_block(child, s);
        if (found != NULL)
            return found;
    }
    return NULL;
}

/* Whether control never reaches a block's end: what stood there would seem to fall through to a case
 * label behind it. */
static bool ends_in_jump(const node *n)
{
    switch (n->kind) {
    case NODE_BREAK:
    case NODE_CONTINUE:
    case NODE_GOTO:
    case NODE_RETURN:
    case NODE_NORETURN:
        return true;
    case NODE_BLOCK:
    case NODE_SEQUENCE:
        return n->last != NULL && ends_in_jump(n->last);
    default:
        return false;
    }
}

static void edit_block(emit *e, const scope *s)
{
    str name = {0}, head = {0};
    add_name(&name, s);
    bool on = s->executor_end > s->executor_begin;
    str_printf(&head, "{ tine_scope %s __attribute__((cleanup(tine__scope_end))); "
                      "tine__scope_begin%s(&%s, tine__worker_of(%s), tine__top_of(%s)%s",
               str_cstr(&name), on ? "_on" : "", str_cstr(&name), e->frame, e->frame,
               on ? ", " : ");");
    edits_replace(&e->body, s->word_begin, s->word_end, str_cstr(&head));
    if (on) {
        size_t open = lex_skip_space(e->lex, s->word_end);
        edits_replace(&e->body, open, open + 1, "");
        edits_replace(&e->body, s->executor_end, s->executor_end + 1, ");");
    }
    const scope_plan *p = s->plan;
    if (p != NULL) { /* without a comma: the block may be an argument of a macro */
        char *mark = mem_printf(" void *%s[2] __attribute__((unused, cleanup(%s))); %s[0] = &tine__f; "
                                "%s[1] = tine__top_of(&tine__f);", p->guard_name, p->pop_name,
                                p->guard_name, p->guard_name);
        edits_insert(&e->body, s->body_begin, 0, mark);
        free(mark);
    }
    const node *block = find_block(e->function->body, s);
    size_t brace = s->body_end - (e->lex->text[s->body_end - 1] == '}' ? 1 : 0);
    if (brace < s->body_end && !(block != NULL && ends_in_jump(block))) {
        str_clear(&head);
        add_waits(&head, &(open_scope){NULL, s}, e->lex->len);
        edits_insert(&e->body, brace, 0, str_cstr(&head));
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

static bool has_operand(const emit *e, const node *n)
{
    return lex_next(e->lex, n->begin) < n->end;
}

/* Walks with the open scopes; loop and choice: where continue and break lead, 0 outside of all. */
static void walk(emit *e, const node *n, const open_scope *open, size_t loop, size_t choice)
{
    str waits = {0};
    open_scope here = {open, n->scope};
    const node *label;
    switch (n->kind) {
    case NODE_BREAK:
        add_waits(&waits, open, choice);
        edit_jump(e, n, "break", str_cstr(&waits));
        break;
    case NODE_CONTINUE:
        add_waits(&waits, open, loop);
        edit_jump(e, n, "continue", str_cstr(&waits));
        break;
    case NODE_GOTO:
        label = n->name == NULL ? NULL : find_label(e->function->body, n->name);
        if (label != NULL)
            add_waits(&waits, open, label->begin);
        edit_jump(e, n, "goto", str_cstr(&waits));
        break;
    case NODE_RETURN:
        add_waits(&waits, open, e->lex->len);
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
    if (n->kind == NODE_BLOCK && n->scope != NULL)
        open = &here;
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
    if (e->function->scopes != NULL)
        walk(e, e->function->body, NULL, 0, 0);
}
