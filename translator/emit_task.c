/* What a spawn site needs: the capture of its arguments, the function that runs the task, and the
 * helper that the word becomes. */
#include "emit_internal.h"

#include <stdlib.h>
#include <string.h>

/* The ABI's alignment of a payload (TINE__PAYLOAD_ALIGN). */
enum { PAYLOAD_ALIGN = 16 };

static long long argument_align(const spawn *s)
{
    long long align = 1;
    for (unsigned i = 0; i < s->call.arg_count; i++)
        if (s->call.args[i].type->align > align)
            align = s->call.args[i].type->align;
    return align;
}

bool emit_has_packed_args(const emit *e, const spawn *s)
{
    long long result = s->call.result->is_void ? 1 : s->call.result->align;
    (void)e;
    return argument_align(s) > PAYLOAD_ALIGN && argument_align(s) > result;
}

/* Whether the function is handed to the task as a pointer: it has no name, or none that is declared
 * in front of the function that spawns it. */
bool emit_is_indirect(const emit *e, const spawn *s)
{
    const spawn_plan *p = s->plan;
    const callee *c = s->call.callee;
    if (c == NULL)
        return true;
    if (p->calls_clone)
        return false;
    return c->is_local_decl || (c->first_decl != SIZE_MAX && c->first_decl >= e->function->begin);
}

bool emit_has_capture(const emit *e, const spawn *s)
{
    return s->call.arg_count > 0 || !s->call.result->is_void || emit_is_indirect(e, s);
}

static const char *tag_of(const spawn *s)
{
    return ((const spawn_plan *)s->plan)->tag;
}

/* ---- the capture ------------------------------------------------------------------------------- */

static void add_fields(emit *e, str *out, const spawn *s, const char *indent)
{
    const call *c = &s->call;
    if (emit_is_indirect(e, s)) {
        str_puts(out, indent);
        emit_declare(e, out, c->function_type, "fn_", c->callee_begin, c->callee_end);
        str_puts(out, ";\n");
    }
    for (unsigned i = 0; i < c->arg_count; i++) {
        char name[16];
        snprintf(name, sizeof name, "a%u_", i + 1);
        str_puts(out, indent);
        emit_declare(e, out, c->args[i].type, name, c->args[i].begin, c->args[i].end);
        str_puts(out, ";\n");
    }
}

static void add_capture(emit *e, str *out, const spawn *s)
{
    const call *c = &s->call;
    bool has_args = c->arg_count > 0 || emit_is_indirect(e, s);
    bool packed = emit_has_packed_args(e, s);
    if (packed) {
        str_printf(out, "struct tine__%s_args {\n", tag_of(s));
        add_fields(e, out, s, "    ");
        str_puts(out, "};\n");
    }
    str_printf(out, "struct tine__%s {\n    __extension__ union {\n", tag_of(s));
    if (packed) {
        str_printf(out, "        unsigned char args_[sizeof(struct tine__%s_args)];\n", tag_of(s));
    } else if (has_args) {
        str_puts(out, "        __extension__ struct {\n");
        add_fields(e, out, s, "            ");
        str_puts(out, "        };\n");
    }
    if (!c->result->is_void) {
        str_puts(out, "        ");
        emit_declare(e, out, c->result, "result_", s->begin, s->end);
        str_puts(out, ";\n");
    }
    str_puts(out, "    };\n};\n");
}

/* ---- the call ---------------------------------------------------------------------------------- */

/* direct: at a sync. A spawn that has asked for base cases had none. */
static const char *clone_of(const emit *e, const spawn *s, unsigned level, bool direct, char **owned)
{
    const spawn_plan *p = s->plan;
    unsigned target = 0;
    if (s->call.callee->definition == e->function)
        target = level;
    if (direct && target == 0 && !p->asks_base && plan_asks_base(e->function, &s->call))
        return *owned = mem_printf("%s__tine_call", s->call.callee->name);
    return *owned = names_clone(s->call.callee->name, target);
}

void emit_task_call(emit *e, str *out, const spawn *s, unsigned level, bool direct)
{
    const char *worker = direct ? "tine__worker_of(f_)" : "w_";
    const char *top = direct ? "tine__top_of(f_)" : "top_";
    const spawn_plan *p = s->plan;
    const call *c = &s->call;
    const char *from = emit_has_packed_args(e, s) ? "args_." : "c_->";
    char *owned = NULL;
    if (emit_is_indirect(e, s))
        str_printf(out, "%sfn_(", from);
    else if (p->calls_clone)
        str_printf(out, "%s(%s, %s%s", clone_of(e, s, level, direct, &owned), worker, top,
                   c->arg_count > 0 ? ", " : "");
    else if (e->lex->text[c->callee_begin] == '(')
        str_printf(out, "(%s)(", c->callee->name); /* a macro of that name is not meant */
    else
        str_printf(out, "%s(", c->callee->name);
    for (unsigned i = 0; i < c->arg_count; i++)
        str_printf(out, "%s%sa%u_", i > 0 ? ", " : "", from, i + 1);
    str_putc(out, ')');
    free(owned);
}

