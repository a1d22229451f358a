/* The changes inside a function: words into calls of helpers, missing initialisers, cleanups. */
#include "emit_internal.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Whether [begin, end) is on one line and free of comments, so that it can go as a whole. */
static bool is_simple(const emit *e, size_t begin, size_t end)
{
    for (size_t at = begin; at < end; at++) {
        char c = e->lex->text[at];
        if (c == '\n' || c == '\r' || c == '\\' || (c == '/' && strchr("/*", e->lex->text[at + 1])))
            return false;
    }
    return true;
}

/* Takes the tokens of [begin, end) away; white space, comments and line ends between them stay. */
static void remove_tokens(emit *e, size_t begin, size_t end)
{
    for (size_t at = lex_skip_space(e->lex, begin); at < end;) {
        size_t stop = lex_token_end(e->lex, at);
        edits_replace(&e->body, at, stop, "");
        at = lex_skip_space(e->lex, stop);
    }
}

/* The opening parentheses around a call: spawn ((f(x))). Theirs behind it go as well. */
static void remove_parentheses(emit *e, size_t begin, size_t call_begin, size_t call_end)
{
    size_t behind = call_end;
    for (size_t at = lex_skip_space(e->lex, begin); at < call_begin;
         at = lex_skip_space(e->lex, at + 1)) {
        if (e->lex->text[at] != '(')
            continue;
        size_t close = lex_skip_space(e->lex, behind);
        if (close < e->lex->len && e->lex->text[close] == ')') {
            edits_replace(&e->body, close, close + 1, "");
            behind = close + 1;
        }
    }
}

/* ---- spawn ------------------------------------------------------------------------------------- */

/* spawn f(a, b)  ->  tine__spawn_f_4(&tine__f, a, b) */
static void edit_plain_spawn(emit *e, const spawn *s, const char *name, const char *frame)
{
    const call *c = &s->call;
    const char *comma = c->arg_count > 0 && frame[0] != '\0' ? ", " : "";
    char *head = mem_printf("%s(%s", name, frame);
    char *whole = mem_printf("%s%s", head, comma);
    remove_parentheses(e, s->word_end, c->begin, c->rparen + 1);
    if (emit_is_indirect(e, s)) {
        char *with_comma = mem_printf("%s%s", head, frame[0] != '\0' ? ", " : "");
        size_t at = lex_skip_space(e->lex, s->word_end);
        bool tight = is_simple(e, s->word_end, c->callee_begin);
        edits_replace(&e->body, s->word_begin, tight ? c->callee_begin : s->word_end, with_comma);
        if (!tight)
            remove_tokens(e, at, c->callee_begin);
        edits_replace(&e->body, c->lparen, c->lparen + 1, c->arg_count > 0 ? ", " : "");
        free(with_comma);
    } else if (is_simple(e, s->word_end, c->lparen)) {
        edits_replace(&e->body, s->word_begin, c->lparen + 1, whole);
    } else {
        edits_replace(&e->body, s->word_begin, s->word_end, head);
        remove_tokens(e, s->word_end, c->lparen);
        edits_replace(&e->body, c->lparen, c->lparen + 1, comma);
    }
    free(head);
    free(whole);
}

/* spawn_on(ex, f(a, b))  ->  tine__spawn_f_4(&tine__f, ex, a, b) */
static void edit_spawn_on(emit *e, const spawn *s, const char *name, const char *frame)
{
    const call *c = &s->call;
    bool indirect = emit_is_indirect(e, s);
    size_t open = lex_skip_space(e->lex, s->word_end);
    char *head = mem_printf("(%s%s", frame, frame[0] != '\0' ? ", " : "");
    edits_replace(&e->body, s->word_begin, s->word_end, name);
    edits_replace(&e->body, open, open + 1, head);
    remove_parentheses(e, s->executor_end + 1, c->begin, c->rparen + 1);
    remove_tokens(e, s->executor_end + 1, indirect ? c->callee_begin : c->lparen);
    if (!indirect && c->arg_count == 0)
        edits_replace(&e->body, s->executor_end, s->executor_end + 1, "");
    edits_replace(&e->body, c->lparen, c->lparen + 1, indirect && c->arg_count > 0 ? "," : "");
    edits_replace(&e->body, c->rparen, c->rparen + 1, "");
    free(head);
}

