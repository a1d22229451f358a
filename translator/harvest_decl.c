/* Declarations: variables, functions that are called, and declaration statements. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "harvest_internal.h"

/* ---- the map ----------------------------------------------------------------------------------- */

static map_entry *map_slot(const map *m, CXCursor key)
{
    size_t i = clang_hashCursor(key) & (m->cap - 1);
    while (m->entries[i].value != NULL && !clang_equalCursors(m->entries[i].key, key))
        i = (i + 1) & (m->cap - 1);
    return &m->entries[i];
}

void *map_get(const map *m, CXCursor key)
{
    return m->cap == 0 ? NULL : map_slot(m, key)->value;
}

void map_put(map *m, CXCursor key, void *value)
{
    if (m->count * 2 >= m->cap) {
        map bigger = {.cap = m->cap == 0 ? 64 : m->cap * 2};
        bigger.entries = mem_zalloc(bigger.cap, sizeof *bigger.entries);
        for (size_t i = 0; i < m->cap; i++)
            if (m->entries[i].value != NULL)
                *map_slot(&bigger, m->entries[i].key) = m->entries[i];
        bigger.count = m->count;
        free(m->entries);
        *m = bigger;
    }
    map_entry *slot = map_slot(m, key);
    m->count += slot->value == NULL;
    *slot = (map_entry){key, value};
}

void map_free(map *m)
{
    free(m->entries);
    *m = (map){0};
}

/* ---- small things ------------------------------------------------------------------------------ */

static enum CXChildVisitResult collect(CXCursor cursor, CXCursor parent, CXClientData data)
{
    cursors *c = data;
    (void)parent;
    c->items = mem_grow(c->items, &c->cap, c->count, sizeof *c->items);
    c->items[c->count++] = cursor;
    return CXChildVisit_Continue;
}

cursors children_of(CXCursor cursor)
{
    cursors c = {0};
    clang_visitChildren(cursor, collect, &c);
    return c;
}

void cursors_free(cursors *c)
{
    free(c->items);
    *c = (cursors){0};
}

char *harvest_spelling(harvest *h, CXCursor cursor)
{
    CXString spelling = clang_getCursorSpelling(cursor);
    char *text = arena_strdup(&h->m->arena, clang_getCString(spelling));
    clang_disposeString(spelling);
    return text;
}

/* ---- variables --------------------------------------------------------------------------------- */

static storage_kind storage_of(CXCursor declaration)
{
    if (clang_getCursorKind(declaration) == CXCursor_ParmDecl)
        return STORAGE_PARAM;
    enum CXCursorKind parent = clang_getCursorKind(clang_getCursorSemanticParent(declaration));
    if (parent == CXCursor_TranslationUnit)
        return STORAGE_GLOBAL;
    enum CX_StorageClass class = clang_Cursor_getStorageClass(declaration);
    if (class == CX_SC_Extern)
        return STORAGE_GLOBAL;
    bool lasting = class == CX_SC_Static || clang_getCursorTLSKind(declaration) != CXTLS_None;
    return lasting ? STORAGE_STATIC : STORAGE_LOCAL;
}

static void attach(harvest *h, variable *v)
{
    if (v->storage == STORAGE_GLOBAL || h->function == NULL) {
        v->next = h->m->globals;
        h->m->globals = v;
    } else {
        *h->last_variable = v;
        h->last_variable = &v->next;
    }
}

/* An array parameter is a pointer to memory of the caller's: it holds no handle itself. */
static ctype *pointer_for(harvest *h, const ctype *array)
{
    ctype *t = arena_alloc(&h->m->arena, sizeof *t);
    *t = *array;
    t->is_exact = false;
    t->size = t->align = (long long)sizeof(void *);
    t->flow = FLOW_NONE;
    t->is_array = t->is_vla = false;
    t->is_pointer = true;
    return t;
}

variable *harvest_variable(harvest *h, CXCursor declaration)
{
    declaration = clang_getCanonicalCursor(declaration);
    variable *v = map_get(&h->variables, declaration);
    if (v != NULL)
        return v;
    v = arena_alloc(&h->m->arena, sizeof *v);
    v->name = harvest_spelling(h, declaration);
    v->type = harvest_type(h, clang_getCursorType(declaration));
    v->storage = storage_of(declaration);
    if (v->storage == STORAGE_PARAM && v->type->is_array)
        v->type = pointer_for(h, v->type);
    v->is_thread_local = clang_getCursorTLSKind(declaration) != CXTLS_None;
    v->scope_depth = h->scope_depth;
    map_put(&h->variables, declaration, v);
    attach(h, v);
    return v;
}

