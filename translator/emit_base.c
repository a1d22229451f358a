/* Base cases: what a spawn and a call ask before they make a task, or call: see harvest_base.c. */
#include "emit_internal.h"

#include <stdlib.h>

static void add_parameters(const emit *e, str *out)
{
    const function *f = e->function;
    emit_collapsed(out, e->lex->text + f->params_begin + 1, f->params_end - f->params_begin - 2);
}

static void add_names(const function *f, str *out, const char *separator)
{
    for (unsigned i = 0; i < f->param_count; i++)
        str_printf(out, "%s%s", i > 0 ? ", " : separator, f->params[i].name);
}

/* FUNCTION__tine_base(&result, arguments): whether a call is a base case, and what it gives then. It stands where the
 * function does: names and macros mean the same. */
static void add_question(emit *e, str *out)
{
    const function *f = e->function;
    const char *text = e->lex->text;
    str_printf(out, "TINE__INLINE _Bool %s__tine_base(", f->name);
    if (!f->result->is_void) {
        emit_declare(e, out, f->result, "*tine__r", f->begin, f->begin);
        str_puts(out, ", ");
    }
    add_parameters(e, out);
    str_puts(out, ")\n{\n");
    for (unsigned i = 0; i < f->param_count; i++)
        str_printf(out, "    (void)%s;\n", f->params[i].name);
    for (const base_case *b = f->bases; b != NULL; b = b->next) {
        emit_line(out, b->at);
        str_puts(out, "    if (");
        emit_collapsed(out, text + b->begin, b->end - b->begin);
        str_puts(out, ") {\n");
        emit_line(out, b->value_at);
        if (b->value_end > b->value_begin) {
            str_puts(out, "        *tine__r = (");
            emit_collapsed(out, text + b->value_begin, b->value_end - b->value_begin);
            str_puts(out, ");\n");
        }
        str_puts(out, "        return 1;\n    }\n");
    }
    emit_own_line(out);
    str_puts(out, "    return 0;\n}\n");
}

/* FUNCTION__tine_call(worker, top, arguments): calls the clone unless the call is a base case. So the leaves of a
 * recursion do not push and pop what its other calls need. */
static void add_call(emit *e, str *out)
{
    const function *f = e->function;
    bool gives = !f->result->is_void;
    const char *type = emit_type(e, f->result, f->begin, f->begin);
    str_printf(out, "TINE__INLINE %s %s__tine_call(tine_worker *tine__w, tine_task *tine__t, ", type, f->name);
    add_parameters(e, out);
    str_puts(out, ")\n{\n");
    if (gives) { /* a parameter may hide the name of the type */
        str_printf(out, "    __typeof__(%s__tine(tine__w, tine__t", f->name);
        add_names(f, out, ", ");
        str_puts(out, ")) tine__r = 0;\n");
    }
    str_printf(out, "    if (%s__tine_base(", f->name);
    add_names(f, out, gives ? "&tine__r, " : "");
    str_printf(out, "))\n        return%s;\n    %s%s__tine(tine__w, tine__t", gives ? " tine__r" : "",
               gives ? "return " : "", f->name);
    add_names(f, out, ", ");
    str_puts(out, ");\n}\n");
}

void emit_base_helpers(emit *e, str *out)
{
    const function_plan *p = e->plan;
    if (!p->is_asked)
        return;
    add_question(e, out);
    if (p->is_called)
        add_call(e, out);
}

void emit_base_question(emit *e, str *out, const spawn *s)
{
    const spawn_plan *p = s->plan;
    const call *c = &s->call;
    bool handle = p->var != NULL && p->var->may_be_value;
    if (handle)
        str_puts(out, "    *done_ = 0;\n");
    if (handle && !p->asks_base && !c->result->is_void)
        str_puts(out, "    (void)value_;\n");
    if (!p->asks_base)
        return;
    if (!handle && !c->result->is_void) {
        str_puts(out, "    ");
        emit_declare(e, out, c->result, "dropped_", s->begin, s->end);
        str_puts(out, ";\n");
    }
    str_printf(out, "    if (%s__tine_base(", c->callee->name);
    str_puts(out, c->result->is_void ? "" : handle ? "value_, " : "&dropped_, ");
    for (unsigned i = 0; i < c->arg_count; i++)
        str_printf(out, "%sa%u_", i > 0 ? ", " : "", i + 1);
    str_puts(out, handle ? ")) {\n        *done_ = 1;\n        return tine__value();\n    }\n"
                         : "))\n        return;\n");
}

void emit_base_parameters(emit *e, str *out, const ctype *result, const char *star)
{
    if (!result->is_void)
        str_printf(out, ", %s %svalue_", emit_type(e, result, 0, 0), star);
    str_printf(out, ", _Bool %sdone_", star);
}

const char *emit_base_operands(emit *e, const variable *v, const char *prefix)
{
    const char *done = arena_printf(&e->m->arena, ", %stine__done_%s", prefix, v->name);
    if (v->type->result->is_void)
        return done;
    return arena_printf(&e->m->arena, ", %stine__value_%s%s", prefix, v->name, done);
}

void emit_base_variables(emit *e, const variable *v)
{
    const variable_plan *p = v->plan;
    const ctype *t = v->type->result;
    str text = {0};
    if (!p->may_be_value)
        return;
    if (!t->is_void) { /* names of types may mean something else inside the function */
        char *stem = mem_printf("value_%s", v->name);
        const char *tag = names_tag(&e->names, stem, v->at.line);
        str_printf(&e->first, "typedef %s tine__%s;\n", emit_type(e, t, v->name_begin, v->name_begin), tag);
        str_printf(&text, "tine__%s tine__value_%s __attribute__((unused)) = 0; ", tag, v->name);
        free(stem);
    }
    str_printf(&text, "_Bool tine__done_%s __attribute__((unused)) = 0; ", v->name);
    edits_insert(&e->body, v->statement_begin, 0, str_cstr(&text));
    str_free(&text);
}
