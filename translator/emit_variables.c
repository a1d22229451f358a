/* Declarations of handles: missing initialisers, and cleanups that wait for what is still spawned
 * when its scope is left. */
#include "emit_internal.h"

#include <stdlib.h>
#include <string.h>

/* A guard is one more declarator, of the type of the handle: the frame and the variable. */
static void guard_confined(emit *e, variable *v)
{
    const variable_plan *p = v->plan;
    str text = {0};
    str_printf(&text, ", %s[%d] __attribute__((unused, cleanup(%s))) = {(void *)&tine__f, (void *)&%s",
               p->guard_name, p->is_array ? 4 : 2, p->drop_name, v->name);
    if (p->is_array)
        str_printf(&text, ", (void *)(sizeof %s / sizeof(void *)), (void *)&tine__spilled", v->name);
    str_putc(&text, '}');
    edits_insert(&e->body, v->initialiser_end, 2, str_cstr(&text));
    str_free(&text);
}

static const char *handle_text(emit *e, const variable *v)
{
    return arena_printf(&e->m->arena, "tine_flowvar(%s)",
                        emit_type(e, v->type->result, v->name_begin, v->name_begin));
}

/* A variable whose declaration can be jumped past lives at the function's beginning, under another
 * name; what was its declaration empties it, and so does each way out of its block (emit_scope.c). */
static void hoist(emit *e, variable *v, str *entry)
{
    variable_plan *p = v->plan;
    const ctype *handle = v->type;
    str bounds = {0}, text = {0};
    p->is_dropped_twice = true;
    emit_drop_helper(e, v);
    p->alias = arena_printf(&e->m->arena, "tine__hoisted%s", strchr(p->drop_name + 6, '_'));
    for (; handle->is_array; handle = handle->element)
        str_printf(&bounds, "[%lld]", handle->count);
    str_printf(entry, " tine_flowvar(%s) %s%s __attribute__((unused, cleanup(%s))) = %s;",
               emit_type(e, handle->result, v->name_begin, v->name_begin), p->alias,
               str_cstr(&bounds), p->drop_name, v->type->is_array ? "{0}" : "0");
    for (const reference *r = v->refs; r != NULL; r = r->next)
        edits_replace(&e->body, r->begin, lex_token_end(e->lex, r->begin), p->alias);
    edits_insert(&e->body, v->declarator_end, 0, " __attribute__((unused))");
    if (!v->type->is_array) {
        str_printf(&text, " = *%s_now(&%s)%s", p->drop_name, p->alias,
                   v->has_initialiser ? "" : " = 0");
        str_printf(&e->first, "TINE__INLINE __typeof__(%s) *%s_now(__typeof__(%s) *x_)\n{\n"
                              "    %s(x_);\n    return x_;\n}\n",
                   handle_text(e, v), p->drop_name, handle_text(e, v), p->drop_name);
        edits_insert(&e->body, v->declarator_end, 1, str_cstr(&text));
    }
    str_free(&bounds);
    str_free(&text);
}

/* ---- locals that a task may still use ----------------------------------------------------------- */

const node *emit_block_of(const emit *e, const variable *v)
{
    if (v->storage == STORAGE_PARAM)
        return e->function->body;
    const node *block = v->declare == NULL ? NULL : v->declare->parent;
    while (block != NULL && block->kind != NODE_BLOCK && block->kind != NODE_FOR)
        block = block->parent;
    return block;
}

/* Whether a task of handle v may have been given the address of local w, whose life the compiler ends
 * before it runs the cleanup of v: w is declared behind v in the same block. Not where a jump passes w,
 * for it would pass the second guard as well. */
static bool dies_before(const emit *e, const variable *v, const variable *w)
{
    return w->storage == STORAGE_LOCAL && w->type->flow == FLOW_NONE && w->is_address_taken &&
           w->declare != NULL && !w->in_macro && !w->in_argument && !w->in_for_head &&
           (v->storage == STORAGE_PARAM || w->declare->begin > v->declare->begin) &&
           emit_block_of(e, w) == emit_block_of(e, v) &&
           !plan_is_jumped_over(e->function, w);
}

/* A guard of v once more, behind the declaration of w: its cleanup runs while w lives. */
static void guard_again(emit *e, const variable *v, const variable *w, unsigned number)
{
    const variable_plan *p = v->plan;
    const ctype *handle = v->type;
    str text = {0};
    while (handle->is_array)
        handle = handle->element;
    if (p->is_confined) {
        str_printf(&text, " tine_flowvar(%s) %s_%u[%d] __attribute__((unused, cleanup(%s))) = "
                          "{(void *)&tine__f, (void *)&%s",
                   emit_type(e, handle->result, v->name_begin, v->name_begin), p->guard_name, number,
                   p->is_array ? 4 : 2, p->drop_name, v->name);
        if (p->is_array)
            str_printf(&text, ", (void *)(sizeof %s / sizeof(void *)), (void *)&tine__spilled", v->name);
        str_puts(&text, "};");
    } else if (v->type->is_vla) {
        str_printf(&text, " size_t %s_%u[2] __attribute__((unused, cleanup(%s))) = {(size_t)%s, "
                          "sizeof %s};", p->guard_name, number, p->drop_name, v->name, v->name);
    } else {
        str_printf(&text, " __typeof__(%s) *%s_%u __attribute__((unused, cleanup(%s_at))) = &%s;",
                   v->name, p->guard_name, number, p->drop_name, v->name);
    }
    edits_insert(&e->body, w->statement_end, 1, str_cstr(&text));
    str_free(&text);
}