static void edit_spawn(emit *e, spawn *s)
{
    const spawn_plan *p = s->plan;
    bool pending = p->kind == TASK_PENDING || p->kind == TASK_PENDING_DETACHED;
    char *name = mem_printf("tine__%s_%s", pending ? "submit" : "spawn", p->tag);
    const char *frame = pending                        ? ""
                        : p->kind == TASK_STACK_OR_HEAP ? "&tine__f, &tine__spilled"
                                                        : e->frame;
    if (p->var != NULL && p->var->may_be_value)
        frame = arena_printf(&e->m->arena, "%s%s", frame, emit_base_operands(e, s->target.var, "&"));
    if (p->takes_old)
        frame = arena_printf(&e->m->arena, "%s, %s", frame, emit_old_address(e, s));
    if (s->executor_end > s->executor_begin)
        edit_spawn_on(e, s, name, frame);
    else
        edit_plain_spawn(e, s, name, frame);
    free(name);
    if (p->drops_old && !p->takes_old && s->assign_end > s->assign_begin &&
        s->assign_end <= s->begin) { /* by a macro, whose call holds only the left operand */
        char *clear = mem_printf("*%s(%s, &(", p->clear_name, e->frame);
        edits_insert(&e->body, s->assign_begin, 0, clear);
        edits_insert(&e->body, s->assign_end, 0, "))");
        free(clear);
    }
}

/* ---- uses -------------------------------------------------------------------------------------- */

static bool is_identifier(const emit *e, size_t begin, size_t end)
{
    size_t at = lex_skip_space(e->lex, begin);
    return at < end && lex_is_ident(e->lex->text[at]) && lex_next(e->lex, at) == end;
}

static void edit_use(emit *e, use *x)
{
    const use_plan *p = x->plan;
    char *texts[PLAN_MAX_LEVELS];
    unsigned levels = p->var != NULL && x->kind == USE_SYNC ? emit_levels(e) : 1;
    if (p->name == NULL)
        return;
    for (unsigned level = 0; level < levels; level++)
        texts[level] = level == 0 ? mem_strdup(p->name) : mem_printf("%s_copy%u", p->name, level + 1);
    edits_replace_levels(&e->body, x->word_begin, x->word_end, texts, levels);
    bool pending = x->place.type->flow == FLOW_PENDING;
    bool address = p->by_address && x->kind != USE_IS_READY;
    bool name = is_identifier(e, x->lparen + 1, x->rparen);
    char *frame = pending ? mem_strdup("") : mem_printf("%s, ", e->frame);
    const char *cast = x->kind == USE_IS_READY ? "(void *)(" : address ? (name ? "&" : "&(") : "";
    char *head = mem_printf("(%s%s", frame, cast);
    edits_replace(&e->body, x->lparen, x->lparen + 1, head);
    if (x->kind == USE_IS_READY || (address && !name))
        edits_insert(&e->body, x->rparen, 1, ")");
    if (p->var != NULL && p->var->may_be_value && x->kind == USE_SYNC)
        edits_insert(&e->body, x->rparen, 1, emit_base_operands(e, x->place.var, ""));
    free(frame);
    free(head);
}

/* ---- returns and calls ------------------------------------------------------------------------- */

/* return x; moves x out, so that the end of its scope finds nothing to wait for. The expression stays where
 * it is and is written once: it may be an invocation of a macro with anything in it. */