void emit_capture_pointer(emit *e, str *out, const spawn *s)
{
    if (!emit_has_capture(e, s))
        return;
    bool aligned = s->call.result->align > PAYLOAD_ALIGN;
    str_printf(out, "    struct tine__%s *c_ = ", tag_of(s));
    if (aligned)
        str_printf(out, "tine__payload_aligned(task_, _Alignof(struct tine__%s));\n", tag_of(s));
    else
        str_puts(out, "tine__payload(task_);\n");
}

/* The body that runs the task: reads the arguments, calls, stores the result. */
static void add_run(emit *e, str *out, const spawn *s)
{
    const call *c = &s->call;
    bool uses_top = ((const spawn_plan *)s->plan)->calls_clone;
    str_printf(out, "%sstatic void tine__run_%s(tine_worker *w_, tine_task *top_, tine_task *task_)\n"
                    "{\n", e->plan->is_counted ? "TINE__NOT_COUNTED " : "", tag_of(s));
    emit_capture_pointer(e, out, s);
    if (emit_has_packed_args(e, s))
        str_printf(out, "    struct tine__%s_args args_;\n"
                        "    __builtin_memcpy(&args_, c_->args_, sizeof args_);\n", tag_of(s));
    if (!uses_top)
        str_puts(out, "    (void)w_, (void)top_;\n");
    if (!emit_has_capture(e, s))
        str_puts(out, "    (void)task_;\n");
    emit_line(out, s->at);
    if (c->result->is_record) {
        const char *type = emit_type(e, c->result, s->begin, s->end);
        str_printf(out, "    %s r_ = ", type);
        emit_task_call(e, out, s, 0, false);
        str_puts(out, ";\n");
        emit_own_line(out);
        str_puts(out, "    __builtin_memcpy(&c_->result_, &r_, sizeof r_);\n");
    } else {
        str_puts(out, c->result->is_void ? "    " : "    c_->result_ = ");
        emit_task_call(e, out, s, 0, false);
        str_puts(out, ";\n");
        emit_own_line(out);
    }
    str_puts(out, "}\n");
}

/* ---- the spawn helper -------------------------------------------------------------------------- */

static void add_parameter(str *out, bool *first)
{
    if (!*first)
        str_puts(out, ", ");
    *first = false;
}

static void add_head(emit *e, str *out, const spawn *s)
{
    const spawn_plan *p = s->plan;
    const call *c = &s->call;
    bool pending = p->kind == TASK_PENDING || p->kind == TASK_PENDING_DETACHED;
    bool detached = p->kind == TASK_DETACHED || p->kind == TASK_PENDING_DETACHED ||
                    p->kind == TASK_STACK_DETACHED;
    bool first = true;
    str_printf(out, "TINE__INLINE %stine__%s_%s(", detached ? "void " : "void *",
               pending ? "submit" : "spawn", tag_of(s));
    if (!pending) {
        add_parameter(out, &first);
        str_puts(out, "tine_frame *f_");
    }
    if (p->kind == TASK_STACK_OR_HEAP)
        str_puts(out, ", size_t *spilled_");
    if (p->var != NULL && p->var->may_be_value)
        emit_base_parameters(e, out, c->result, "*");
    if (p->takes_old) {
        add_parameter(out, &first);
        str_printf(out, "%s *old_", emit_handle_type(e, s->target.type));
    }
    if (s->executor_end > s->executor_begin) {
        add_parameter(out, &first);
        str_puts(out, "struct tine_executor *executor_");
    }
    if (emit_is_indirect(e, s)) {
        add_parameter(out, &first);
        emit_declare(e, out, c->function_type, "fn_", c->callee_begin, c->callee_end);
    }
    for (unsigned i = 0; i < c->arg_count; i++) {
        char name[16];
        snprintf(name, sizeof name, "a%u_", i + 1);
        add_parameter(out, &first);
        emit_declare(e, out, c->args[i].type, name, c->args[i].begin, c->args[i].end);
    }
    str_puts(out, first ? "void)\n{\n" : ")\n{\n");
}