/* Finds out whether there are such locals, before the cleanup is written: it leaves 0 behind then. */
static void plan_guards(emit *e, variable *v)
{
    variable_plan *p = v->plan;
    for (const variable *w = e->function->variables; w != NULL; w = w->next)
        p->is_dropped_twice = p->is_dropped_twice || dies_before(e, v, w);
}

/* The cleanup of a guard that is a pointer to the variable. */
static void add_drop_at(emit *e, const variable *v)
{
    const variable_plan *p = v->plan;
    str_printf(&e->first, "TINE__INLINE void %s_at(void *x_)\n{\n    %s(*(void **)x_);\n}\n",
               p->drop_name, p->drop_name);
}

static void guard_locals(emit *e, variable *v)
{
    const variable_plan *p = v->plan;
    unsigned number = 0;
    size_t last = 0;
    if (!p->is_dropped_twice)
        return;
    if (v->storage == STORAGE_LOCAL && !p->is_confined && !v->type->is_vla)
        add_drop_at(e, v);
    for (const variable *w = e->function->variables; w != NULL; w = w->next)
        if (dies_before(e, v, w) && w->statement_end != last) {
            guard_again(e, v, w, ++number);
            last = w->statement_end;
        }
}

static void add_zeroing(const emit *e, str *out, const variable *v)
{
    if (!emit_orders_declarations(e))
        str_printf(out, " tine__zero(%s, sizeof %s);", v->name, v->name);
    else
        str_printf(out, " int tine__zeroed_%s __attribute__((unused)) = (tine__zero(%s, sizeof %s), 0);",
                   v->name, v->name, v->name);
}

static void edit_local(emit *e, variable *v)
{
    variable_plan *p = v->plan;
    str text = {0};
    for (size_t at = v->decl_begin; v->is_register && at < v->name_begin; at = lex_next(e->lex, at))
        if (lex_is(e->lex, at, "register")) /* its address is taken now */
            edits_replace(&e->body, at, lex_token_end(e->lex, at), "");
    bool cleaned = p->needs_cleanup && (p->is_confined || v->type->flow != FLOW_PENDING);
    if (cleaned) {
        plan_guards(e, v);
        emit_drop_helper(e, v);
        guard_locals(e, v);
    }
    if (cleaned && !p->is_confined && !v->type->is_vla)
        str_printf(&text, " __attribute__((cleanup(%s)))", p->drop_name);
    bool zeroed = p->is_confined && p->is_array && !v->has_initialiser && !v->in_for_head;
    if (!v->has_initialiser && !v->type->is_vla && !zeroed)
        str_puts(&text, v->type->flow == FLOW_HOLDER ? " = {0}" : " = 0");
    edits_insert(&e->body, v->declarator_end, 0, str_cstr(&text));
    str_clear(&text);
    emit_base_variables(e, v);
    if ((v->type->is_vla || zeroed) && !p->is_filled) {
        add_zeroing(e, &text, v);
        if (cleaned && !p->is_confined && v->type->is_vla)
            str_printf(&text, " size_t %s[2] __attribute__((unused, cleanup(%s))) = {(size_t)%s, "
                              "sizeof %s};",
                       p->guard_name, p->drop_name, v->name, v->name);
        edits_insert(&e->body, v->statement_end, 0, str_cstr(&text));
    }
    if (cleaned && p->is_confined)
        guard_confined(e, v);
    str_free(&text);
}

/* A parameter is dropped when its function ends; a guard in the body sees to it. */
static void edit_parameter(emit *e, variable *v, str *entry)
{
    const variable_plan *p = v->plan;
    if (v->name[0] == '\0' ||
        (v->type->flow != FLOW_VAR && !(v->type->flow == FLOW_HOLDER && p->needs_cleanup)))
        return;
    plan_guards(e, v);
    emit_drop_helper(e, v);
    add_drop_at(e, v);
    str_printf(entry, " __typeof__(%s) *%s __attribute__((unused, cleanup(%s_at))) = &%s;", v->name,
               p->guard_name, p->drop_name, v->name);
    guard_locals(e, v);
}

static bool is_placed(const variable *v)
{
    return v->storage == STORAGE_LOCAL && v->declare != NULL && !v->in_macro;
}

void emit_variable_edits(emit *e, str *entry)
{
    for (variable *v = e->function->variables; v != NULL; v = v->next) {
        if (v->type->flow == FLOW_NONE)
            continue;
        const variable_plan *p = v->plan;
        if (v->storage == STORAGE_PARAM)
            edit_parameter(e, v, entry);
        else if (p->is_hoisted)
            hoist(e, v, entry);
        else if (v->is_jumped_over)
            continue; /* C leaves it without a value; nothing is known */
        else if (is_placed(v))
            edit_local(e, v);
        else if (v->storage == STORAGE_LOCAL)
            diag_add(e->diags, DIAG_UNSUPPORTED,
                     flatten_place(e->flat, v->decl_begin, v->decl_begin),
                     "'%s' is declared by a macro in a way that cannot be translated", v->name);
    }
}
