/* The functions of the buffer into the model: see harvest.h. */
#include "harvest_internal.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

location harvest_location(const harvest *h, size_t offset)
{
    CXString name;
    location at;
    unsigned column;
    CXSourceLocation where = clang_getLocationForOffset(h->u->tu, h->u->file, (unsigned)offset);
    clang_getPresumedLocation(where, &name, &at.line, &column);
    at.file = arena_strdup(&h->m->arena, clang_getCString(name));
    clang_disposeString(name);
    return at;
}

/* ---- the head of a function -------------------------------------------------------------------- */

static void read_parameters(harvest *h, function *f, CXCursor declaration)
{
    int count = clang_Cursor_getNumArguments(declaration);
    f->param_count = count > 0 ? (unsigned)count : 0;
    f->params = arena_alloc(&h->m->arena, f->param_count * sizeof *f->params + 1);
    for (unsigned i = 0; i < f->param_count; i++) {
        CXCursor cursor = clang_Cursor_getArgument(declaration, i);
        parameter *p = &f->params[i];
        variable *v = harvest_variable(h, cursor);
        p->name = v->name;
        p->type = v->type;
        p->var = v;
        parse_extent(h->u, cursor, &p->begin, &p->end);
        v->decl_begin = v->name_begin = p->begin;
        parse_offset(h->u, clang_getCursorLocation(cursor), &v->name_begin);
        v->at = harvest_location(h, v->name_begin);
    }
}

/* Where the name and the parameter list stand; false: they come from a macro. */
static bool locate_head(harvest *h, function *f, CXCursor declaration)
{
    const lexer *l = &h->u->lex;
    if (!parse_offset(h->u, clang_getCursorLocation(declaration), &f->name_begin) ||
        !lex_is(l, f->name_begin, f->name))
        return false;
    f->name_end = lex_token_end(l, f->name_begin);
    f->params_begin = lex_skip_space(l, f->name_end);
    if (f->params_begin >= l->len || l->text[f->params_begin] != '(')
        return false;
    size_t close = lex_match(l, f->params_begin);
    if (close == SIZE_MAX || close >= f->body_begin)
        return false;
    f->params_end = close + 1;
    return lex_bracket(l, f->body_begin, '{') > 0;
}

/* Whether an attribute or an asm label belongs to the function, here or by an earlier declaration.
 * Then the head is not written again under another name. */
static bool has_attribute(CXCursor declaration)
{
    bool found = false;
    cursors list = children_of(declaration);
    for (size_t i = 0; i < list.count; i++)
        found = found || clang_isAttribute(clang_getCursorKind(list.items[i]));
    cursors_free(&list);
    return found;
}

/* Whether the head is made of the plain words of a declaration alone, and defines no type. */
static bool has_plain_words(harvest *h, const function *f)
{
    static const char *const refused[] = {"__attribute__", "__attribute", "_Noreturn", "asm",
                                          "__asm__", "__asm", "_Thread_local", "constexpr",
                                          "__declspec", "noreturn", "auto"};
    const lexer *l = &h->u->lex;
    for (size_t at = f->begin; at < f->body_begin; at = lex_next(l, at)) {
        for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
            if (lex_is(l, at, refused[i]))
                return false;
        if (l->text[at] == '[' && l->text[at + 1] == '[')
            return false;
        if (lex_bracket(l, at, '{') > 0)
            return false; /* struct s { ... } f(void): a type has one definition */
    }
    return lex_skip_space(l, f->params_end) == f->body_begin;
}

static bool has_directive(const lexer *l, size_t begin, size_t end)
{
    for (size_t at = begin; at < end; at++) {
        if (l->text[at] != '\n')
            continue;
        size_t next = at + 1;
        while (l->text[next] == ' ' || l->text[next] == '\t')
            next++;
        if (l->text[next] == '#' || strncmp(l->text + next, "%:", 2) == 0 ||
            strncmp(l->text + next, "?\?=", 3) == 0)
            return true;
    }
    return false;
}

static bool is_kr(CXCursor declaration)
{
    return clang_getCanonicalType(clang_getCursorType(declaration)).kind !=
           CXType_FunctionProto;
}

/* "long (int)" with the name in its place. */
static const char *pretty_name(harvest *h, const function *f, CXType type)
{
    CXString spelling = clang_getTypeSpelling(type);
    const char *text = clang_getCString(spelling), *open = strchr(text, '(');
    bool plain = open != NULL && open[1] != '*';
    const char *pretty = !plain ? f->name
                                : arena_printf(&h->m->arena, "%.*s%s%s", (int)(open - text), text,
                                               f->name, open);
    clang_disposeString(spelling);
    return pretty;
}