/* Arguments into the capture. Structs as bytes: one of their members may be const. */
static void add_stores(emit *e, str *out, const spawn *s)
{
    const call *c = &s->call;
    bool packed = emit_has_packed_args(e, s);
    const char *into = packed ? "args_." : "c_->";
    if (packed)
        str_printf(out, "    struct tine__%s_args args_;\n", tag_of(s));
    if (emit_is_indirect(e, s))
        str_printf(out, "    %sfn_ = fn_;\n", into);
    for (unsigned i = 0; i < c->arg_count; i++) {
        if (c->args[i].type->is_record)
            str_printf(out, "    __builtin_memcpy(&%sa%u_, &a%u_, sizeof a%u_);\n", into, i + 1,
                       i + 1, i + 1);
        else
            str_printf(out, "    %sa%u_ = a%u_;\n", into, i + 1, i + 1);
    }
    if (packed)
        str_puts(out, "    __builtin_memcpy(c_->args_, &args_, sizeof args_);\n");
}

/* Without arguments only the result uses the pointer, and the spawn helper does not. */
static void add_capture_for_stores(emit *e, str *out, const spawn *s)
{
    if (s->call.arg_count > 0 || emit_is_indirect(e, s))
        emit_capture_pointer(e, out, s);
}

static void add_size(emit *e, str *out, const spawn *s)
{
    if (emit_has_capture(e, s))
        str_printf(out, "sizeof(struct tine__%s), _Alignof(struct tine__%s)", tag_of(s), tag_of(s));
    else
        str_puts(out, "0, 1");
}

static void add_stack_body(emit *e, str *out, const spawn *s)
{
    const char *push = e->plan->is_shared ? "tine__push_shared" : "tine__push";
    if (emit_has_capture(e, s))
        str_printf(out, "    _Static_assert(sizeof(struct tine__%s) <= TINE__PAYLOAD_MAX, "
                        "\"the capture fits a stack task\");\n", tag_of(s));
    str_puts(out, "    tine_task *task_ = tine__top_of(f_);\n");
    add_capture_for_stores(e, out, s);
    add_stores(e, out, s);
    str_printf(out, "    %s(f_, task_, tine__run_%s);\n    return task_;\n}\n", push, tag_of(s));
}

/* As long as there is room in the line; else what was stored becomes a heap task. */
static void add_either_body(emit *e, str *out, const spawn *s)
{
    bool detached = ((const spawn_plan *)s->plan)->kind == TASK_STACK_DETACHED;
    if (emit_has_capture(e, s))
        str_printf(out, "    _Static_assert(sizeof(struct tine__%s) <= TINE__PAYLOAD_MAX, "
                        "\"the capture fits a stack task\");\n", tag_of(s));
    str_puts(out, "    tine_task *task_ = tine__top_of(f_);\n");
    add_capture_for_stores(e, out, s);
    add_stores(e, out, s);
    str_printf(out, "    if (TINE__LIKELY(tine__room(f_))) {\n"
                    "        %s(f_, task_, tine__run_%s);\n"
                    "    } else {\n%s"
                    "        %stine__spill(tine__worker_of(f_), task_, tine__run_%s, ",
               e->plan->is_shared ? "tine__push_shared" : "tine__push", tag_of(s),
               detached ? "" : "        ++*spilled_;\n", detached ? "" : "task_ = ", tag_of(s));
    if (emit_has_capture(e, s))
        str_printf(out, "sizeof(struct tine__%s), ", tag_of(s));
    else
        str_puts(out, "0, ");
    str_printf(out, "%s);\n    }\n%s}\n", detached ? "true" : "false",
               detached ? "" : "    return task_;\n");
}

static void add_heap_body(emit *e, str *out, const spawn *s)
{
    const spawn_plan *p = s->plan;
    bool detached = p->kind == TASK_DETACHED;
    str_puts(out, "    tine_task *task_ = tine__heap_new(tine__worker_of(f_), ");
    add_size(e, out, s);
    str_puts(out, ");\n");
    add_capture_for_stores(e, out, s);
    add_stores(e, out, s);
    str_puts(out, "    tine_frame now_ = *f_;\n");
    if (s->kind == SPAWN_ON)
        str_printf(out, "    tine__heap_push_on(executor_, &now_, task_, tine__run_%s, %s);\n",
                   tag_of(s), detached ? "true" : "false");
    else
        str_printf(out, "    tine__heap_push(&now_, task_, tine__run_%s, %s);\n", tag_of(s),
                   detached ? "true" : "false");
    str_puts(out, detached ? "}\n" : "    return task_;\n}\n");
}

