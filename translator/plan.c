/* Which handles are confined, which functions are cloned: see plan.h. */
#include "plan.h"

#include <string.h>

enum {
    PAYLOAD_MAX = 40,     /* TINE__PAYLOAD_MAX of tine/abi.h; generated code asserts it */
    PAYLOAD_ALIGN = 16,
    COPY_MAX_BYTES = 1500 /* of a body that is copied for speed */
};

static variable_plan *var_plan(model *m, variable *v)
{
    if (v->plan == NULL)
        v->plan = arena_alloc(&m->arena, sizeof(variable_plan));
    return v->plan;
}

/* ---- captures ---------------------------------------------------------------------------------- */

static long long align_up(long long offset, long long align)
{
    return align <= 0 ? offset : (offset + align - 1) / align * align;
}

static bool fits(const ctype *t, long long *align)
{
    if (t->size < 0 || t->align < 0)
        return false;
    if (t->align > *align)
        *align = t->align;
    return true;
}

/* Whether the task may need a pointer to its function (emit_is_indirect decides). */
static bool may_be_indirect(const spawn *s)
{
    const callee *c = s->call.callee;
    if (c == NULL || c->is_local_decl)
        return true;
    bool undeclared = c->first_decl != SIZE_MAX && c->first_decl >= s->function->begin;
    return undeclared && (c->definition != s->function || plan_of(s->function)->why_plain != NULL);
}

/* The size of a capture: the arguments in order, sharing their bytes with the result. */
static long long capture_size(const spawn *s, long long *align)
{
    const call *c = &s->call;
    long long size = 0;
    *align = 1;
    if (may_be_indirect(s)) {
        size = 8;
        *align = 8;
    }
    for (unsigned i = 0; i < c->arg_count; i++) {
        const ctype *t = c->args[i].type;
        if (!fits(t, align))
            return -1;
        size = align_up(size, t->align) + t->size;
    }
    if (!c->result->is_void) {
        if (!fits(c->result, align))
            return -1;
        if (c->result->size > size)
            size = c->result->size;
    }
    return align_up(size, *align);
}

/* ---- confined variables ------------------------------------------------------------------------ */

static bool is_handle_array(const ctype *t)
{
    while (t->is_array)
        t = t->element;
    return t->flow == FLOW_VAR;
}

/* Whether it holds a handle that is not in a union: of those nobody knows what they are. */
static bool has_named_handle(const ctype *t)
{
    if (t->flow == FLOW_VAR)
        return true;
    if (t->is_array)
        return has_named_handle(t->element);
    for (const ctype_field *field = t->fields; field != NULL && !t->is_union; field = field->next)
        if (has_named_handle(field->type))
            return true;
    return false;
}

static unsigned array_depth(const ctype *t)
{
    return t->is_array ? 1 + array_depth(t->element) : 0;
}

static const char *why_not_declared(const function *f, const variable *v)
{
    if (v->storage != STORAGE_LOCAL)
        return "it is not a local variable";
    if (v->type->flow != FLOW_VAR && !(v->type->is_array && is_handle_array(v->type)))
        return "it is part of a larger object";
    if (array_depth(v->type) != v->bounds)
        return "its array type has a name";
    if (v->in_macro || v->in_argument)
        return "its declaration comes from a macro";
    if (f->has_setjmp)
        return "the function calls setjmp";
    if (f->has_local_function)
        return "the function has a nested function or a block";
    if (v->is_jumped_over)
        return "a jump can pass its declaration";
    return NULL;
}

static const char *why_not_spawned(const spawn *s)
{
    long long align, size = capture_size(s, &align);
    if (s->kind == SPAWN_ON)
        return "it is spawned on another executor";
    if (s->kind != SPAWN)
        return "it is submitted";
    if (size < 0 || size > PAYLOAD_MAX)
        return "the arguments or the result take more than 40 bytes";
    if (align > PAYLOAD_ALIGN)
        return "an argument or the result is aligned to more than 16 bytes";
    if (s->scope_depth != s->target.var->scope_depth)
        return "it is spawned inside a sync_scope that ends before the variable does";
    return NULL;
}