static void read_head(harvest *h, function *f, CXCursor declaration)
{
    CXType type = clang_getCursorType(declaration);
    f->self = harvest_callee(h, declaration);
    f->self->definition = f;
    f->is_inline = clang_Cursor_isFunctionInlined(declaration);
    f->is_static = clang_getCursorLinkage(declaration) == CXLinkage_Internal;
    f->is_main = strcmp(f->name, "main") == 0;
    f->is_variadic = clang_isFunctionTypeVariadic(type) && !is_kr(declaration);
    f->is_kr = is_kr(declaration);
    f->is_noreturn = f->self->is_noreturn;
    f->result = harvest_type(h, clang_getResultType(type));
    f->pretty_name = pretty_name(h, f, type);
    f->is_literal = locate_head(h, f, declaration);
    f->has_plain_head = f->is_literal && !f->is_kr && !has_attribute(declaration) &&
                        has_plain_words(h, f) &&
                        !has_directive(&h->u->lex, f->begin, f->body_begin);
    f->has_directive = has_directive(&h->u->lex, f->body_begin, f->body_end);
    for (size_t i = 0; i < h->u->counter_count; i++)
        if (h->u->counters[i] >= f->begin && h->u->counters[i] < f->body_end)
            f->has_counter = true;
}

/* ---- functions --------------------------------------------------------------------------------- */

static CXCursor body_of(CXCursor declaration)
{
    CXCursor body = clang_getNullCursor();
    cursors list = children_of(declaration);
    if (list.count > 0 &&
        clang_getCursorKind(list.items[list.count - 1]) == CXCursor_CompoundStmt)
        body = list.items[list.count - 1];
    cursors_free(&list);
    return body;
}

static bool has_word(const unit *u, size_t begin, size_t end)
{
    size_t i = parse_first_word(u, begin);
    return i < u->word_count && u->words[i].begin < end;
}

/* Whether a word in a range was refused by the parse. */
static bool has_reported(const unit *u, size_t begin, size_t end)
{
    for (size_t i = parse_first_word(u, begin); i < u->word_count && u->words[i].begin < end; i++)
        if (u->words[i].is_reported)
            return true;
    return false;
}

/* Whether the text names something that is, holds or gives a flowvar. */
static bool names_flow(const harvest *h, size_t begin, size_t end)
{
    const lexer *l = &h->u->lex;
    if (h->flow_name_count == 0)
        return false;
    for (size_t at = lex_skip_space(l, begin); at < end; at = lex_next(l, at)) {
        if (!lex_is_ident(l->text[at]))
            continue;
        for (size_t i = 0; i < h->flow_name_count; i++)
            if (lex_is(l, at, h->flow_names[i]))
                return true;
    }
    return false;
}

static void read_function(harvest *h, CXCursor declaration, function ***last)
{
    size_t begin, end;
    CXCursor body = body_of(declaration);
    if (clang_Cursor_isNull(body) || !parse_extent(h->u, declaration, &begin, &end))
        return;
    if (!has_word(h->u, begin, end) && !names_flow(h, begin, end))
        return;
    function *f = arena_alloc(&h->m->arena, sizeof *f);
    h->function = f;
    h->last_variable = &f->variables;
    h->last_spawn = &f->spawns;
    h->last_use = &f->uses;
    h->last_store = &f->stores;
    h->last_scope = &f->scopes;
    h->scope_depth = h->loop_depth = 0;
    size_t errors = diags_errors(h->u->diags);
    f->has_errors = has_reported(h->u, begin, end);
    f->begin = begin;
    f->name = harvest_spelling(h, declaration);
    parse_extent(h->u, body, &f->body_begin, &f->body_end);
    f->at = harvest_location(h, f->begin);
    f->body_at = harvest_location(h, f->body_begin);
    f->end_at = harvest_location(h, f->body_end - 1);
    read_head(h, f, declaration);
    read_parameters(h, f, declaration);
    node *root = node_new(&h->m->arena, NULL, NODE_SEQUENCE, begin, end);
    harvest_block(h, root, body, NULL, false);
    f->body = root->first;
    f->body->parent = NULL;
    f->calls = f->self->calls;
    f->has_errors = f->has_errors || diags_errors(h->u->diags) != errors;
    harvest_base_cases(h, f, clang_getResultType(clang_getCursorType(declaration)), body);
    h->function = NULL;
    **last = f;
    *last = &f->next;
}

