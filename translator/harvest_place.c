/* Which place an lvalue denotes: a variable, a part of one by its path (".left[2]"), or somewhere
 * that cannot be known. The events of its operands come on the way. */
#include <string.h>

#include "harvest_internal.h"

/* A step of a path: ".left". "" for an anonymous struct, whose members are found without it. */
const char *harvest_field_step(harvest *h, CXCursor member)
{
    const char *name = harvest_spelling(h, member);
    return name[0] == '\0' || strchr(name, '(') != NULL
               ? ""
               : arena_printf(&h->m->arena, ".%s", name);
}

static bool is_array_type(CXCursor cursor)
{
    switch (clang_getCanonicalType(clang_getCursorType(cursor)).kind) {
    case CXType_ConstantArray:
    case CXType_VariableArray:
    case CXType_IncompleteArray:
        return true;
    default:
        return false;
    }
}

/* The parameter that an expression names, when it was declared as an array: a pointer in truth,
 * though libclang says what was written. */
static variable *array_parameter(harvest *h, CXCursor cursor)
{
    CXCursor inner = harvest_strip(h, cursor);
    if (clang_getCursorKind(inner) != CXCursor_DeclRefExpr || !is_array_type(inner))
        return NULL;
    CXCursor target = clang_getCursorReferenced(inner);
    return clang_getCursorKind(target) == CXCursor_ParmDecl ? harvest_variable(h, target) : NULL;
}

bool harvest_is_array(harvest *h, CXCursor cursor)
{
    return is_array_type(cursor) && array_parameter(h, cursor) == NULL;
}

static place elsewhere(harvest *h, CXCursor cursor)
{
    const variable *pointer = array_parameter(h, cursor);
    place p = {.kind = PLACE_ELSEWHERE,
               .type = pointer != NULL ? pointer->type
                                       : harvest_type(h, clang_getCursorType(cursor))};
    parse_extent(h->u, cursor, &p.begin, &p.end);
    size_t end = harvest_end(h, cursor);
    p.end = end == SIZE_MAX ? p.begin : end;
    return p;
}

void harvest_add_field(harvest *h, place *p, const char *more)
{
    if (p->field != NULL && more != NULL)
        p->field = arena_printf(&h->m->arena, "%s%s", p->field, more);
    else if (p->kind == PLACE_VARIABLE)
        p->field = more;
    else
        p->field = NULL;
    p->kind = PLACE_PART;
    p->index = NULL;
}

/* What an array expression (before it decays) or the value of a pointer leads to. */
static place place_behind(harvest *h, node *parent, CXCursor base, const char *field)
{
    CXCursor inner = harvest_strip(h, base);
    if (harvest_is_array(h, inner) && clang_getCursorKind(inner) != CXCursor_StringLiteral) {
        place p = harvest_place(h, parent, inner);
        if (p.kind == PLACE_VARIABLE || p.kind == PLACE_PART)
            harvest_add_field(h, &p, field);
        return p;
    }
    harvest_expression(h, parent, base, true);
    place p = {.kind = PLACE_ELSEWHERE};
    if (clang_getCursorKind(inner) == CXCursor_DeclRefExpr) {
        CXCursor target = clang_getCursorReferenced(inner);
        if (clang_getCursorKind(target) == CXCursor_VarDecl ||
            clang_getCursorKind(target) == CXCursor_ParmDecl)
            p.var = harvest_variable(h, target);
    }
    return p;
}

const char *harvest_constant_index(harvest *h, CXCursor index)
{
    CXCursor inner = harvest_strip(h, index);
    if (clang_getCursorKind(inner) != CXCursor_IntegerLiteral)
        return NULL;
    CXEvalResult result = clang_Cursor_Evaluate(inner);
    const char *text = NULL;
    if (result != NULL && clang_EvalResult_getKind(result) == CXEval_Int)
        text = arena_printf(&h->m->arena, "[%lld]", clang_EvalResult_getAsLongLong(result));
    if (result != NULL)
        clang_EvalResult_dispose(result);
    return text;
}