/* Behind a declarator whose name ends at pos: array bounds, parentheses around, asm, attributes. */
static size_t declarator_end(const lexer *l, size_t pos)
{
    size_t end = pos;
    for (size_t at = lex_skip_space(l, pos); at < l->len; at = lex_skip_space(l, end)) {
        if (lex_bracket(l, at, '[') > 0 || l->text[at] == '(') {
            size_t close = lex_match(l, at);
            if (close == SIZE_MAX)
                break;
            end = lex_token_end(l, close);
        } else if (l->text[at] == ')') {
            end = at + 1;
        } else if (lex_is_ident(l->text[at])) {
            end = lex_token_end(l, at); /* asm, __attribute__, a macro that stands for one */
        } else {
            break;
        }
    }
    return end;
}

void harvest_mention(harvest *h, variable *v, CXCursor cursor)
{
    size_t begin, end;
    if (v->storage != STORAGE_LOCAL || v->type->flow == FLOW_NONE)
        return;
    if (!parse_extent(h->u, cursor, &begin, &end) || !lex_is(&h->u->lex, begin, v->name)) {
        v->has_hidden_ref = true;
        return;
    }
    for (const reference *r = v->refs; r != NULL; r = r->next)
        if (r->begin == begin)
            return;
    reference *r = arena_alloc(&h->m->arena, sizeof *r);
    r->begin = begin;
    r->next = v->refs;
    v->refs = r;
}

/* The array bounds in a declarator: [2][3] are two. */
static unsigned count_bounds(const lexer *l, size_t begin, size_t end)
{
    unsigned count = 0;
    for (size_t at = lex_skip_space(l, begin); at < end;) {
        bool bound = lex_bracket(l, at, '[') > 0;
        count += bound;
        size_t close = bound ? lex_match(l, at) : at;
        at = close == SIZE_MAX ? end : lex_next(l, close);
    }
    return count;
}

/* Where the parts of a local's declaration are in the buffer. */
static void locate(harvest *h, variable *v, CXCursor declaration, CXCursor initialiser)
{
    size_t end;
    if (!parse_extent(h->u, declaration, &v->decl_begin, &end) ||
        !parse_offset(h->u, clang_getCursorLocation(declaration), &v->name_begin) ||
        !lex_is(&h->u->lex, v->name_begin, v->name)) {
        v->in_macro = true;
        return;
    }
    v->at = harvest_location(h, v->name_begin);
    v->in_argument = parse_in_macro(h->u, v->name_begin);
    v->declarator_end = declarator_end(&h->u->lex, lex_token_end(&h->u->lex, v->name_begin));
    v->bounds = count_bounds(&h->u->lex, v->name_begin, v->declarator_end);
    v->initialiser_end = v->declarator_end;
    if (v->has_initialiser) {
        size_t equals = lex_skip_space(&h->u->lex, v->declarator_end);
        v->in_macro = h->u->lex.text[equals] != '=';
        size_t close = lex_argument_end(&h->u->lex, equals + 1);
        (void)initialiser;
        v->initialiser_end = close;
    }
}

/* ---- functions --------------------------------------------------------------------------------- */

static bool is_one_of(const char *name, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(name, list[i]) == 0)
            return true;
    return false;
}

static bool is_setjmp_name(const char *name)
{
    static const char *const names[] = {"setjmp", "_setjmp", "__setjmp", "sigsetjmp",
                                        "__sigsetjmp", "vfork", "getcontext", "savectx",
                                        "__builtin_setjmp"};
    return is_one_of(name, names, sizeof names / sizeof *names);
}

struct body_visit {
    harvest *h;
    callee *callee;
};

/* Reads what a function of this unit does that its callers care about. */
static enum CXChildVisitResult visit_body(CXCursor cursor, CXCursor parent, CXClientData data)
{
    struct body_visit *v = data;
    (void)parent;
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    if (kind == CXCursor_DeclRefExpr) {
        CXCursor target = clang_getCursorReferenced(cursor);
        if (clang_getCursorKind(target) == CXCursor_VarDecl &&
            clang_getCursorTLSKind(target) != CXTLS_None && !v->callee->uses_thread_local) {
            v->callee->uses_thread_local = true;
            v->callee->thread_local_name = harvest_spelling(v->h, cursor);
            parse_offset(v->h->u, clang_getCursorLocation(cursor), &v->callee->thread_local_at);
        }
    } else if (kind == CXCursor_CallExpr) {
        CXCursor target = clang_getCursorReferenced(cursor);
        if (clang_getCursorKind(target) == CXCursor_FunctionDecl) {
            callee_ref *ref = arena_alloc(&v->h->m->arena, sizeof *ref);
            ref->callee = harvest_callee(v->h, target);
            ref->at = SIZE_MAX;
            parse_offset(v->h->u, clang_getCursorLocation(cursor), &ref->at);
            ref->next = v->callee->calls;
            v->callee->calls = ref;
        } else {
            v->callee->calls_unknown = true;
        }
    }
    return CXChildVisit_Recurse;
}

