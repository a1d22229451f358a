/* What the files of the harvest share. */
#ifndef TINE_TRANSLATOR_HARVEST_INTERNAL_H
#define TINE_TRANSLATOR_HARVEST_INTERNAL_H

#include "harvest.h"

typedef struct map_entry {
    CXCursor key;
    void *value;
} map_entry;

/* From the cursor of a declaration to what the model has for it. cap is 0 or a power of two. */
typedef struct map {
    map_entry *entries;
    size_t count, cap;
} map;

void *map_get(const map *m, CXCursor key);
void map_put(map *m, CXCursor key, void *value);
void map_free(map *m);

typedef struct cursors {
    CXCursor *items;
    size_t count, cap;
} cursors;

cursors children_of(CXCursor cursor); /* to be freed with cursors_free */
void cursors_free(cursors *c);

typedef struct harvest {
    unit *u;
    model *m;
    map variables, callees, records, tag_names;
    function *function;       /* the one that is read now; NULL outside */
    unsigned scope_depth;     /* sync_scope blocks around */
    unsigned loop_depth;
    bool in_for_head;
    unsigned unevaluated;     /* operands of sizeof, typeof, ... around */
    spawn **last_spawn;
    store **last_store;
    use **last_use;
    scope **last_scope;
    variable **last_variable;
    char **flow_names;        /* see harvest.c */
    size_t flow_name_count, flow_name_cap;
} harvest;

/* harvest_type.c */
ctype *harvest_type(harvest *h, CXType type);
flow_kind harvest_flow(harvest *h, CXType type);
bool harvest_is_pointer(CXType type);

/* harvest.c */
location harvest_location(const harvest *h, size_t offset);

/* harvest_spell.c */
/* A type in its canonical form, without qualifiers at the top; NULL: something in it has no name. */
const char *harvest_spell(harvest *h, CXType type);
/* How the struct of a builtin type is named; NULL: it is a struct as any other. */
const char *harvest_builtin_tag(const char *name);
/* Notes that a typedef names a struct, union or enum without a tag. */
void harvest_note_tag(harvest *h, CXCursor typedef_declaration);

/* harvest_decl.c */
variable *harvest_variable(harvest *h, CXCursor declaration);
callee *harvest_callee(harvest *h, CXCursor declaration);
/* Notes that an expression names a variable. */
void harvest_mention(harvest *h, variable *v, CXCursor cursor);
char *harvest_spelling(harvest *h, CXCursor cursor); /* in the arena */
void harvest_declaration(harvest *h, node *parent, CXCursor statement);

/* harvest_base.c: fills in the base cases of a function whose tree is read. */
void harvest_base_cases(harvest *h, function *f, CXType result, CXCursor body);

/* harvest_stmt.c */
void harvest_statement(harvest *h, node *parent, CXCursor cursor);
void harvest_block(harvest *h, node *parent, CXCursor cursor, scope *s, bool value_used);

/* harvest_expr.c */
void harvest_expression(harvest *h, node *parent, CXCursor cursor, bool used);
void harvest_unevaluated(harvest *h, node *parent, CXCursor cursor);
node *harvest_event(harvest *h, node *parent, node_kind kind, CXCursor cursor);
CXCursor harvest_only_child(CXCursor cursor, size_t *count); /* the last, and how many there are */
/* Whether an operator changes nothing and gives no address; dereferences: whether it may be *. */
bool harvest_is_pure_unary(harvest *h, CXCursor cursor, bool dereferences);
bool harvest_is_pure_binary(harvest *h, CXCursor cursor); /* nor is it a comma */
bool harvest_subscripts_array(harvest *h, CXCursor cursor); /* an array, not a pointer */
/* Whether a unary operator is *. */
bool harvest_is_dereference(harvest *h, CXCursor cursor, CXCursor operand);
CXCursor harvest_strip(const harvest *h, CXCursor cursor); /* without parentheses and implicit conversions */
size_t harvest_end(const harvest *h, CXCursor cursor); /* behind it, also when it ends in a macro */

/* harvest_handle.c */
/* Report handles that are no lvalues in places where nothing can be done with one. */
void harvest_check_operand(harvest *h, CXCursor operand);
void harvest_check_condition(harvest *h, CXCursor condition);
void harvest_check_changed(harvest *h, CXCursor cursor); /* by ++, += and their like; an lvalue too */
void harvest_check_conversion(harvest *h, CXCursor operand, CXType to, bool is_cast);

/* harvest_place.c */
/* The place an lvalue denotes; the events of its operands go to parent. */
place harvest_place(harvest *h, node *parent, CXCursor cursor);
/* An array; a parameter that was declared as one is a pointer. */
bool harvest_is_array(harvest *h, CXCursor cursor);
/* Leads a place on to one of its parts; NULL: not known which. */
void harvest_add_field(harvest *h, place *p, const char *more);
const char *harvest_field_step(harvest *h, CXCursor member);
const char *harvest_constant_index(harvest *h, CXCursor index); /* "[2]"; NULL: not constant */

/* harvest_store.c */
/* An expression that is given to place: initialiser or right operand. */
void harvest_stored(harvest *h, node *parent, CXCursor cursor, place to, target_kind kind,
                    size_t assign_begin, size_t assign_end);

bool harvest_is_zero(const harvest *h, CXCursor cursor); /* 0 or NULL */
/* A compound literal; the object it makes, or NULL where that holds a flowvar. */
variable *harvest_literal(harvest *h, node *parent, CXCursor cursor);

/* harvest_word.c */
/* Handles a cursor that is what a Tine word expands to. False: it is something else. */
bool harvest_word(harvest *h, node *parent, CXCursor cursor, bool used);
word *harvest_word_of(const harvest *h, CXCursor cursor); /* the word a cursor expands, or NULL */
spawn *harvest_spawn(harvest *h, node *parent, CXCursor cursor, word *w);
/* Reports an operand of spawn_on and the like that is no executor. */
void harvest_check_executor(harvest *h, CXCursor executor);

/* The outermost expression under cursor that begins in a range of the buffer: what the user wrote
 * there, among what the word's macro put around it. */
CXCursor harvest_operand(harvest *h, CXCursor cursor, size_t begin, size_t end);
bool harvest_is_spawn(const word *w);
/* Whether the operand of a spawn is a call. */
bool harvest_spawns_call(harvest *h, CXCursor cursor, const word *w);
/* Callee and arguments of a call expression; their events go to parent. */
void harvest_call(harvest *h, node *parent, CXCursor cursor, call *c);
char *harvest_text(harvest *h, size_t begin, size_t end); /* on one line */
const char *harvest_written(harvest *h, const ctype *t);  /* a type as the user writes it */

void harvest_error(harvest *h, enum diag_id id, size_t begin, size_t end, const char *message);

#endif
