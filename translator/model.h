/* The model of a translation unit: plain structs between reading (parse, harvest) and the rest.
 *
 * The harvest fills it from clang's tree; checks walk it; plan decides over it; emit turns it into
 * edits. Nothing here knows libclang. Everything lives in one arena and is never freed singly.
 *
 * Glossary
 *   buffer    the text handed to clang: the main file, in which every Tine word stands literally.
 *             An offset is a byte offset into it.
 *   word      a Tine word in the buffer: spawn, sync, flowvar, ... with or without tine_ before it.
 *   function  a function definition that holds a Tine word or touches a flowvar. Others have no
 *             tree; they are only known as callees.
 *   variable  a local, parameter or global that a function's tree names.
 *   place     what an expression denotes as far as flowvars go: which variable, whole or in part.
 *   node      a statement or an event, in evaluation order (see node_kind).
 *   spawn     one spawn site; use: one sync, is_ready, ... site.
 */
#ifndef TINE_TRANSLATOR_MODEL_H
#define TINE_TRANSLATOR_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "str.h"

/* ---- memory ----------------------------------------------------------------------------------- */

typedef struct arena_block arena_block;
typedef struct arena {
    arena_block *blocks;
} arena;

void *arena_alloc(arena *a, size_t size); /* zeroed; never NULL */
void arena_free(arena *a);
char *arena_strdup(arena *a, const char *text);
char *arena_strndup(arena *a, const char *text, size_t len);
char *arena_printf(arena *a, const char *format, ...) PRINTF_LIKE(2, 3);

/* Where something is as the compiler will name it: #line directives of the user's are heeded. */
typedef struct location {
    const char *file;
    unsigned line;
} location;

/* ---- types ------------------------------------------------------------------------------------ */

/* How a type relates to flowvars. */
typedef enum flow_kind {
    FLOW_NONE,
    FLOW_VAR,     /* flowvar(T) */
    FLOW_PENDING, /* tine_pending(T) */
    FLOW_HOLDER   /* an array, struct or union with one of them inside, at any depth */
} flow_kind;

/* A C type. text can be written at file scope before the function that uses the type, inside
 * __typeof__(); it is as the user wrote it where that is visible there, else canonical. */
typedef struct ctype {
    const char *text;      /* unqualified; NULL: cannot be named outside its function */
    bool is_exact;         /* text is this very type, not void * for a pointer to what has no name */
    const char *written;   /* for messages: as the user spells it */
    const char *canonical; /* compares equal for the same type */
    long long size;        /* bytes; -1 unknown */
    long long align;
    flow_kind flow;
    struct ctype *result;  /* FLOW_VAR, FLOW_PENDING: T */
    struct ctype *element; /* of an array */
    long long count;       /* elements of an array; -1 unknown */
    struct ctype_field *fields; /* FLOW_HOLDER that is a struct or union: those with flowvars */
    bool is_union;
    bool is_void;
    bool is_array;
    bool is_pointer;
    bool is_record;
    bool is_vla;           /* variably modified array: its size is known at run time only */
    bool is_atomic;        /* _Atomic, which text leaves out */
} ctype;

typedef struct ctype_field {
    struct ctype_field *next;
    const char *name; /* "" for an anonymous struct or union */
    ctype *type;
    long long offset; /* bytes; -1 unknown */
} ctype_field;

/* ---- variables and places --------------------------------------------------------------------- */

typedef enum storage_kind {
    STORAGE_LOCAL,  /* automatic */
    STORAGE_PARAM,
    STORAGE_STATIC, /* static inside a function */
    STORAGE_GLOBAL  /* file scope, this unit's or extern */
} storage_kind;

typedef struct reference {
    struct reference *next;
    size_t begin;
} reference;