static void read_body(harvest *h, callee *c, CXCursor declaration)
{
    CXCursor definition = clang_getCursorDefinition(declaration);
    if (clang_Cursor_isNull(definition)) {
        c->calls_unknown = true;
        return;
    }
    c->has_body = true;
    struct body_visit visit = {h, c};
    clang_visitChildren(definition, visit_body, &visit);
}

static bool has_attributes(CXCursor declaration)
{
    bool found = false;
    cursors list = children_of(declaration);
    for (size_t i = 0; i < list.count; i++)
        found |= clang_isAttribute(clang_getCursorKind(list.items[i]));
    cursors_free(&list);
    return found;
}

/* libclang does not name the attribute: GNU's is in the type, C's in the declaration as it is printed. */
static bool has_noreturn(CXCursor declaration)
{
    static const char gnu[] = "__attribute__((noreturn))";
    CXString type = clang_getTypeSpelling(clang_getCanonicalType(clang_getCursorType(declaration)));
    const char *text = clang_getCString(type);
    size_t len = text == NULL ? 0 : strlen(text);
    bool found = len >= sizeof gnu - 1 && strcmp(text + len - (sizeof gnu - 1), gnu) == 0;
    clang_disposeString(type);
    if (found || !has_attributes(declaration))
        return found;
    CXPrintingPolicy policy = clang_getCursorPrintingPolicy(declaration);
    clang_PrintingPolicy_setProperty(policy, CXPrintingPolicy_TerseOutput, 1);
    CXString printed = clang_getCursorPrettyPrinted(declaration, policy);
    text = clang_getCString(printed);
    found = text != NULL && (strstr(text, "_Noreturn") != NULL || strstr(text, "[[noreturn]]") != NULL);
    clang_disposeString(printed);
    clang_PrintingPolicy_dispose(policy);
    return found;
}

/* Whether a declaration, if it is one, stands in a header of the system. */
static bool is_of_system(CXCursor declaration)
{
    return clang_Cursor_isNull(declaration) ||
           clang_Location_isInSystemHeader(clang_getCursorLocation(declaration)) != 0;
}

callee *harvest_callee(harvest *h, CXCursor declaration)
{
    CXCursor canonical = clang_getCanonicalCursor(declaration);
    callee *c = map_get(&h->callees, canonical);
    if (c != NULL)
        return c;
    c = arena_alloc(&h->m->arena, sizeof *c);
    c->name = harvest_spelling(h, declaration);
    map_put(&h->callees, canonical, c);
    c->next = h->m->callees;
    h->m->callees = c;

    CXType type = clang_getCursorType(declaration);
    CXCursor parent = clang_getCursorSemanticParent(canonical);
    c->is_builtin = strncmp(c->name, "__builtin_", 10) == 0 || strncmp(c->name, "__sync_", 7) == 0 ||
                    strncmp(c->name, "__atomic_", 9) == 0;
    c->is_system = is_of_system(canonical) && is_of_system(clang_getCursorDefinition(canonical)) &&
                   clang_getCursorLinkage(declaration) != CXLinkage_Internal;
    c->is_static = clang_getCursorLinkage(declaration) == CXLinkage_Internal;
    c->is_local_decl = clang_getCursorKind(parent) != CXCursor_TranslationUnit;
    c->has_prototype = clang_getCanonicalType(type).kind == CXType_FunctionProto;
    c->is_variadic = c->has_prototype && clang_isFunctionTypeVariadic(type);
    c->returns_twice = is_setjmp_name(c->name);
    static const char *const ending[] = {"abort", "exit", "_exit", "_Exit", "quick_exit", "longjmp",
                                         "siglongjmp", "pthread_exit", "__assert_fail",
                                         "__builtin_unreachable", "__builtin_trap", "thrd_exit"};
    c->is_noreturn = is_one_of(c->name, ending, sizeof ending / sizeof *ending) ||
                     has_noreturn(canonical);
    c->first_decl = c->thread_local_at = SIZE_MAX;
    parse_offset(h->u, clang_getCursorLocation(canonical), &c->first_decl);
    c->is_implicit = !is_of_system(canonical) &&
                     clang_equalLocations(clang_getCursorLocation(canonical),
                                          clang_getNullLocation());
    read_body(h, c, declaration);
    return c;
}

