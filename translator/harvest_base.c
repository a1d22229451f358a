/* Base cases: what a function says at its very beginning of arguments that need no work.
 *
 *   if (n < 2) return n;        if (node == NULL) { return; }
 *
 * So a spawner may ask in the callee's stead, and need make no task where the answer is there at once: a task may run
 * anywhere and at any time from its spawn on. What is asked is asked twice, so nothing may be changed or called; it is
 * written once more, in front of the function, so it must mean the same there: it names parameters, enumerators and
 * global variables alone (a value also what pointers among them lead to; no volatile, atomic or thread-local ones),
 * stands in one line each, as it is in the tree, and nothing is declared before it. */
#include "harvest_internal.h"

#include <stdint.h>
#include <string.h>

enum { MAX_CASES = 4, MAX_BYTES = 200 /* of a condition, or of a value */ };

static bool is_plain(harvest *h, CXCursor cursor, bool memory);

/* Numbers, pointers and enumerations: what 0 can initialise. */
static bool is_simple(CXType type)
{
    type = clang_getCanonicalType(type);
    return (type.kind >= CXType_FirstBuiltin && type.kind <= CXType_LastBuiltin) ||
           type.kind == CXType_Complex || type.kind == CXType_Pointer || type.kind == CXType_Enum;
}

static bool is_still(harvest *h, CXType type)
{
    type = clang_getCanonicalType(type);
    return type.kind != CXType_Atomic && !clang_isVolatileQualifiedType(type) &&
           harvest_flow(h, type) == FLOW_NONE;
}

static bool names_va_list(CXType type)
{
    CXString spelling = clang_getTypeSpelling(clang_getCanonicalType(type));
    bool found = strstr(clang_getCString(spelling), "va_list") != NULL;
    clang_disposeString(spelling);
    return found;
}

static bool is_plain_name(harvest *h, CXCursor cursor)
{
    CXCursor target = clang_getCursorReferenced(cursor);
    CXCursor around = clang_getCursorSemanticParent(clang_getCanonicalCursor(target));
    CXType type = clang_getCursorType(target);
    switch (clang_getCursorKind(target)) {
    case CXCursor_ParmDecl:
        return is_still(h, type) && !names_va_list(type);
    case CXCursor_VarDecl:
        return is_still(h, type) && clang_getCursorTLSKind(target) == CXTLS_None && is_simple(type) &&
               clang_getCursorKind(around) == CXCursor_TranslationUnit;
    case CXCursor_EnumConstantDecl: /* in no declaration of the function's: none stands before */
        return true;
    default:
        return false;
    }
}

/* All expressions under a cursor, and that there is nothing else but names of types. */
static bool are_plain(harvest *h, CXCursor cursor, bool memory, size_t count)
{
    cursors list = children_of(cursor);
    size_t found = 0;
    bool plain = true;
    for (size_t i = 0; i < list.count && plain; i++) {
        enum CXCursorKind kind = clang_getCursorKind(list.items[i]);
        if (kind == CXCursor_TypeRef)
            continue;
        plain = clang_isExpression(kind) && is_plain(h, list.items[i], memory);
        found++;
    }
    cursors_free(&list);
    return plain && found == count;
}

/* A conversion that clang added stands where its operand does; va_arg and atomic operations do not. */
static bool is_conversion(harvest *h, CXCursor cursor)
{
    size_t count, begin, end, inner_begin, inner_end;
    CXCursor child = harvest_only_child(cursor, &count);
    return count == 1 && parse_extent(h->u, cursor, &begin, &end) &&
           parse_extent(h->u, child, &inner_begin, &inner_end) && begin == inner_begin && end == inner_end;
}

/* s.field of a parameter; with memory p->field as well. */
static bool is_plain_member(harvest *h, CXCursor cursor, bool memory)
{
    size_t count;
    CXCursor base = harvest_only_child(cursor, &count);
    if (count != 1 || !is_still(h, clang_getCursorType(cursor)))
        return false;
    return (memory || !harvest_is_pointer(clang_getCursorType(base))) && is_plain(h, base, memory);
}

static bool is_hint(harvest *h, CXCursor cursor, bool memory)
{
    CXString name = clang_getCursorSpelling(cursor);
    bool plain = strcmp(clang_getCString(name), "__builtin_expect") == 0 &&
                 clang_Cursor_getNumArguments(cursor) == 2;
    clang_disposeString(name);
    for (unsigned i = 0; i < 2 && plain; i++)
        plain = is_plain(h, clang_Cursor_getArgument(cursor, i), memory);
    return plain;
}

/* memory: whether it may read what its pointers lead to. */
static bool is_plain(harvest *h, CXCursor cursor, bool memory)
{
    if (harvest_word_of(h, cursor) != NULL)
        return false;
    switch (clang_getCursorKind(cursor)) {
    case CXCursor_IntegerLiteral:
    case CXCursor_FloatingLiteral:
    case CXCursor_CharacterLiteral:
        return true;
    case CXCursor_DeclRefExpr:
        return is_plain_name(h, cursor);
    case CXCursor_ParenExpr:
    case CXCursor_CStyleCastExpr:
        return are_plain(h, cursor, memory, 1);
    case CXCursor_UnexposedExpr:
        return is_conversion(h, cursor) && are_plain(h, cursor, memory, 1);
    case CXCursor_UnaryOperator:
        return harvest_is_pure_unary(h, cursor, memory) && is_still(h, clang_getCursorType(cursor)) &&
               are_plain(h, cursor, memory, 1);
    case CXCursor_BinaryOperator:
        return harvest_is_pure_binary(h, cursor) && are_plain(h, cursor, memory, 2);
    case CXCursor_ConditionalOperator:
        return are_plain(h, cursor, memory, 3);
    case CXCursor_MemberRefExpr:
        return is_plain_member(h, cursor, memory);
    case CXCursor_ArraySubscriptExpr: /* of arrays compilers know the bounds, and warn of what is never reached */
        return memory && !harvest_subscripts_array(h, cursor) && is_still(h, clang_getCursorType(cursor)) &&
               are_plain(h, cursor, memory, 2);
    case CXCursor_UnaryExpr: /* sizeof(type); an operand may be evaluated */
        return are_plain(h, cursor, memory, 0);
    case CXCursor_CallExpr:
        return is_hint(h, cursor, memory);
    default:
        return false;
    }
}

