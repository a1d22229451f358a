/* What sync, is_ready, tine_wait_for and the end of a scope need. */
#include "emit_internal.h"

#include <stdlib.h>
#include <string.h>

/* The ABI's alignment of a payload (TINE__PAYLOAD_ALIGN). */
enum { PAYLOAD_ALIGN = 16 };

/* The file's name as __FILE__ has it: -fmacro-prefix-map=OLD=NEW and -ffile-prefix-map= are heeded, the
 * last one that fits. */
static void quote_file(const model *m, str *out, const char *file)
{
    static const char *const options[] = {"-fmacro-prefix-map=", "-ffile-prefix-map="};
    for (size_t i = m->flag_count; i-- > 0;)
        for (size_t k = 0; k < sizeof options / sizeof *options; k++) {
            const char *old = m->flags[i] + strlen(options[k]);
            const char *equals = NULL;
            if (strncmp(m->flags[i], options[k], strlen(options[k])) == 0)
                equals = strrchr(old, '=');
            if (equals == NULL || strncmp(file, old, (size_t)(equals - old)) != 0)
                continue;
            emit_quote(out, equals + 1);
            emit_quote(out, file + (equals - old));
            return;
        }
    emit_quote(out, file);
}

/* The string literal "file:line: sync(x)", which names a place in the runtime's messages. */
static void add_where(const model *m, str *out, location at, const char *word, const char *text)
{
    str_putc(out, '"');
    quote_file(m, out, at.file);
    str_printf(out, ":%u: ", at.line);
    emit_quote(out, word);
    emit_quote(out, text);
    str_putc(out, '"');
}

/* "return r_;" where there is a result. */
static void add_result(str *out, const ctype *t, const char *indent, const char *text)
{
    if (!t->is_void)
        str_printf(out, "%sreturn %s;\n", indent, text);
    else
        str_printf(out, "%sreturn;\n", indent);
}

/* ---- heap tasks -------------------------------------------------------------------------------- */

/* Joins a heap task, reads its result (unless it is dropped) and gives it back. */
static void add_join(emit *e, str *out, const ctype *t, bool dropped, const char *where,
                     const char *indent)
{
    str_printf(out, "%stine_frame now_ = *f_;\n%stine__join(&now_, task_, %s);\n", indent, indent,
               where);
    if (!t->is_void && !dropped) {
        const char *type = emit_type(e, t, 0, 0);
        str_printf(out, "%s%s r_ = *(%s *)", indent, type, type);
        if (t->align > PAYLOAD_ALIGN)
            str_printf(out, "tine__payload_aligned(task_, _Alignof(%s));\n", type);
        else
            str_puts(out, "tine__payload(task_);\n");
    }
    str_printf(out, "%stine__free(&now_, task_);\n", indent);
    if (!dropped)
        add_result(out, t, indent, "r_");
}

/* ---- confined tasks ---------------------------------------------------------------------------- */

/* Calls f, between tine__direct_begin and _end where it may do anything; errno is kept where f may set it. */
static void add_direct_call(emit *e, str *out, const spawn *s, unsigned level, bool dropped)
{
    const ctype *t = s->call.result;
    call_effect effect = plan_call_effect(s->function, &s->call);
    bool has_value = !t->is_void && !dropped;
    if (effect == EFFECT_NONE && !dropped) {
        str_puts(out, t->is_void ? "        " : "        return ");
        emit_task_call(e, out, s, level, true);
        str_puts(out, t->is_void ? ";\n        return;\n" : ";\n");
        return;
    }
    if (effect != EFFECT_NONE)
        str_printf(out, "        int errno_ = tine__%s(tine__worker_of(f_));\n",
                   effect == EFFECT_ANY ? "direct_begin" : "errno_of");
    if (has_value)
        str_printf(out, "        %s r_ = ", emit_type(e, t, s->begin, s->end));
    else
        str_puts(out, t->is_void ? "        " : "        (void)");
    emit_task_call(e, out, s, level, true);
    str_puts(out, ";\n");
    if (effect != EFFECT_NONE)
        str_printf(out, "        tine__%s(tine__worker_of(f_), errno_);\n",
                   effect == EFFECT_ANY ? "direct_end" : "set_errno");
    add_result(out, dropped ? &(ctype){.is_void = true} : t, "        ", "r_");
}

/* The condition under which a task is called here; after it the payload of task_ has its capture, or the
 * result. */