/* The variable that is all of an index; NULL: it is something else. */
static variable *index_variable(harvest *h, CXCursor index)
{
    CXCursor inner = harvest_strip(h, index);
    if (clang_getCursorKind(inner) != CXCursor_DeclRefExpr)
        return NULL;
    CXCursor target = clang_getCursorReferenced(inner);
    enum CXCursorKind kind = clang_getCursorKind(target);
    return kind == CXCursor_VarDecl || kind == CXCursor_ParmDecl ? harvest_variable(h, target) : NULL;
}

static place subscript_place(harvest *h, node *parent, CXCursor cursor)
{
    cursors list = children_of(cursor);
    place p = {.kind = PLACE_ELSEWHERE};
    if (list.count == 2) {
        size_t base = harvest_is_pointer(clang_getCursorType(list.items[0])) ||
                              is_array_type(list.items[0])
                          ? 0
                          : 1;
        p = place_behind(h, parent, list.items[base],
                         harvest_constant_index(h, list.items[1 - base]));
        harvest_expression(h, parent, list.items[1 - base], true);
        harvest_check_operand(h, list.items[base]);
        if (p.kind == PLACE_PART && clang_getCursorKind(harvest_strip(h, list.items[base])) ==
                                        CXCursor_DeclRefExpr)
            p.index = index_variable(h, list.items[1 - base]);
    }
    cursors_free(&list);
    return p;
}

static place member_place(harvest *h, node *parent, CXCursor cursor)
{
    cursors list = children_of(cursor);
    place p = {.kind = PLACE_ELSEWHERE};
    CXCursor base = clang_getNullCursor();
    for (size_t i = 0; i < list.count; i++)
        if (clang_isExpression(clang_getCursorKind(list.items[i])))
            base = list.items[i];
    cursors_free(&list);
    if (clang_Cursor_isNull(base))
        return p;
    if (harvest_is_pointer(clang_getCursorType(base)))
        return place_behind(h, parent, base, NULL);
    p = harvest_place(h, parent, base);
    if (p.kind == PLACE_VARIABLE || p.kind == PLACE_PART)
        harvest_add_field(h, &p, harvest_field_step(h, cursor));
    return p;
}

place harvest_place(harvest *h, node *parent, CXCursor cursor)
{
    place whole = elsewhere(h, cursor), p = whole;
    CXCursor inner = harvest_strip(h, cursor), target;
    size_t count;
    switch (clang_getCursorKind(inner)) {
    case CXCursor_DeclRefExpr:
        target = clang_getCursorReferenced(inner);
        if (clang_getCursorKind(target) == CXCursor_VarDecl ||
            clang_getCursorKind(target) == CXCursor_ParmDecl) {
            p.kind = PLACE_VARIABLE;
            p.var = harvest_variable(h, target);
            harvest_mention(h, p.var, inner);
        }
        break;
    case CXCursor_CompoundLiteralExpr:
        p.var = harvest_literal(h, parent, inner);
        p.kind = p.var != NULL ? PLACE_VARIABLE : PLACE_VALUE;
        break;
    case CXCursor_MemberRefExpr:
        p = member_place(h, parent, inner);
        break;
    case CXCursor_ArraySubscriptExpr:
        p = subscript_place(h, parent, inner);
        break;
    case CXCursor_UnaryOperator:
        target = harvest_only_child(inner, &count);
        if (harvest_is_dereference(h, inner, target)) {
            p = place_behind(h, parent, target, NULL);
            harvest_check_operand(h, target);
            break;
        }
        /* fall through */
    default:
        harvest_expression(h, parent, inner, true);
        p.kind = PLACE_VALUE;
        break;
    }
    p.begin = whole.begin;
    p.end = whole.end;
    p.type = whole.type;
    return p;
}