/* Names that a function without a Tine word may mention and yet touch a flowvar. */
static void note_flow_name(harvest *h, CXCursor declaration)
{
    enum CXCursorKind kind = clang_getCursorKind(declaration);
    CXType type = clang_getCursorType(declaration);
    if (kind == CXCursor_TypedefDecl)
        type = clang_getTypedefDeclUnderlyingType(declaration);
    else if (kind == CXCursor_FunctionDecl)
        type = clang_getResultType(type);
    else if (kind != CXCursor_VarDecl && kind != CXCursor_StructDecl && kind != CXCursor_UnionDecl)
        return;
    if (harvest_flow(h, type) == FLOW_NONE)
        return;
    h->flow_names = mem_grow(h->flow_names, &h->flow_name_cap, h->flow_name_count,
                             sizeof *h->flow_names);
    h->flow_names[h->flow_name_count++] = harvest_spelling(h, declaration);
}

/* ---- the unit ---------------------------------------------------------------------------------- */

struct unit_visit {
    harvest *h;
    function **last;
};

static enum CXChildVisitResult visit_top(CXCursor cursor, CXCursor parent, CXClientData data)
{
    struct unit_visit *v = data;
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    size_t begin;
    (void)parent;
    if (clang_isPreprocessing(kind) || !clang_isDeclaration(kind))
        return CXChildVisit_Continue;
    if (kind == CXCursor_TypedefDecl)
        harvest_note_tag(v->h, cursor);
    if (!parse_offset(v->h->u, clang_getCursorLocation(cursor), &begin)) {
        if (!clang_Location_isInSystemHeader(clang_getCursorLocation(cursor)))
            note_flow_name(v->h, cursor);
        return CXChildVisit_Continue;
    }
    note_flow_name(v->h, cursor);
    if (kind == CXCursor_FunctionDecl && clang_isCursorDefinition(cursor))
        read_function(v->h, cursor, &v->last);
    return CXChildVisit_Continue;
}

/* Whether a place in a function is where C needs a constant: behind case, in an enumerator, in a
 * bit-field's width, in _Static_assert or _Alignas. */
static bool needs_constant(const lexer *l, const function *f, size_t place)
{
    static const char *const heads[] = {"case", "enum", "_Static_assert", "static_assert", "_Alignas",
                                        "alignas"};
    bool found = false, colon = false;
    for (size_t at = f->body_begin; at < place; at = lex_next(l, at)) {
        bool open = lex_bracket(l, at, '{') > 0;
        if (l->text[at] == ';' || lex_bracket(l, at, '}') > 0 || (open && !found))
            found = colon = false; /* enum { goes on */
        colon = colon || l->text[at] == ':';
        for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
            found = found || lex_is(l, at, heads[i]);
    }
    return found || colon;
}

/* A word that is in effect and was not met in a function stands where it cannot be. */
static void check_words(harvest *h)
{
    for (size_t i = 0; i < h->u->word_count; i++) {
        word *w = &h->u->words[i];
        if (w->seen || w->kind == WORD_FLOWVAR || w->kind == WORD_PENDING)
            continue;
        function *f = model_function_at(h->m, w->begin);
        char *name = arena_strndup(&h->m->arena, h->u->lex.text + w->begin, w->end - w->begin);
        diag_place at = parse_place(h->u, w->begin, w->end);
        if (f == NULL)
            diag_add(h->u->diags, DIAG_MISPLACED, at, "'%s' can only be used inside a function",
                     name);
        else if (needs_constant(&h->u->lex, f, w->begin))
            diag_add(h->u->diags, DIAG_CONSTANT, at, "'%s' cannot be used in a constant expression",
                     name);
        else
            diag_add(h->u->diags, DIAG_UNSUPPORTED, at, "'%s' cannot be translated here", name);
    }
}

bool harvest_unit(unit *u, model *m)
{
    harvest h = {.u = u, .m = m};
    struct unit_visit visit = {&h, &m->functions};
    size_t before = diags_errors(u->diags);
    clang_visitChildren(clang_getTranslationUnitCursor(u->tu), visit_top, &visit);
    m->has_tine = u->word_count > 0;
    check_words(&h);
    map_free(&h.variables);
    map_free(&h.callees);
    map_free(&h.records);
    map_free(&h.tag_names);
    free(h.flow_names);
    return diags_errors(u->diags) == before;
}