static char *taking(emit *e, const use_plan *u, const ctype *t, const char *where)
{
    if (u->var == NULL || !u->var->is_array)
        return mem_printf("%s(f_, task_)", u->is_lifo ? "tine__take" : "tine__take_any");
    if (t->is_void)
        return mem_printf("tine__take_element(f_, &task_, 0, %s)", where);
    return mem_printf("tine__take_element(f_, &task_, sizeof(%s), %s)", emit_type(e, t, 0, 0), where);
}

/* One site spawns: its function is called directly. moves: taking may put another task into task_. */
static void add_take_one(emit *e, str *out, const spawn *s, unsigned level, bool dropped,
                         const char *take, bool moves)
{
    bool packed = emit_has_packed_args(e, s);
    if (moves)
        str_printf(out, "    bool mine_ = %s;\n", take);
    emit_capture_pointer(e, out, s);
    str_printf(out, "    if (%s) {\n", moves ? "mine_" : take);
    if (packed)
        str_printf(out, "        struct tine__%s_args args_;\n"
                        "        __builtin_memcpy(&args_, c_->args_, sizeof args_);\n",
                   ((spawn_plan *)s->plan)->tag);
    add_direct_call(e, out, s, level, dropped);
    str_puts(out, "    }\n");
    if (!s->call.result->is_void && !dropped)
        add_result(out, s->call.result, "    ", "c_->result_");
    else if (dropped && emit_has_capture(e, s) && s->call.arg_count == 0 &&
             !emit_is_indirect(e, s))
        str_puts(out, "    (void)c_;\n");
}

void emit_take_back(emit *e, str *out, const spawn *s)
{
    emit_quiet(out, s, true);
    str_printf(out, "TINE__INLINE void tine__%s_now(tine_frame *f_, tine_task *task_)\n{\n",
               ((const spawn_plan *)s->plan)->tag);
    add_take_one(e, out, s, 0, true, "tine__take_any(f_, task_)", false);
    str_puts(out, "}\n");
    emit_quiet(out, s, false);
}

/* Several sites do: the task says which function runs it. */
static void add_take_some(emit *e, str *out, const use_plan *u, const ctype *t, bool dropped,
                          const char *take)
{
    str_printf(out, "    tine_run_fn *run_ = %stine__run_of(task_);\n"
                    "    if (%s) {\n"
                    "        int errno_ = tine__direct_begin(tine__worker_of(f_));\n"
                    "        run_(tine__worker_of(f_), tine__top_of(f_), task_);\n"
                    "        tine__direct_end(tine__worker_of(f_), errno_);\n    }\n",
               u->var->is_array ? "task_ == NULL ? NULL : " : "", take);
    if (!t->is_void && !dropped)
        str_printf(out, "    return *(%s *)tine__payload(task_);\n", emit_type(e, t, 0, 0));
}

static void add_confined(emit *e, str *out, const use_plan *u, const ctype *t, unsigned level,
                         bool dropped, const char *where)
{
    char *take = taking(e, u, t, where);
    if (u->only_spawn != NULL)
        add_take_one(e, out, u->only_spawn, level, dropped, take, u->var->is_array);
    else
        add_take_some(e, out, u, t, dropped, take);
    free(take);
}

/* ---- helpers of uses --------------------------------------------------------------------------- */

static void add_sync(emit *e, str *out, use *x, unsigned level, const char *where)
{
    use_plan *p = x->plan;
    const ctype *t = x->place.type->result;
    const char *type = emit_type(e, t, x->place.begin, x->place.end);
    const spawn *only = p->only_spawn;
    if (only != NULL)
        emit_quiet(out, only, true);
    if (level > 0)
        str_printf(out, "TINE__INLINE %s %s_copy%u(", type, p->name, level + 1);
    else
        str_printf(out, "TINE__INLINE %s %s(", type, p->name);
    bool may_be_value = p->var != NULL && p->var->may_be_value;
    if (p->by_address)
        str_printf(out, "tine_frame *f_, tine_flowvar(%s) *x_", type);
    else
        str_puts(out, "tine_frame *f_, void *x_");
    if (may_be_value)
        emit_base_parameters(e, out, t, "");
    str_puts(out, p->by_address ? ")\n{\n    tine_task *task_ = (void *)*x_;\n    *x_ = 0;\n"
                                : ")\n{\n    tine_task *task_ = x_;\n");
    if (p->var != NULL) {
        if (p->may_be_empty && !p->var->is_array) /* tine__take_element looks for itself */
            str_printf(out, "    if (!TINE__LIKELY(task_ != NULL)) {\n"
                            "        tine_frame now_ = *f_;\n"
                            "        tine__join(&now_, NULL, %s);\n    }\n", where);
        if (may_be_value) {
            str_puts(out, "    if (done_)\n");
            add_result(out, t, "        ", "value_");
        }
        unsigned next = p->only_spawn != NULL ? (level + 1) % emit_levels(e) : 0;
        add_confined(e, out, p, t, next, false, where);
    } else {
        add_join(e, out, t, false, where, "    ");
    }
    str_puts(out, "}\n");
    if (only != NULL)
        emit_quiet(out, only, false);
}