typedef struct variable {
    struct variable *next; /* in function.variables or model.globals */
    const char *name;
    ctype *type;
    storage_kind storage;
    bool is_thread_local;
    bool is_written_twice;  /* assigned anywhere beyond its initialiser */
    bool is_address_taken;  /* its address is used, or (arrays) it decays to a pointer */
    bool has_initialiser;
    bool is_register;
    bool is_literal;        /* a compound literal: no name, and in no list of variables */
    bool in_for_head;       /* declared in the first part of a for */
    bool in_argument;       /* the declaration is an argument of a macro: no comma can be added */
    bool in_macro;          /* its declarator does not stand in the buffer */
    location at;            /* of name_begin */
    unsigned bounds;        /* array bounds in its own declarator; a typedef may hold more */
    struct variable *bound; /* a variable that one of them is, if any */
    bool is_jumped_over;    /* a goto or case label later in its scope can be reached without
                               passing the declaration */
    size_t decl_begin;      /* the declaration: its first token ... */
    size_t name_begin;      /* ... the name ... */
    size_t declarator_end;  /* ... behind the declarator, before = , or ; */
    size_t initialiser_end; /* behind the initialiser (== declarator_end without one) */
    size_t statement_begin, statement_end; /* its declaration statement, up to behind the ; */
    unsigned scope_depth;   /* nesting of sync_scope blocks at its declaration */
    struct node *declare;   /* its NODE_DECLARE */
    struct reference *refs; /* of a local handle: every mention of its name */
    bool has_hidden_ref;    /* a mention comes out of a macro */
    void *plan;             /* plan.c: how it is kept; NULL before */
    /* check: of a local handle, or an array of them. What is not proved has the safe value. */
    bool is_confined;       /* never leaves its function: only declared, assigned from spawns, synced
                               and asked is_spawned */
    bool spawned_at_exit;   /* may be spawned when it leaves its scope */
    bool is_filled;         /* an array: a loop spawns into all elements before anything else looks at them */
} variable;

/* What a flowvar expression denotes. */
typedef enum place_kind {
    PLACE_VARIABLE, /* the whole of var */
    PLACE_PART,     /* an element or field of var, itself an array or struct (v[i], s.left) */
    PLACE_ELSEWHERE,/* through a pointer, or not understood: an lvalue of which nothing is known */
    PLACE_VALUE     /* not an lvalue: the result of a call */
} place_kind;

typedef struct place {
    place_kind kind;
    variable *var;      /* PLACE_VARIABLE, PLACE_PART; for ELSEWHERE the pointer's variable or NULL */
    const char *field;  /* PLACE_PART: the path when it is constant (".left", "[2]"), else NULL */
    variable *index;    /* PLACE_PART that is v[i]: the variable i; else NULL */
    size_t begin, end;  /* the expression in the buffer; begin == end when it comes from a macro */
    ctype *type;
} place;

/* ---- calls and sites -------------------------------------------------------------------------- */

/* A function that is called by name. */
typedef struct callee {
    struct callee *next;  /* in model.callees */
    const char *name;
    bool is_builtin;      /* __builtin_..., or a library function that clang knows as one */
    bool is_system;       /* external, declared in a header of the system, defined nowhere else in this unit */
    bool is_static;       /* internal linkage, or inline with its body in this unit */
    bool is_local_decl;   /* declared inside a function */
    bool is_variadic;
    bool has_prototype;
    bool is_implicit;     /* called without any declaration */
    bool is_noreturn;
    bool returns_twice;   /* setjmp and its like */
    bool uses_thread_local; /* its body, seen in this unit, names a thread-local variable */
    bool calls_unknown;   /* its body is not in this unit, or it calls through a pointer */
    size_t first_decl;    /* offset of its first declaration in the buffer, SIZE_MAX in a header */
    struct function *definition; /* in this unit, when it has a tree */
    struct callee_ref *calls;    /* what its body calls, when that is in this unit */
    bool has_body;        /* its body is in this unit */
    bool is_setjmp_like;
    size_t thread_local_at;      /* uses_thread_local: where its body names one, SIZE_MAX elsewhere */
    const char *thread_local_name;
    bool may_unlock;             /* check: it, or what it calls, may free a mutex */
    bool reaches_thread_local;   /* check: it, or what it calls, uses a thread-local variable */
    bool reaches_longjmp;        /* check: it is, or calls, longjmp or its like */
    size_t met;                  /* check_calls: the last search that met it */
    void *plan;
} callee;