static void edit_return(emit *e, const node *n)
{
    const place *p = &n->place;
    bool holder = p->type->flow == FLOW_HOLDER;
    edits_insert(&e->body, p->begin, 0,
                 holder ? "__extension__({ __auto_type tine__from = &(" : "tine_flowvar_move(");
    edits_insert(&e->body, p->end, 0,
                 holder ? "); __typeof__(*tine__from) tine__moved = *tine__from; "
                          "__builtin_memset(tine__from, 0, sizeof *tine__from); tine__moved; })"
                        : ")");
}

static void edit_returns(emit *e, const node *n)
{
    if (n->kind == NODE_RETURN && n->place.var != NULL && n->place.end > n->place.begin)
        edit_return(e, n);
    for (const node *child = n->first; child != NULL; child = child->next)
        edit_returns(e, child);
}

/* A plain call of a clone hands worker and top on. */
static void edit_call(emit *e, const call *c)
{
    char *texts[PLAN_MAX_LEVELS];
    bool self = c->callee->definition == e->function;
    unsigned levels = self ? emit_levels(e) : 1;
    bool asks = plan_asks_base(e->function, c);
    for (unsigned level = 0; level < levels; level++) {
        unsigned target = self ? (level + 1) % levels : 0;
        texts[level] = asks && target == 0 ? mem_printf("%s__tine_call", c->callee->name)
                                           : names_clone(c->callee->name, target);
    }
    edits_replace_levels(&e->body, c->callee_begin, c->callee_end, texts, levels);
    edits_replace(&e->body, c->lparen, c->lparen + 1,
                  c->arg_count > 0 ? "(tine__worker_of(&tine__f), tine__top_of(&tine__f), "
                                   : "(tine__worker_of(&tine__f), tine__top_of(&tine__f)");
}

static void edit_calls(emit *e)
{
    const function *f = e->function;
    if (!e->plan->has_frame || f->has_setjmp)
        return;
    for (const call *c = f->plain_calls; c != NULL; c = c->next) {
        bool again = false; /* an argument of a macro that uses it twice */
        for (const call *d = f->plain_calls; d != c && !again; d = d->next)
            again = d->begin == c->begin;
        if (!again && plan_calls_clone(f, c->callee))
            edit_call(e, c);
    }
}

/* ---- the whole --------------------------------------------------------------------------------- */

static void add_entry(emit *e, const char *cleanups)
{
    const function_plan *p = e->plan;
    str text = {0};
    if (p->has_frame && p->is_cloned)
        str_printf(&text, " tine_frame tine__f = %s(tine__w, tine__t);",
                   p->is_shared   ? "tine__frame_shared"
                   : p->may_spill ? "tine__frame_heap"
                                  : "tine__frame");
    else if (p->has_frame && !e->function->has_setjmp)
        str_puts(&text, " tine_frame tine__f = tine__enter();");
    if (p->has_frame && p->may_spill)
        str_puts(&text, " size_t tine__spilled = 0;");
    str_puts(&text, cleanups);
    if (text.len > 0)
        edits_insert(&e->body, e->function->body_begin +
                                   lex_bracket(e->lex, e->function->body_begin, '{'),
                     0, str_cstr(&text));
    str_free(&text);
}

void emit_body_edits(emit *e)
{
    function *f = e->function;
    str entry = {0};
    for (spawn *s = f->spawns; s != NULL; s = s->next)
        emit_spawn_helpers(e, s);
    for (use *x = f->uses; x != NULL; x = x->next)
        emit_use_helper(e, x);
    emit_variable_edits(e, &entry);
    for (spawn *s = f->spawns; s != NULL; s = s->next)
        edit_spawn(e, s);
    for (use *x = f->uses; x != NULL; x = x->next)
        edit_use(e, x);
    emit_scope_edits(e);
    edit_returns(e, f->body);
    emit_store_edits(e);
    edit_calls(e);
    add_entry(e, str_cstr(&entry));
    str_free(&entry);
}