static void add_wait_for(emit *e, str *out, use *x, const char *where)
{
    use_plan *p = x->plan;
    const ctype *t = x->place.type->result;
    const char *type = emit_type(e, t, x->place.begin, x->place.end);
    str_printf(out, "TINE__INLINE %s %s(", type, p->name);
    if (p->by_address)
        str_printf(out, "tine_pending(%s) *x_)\n{\n    tine_task *task_ = (void *)*x_;\n"
                        "    *x_ = 0;\n", type);
    else
        str_puts(out, "void *x_)\n{\n    tine_task *task_ = x_;\n");
    str_printf(out, "    tine__pending_wait(task_, %s);\n", where);
    if (!t->is_void) {
        str_printf(out, "    %s r_ = *(%s *)", type, type);
        if (t->align > PAYLOAD_ALIGN)
            str_printf(out, "tine__payload_aligned(task_, _Alignof(%s));\n", type);
        else
            str_puts(out, "tine__payload(task_);\n");
    }
    str_puts(out, "    tine__pending_free(task_);\n");
    add_result(out, t, "    ", "r_");
    str_puts(out, "}\n");
}

static void add_ready(str *out, use *x, const char *where)
{
    use_plan *p = x->plan;
    if (x->place.type->flow == FLOW_PENDING)
        str_printf(out, "TINE__INLINE bool %s(void *x_)\n{\n"
                        "    return tine__pending_ready(x_, %s);\n}\n", p->name, where);
    else
        str_printf(out, "TINE__INLINE bool %s(tine_frame *f_, void *x_)\n{\n"
                        "    tine_frame now_ = *f_;\n"
                        "    return tine__is_ready(&now_, x_, %s);\n}\n", p->name, where);
}

void emit_use_helper(emit *e, use *x)
{
    use_plan *p = x->plan;
    if (x->kind == USE_IS_SPAWNED || x->kind == USE_MOVE)
        return; /* C says it: see tine/translated.h */
    str where = {0}, text = {0};
    const char *word = x->kind == USE_IS_READY ? "is_ready"
                       : x->kind == USE_WAIT_FOR ? "tine_wait_for" : "sync";
    str_printf(&text, "(%s)", x->text);
    add_where(e->m, &where, x->at, word, str_cstr(&text));
    const char *stem = x->kind == USE_IS_READY ? "ready" : x->kind == USE_WAIT_FOR ? "wait" : "sync";
    char *kind_name = mem_printf("%s_%s", stem, p->var != NULL ? x->place.var->name : "value");
    const char *tag = names_tag(&e->names, kind_name, x->at.line);
    p->name = arena_printf(&e->m->arena, "tine__%s", tag);
    size_t begin = e->first.len;
    if (x->kind == USE_WAIT_FOR) {
        add_wait_for(e, &e->first, x, str_cstr(&where));
    } else if (x->kind == USE_IS_READY) {
        add_ready(&e->first, x, str_cstr(&where));
    } else if (p->var == NULL) {
        add_sync(e, &e->first, x, 0, str_cstr(&where));
    } else {
        for (unsigned level = 0; level < emit_levels(e); level++) {
            str *out = &e->per_level[level];
            size_t from = out->len;
            add_sync(e, out, x, level, str_cstr(&where));
            emit_place(e, out, from, x->at);
        }
    }
    if (e->first.len > begin)
        emit_place(e, &e->first, begin, x->at);
    free(kind_name);
    str_free(&where);
    str_free(&text);
}

/* ---- leaving a scope, overwriting -------------------------------------------------------------- */