typedef struct callee_ref {
    struct callee_ref *next;
    callee *callee;
    size_t at;            /* offset of the call, SIZE_MAX in a header */
} callee_ref;

typedef struct argument {
    size_t begin, end;   /* in the buffer; begin == end when it comes from a macro */
    ctype *type;         /* of the parameter, or promoted for ... and prototype-less calls */
    bool is_vla_pointer; /* captured as void * */
    bool is_local_address; /* &local, a local array, or a pointer into one: points into this frame */
    variable *local;       /* of is_local_address: which one */
    struct node *value;    /* the last event of its evaluation; NULL: there is none */
    struct memory *memory; /* check: what it points to */
} argument;

/* The call that a site starts, or a plain call by name. */
typedef struct call {
    struct call *next;               /* in function.plain_calls */
    size_t begin, end;               /* first to last token */
    size_t callee_begin, callee_end; /* the callee expression */
    size_t lparen, rparen;           /* offsets of the two */
    bool is_literal;                 /* callee and parentheses stand in the buffer, not in a macro */
    callee *callee;                  /* NULL: through a pointer or another expression */
    ctype *function_type;            /* of a callee expression: pointer to function */
    ctype *result;
    argument *args;
    unsigned arg_count;
} call;

typedef enum spawn_kind {
    SPAWN,
    SPAWN_ON,
    SPAWN_SUBMIT,
    SPAWN_SUBMIT_ON
} spawn_kind;

/* Where the handle of a spawn goes. */
typedef enum target_kind {
    TARGET_NONE,        /* an expression statement, or an unused value: detached */
    TARGET_INITIALISER, /* of target.var, or of an element of it */
    TARGET_ASSIGN,      /* = target */
    TARGET_VALUE        /* any other use */
} target_kind;

typedef struct spawn {
    struct spawn *next;         /* in function.spawns, in order of the text */
    struct function *function;
    location at;
    spawn_kind kind;
    size_t word_begin, word_end; /* the word itself */
    size_t begin, end;           /* the whole expression */
    size_t executor_begin, executor_end; /* SPAWN_ON, SPAWN_SUBMIT_ON */
    call call;
    target_kind target_kind;
    place target;
    size_t assign_begin, assign_end; /* TARGET_ASSIGN: the left operand, as written with its parens */
    ctype *wanted;              /* the flowvar type that the context gives it; NULL: none */
    unsigned scope_depth;       /* nesting of sync_scope blocks here */
    unsigned loop_depth;
    bool may_be_spawned;        /* check: the local that it is assigned to may have a task already */
    void *plan;                 /* plan.c */
} spawn;

/* An assignment of a handle, or of what holds some, from something else than a spawn. */
typedef struct store {
    struct store *next;         /* in function.stores */
    location at;
    place target;               /* begin, end: the left operand */
    bool may_be_spawned;        /* check: what is assigned to may have a task already */
} store;

typedef enum use_kind {
    USE_SYNC,
    USE_WAIT_FOR,     /* tine_wait_for */
    USE_IS_SPAWNED,   /* also tine_is_submitted */
    USE_IS_READY,
    USE_MOVE          /* flowvar_move */
} use_kind;

/* A Tine word that takes a flowvar. */
typedef struct use {
    struct use *next;            /* in function.uses, in order of the text */
    struct function *function;
    location at;
    use_kind kind;
    size_t word_begin, word_end;
    size_t lparen, rparen;       /* of its argument list */
    place place;
    const char *text;            /* the expression as written, on one line */
    bool result_unused;
    /* check: of a sync. What is not proved has the safe value. */
    struct node *node;           /* its node; NULL: it is not evaluated */
    bool is_repeated;            /* several nodes stand for it: a macro's argument */
    bool may_be_unspawned;       /* the handle may be not spawned here */
    bool is_lifo;                /* of a confined handle: no task of a confined one that was spawned
                                    after it is unsynced, and none below it is a hole */
    bool read_after;             /* that it is not spawned any more may be seen later */
    struct spawn **sources;      /* of a confined handle: the sites it may have been spawned at */
    unsigned source_count;
    void *plan;
} use;