/* ---- declaration statements -------------------------------------------------------------------- */

/* The variable that is all of the expression of an array bound in v's declarator, or NULL. */
static variable *bound_of(harvest *h, const variable *v, CXCursor expression)
{
    size_t begin, end;
    CXCursor inner = harvest_strip(h, expression);
    if (clang_getCursorKind(inner) != CXCursor_DeclRefExpr || v->in_macro ||
        !parse_extent(h->u, inner, &begin, &end) || begin < v->name_begin || end > v->declarator_end ||
        parse_has_macro(h->u, v->name_begin, v->declarator_end))
        return NULL;
    CXCursor target = clang_getCursorReferenced(inner);
    enum CXCursorKind kind = clang_getCursorKind(target);
    return kind == CXCursor_VarDecl || kind == CXCursor_ParmDecl ? harvest_variable(h, target) : NULL;
}

/* Everything of a variable's declaration but the initialiser: array bounds, typeof operands. */
static void declaration_types(harvest *h, node *parent, variable *v, CXCursor declaration,
                              CXCursor initialiser)
{
    cursors list = children_of(declaration);
    for (size_t i = 0; i < list.count; i++) {
        enum CXCursorKind kind = clang_getCursorKind(list.items[i]);
        if (clang_equalCursors(list.items[i], initialiser) || !clang_isExpression(kind))
            continue;
        if (v->bound == NULL)
            v->bound = bound_of(h, v, list.items[i]);
        if (clang_getCanonicalType(clang_getCursorType(declaration)).kind == CXType_VariableArray)
            harvest_expression(h, parent, list.items[i], true);
        else
            harvest_unevaluated(h, parent, list.items[i]);
    }
    cursors_free(&list);
}

/* A word in the initialiser of a static variable, which must be constant. */
static bool refuse_words(harvest *h, const variable *v)
{
    bool refused = false;
    for (size_t i = parse_first_word(h->u, v->declarator_end);
         i < h->u->word_count && h->u->words[i].begin < v->initialiser_end; i++) {
        word *w = &h->u->words[i];
        if (w->kind == WORD_FLOWVAR || w->kind == WORD_PENDING)
            continue;
        w->seen = true;
        diag_add(h->u->diags, DIAG_CONSTANT, parse_place(h->u, w->begin, w->end),
                 "'%.*s' cannot be used in the initialiser of static variable '%s'",
                 (int)(w->end - w->begin), h->u->lex.text + w->begin, v->name);
        refused = true;
    }
    return refused;
}

static void declare_variable(harvest *h, node *parent, CXCursor declaration, size_t statement_begin,
                             size_t statement_end)
{
    CXCursor initialiser = clang_Cursor_getVarDeclInitializer(declaration);
    variable *v = harvest_variable(h, declaration);
    size_t begin = 0, end = 0;
    parse_extent(h->u, declaration, &begin, &end);
    v->has_initialiser = !clang_Cursor_isNull(initialiser);
    v->in_for_head = h->in_for_head;
    v->is_register = clang_Cursor_getStorageClass(declaration) == CX_SC_Register;
    v->statement_begin = statement_begin;
    v->statement_end = statement_end;
    v->scope_depth = h->scope_depth;
    locate(h, v, declaration, initialiser);
    if (v->storage == STORAGE_STATIC)
        h->function->has_static_local = true;
    declaration_types(h, parent, v, declaration, initialiser);
    if (v->has_initialiser) {
        place to = {.kind = PLACE_VARIABLE, .var = v, .begin = begin, .end = begin,
                    .type = v->type};
        node *full = node_new(&h->m->arena, parent, NODE_SEQUENCE, begin, end);
        full->is_full = true;
        if (v->storage == STORAGE_STATIC && !refuse_words(h, v))
            harvest_unevaluated(h, full, initialiser);
        else if (v->storage != STORAGE_STATIC)
            harvest_stored(h, full, initialiser, to, TARGET_INITIALISER, 0, 0);
    }
    v->declare = node_new(&h->m->arena, parent, NODE_DECLARE, begin, end);
    v->declare->var = v;
}

void harvest_declaration(harvest *h, node *parent, CXCursor statement)
{
    size_t begin = 0, end = 0;
    cursors list = children_of(statement);
    parse_extent(h->u, statement, &begin, &end);
    for (size_t i = 0; i < list.count; i++) {
        enum CXCursorKind kind = clang_getCursorKind(list.items[i]);
        if (kind == CXCursor_VarDecl)
            declare_variable(h, parent, list.items[i], begin, end);
        else if (clang_isExpression(kind))
            harvest_unevaluated(h, parent, list.items[i]);
    }
    cursors_free(&list);
}