/* Statements that drop the handle in *x_, or all of an array from x_ on; f_ is the frame. */
static void add_drop_function(emit *e, str *out, const char *name, const variable *v,
                              const variable_plan *p, const char *where)
{
    const ctype *handle = v->type;
    while (handle->is_array)
        handle = handle->element;
    const ctype *t = handle->result;
    const spawn *only = p != NULL && p->is_confined ? p->only_spawn : NULL;
    if (p != NULL && p->is_confined && p->is_array) {
        str_printf(out, "TINE__INLINE void %s(tine_frame *f_, tine_task *task_)\n{\n"
                        "    tine__drop_element(f_, task_, %s);\n}\n", name, where);
        return;
    }
    if (only != NULL)
        emit_quiet(out, only, true);
    str_printf(out, "TINE__INLINE void %s(tine_frame *f_, tine_task *task_)\n{\n"
                    "    if (TINE__LIKELY(task_ == NULL%s))\n        return;\n",
               name, p != NULL && p->may_be_value ? " || task_ == TINE__VALUE" : "");
    const use_plan as_use = {.var = (variable_plan *)p, .only_spawn = (spawn *)only};
    if (p != NULL && p->is_confined)
        add_confined(e, out, &as_use, t, 0, true, where);
    else
        add_join(e, out, t, true, where, "    ");
    str_puts(out, "}\n");
    if (only != NULL)
        emit_quiet(out, only, false);
}

/* How deep arrays of handles nest in a type. */
static unsigned counters_of(const ctype *t)
{
    unsigned most = 0;
    if (t->flow != FLOW_HOLDER || t->is_union)
        return 0;
    if (t->is_array)
        return 1 + counters_of(t->element);
    for (const ctype_field *field = t->fields; field != NULL; field = field->next) {
        unsigned count = counters_of(field->type);
        most = count > most ? count : most;
    }
    return most;
}

/* What add_drops counts with: C90 has no declaration in a for. */
static void add_counters(str *out, const ctype *t)
{
    unsigned count = counters_of(t);
    for (unsigned depth = 0; depth < count; depth++)
        str_printf(out, "%si%u_", depth == 0 ? "    size_t " : ", ", depth);
    str_puts(out, count == 0 ? "" : ";\n");
}

/* Drops every handle inside an object of type t at the expression text. */
static void add_drops(str *out, const ctype *t, const char *text, const char *name, unsigned depth,
                      const char *indent, bool reset)
{
    str inner = {0}, deeper = {0};
    if (t->flow == FLOW_VAR) {
        str_printf(out, "%s%s(f_, (void *)%s);\n", indent, name, text);
        if (reset)
            str_printf(out, "%s%s = 0;\n", indent, text);
    } else if (t->is_array && t->flow == FLOW_HOLDER) {
        str_printf(out, "%sfor (i%u_ = 0; i%u_ < sizeof %s / sizeof *%s; i%u_++) {\n", indent,
                   depth, depth, text, text, depth);
        str_printf(&inner, "%s[i%u_]", text, depth);
        str_printf(&deeper, "%s    ", indent);
        add_drops(out, t->element, str_cstr(&inner), name, depth + 1, str_cstr(&deeper), reset);
        str_printf(out, "%s}\n", indent);
    } else if (t->flow == FLOW_HOLDER && !t->is_union) {
        for (const ctype_field *field = t->fields; field != NULL; field = field->next) {
            str_clear(&inner);
            str_printf(&inner, "%s%s%s", text, field->name[0] == '\0' ? "" : ".", field->name);
            add_drops(out, field->type, str_cstr(&inner), name, depth, indent, reset);
        }
    }
    str_free(&inner);
    str_free(&deeper);
}

/* The same for an object whose type has no name outside its function: by the offsets of its parts.
 * at: an expression for its address, a char *. */