static void refuse(model *m, variable *v, const char *why)
{
    variable_plan *p = var_plan(m, v);
    if (why != NULL && p->why == NULL)
        p->why = why;
}

/* What happens to handles in a tree: anything but spawn, sync and is_spawned spoils them. */
static void scan(model *m, const node *n)
{
    variable *v = n->place.var;
    switch (n->kind) {
    case NODE_COPY:
    case NODE_RETURN:
        if (v != NULL)
            refuse(m, v, n->kind == NODE_COPY ? "it is copied" : "it is returned");
        break;
    case NODE_STORE:
        if (v != NULL && n->place.kind != PLACE_ELSEWHERE)
            refuse(m, v, "it is assigned from something else than a spawn");
        break;
    case NODE_ADDRESS:
        if (v != NULL)
            refuse(m, v, "its address is taken");
        break;
    case NODE_USE:
        v = n->use->place.var;
        if (v != NULL && n->use->kind == USE_MOVE)
            refuse(m, v, "it is moved");
        if (v != NULL && n->use->kind == USE_IS_READY)
            refuse(m, v, "it is asked is_ready");
        break;
    case NODE_SPAWN:
        v = n->spawn->target.var;
        if (v == NULL || n->spawn->target_kind == TARGET_NONE ||
            n->spawn->target_kind == TARGET_VALUE || n->spawn->target.kind == PLACE_ELSEWHERE)
            break;
        refuse(m, v, why_not_spawned(n->spawn));
        if (var_plan(m, v)->only_spawn != n->spawn)
            var_plan(m, v)->spawn_count++;
        var_plan(m, v)->only_spawn = n->spawn;
        break;
    default:
        break;
    }
    for (const node *child = n->first; child != NULL; child = child->next)
        scan(m, child);
}

static void plan_variables(model *m, function *f, const plan_options *o)
{
    scan(m, f->body);
    plan_jumps(f);
    for (variable *v = f->variables; v != NULL; v = v->next) {
        variable_plan *p = var_plan(m, v);
        if (v->type->flow == FLOW_NONE)
            continue;
        refuse(m, v, why_not_declared(f, v));
        if (p->spawn_count == 0)
            refuse(m, v, "nothing is spawned into it by name");
        if (o->serial)
            refuse(m, v, "the code is serial");
        if (!v->is_confined)
            refuse(m, v, "it may leave its function");
        p->is_array = v->type->is_array;
        p->is_confined = p->why == NULL;
        p->is_filled = p->is_confined && v->is_filled && o->optimises && !o->unwinds;
        p->is_hoisted = v->is_jumped_over && is_handle_array(v->type) && !v->type->is_vla &&
                        (!v->type->is_array || !v->has_initialiser) && !v->in_macro &&
                        !v->has_hidden_ref;
        p->needs_cleanup = (v->storage == STORAGE_LOCAL || v->storage == STORAGE_PARAM) &&
                           has_named_handle(v->type) && (!v->is_jumped_over || p->is_hoisted) &&
                           (v->spawned_at_exit || !is_handle_array(v->type));
        if (p->spawn_count != 1)
            p->only_spawn = NULL;
        if (p->is_confined)
            plan_of(f)->has_confined = true;
    }
}

/* ---- sites ------------------------------------------------------------------------------------- */

static bool is_local_place(const place *p)
{
    return (p->kind == PLACE_VARIABLE || p->kind == PLACE_PART) && p->var != NULL &&
           (p->var->storage == STORAGE_LOCAL || p->var->storage == STORAGE_PARAM);
}

static bool has_union(const ctype *t)
{
    if (t->is_array)
        return has_union(t->element);
    for (const ctype_field *field = t->fields; field != NULL; field = field->next)
        if (has_union(field->type))
            return true;
    return t->is_union;
}

/* Whether a path such as ".left[2].right" leads through a union; path NULL: it is not known. The members of
 * a record without a name are found without a step. */
