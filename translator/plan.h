/* Decides over the model: which handles are kept in the worker's task stack, which functions are
 * cloned, what each site becomes. docs/generated-code.md says what the choices mean.
 *
 * Relies on model and options. Every decision has a reason, for --explain. */
#ifndef TINE_TRANSLATOR_PLAN_H
#define TINE_TRANSLATOR_PLAN_H

#include "model.h"

enum { PLAN_MAX_LEVELS = 3 };

/* How the compiler will be called, as far as it decides what is worth doing. */
typedef struct plan_options {
    bool serial;    /* --serial: every task runs where it is spawned (tine/serial_abi.h) */
    bool no_clones; /* -O0, --coverage, -pg, -finstrument-functions: one body under its own name */
    bool no_copies; /* also -Os, -Oz, -Og */
    const char *why_no_bases; /* NULL: base cases are asked for */
    bool optimises; /* any -O but -O0 */
    bool unwinds;   /* -fexceptions and the like: cleanups also run where a call never returns */
    bool instruments; /* --coverage, -pg, ... */
} plan_options;

typedef struct variable_plan {
    bool is_confined;
    bool is_array;
    bool needs_cleanup; /* may be spawned when its scope is left */
    unsigned spawn_count;
    spawn *only_spawn;  /* of is_confined with one site: sync calls its function directly */
    const char *why;    /* not confined: the reason */
    bool is_filled;     /* an array that need not be emptied at its declaration */
    bool may_be_value;  /* some of its spawns ask for base cases: it may be TINE__VALUE */
    bool is_hoisted;    /* is_jumped_over: kept at the function's beginning, under alias */
    char *alias;
    bool is_dropped_twice; /* emit: a later local of its block needs a cleanup of its own */
    char *drop_name;    /* emit: its cleanup function ... */
    char *guard_name;   /* ... and the variable that calls it, where it cannot be its own */
} variable_plan;

typedef enum task_kind {
    TASK_STACK,
    TASK_STACK_OR_HEAP, /* into an array: a heap task when the room is used up */
    TASK_HEAP,
    TASK_DETACHED,
    TASK_STACK_DETACHED, /* inside a sync_scope of the same function, which takes it back */
    TASK_PENDING,
    TASK_PENDING_DETACHED
} task_kind;

typedef struct spawn_plan {
    task_kind kind;
    variable_plan *var;  /* of a confined target */
    scope *scope;        /* TASK_STACK_DETACHED: which one */
    bool drops_old;      /* the target may be spawned already, and is local */
    bool calls_clone;    /* the task calls the clone of call.callee */
    bool asks_base;      /* a call that is a base case of its function makes no task */
    long long payload;   /* bytes of the capture, -1 unknown */
    const char *why;
    char *tag;           /* emit: names of its helpers: tine__spawn_TAG */
    bool takes_old;      /* emit: of drops_old: the helper gets the address of the handle, and drops what
                            is in it after the operands are evaluated and before it spawns ... */
    const char *clear_name; /* ... by this helper, which empties the handle */
} spawn_plan;

typedef struct use_plan {
    variable_plan *var; /* of a confined operand */
    bool may_be_empty;  /* its handle may be "not spawned" */
    bool by_address;    /* the handle must be left "not spawned": something reads it afterwards */
    bool is_lifo;       /* its task is the last one of the frame */
    spawn *only_spawn;  /* of a confined operand: the one site that can have spawned it, or NULL */
    char *name;         /* emit: of its helper; copies add their level */
} use_plan;

/* What code may do besides its work. */
typedef enum call_effect {
    EFFECT_NONE,  /* it never enters the runtime, leaves errno alone, and cannot end the process or the thread */
    EFFECT_ERRNO, /* the same, but it may set errno */
    EFFECT_ANY
} call_effect;

/* Of a sync_scope into which stack tasks are spawned; the others have none. */
typedef struct scope_plan {
    char *pop_name;   /* emit: the helper that takes them back, and the cleanup of ... */
    char *guard_name; /* ... this variable: the frame, and its top at the scope's beginning */
} scope_plan;

typedef struct function_plan {
    bool has_frame;
    bool is_cloned;
    bool is_outlined; /* inline with external linkage: the body moves into a function of its own, since
                         an inline one may not use the helpers, which are static */
    call_effect effect; /* of a clone: of all that it runs but its tasks, whose syncs keep errno */
    bool is_shared;  /* has_frame and EFFECT_ANY: keeps worker->top */
    bool has_confined;
    bool has_detached; /* stack tasks without a variable: the order of handles is not all */
    bool may_spill;  /* spawns into a confined array: heap tasks when the room is used up */
    bool is_merged;  /* the compiler optimises: of its helpers nothing is left but some instructions */
    bool is_counted; /* for coverage: each line once, by who calls it */
    bool has_bases;  /* that are asked for where it is called */
    const char *why_no_bases; /* it begins with some: the reason why not */
    bool is_asked;   /* a spawn or a call of it asks whether it is a base case, ... */
    bool is_called;  /* ... and calls it otherwise */
    unsigned levels; /* bodies: 1, or more with copies */
    const char *why_plain; /* not cloned, or not copied: the reason */
    const char *why_one;
} function_plan;

/* Fills the plan of every function, variable and site. */
void plan_model(model *m, const plan_options *o);

/* Whether a call inside caller can go to the clone of callee: the clone is declared before it, or can be. */
bool plan_calls_clone(const function *caller, const callee *callee);

/* plan_effects.c: sets the effect of every clone. */
void plan_effects(model *m);

/* plan_effects.c: what a call inside caller may do besides its work. */
call_effect plan_call_effect(const function *caller, const call *c);

/* Whether a call inside caller asks first whether it is a base case of its function, which then is not called. */
bool plan_asks_base(const function *caller, const call *c);

/* Whether a function is defined behind another. */
bool plan_is_later(const function *caller, const function *f);

static inline function_plan *plan_of(const function *f)
{
    return f->plan;
}

/* Whether an assignment to a place waits for an older task: a local's, and surely a handle. */
bool plan_drops_old(const place *p);

/* plan_jumps.c: whether a jump passes the declaration of a local and ends where it lives. */
bool plan_is_jumped_over(const function *f, const variable *v);

/* plan_jumps.c: sets is_jumped_over of the function's variables. */
void plan_jumps(function *f);

#endif