static void add_drops_at(emit *e, str *out, const ctype *t, const char *at, const char *name,
                         unsigned depth, bool reset)
{
    str inner = {0};
    if (t->flow == FLOW_VAR) {
        const char *type = emit_type(e, t->result, 0, 0);
        str_printf(out, "    %s(f_, (void *)*(tine_flowvar(%s) *)(void *)(%s));\n", name, type, at);
        if (reset)
            str_printf(out, "    *(tine_flowvar(%s) *)(void *)(%s) = 0;\n", type, at);
    } else if (t->is_array && t->flow == FLOW_HOLDER) {
        str_printf(out, "    for (i%u_ = 0; i%u_ < %lld; i%u_++) {\n", depth, depth, t->count,
                   depth);
        str_printf(&inner, "%s + i%u_ * %lld", at, depth, t->element->size);
        add_drops_at(e, out, t->element, str_cstr(&inner), name, depth + 1, reset);
        str_puts(out, "    }\n");
    } else if (t->flow == FLOW_HOLDER && !t->is_union) {
        for (const ctype_field *field = t->fields; field != NULL; field = field->next) {
            str_clear(&inner);
            str_printf(&inner, "%s + %lld", at, field->offset);
            add_drops_at(e, out, field->type, str_cstr(&inner), name, depth, reset);
        }
    }
    str_free(&inner);
}

static bool has_name(const ctype *t)
{
    while (t->is_array)
        t = t->element;
    return t->text != NULL;
}

static const ctype *first_handle(const ctype *t)
{
    if (t == NULL || t->flow == FLOW_VAR)
        return t;
    if (t->is_array)
        return first_handle(t->element);
    for (const ctype_field *field = t->fields; field != NULL && !t->is_union; field = field->next) {
        const ctype *found = first_handle(field->type);
        if (found != NULL)
            return found;
    }
    return NULL;
}

static char *drop_place(const emit *e, const variable *v, location at, const char *why)
{
    str where = {0}, text = {0};
    str_printf(&text, "%s %s", v->name, why);
    add_where(e->m, &where, at, "", str_cstr(&text));
    str_free(&text);
    return str_take(&where);
}

static char *scope_end_place(const emit *e, const variable *v)
{
    return drop_place(e, v, v->at, "leaves its scope");
}

/* The cleanup of a confined variable gets its guard: the addresses of the frame and of it. */
static void add_confined_drop(emit *e, str *out, const variable *v, const char *tag)
{
    const variable_plan *p = v->plan;
    const ctype *handle = first_handle(v->type);
    const char *type = emit_type(e, handle->result, v->name_begin, v->name_begin);
    char *where = scope_end_place(e, v);
    char *drop = mem_printf("tine__drop_%s_one", tag);
    add_drop_function(e, out, drop, v, p, where);
    str_printf(out, "TINE__INLINE void tine__drop_%s(tine_flowvar(%s) (*guard_)[%d])\n{\n"
                    "    tine_frame *f_ = (void *)(*guard_)[0];\n"
                    "    tine_flowvar(%s) *x_ = (void *)(*guard_)[1];\n", tag, type,
               p->is_array ? 4 : 2, type);
    if (p->is_array)
        str_printf(out, "    size_t i_ = (size_t)(uintptr_t)(*guard_)[2];\n"
                        "    if (TINE__LIKELY(tine__is_done(f_, (size_t *)(void *)(*guard_)[3])))\n"
                        "        return;\n"
                        "    while (i_-- > 0)%s\n"
                        "        %s(f_, (void *)x_[i_]);\n%s}\n",
                   p->is_dropped_twice ? " {" : "", drop,
                   p->is_dropped_twice ? "        x_[i_] = 0;\n    }\n" : "");
    else
        str_printf(out, "    %s(f_, (void *)*x_);\n%s}\n", drop,
                   p->is_dropped_twice ? "    *x_ = 0;\n" : "");
    free(drop);
    free(where);
}

/* NAME(frame, task): waits for a heap task and drops its result. */
static void add_drop_one(str *out, const char *name, const char *where)
{
    str_printf(out, "TINE__INLINE void %s(tine_frame *f_, tine_task *task_)\n{\n"
                    "    if (task_ == NULL)\n        return;\n"
                    "    tine__join(f_, task_, %s);\n    tine__free(f_, task_);\n}\n", name, where);
}