/* A sync_scope or sync_scope_on block. */
typedef struct scope {
    struct scope *next;          /* in function.scopes */
    location at;
    size_t word_begin, word_end;
    size_t executor_begin, executor_end; /* empty: the global executor */
    size_t head_end;             /* behind the word, or behind the ) */
    size_t body_begin, body_end; /* the { and behind the } */
    void *plan;                  /* plan.c */
} scope;

/* ---- the tree of a function ------------------------------------------------------------------- */

/* Statements hold their parts as children, in evaluation order; an expression is a NODE_SEQUENCE
 * of its events (also in evaluation order, where C leaves the order open: left to right; the
 * operands of an assignment: left operand, right operand, then the store). A part that may be
 * missing is an empty NODE_SEQUENCE, so that the positions are fixed.
 *
 *   statement             children
 *   NODE_BLOCK            statements of { }; a scope of declarations. scope != NULL: sync_scope
 *   NODE_SEQUENCE         events, expressions or statements, one after the other; no scope
 *   NODE_IF               condition, then, else
 *   NODE_WHILE            condition, body
 *   NODE_DO               body, condition
 *   NODE_FOR              init, condition, increment, body; a scope of declarations
 *   NODE_SWITCH           condition, body; NODE_CASE and NODE_DEFAULT stand where they are inside
 *   NODE_CASE, _DEFAULT   none: the label alone; the labelled statement follows as its sibling
 *   NODE_LABEL            none: likewise. name
 *   NODE_GOTO             none. name
 *   NODE_GOTO_COMPUTED    operand
 *   NODE_ASM_GOTO         may jump to any label whose address or name it mentions
 *   NODE_BREAK, _CONTINUE none
 *   NODE_RETURN           operand; place: what is returned, when that is a flowvar or holds one
 *   NODE_NORETURN         none: control does not come here (after a call of a noreturn function)
 *   expressions with branches
 *   NODE_AND, NODE_OR     left, right (which may not be evaluated)
 *   NODE_CONDITIONAL      condition, then, else
 *   NODE_UNEVALUATED      operand of sizeof, typeof, _Generic...: nothing in it happens
 *   events                (no children, but for NODE_LITERAL)
 *   NODE_DECLARE          var begins its life here; a flowvar without initialiser is not spawned.
 *                         The events of an initialiser come before it.
 *   NODE_LITERAL          a compound literal: var begins its life here. place.type: its type. Children:
 *                         a NODE_SEQUENCE for each part of its initialiser, with the part's type in
 *                         place.type; the last event of each gives the part's value
 *   NODE_SPAWN            spawn: the operands' events came before. Its handle goes to
 *                         spawn->target, unless that is TARGET_VALUE
 *   NODE_USE              use: sync, wait_for, is_spawned, is_ready, flowvar_move
 *   NODE_COPY             place is read as a value, and not by a Tine word: a copy of a flowvar or
 *                         of something that holds one. What returns it is NODE_RETURN instead
 *   NODE_STORE            place is assigned, or initialised (from something else than a spawn)
 *   NODE_CALL             call
 *   NODE_ADDRESS          the address of place is taken (or an array decays) and goes somewhere
 *                         that is not understood
 *   NODE_READ, NODE_WRITE a variable that is not a flowvar: place.var, whole or in part
 */
typedef enum node_kind {
    NODE_BLOCK,
    NODE_SEQUENCE,
    NODE_IF,
    NODE_WHILE,
    NODE_DO,
    NODE_FOR,
    NODE_SWITCH,
    NODE_CASE,
    NODE_DEFAULT,
    NODE_LABEL,
    NODE_GOTO,
    NODE_GOTO_COMPUTED,
    NODE_ASM_GOTO,
    NODE_BREAK,
    NODE_CONTINUE,
    NODE_RETURN,
    NODE_NORETURN,
    NODE_AND,
    NODE_OR,
    NODE_CONDITIONAL,
    NODE_UNEVALUATED,
    NODE_DECLARE,
    NODE_LITERAL,
    NODE_SPAWN,
    NODE_USE,
    NODE_COPY,
    NODE_STORE,
    NODE_CALL,
    NODE_ADDRESS,
    NODE_READ,
    NODE_WRITE
} node_kind;

