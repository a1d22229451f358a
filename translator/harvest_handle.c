/* What a handle that stands in no variable may be used for: it is stored, passed, returned, synced or
 * dropped. Operators, conditions and other conversions are refused here; a handle that is read out
 * of a variable for them is a copy, which the check refuses. */
#include "harvest_internal.h"

static bool is_handle_type(harvest *h, CXType type)
{
    flow_kind flow = harvest_flow(h, type);
    return flow == FLOW_VAR || flow == FLOW_PENDING;
}

static bool is_void_pointer(CXType type)
{
    CXType canonical = clang_getCanonicalType(type);
    return canonical.kind == CXType_Pointer &&
           clang_getCanonicalType(clang_getPointeeType(canonical)).kind == CXType_Void;
}

static bool is_literal_zero(const harvest *h, CXCursor cursor)
{
    return harvest_is_zero(h, cursor) ||
           clang_getCanonicalType(clang_getCursorType(cursor)).kind == CXType_NullPtr;
}

/* The expression that ends a statement expression; null: it ends with something else. */
static CXCursor last_expression(CXCursor statement)
{
    size_t count;
    CXCursor last = harvest_only_child(harvest_only_child(statement, &count), &count);
    return clang_isExpression(clang_getCursorKind(last)) ? last : clang_getNullCursor();
}

static bool gives_handle(harvest *h, CXCursor cursor, bool surely);

static bool conditional_gives(harvest *h, CXCursor cursor, bool surely)
{
    cursors list = children_of(cursor);
    bool gives = surely;
    if (list.count == 3) {
        bool then = gives_handle(h, list.items[1], surely);
        bool other = gives_handle(h, list.items[2], surely);
        gives = surely ? then && other : then || other;
    }
    cursors_free(&list);
    return gives;
}

/* Whether a value is a handle that came out of no variable; surely: whether it is a handle from
 * anywhere, or none, whichever way is taken. */
static bool gives_handle(harvest *h, CXCursor cursor, bool surely)
{
    size_t count;
    cursor = harvest_strip(h, cursor);
    if (clang_Cursor_isNull(cursor))
        return surely;
    CXType type = clang_getCursorType(cursor);
    bool typed = is_handle_type(h, type);
    const word *w = harvest_word_of(h, cursor);
    if (w != NULL)
        return harvest_is_spawn(w) || typed;
    if (surely && (typed || is_literal_zero(h, cursor)))
        return true;
    switch (clang_getCursorKind(cursor)) {
    case CXCursor_ConditionalOperator:
        return conditional_gives(h, cursor, surely);
    case CXCursor_CStyleCastExpr:
        return (typed || is_void_pointer(type)) &&
               gives_handle(h, harvest_only_child(cursor, &count), surely);
    case CXCursor_BinaryOperator: /* a comma, or an assignment */
        return typed || (is_void_pointer(type) &&
                         gives_handle(h, harvest_only_child(cursor, &count), surely));
    case CXCursor_StmtExpr:
        return typed || (is_void_pointer(type) && gives_handle(h, last_expression(cursor), surely));
    case CXCursor_CallExpr:
        return typed;
    case CXCursor_GenericSelectionExpr:
    case CXCursor_UnexposedExpr:
    case CXCursor_UnaryOperator: /* __extension__ */
        return surely && is_void_pointer(type);
    default:
        return false;
    }
}

static bool is_pending(harvest *h, CXCursor cursor)
{
    cursor = harvest_strip(h, cursor);
    const word *w = harvest_word_of(h, cursor);
    return w != NULL && harvest_is_spawn(w) ? w->kind == WORD_SUBMIT || w->kind == WORD_SUBMIT_ON
                                            : harvest_flow(h, clang_getCursorType(cursor)) == FLOW_PENDING;
}

static diag_place place_of(const harvest *h, CXCursor cursor)
{
    size_t begin = 0, end = 0;
    if (!parse_extent(h->u, cursor, &begin, &end))
        return parse_place(h->u, begin, end);
    end = harvest_end(h, cursor);
    return parse_place(h->u, begin, end == SIZE_MAX ? begin : end);
}

/* spawn n + 1 is no handle plus 1, but a spawn of what is no call: that is said where it is harvested. */
static bool is_no_call(harvest *h, CXCursor operand)
{
    operand = harvest_strip(h, operand);
    const word *w = harvest_word_of(h, operand);
    return w != NULL && harvest_is_spawn(w) && !harvest_spawns_call(h, operand, w);
}

static void refuse(harvest *h, CXCursor operand, const char *as)
{
    if (is_no_call(h, operand))
        return;
    bool pending = is_pending(h, operand);
    diag_add(h->u->diags, DIAG_OPERAND, place_of(h, operand), "a %s cannot be %s: %s gives its result",
             pending ? "tine_pending" : "flowvar", as, pending ? "tine_wait_for" : "sync");
}

void harvest_check_operand(harvest *h, CXCursor operand)
{
    if (h->unevaluated == 0 && gives_handle(h, operand, false))
        refuse(h, operand, "an operand");
}

void harvest_check_condition(harvest *h, CXCursor condition)
{
    if (h->unevaluated == 0 && gives_handle(h, condition, false))
        refuse(h, condition, "a condition");
}

void harvest_check_changed(harvest *h, CXCursor cursor)
{
    if (h->unevaluated == 0 && is_handle_type(h, clang_getCursorType(cursor)))
        refuse(h, cursor, "an operand");
}

/* A cast that says so may keep a handle in a void *, and take it out again. */
void harvest_check_conversion(harvest *h, CXCursor operand, CXType to, bool is_cast)
{
    CXType from = clang_getCursorType(operand);
    bool takes = is_handle_type(h, to);
    if (h->unevaluated > 0 || (is_cast && is_void_pointer(takes ? from : to)) ||
        clang_getCanonicalType(to).kind == CXType_Void)
        return;
    if (takes && !gives_handle(h, operand, true))
        diag_add(h->u->diags, DIAG_TYPE_MISMATCH, place_of(h, operand),
                 "'%s' cannot become '%s': only %s, a move, a call that returns one and 0 give it",
                 harvest_type(h, from)->written, harvest_written(h, harvest_type(h, to)),
                 harvest_flow(h, to) == FLOW_PENDING ? "tine_submit" : "spawn");
    else if (!takes && is_cast && gives_handle(h, operand, false))
        diag_add(h->u->diags, DIAG_TYPE_MISMATCH, place_of(h, operand),
                 "a %s cannot be converted to '%s'",
                 is_pending(h, operand) ? "tine_pending" : "flowvar", harvest_type(h, to)->written);
}