/* The cleanup of any other variable: it enters the runtime as any plain code does. */
static void add_heap_drop(emit *e, str *out, const variable *v, const char *tag)
{
    char *where = scope_end_place(e, v);
    const ctype *t = v->type;
    bool reset = ((const variable_plan *)v->plan)->is_dropped_twice;
    char *name = mem_printf("tine__drop_%s_one", tag);
    add_drop_one(out, name, where);
    if (t->is_vla) { /* its guard: where it is, and how many bytes */
        const ctype *element = t->element;
        while (element->is_array)
            element = element->element;
        const char *type = element->flow == FLOW_VAR
                               ? emit_type(e, element->result, v->name_begin, v->name_begin)
                               : emit_type(e, element, v->name_begin, v->name_begin);
        str_printf(out, "TINE__INLINE void tine__drop_%s(size_t (*guard_)[2])\n{\n"
                        "    tine_frame now_ = tine__enter(), *f_ = &now_;\n"
                        "    %s%s%s *x_ = (void *)(*guard_)[0];\n"
                        "    size_t i_;\n",
                   tag, element->flow == FLOW_VAR ? "tine_flowvar(" : "", type,
                   element->flow == FLOW_VAR ? ")" : "");
        add_counters(out, element);
        str_puts(out, "    for (i_ = 0; i_ < (*guard_)[1] / sizeof *x_; i_++) {\n");
        add_drops(out, element, "x_[i_]", name, 0, "        ", reset);
        str_puts(out, "    }\n}\n");
    } else {
        if (t->flow == FLOW_VAR)
            str_printf(out, "TINE__INLINE void tine__drop_%s(tine_flowvar(%s) *x_)\n{\n", tag,
                       emit_type(e, t->result, v->name_begin, v->name_begin));
        else if (has_name(t))
            str_printf(out, "TINE__INLINE void tine__drop_%s(__typeof__(%s) *x_)\n{\n", tag,
                       t->text != NULL ? t->text : t->canonical);
        else
            str_printf(out, "TINE__INLINE void tine__drop_%s(void *x_)\n{\n", tag);
        str_puts(out, "    tine_frame now_ = tine__enter(), *f_ = &now_;\n");
        add_counters(out, t);
        if (t->flow == FLOW_VAR || has_name(t))
            add_drops(out, t, "(*x_)", name, 0, "    ", reset);
        else
            add_drops_at(e, out, t, "(char *)x_", name, 0, reset);
        str_puts(out, "}\n");
    }
    free(name);
    free(where);
}

void emit_drop_helper(emit *e, variable *v)
{
    variable_plan *p = v->plan;
    const char *tag = names_tag(&e->names, v->name, v->at.line);
    p->drop_name = arena_printf(&e->m->arena, "tine__drop_%s", tag);
    p->guard_name = arena_printf(&e->m->arena, "tine__guard_%s", tag);
    if (p->is_confined)
        add_confined_drop(e, &e->first, v, tag);
    else
        add_heap_drop(e, &e->first, v, tag);
}

const char *emit_clear_helper(emit *e, spawn *s)
{
    const variable *v = s->target.var;
    const variable_plan *p = v->plan;
    const ctype *t = s->target.type;
    const char *type = emit_type(e, t->result, s->begin, s->end);
    char *stem = mem_printf("clear_%s", v->name);
    const char *tag = names_tag(&e->names, stem, s->at.line);
    char *name = arena_printf(&e->m->arena, "tine__%s", tag);
    char *drop = mem_printf("tine__%s_old", tag);
    char *where = drop_place(e, v, s->at, "is assigned again");
    variable part = *v;
    part.type = s->target.type;
    add_drop_function(e, &e->first, drop, &part, p, where);
    str_printf(&e->first, "TINE__INLINE tine_flowvar(%s) *%s(tine_frame *f_, tine_flowvar(%s) *x_)\n{\n"
                          "    %s(f_, (void *)*x_);\n    *x_ = 0;\n    return x_;\n}\n",
               type, name, type, drop);
    free(where);
    free(stem);
    free(drop);
    return name;
}

const char *emit_replace_helper(emit *e, store *s)
{
    const ctype *t = s->target.type;
    if (t->flow == FLOW_HOLDER && t->text == NULL)
        return NULL;
    const char *type = emit_handle_type(e, t);
    char *stem = mem_printf("replace_%s", s->target.var->name);
    char *name = arena_printf(&e->m->arena, "tine__%s", names_tag(&e->names, stem, s->at.line));
    char *drop = mem_printf("%s_old", name);
    char *where = drop_place(e, s->target.var, s->at, "is assigned again");
    add_drop_one(&e->first, drop, where);
    str_printf(&e->first, "TINE__INLINE %s %s(%s *x_, %s new_)\n{\n"
                          "    tine_frame now_ = tine__enter(), *f_ = &now_;\n", type, name, type, type);
    add_counters(&e->first, t);
    add_drops(&e->first, t, "(*x_)", drop, 0, "    ", false);
    str_puts(&e->first, "    return new_;\n}\n");
    free(where);
    free(stem);
    free(drop);
    return name;
}