/* Whether an expression is what stands between two places, in one line. */
static bool is_literal(harvest *h, CXCursor cursor, size_t from, size_t to)
{
    const lexer *l = &h->u->lex;
    size_t begin, end, stop = harvest_end(h, cursor);
    return parse_extent(h->u, cursor, &begin, &end) && stop != SIZE_MAX && stop <= to &&
           begin == lex_skip_space(l, from) && lex_skip_space(l, stop) == to && to - from <= MAX_BYTES &&
           memchr(l->text + from, '\n', to - from) == NULL && memchr(l->text + from, '\r', to - from) == NULL;
}

/* The return that a branch is made of. */
static bool only_return(CXCursor branch, CXCursor *found)
{
    size_t count = 1;
    if (clang_getCursorKind(branch) == CXCursor_CompoundStmt)
        branch = harvest_only_child(branch, &count);
    *found = branch;
    return count == 1 && clang_getCursorKind(branch) == CXCursor_ReturnStmt;
}

/* Reads "return VALUE;" at a place, and moves *at behind it. */
static bool read_return(harvest *h, CXCursor statement, const function *f, size_t *at, base_case *b)
{
    const lexer *l = &h->u->lex;
    size_t begin, end, count;
    CXCursor value = harvest_only_child(statement, &count);
    if (!parse_extent(h->u, statement, &begin, &end) || begin != *at || !lex_is(l, begin, "return") ||
        count != !f->result->is_void)
        return false;
    b->value_begin = b->value_end = lex_skip_space(l, lex_token_end(l, begin));
    if (count == 1) {
        end = harvest_end(h, value);
        b->value_end = end == SIZE_MAX ? end : lex_skip_space(l, end);
        if (b->value_end >= f->body_end || !is_literal(h, value, b->value_begin, b->value_end) ||
            !is_plain(h, value, true))
            return false;
    }
    *at = lex_skip_space(l, b->value_end + 1);
    return l->text[b->value_end] == ';';
}

/* Reads the case that a statement is, and moves *at behind it. */
static bool read_case(harvest *h, CXCursor statement, const function *f, size_t *at, base_case *b)
{
    const lexer *l = &h->u->lex;
    size_t begin, end;
    cursors list = children_of(statement);
    CXCursor result;
    bool ok = clang_getCursorKind(statement) == CXCursor_IfStmt && list.count == 2 &&
              harvest_word_of(h, statement) == NULL && parse_extent(h->u, statement, &begin, &end) &&
              begin == *at && lex_is(l, begin, "if") && only_return(list.items[1], &result);
    size_t open = ok ? lex_next(l, begin) : 0;
    size_t close = ok && lex_bracket(l, open, '(') == 1 ? lex_match(l, open) : SIZE_MAX;
    ok = ok && close < f->body_end && is_literal(h, list.items[0], open + 1, close) &&
         is_plain(h, list.items[0], false);
    if (ok) {
        b->begin = open + 1;
        b->end = close;
        *at = lex_next(l, close);
        size_t brace = lex_bracket(l, *at, '{');
        *at = brace > 0 ? lex_skip_space(l, *at + brace) : *at;
        ok = read_return(h, result, f, at, b) && (brace == 0 || lex_bracket(l, *at, '}') > 0);
        *at = ok && brace > 0 ? lex_next(l, *at) : *at;
        ok = ok && !lex_is(l, *at, "else");
        b->at = harvest_location(h, lex_skip_space(l, b->begin));
        b->value_at = harvest_location(h, b->value_begin);
    }
    cursors_free(&list);
    return ok;
}

/* Whether the head can be written once more: the parameters hold no handle, which the callee would drop. */
static bool has_plain_parameters(const harvest *h, const function *f)
{
    for (unsigned i = 0; i < f->param_count; i++)
        if (f->params[i].type->flow != FLOW_NONE)
            return false;
    for (size_t at = f->params_begin; at < f->params_end; at++)
        if (h->u->lex.text[at] == '\\')
            return false;
    return f->param_count > 0;
}

void harvest_base_cases(harvest *h, function *f, CXType result, CXCursor body)
{
    const lexer *l = &h->u->lex;
    base_case **last = &f->bases;
    if (!f->is_literal || f->has_directive || f->has_name_use || f->has_counter || f->has_errors ||
        !is_simple(result) || !is_still(h, result) || !has_plain_parameters(h, f))
        return;
    size_t at = lex_skip_space(l, f->body_begin + lex_bracket(l, f->body_begin, '{'));
    cursors list = children_of(body);
    for (size_t i = 0; i < list.count && i < MAX_CASES; i++) {
        base_case found = {0};
        if (!read_case(h, list.items[i], f, &at, &found))
            break;
        *last = arena_alloc(&h->m->arena, sizeof **last);
        **last = found;
        last = &(*last)->next;
    }
    cursors_free(&list);
}