static bool is_in_union(const ctype *t, const char *path)
{
    if (path == NULL || t->is_union)
        return has_union(t);
    if (path[0] == '\0')
        return false;
    if (t->is_array) {
        const char *end = strchr(path, ']');
        return is_in_union(t->element, end == NULL ? NULL : end + 1);
    }
    size_t len = 1 + strcspn(path + 1, ".[");
    for (const ctype_field *field = t->fields; field != NULL; field = field->next) {
        bool unnamed = field->name[0] == '\0';
        bool here = !unnamed && len == strlen(field->name) + 1 && strncmp(path + 1, field->name, len - 1) == 0;
        if ((here || unnamed) && is_in_union(field->type, here ? path + len : path))
            return true;
    }
    return false;
}

bool plan_drops_old(const place *p)
{
    if (!is_local_place(p) || !has_named_handle(p->type) || p->var->type->flow == FLOW_NONE)
        return false;
    const variable_plan *v = p->var->plan;
    return !is_in_union(p->var->type, p->kind == PLACE_PART ? p->field : "") &&
           (!p->var->is_jumped_over || (v != NULL && v->is_hoisted));
}

/* The innermost sync_scope of the function around a detached spawn that may wait for it on the task
 * stack; NULL: there is none. One with an executor does not wait for a plain spawn. */
static scope *scope_around(const spawn *s, const plan_options *o)
{
    const function *f = s->function;
    long long align, size = capture_size(s, &align);
    scope *found = NULL;
    if (o->serial || s->kind != SPAWN || size < 0 || size > PAYLOAD_MAX || align > PAYLOAD_ALIGN ||
        f->has_setjmp || f->has_computed_goto || f->has_local_function)
        return NULL;
    for (scope *c = f->scopes; c != NULL; c = c->next)
        if (c->executor_end == c->executor_begin && c->body_begin < s->begin &&
            s->begin < c->body_end && (found == NULL || c->body_begin > found->body_begin))
            found = c;
    return found;
}

static void plan_spawn(model *m, spawn *s, const plan_options *o)
{
    spawn_plan *p = arena_alloc(&m->arena, sizeof *p);
    long long align;
    s->plan = p;
    p->payload = capture_size(s, &align);
    bool submitted = s->kind == SPAWN_SUBMIT || s->kind == SPAWN_SUBMIT_ON;
    bool has_target = s->target_kind == TARGET_INITIALISER || s->target_kind == TARGET_ASSIGN;
    variable_plan *var = has_target && s->target.kind != PLACE_ELSEWHERE && s->target.var != NULL
                             ? var_plan(m, s->target.var)
                             : NULL;
    p->drops_old = s->target_kind == TARGET_ASSIGN && s->may_be_spawned && plan_drops_old(&s->target);
    if (submitted) {
        p->kind = s->target_kind == TARGET_NONE ? TASK_PENDING_DETACHED : TASK_PENDING;
        p->why = "submitted: it never runs on this thread";
    } else if (s->target_kind == TARGET_NONE && scope_around(s, o) != NULL) {
        p->kind = TASK_STACK_DETACHED;
        p->scope = scope_around(s, o);
        if (p->scope->plan == NULL)
            p->scope->plan = arena_alloc(&m->arena, sizeof(scope_plan));
        plan_of(s->function)->has_confined = true;
        plan_of(s->function)->has_detached = true;
    } else if (s->target_kind == TARGET_NONE) {
        p->kind = TASK_DETACHED;
        p->why = "nobody takes its handle";
    } else if (var != NULL && var->is_confined) {
        p->kind = var->is_array ? TASK_STACK_OR_HEAP : TASK_STACK;
        p->var = var;
    } else {
        p->kind = TASK_HEAP;
        p->why = var != NULL        ? var->why
                 : has_target       ? "its handle is kept outside this function's variables"
                                    : "its handle is used as a value";
    }
}

static void plan_use(model *m, use *x)
{
    use_plan *p = arena_alloc(&m->arena, sizeof *p);
    x->plan = p;
    p->may_be_empty = true;
    p->is_lifo = false;
    p->by_address = x->place.kind != PLACE_VALUE;
    if ((x->place.kind == PLACE_VARIABLE || x->place.kind == PLACE_PART) && x->place.var != NULL &&
        var_plan(m, x->place.var)->is_confined)
        p->var = var_plan(m, x->place.var);
    if (p->var == NULL || x->kind != USE_SYNC)
        return;
    p->may_be_empty = x->may_be_unspawned;
    p->by_address = x->read_after;
    p->is_lifo = x->is_lifo && !p->var->is_array && !plan_of(x->function)->has_detached;
    p->only_spawn = x->source_count == 1 ? x->sources[0] : p->var->only_spawn;
}