static void add_pending_body(emit *e, str *out, const spawn *s)
{
    const spawn_plan *p = s->plan;
    bool detached = p->kind == TASK_PENDING_DETACHED;
    const char *nothing = detached ? "" : " NULL";
    str_puts(out, "    tine_task *task_ = tine__pending_new(");
    add_size(e, out, s);
    str_printf(out, ");\n    if (task_ == NULL)\n        return%s;\n", nothing);
    add_capture_for_stores(e, out, s);
    add_stores(e, out, s);
    str_printf(out, "    if (!tine__submit(%s, task_, tine__run_%s, %s)) {\n"
                    "        tine__pending_free(task_);\n"
                    "        return%s;\n    }\n",
               s->kind == SPAWN_SUBMIT_ON ? "executor_" : "NULL", tag_of(s),
               detached ? "true" : "false", nothing);
    str_puts(out, detached ? "}\n" : "    return task_;\n}\n");
}

/* A format is no literal any more where the task calls its function. */
void emit_quiet(str *out, const spawn *s, bool begin)
{
    const callee *c = s->call.callee;
    if (c == NULL || (!c->is_variadic && c->has_prototype))
        return;
    str_puts(out, begin ? "#pragma GCC diagnostic push\n"
                          "#pragma GCC diagnostic ignored \"-Wformat-nonliteral\"\n"
                          "#pragma GCC diagnostic ignored \"-Wformat-security\"\n"
                        : "#pragma GCC diagnostic pop\n");
}

static char *one_line(const emit *e, size_t begin, size_t end)
{
    str s = {0};
    for (size_t at = lex_skip_space(e->lex, begin), last = at; at < end;) {
        size_t stop = lex_token_end(e->lex, at);
        if (at > last)
            str_putc(&s, ' ');
        str_add(&s, e->lex->text + at, stop - at);
        last = stop;
        at = lex_skip_space(e->lex, stop);
    }
    str_cstr(&s);
    return str_take(&s);
}

/* The site's text in a comment: cut, and with nothing in it that would end the comment. */
static void add_comment(emit *e, str *out, const spawn *s)
{
    enum { SHOWN = 80 };
    char *text = one_line(e, s->begin, s->end);
    size_t len = strlen(text);
    str_printf(out, "/* %s:%u: ", s->at.file, s->at.line);
    for (size_t i = 0; i < len && i < SHOWN; i++)
        str_putc(out, (text[i] == '*' && text[i + 1] == '/') || text[i] == '\\' ||
                              (text[i] == '?' && text[i + 1] == '?') ||
                              (text[i] == '/' && text[i + 1] == '*')
                          ? ' '
                          : text[i]);
    str_printf(out, "%s */\n", len > SHOWN ? "..." : "");
    free(text);
}

void emit_spawn_helpers(emit *e, spawn *s)
{
    spawn_plan *p = s->plan;
    const call *c = &s->call;
    if (emit_is_indirect(e, s) && !c->function_type->is_exact)
        diag_add(e->diags, DIAG_UNSUPPORTED, flatten_place(e->flat, c->callee_begin, c->callee_end),
                 "the type '%s' cannot be named outside of the function '%s'",
                 c->function_type->written, e->function->name);
    char *stem = c->callee != NULL ? mem_strdup(c->callee->name)
                                   : one_line(e, c->callee_begin, c->callee_end);
    p->tag = (char *)names_tag(&e->names, stem, s->at.line);
    free(stem);
    add_comment(e, &e->first, s);
    if (emit_has_capture(e, s))
        add_capture(e, &e->first, s);
    emit_quiet(&e->first, s, true);
    add_run(e, &e->first, s);
    emit_quiet(&e->first, s, false);
    if (p->drops_old) {
        p->clear_name = emit_clear_helper(e, s);
        p->takes_old = emit_takes_old(e, s);
    }
    size_t begin = e->first.len;
    add_head(e, &e->first, s);
    if (p->takes_old)
        str_printf(&e->first, "    %s(f_, old_);\n", p->clear_name);
    emit_base_question(e, &e->first, s);
    switch (p->kind) {
    case TASK_STACK:
        add_stack_body(e, &e->first, s);
        break;
    case TASK_STACK_OR_HEAP:
    case TASK_STACK_DETACHED:
        add_either_body(e, &e->first, s);
        break;
    case TASK_HEAP:
    case TASK_DETACHED:
        add_heap_body(e, &e->first, s);
        break;
    case TASK_PENDING:
    case TASK_PENDING_DETACHED:
        add_pending_body(e, &e->first, s);
        break;
    }
    emit_place(e, &e->first, begin, s->at);
}