typedef struct node {
    node_kind kind;
    struct node *parent;
    struct node *next;        /* sibling */
    struct node *first;       /* child */
    struct node *last;
    size_t begin, end;        /* in the buffer */
    const char *name;         /* NODE_LABEL, NODE_GOTO */
    variable *var;            /* NODE_DECLARE, NODE_LITERAL */
    place place;              /* NODE_COPY, _STORE, _ADDRESS, _READ, _WRITE, _RETURN, _LITERAL */
    spawn *spawn;             /* NODE_SPAWN */
    use *use;                 /* NODE_USE */
    store *store;             /* NODE_STORE that is an assignment */
    call *call;               /* NODE_CALL */
    scope *scope;             /* NODE_BLOCK that is a sync_scope */
    bool has_macro;           /* NODE_FOR: a macro is expanded in its head */
    long condition;           /* of a condition that is constant: 0 or 1, else -1 */
    bool is_full;             /* NODE_SEQUENCE: a full expression. The order of what is inside is
                                 left to right here, but compilers may choose another */
} node;

/* ---- functions -------------------------------------------------------------------------------- */

typedef struct parameter {
    const char *name;
    ctype *type;
    variable *var;
    size_t begin, end;
} parameter;

/* if (CONDITION) return VALUE; at the beginning of a function: see harvest_base.c. */
typedef struct base_case {
    struct base_case *next;
    size_t begin, end;             /* the condition */
    size_t value_begin, value_end; /* empty: nothing is returned */
    location at, value_at;
} base_case;

typedef struct function {
    struct function *next;   /* in model.functions, in order of the text */
    const char *name;
    callee *self;
    location at;             /* of begin */
    location body_at;        /* of body_begin */
    location end_at;         /* of the last } */
    size_t begin;            /* first token, attributes and storage class included */
    size_t name_begin, name_end;
    size_t params_begin, params_end; /* ( and behind ) of the parameter list */
    size_t body_begin, body_end;     /* the { and behind the } */
    bool is_literal;         /* all of these stand in the buffer, not in a macro */
    bool has_plain_head;     /* no attribute, asm label, typedef'd or macro-made declarator: the head
                                can be written again under another name */
    bool is_static, is_inline, is_main, is_variadic, is_kr, is_noreturn;
    bool has_static_local;
    bool has_name_use;       /* __func__ and its like, also from a macro */
    bool has_counter;        /* __COUNTER__ */
    bool has_errors;         /* a word in it was refused: its tree may lack sites */
    bool has_asm;
    bool has_label_value;    /* &&label */
    bool has_directive;      /* a preprocessor directive between its braces */
    bool has_goto, has_computed_goto;
    bool has_setjmp;
    bool has_frame_address;  /* __builtin_frame_address, __builtin_return_address, ... */
    bool has_local_function; /* nested function or block literal */
    const char *pretty_name; /* "long fib(int)", what clang's __PRETTY_FUNCTION__ says */
    ctype *result;
    parameter *params;
    unsigned param_count;
    variable *variables;     /* in order of the text */
    spawn *spawns;
    use *uses;
    store *stores;
    scope *scopes;
    node *body;              /* NODE_BLOCK */
    base_case *bases;        /* those that it begins with */
    callee_ref *calls;
    struct call *plain_calls; /* calls by name that stand literally, outside spawn's own operand */
    void *plan;
} function;

typedef struct model {
    arena arena;
    function *functions;
    variable *globals;
    callee *callees;
    bool has_tine;           /* any Tine word is in effect */
    char *const *flags;      /* the compiler's: some say how files are named in the program */
    size_t flag_count;
    size_t searches;         /* check_calls: how many there were */
} model;

/* A new last child of parent (which may be NULL). */
node *node_new(arena *a, node *parent, node_kind kind, size_t begin, size_t end);
node *node_child(const node *n, unsigned index); /* NULL when there are fewer */

/* The function whose text holds the offset, or NULL. */
function *model_function_at(const model *m, size_t offset);

#endif