/* ---- functions --------------------------------------------------------------------------------- */

static bool needs_frame(const function *f)
{
    for (const spawn *s = f->spawns; s != NULL; s = s->next)
        if (s->kind == SPAWN || s->kind == SPAWN_ON)
            return true;
    for (const use *x = f->uses; x != NULL; x = x->next)
        if (x->kind == USE_SYNC ||
            (x->kind == USE_IS_READY && x->place.type->flow == FLOW_VAR))
            return true;
    return f->scopes != NULL;
}

static bool has_named_parameters(const function *f)
{
    for (unsigned i = 0; i < f->param_count; i++)
        if (f->params[i].name[0] == '\0')
            return false;
    return true;
}

static const char *why_not_cloned(const function *f, const plan_options *o)
{
    if (o->no_clones)
        return "the compiler is asked for no optimisation, or to instrument functions";
    if (!f->has_plain_head)
        return "its head cannot be written again under another name";
    if (f->is_main)
        return "it is main";
    if (f->is_variadic)
        return "it has a variable number of arguments";
    if (f->is_inline && !f->is_static)
        return "it is inline with external linkage";
    if (f->has_setjmp)
        return "it calls setjmp";
    if (f->has_frame_address)
        return "it looks at its own frame";
    if (f->has_local_function)
        return "it has a nested function or a block";
    if (!has_named_parameters(f))
        return "a parameter has no name";
    return NULL;
}

static bool calls_itself(const function *f)
{
    for (const callee_ref *r = f->calls; r != NULL; r = r->next)
        if (r->callee == f->self)
            return true;
    return false;
}

static const char *why_one_body(const function *f, const plan_options *o)
{
    if (o->no_copies)
        return "the compiler is not asked to optimise for speed";
    if (!calls_itself(f))
        return "it does not call itself";
    if (f->body_end - f->body_begin > COPY_MAX_BYTES)
        return "its body is not small";
    if (f->has_static_local)
        return "it has a static variable";
    if (f->has_label_value)
        return "it takes the address of a label";
    if (f->has_asm)
        return "it has inline assembly";
    if (f->has_counter)
        return "it uses __COUNTER__";
    if (f->has_directive)
        return "it has preprocessor lines";
    for (const variable *v = f->variables; v != NULL; v = v->next)
        if (v->type->is_vla)
            return "it has an array of variable length";
    return NULL;
}

static bool can_name(const ctype *t)
{
    return t->is_exact && !t->is_array && strstr(t->canonical, "(unnamed") == NULL &&
           strstr(t->canonical, "(anonymous") == NULL;
}

/* Whether the clone of a function that is defined later can be declared here: the function itself is
 * declared, so its types can be written. */
static bool can_forward(const function *caller, const callee *callee)
{
    const function *f = callee->definition;
    if (callee->is_local_decl || (callee->first_decl != SIZE_MAX && callee->first_decl >= caller->begin))
        return false;
    for (unsigned i = 0; i < f->param_count; i++)
        if (!can_name(f->params[i].type))
            return false;
    return can_name(f->result);
}

bool plan_is_later(const function *caller, const function *f)
{
    return f != caller && f->begin > caller->begin;
}

bool plan_calls_clone(const function *caller, const callee *callee)
{
    const function *f = callee == NULL ? NULL : callee->definition;
    return f != NULL && plan_of(f) != NULL && plan_of(f)->is_cloned &&
           (!plan_is_later(caller, f) || can_forward(caller, callee));
}

/* ---- base cases -------------------------------------------------------------------------------- */

/* Whether the result of a base case has a place beside the variable's declaration. */
static bool has_value_place(const variable *v)
{
    return v->storage == STORAGE_LOCAL && v->declare != NULL && !v->in_macro && !v->in_argument &&
           !v->in_for_head && !v->is_jumped_over && !v->type->is_array;
}

