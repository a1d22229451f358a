/* What the files of emit share. */
#ifndef TINE_TRANSLATOR_EMIT_INTERNAL_H
#define TINE_TRANSLATOR_EMIT_INTERNAL_H

#include "edits.h"
#include "emit.h"
#include "names.h"

typedef struct emit {
    model *m;
    const lexer *lex;
    flatten *flat;
    diags *diags;
    names names;
    edits file;        /* of the buffer outside of functions that are rendered */
    /* Of the function that is written now: */
    function *function;
    function_plan *plan;
    const char *frame; /* an expression for the address of its frame */
    edits body;        /* changes inside it */
    str first;         /* helpers that every copy uses: captures, run functions, spawn helpers */
    str per_level[PLAN_MAX_LEVELS]; /* helpers of one copy: sync calls the next level */
} emit;

/* emit_task.c: capture, run function and spawn helper of a site; sets its plan's tag. */
void emit_spawn_helpers(emit *e, spawn *s);
/* The call of the spawned function, in an expression: "fib__tine(w_, top_, c_->a1_)". direct: at a sync, whose
 * copy of the function level is. */
void emit_task_call(emit *e, str *out, const spawn *s, unsigned level, bool direct);
/* "    struct tine__fib_4 *c_ = tine__payload(task_);", nothing for an empty capture. */
void emit_capture_pointer(emit *e, str *out, const spawn *s);
void emit_quiet(str *out, const spawn *s, bool begin);
bool emit_is_indirect(const emit *e, const spawn *s);
bool emit_has_capture(const emit *e, const spawn *s);
/* Whether the arguments lie in the capture as bytes, because they are aligned to more than all else. */
bool emit_has_packed_args(const emit *e, const spawn *s);

/* emit_base.c */
void emit_base_helpers(emit *e, str *out); /* of a function some of whose calls ask */
/* In a spawn helper: no task for a base case. */
void emit_base_question(emit *e, str *out, const spawn *s);
/* Beside a handle that may be TINE__VALUE (may_be_value) stand its result then, and whether it is: compilers test
 * that more quickly than the handle. Their declarations, if v is such a one; as parameters of helpers ("*": by
 * address); as operands ("&": likewise). */
void emit_base_variables(emit *e, const variable *v);
void emit_base_parameters(emit *e, str *out, const ctype *result, const char *star);
const char *emit_base_operands(emit *e, const variable *v, const char *prefix);

/* emit_sync.c */
void emit_use_helper(emit *e, use *x);
void emit_drop_helper(emit *e, variable *v); /* its cleanup function; sets drop_name */
/* tine__TAG_now: calls a stack task's function unless somebody took it; then waits for that. */
void emit_take_back(emit *e, str *out, const spawn *s);
/* The helper that empties a local handle before it is assigned; its name. */
const char *emit_clear_helper(emit *e, spawn *s);
/* The helper that drops what a place holds and gives what is assigned to it; NULL: its type has no name. */
const char *emit_replace_helper(emit *e, store *s);

/* emit_store.c: assignments that may find an older task */
bool emit_takes_old(emit *e, const spawn *s);
/* Changes what is around a spawn that takes_old; the expression for the address of its target. */
const char *emit_old_address(emit *e, const spawn *s);
void emit_store_edits(emit *e);

/* emit_scope.c: the ends of the function's sync_scope blocks and of those that hold hoisted handles. */
void emit_scope_edits(emit *e);

/* emit_variables.c: declarations; entry: what is to stand at the beginning of the body. */
const node *emit_block_of(const emit *e, const variable *v); /* the block or for that it lives in */
void emit_variable_edits(emit *e, str *entry);

/* emit_body.c: the changes inside a function. */
void emit_body_edits(emit *e);

/* emit.c */
/* A declaration of name with a type: "int a1_", "__typeof__(int (*)(void)) fn_". */
void emit_declare(emit *e, str *out, const ctype *t, const char *name, size_t begin, size_t end);
/* The type of a handle, or of what holds some: "tine_flowvar(int)". */
const char *emit_handle_type(emit *e, const ctype *t);
/* A type for a result or a cast. */
const char *emit_type(emit *e, const ctype *t, size_t begin, size_t end);
void emit_line(str *out, location at);
void emit_own_line(str *out);
/* Places a helper, which out has from begin on: its lines are the user's word's, or Tine's own. */
void emit_place(const emit *e, str *out, size_t begin, location at);
void emit_quote(str *out, const char *text); /* as the inside of a string literal */
void emit_collapsed(str *out, const char *text, size_t len); /* on one line, without comments */
unsigned emit_levels(const emit *e);
bool emit_orders_declarations(const emit *e);

#endif