bool plan_asks_base(const function *caller, const call *c)
{
    const function *f = c->callee == NULL ? NULL : c->callee->definition;
    if (f == NULL || !plan_of(f)->has_bases || plan_is_later(caller, f) || c->callee->is_local_decl ||
        c->arg_count != f->param_count)
        return false;
    for (unsigned i = 0; i < c->arg_count; i++)
        if (c->args[i].is_vla_pointer || !c->args[i].type->is_exact)
            return false;
    return true;
}

/* A spawn of a base case makes no task where there is a place for its result, or no need of one. */
static void plan_spawned_bases(spawn *s)
{
    spawn_plan *p = s->plan;
    if (s->kind != SPAWN || !plan_asks_base(s->function, &s->call))
        return;
    p->asks_base = p->kind == TASK_STACK ? has_value_place(s->target.var)
                                         : p->kind == TASK_DETACHED || p->kind == TASK_STACK_DETACHED;
    function_plan *callee = plan_of(s->call.callee->definition);
    bool at_sync = !p->asks_base && p->calls_clone && (p->kind == TASK_STACK || p->kind == TASK_STACK_OR_HEAP);
    callee->is_asked |= p->asks_base || at_sync;
    callee->is_called |= at_sync;
    if (p->asks_base && p->var != NULL)
        p->var->may_be_value = true;
}

static void plan_bases(function *f)
{
    for (spawn *s = f->spawns; s != NULL; s = s->next)
        plan_spawned_bases(s);
    for (const call *c = f->plain_calls; c != NULL; c = c->next)
        if (plan_of(f)->has_frame && plan_calls_clone(f, c->callee) && plan_asks_base(f, c)) {
            function_plan *callee = plan_of(c->callee->definition);
            callee->is_asked = callee->is_called = true;
        }
}

/* ---- the whole --------------------------------------------------------------------------------- */

static void plan_function(model *m, function *f, const plan_options *o)
{
    function_plan *p = plan_of(f);
    p->is_merged = o->optimises;
    p->is_counted = o->instruments;
    p->why_plain = why_not_cloned(f, o);
    plan_variables(m, f, o);
    for (spawn *s = f->spawns; s != NULL; s = s->next) {
        plan_spawn(m, s, o);
        if (((spawn_plan *)s->plan)->kind == TASK_STACK_OR_HEAP)
            p->may_spill = true;
    }
    for (use *x = f->uses; x != NULL; x = x->next)
        plan_use(m, x);
    p->has_frame = needs_frame(f);
    p->levels = 1;
    if (p->why_plain == NULL && !p->has_confined)
        p->why_plain = "none of its tasks is kept on the task stack";
    p->is_cloned = p->has_frame && p->why_plain == NULL;
    p->why_no_bases = f->bases == NULL ? NULL : o->why_no_bases;
    p->has_bases = f->bases != NULL && o->why_no_bases == NULL && f->result->text != NULL &&
                   f->has_plain_head && !f->is_variadic && has_named_parameters(f);
    p->is_outlined = p->has_frame && f->is_inline && !f->is_static && f->has_plain_head &&
                     !f->is_variadic && has_named_parameters(f);
    if (p->is_cloned) {
        p->why_one = why_one_body(f, o);
        if (p->why_one == NULL)
            p->levels = PLAN_MAX_LEVELS;
    }
}

void plan_model(model *m, const plan_options *o)
{
    for (function *f = m->functions; f != NULL; f = f->next)
        f->plan = arena_alloc(&m->arena, sizeof(function_plan));
    for (function *f = m->functions; f != NULL; f = f->next)
        plan_function(m, f, o);
    plan_effects(m);
    for (function *f = m->functions; f != NULL; f = f->next) {
        plan_of(f)->is_shared = plan_of(f)->has_frame && plan_of(f)->effect == EFFECT_ANY;
        for (spawn *s = f->spawns; s != NULL; s = s->next)
            ((spawn_plan *)s->plan)->calls_clone = plan_calls_clone(f, s->call.callee);
    }
    for (function *f = m->functions; f != NULL; f = f->next)
        plan_bases(f);
}
