/* What initialisers and assignments store, and where: lists in braces are told apart into their
 * parts, designated or in order; a spawn learns which handle it is for. */
#include <string.h>

#include "harvest_internal.h"

bool harvest_is_zero(const harvest *h, CXCursor cursor)
{
    size_t count;
    while (clang_getCursorKind(cursor) == CXCursor_CStyleCastExpr)
        cursor = harvest_strip(h, harvest_only_child(cursor, &count));
    if (clang_getCursorKind(cursor) != CXCursor_IntegerLiteral)
        return false;
    CXEvalResult result = clang_Cursor_Evaluate(cursor);
    bool zero = result != NULL && clang_EvalResult_getKind(result) == CXEval_Int &&
                clang_EvalResult_getAsLongLong(result) == 0;
    if (result != NULL)
        clang_EvalResult_dispose(result);
    return zero;
}

struct field_search {
    harvest *h;
    size_t index;
    const char *name;
};

static enum CXVisitorResult visit_nth_field(CXCursor cursor, CXClientData data)
{
    struct field_search *search = data;
    if (search->index-- > 0)
        return CXVisit_Continue;
    search->name = harvest_field_step(search->h, cursor);
    return CXVisit_Break;
}

/* The index-th part of an array or struct: "[2]", ".left". */
static const char *part_name(harvest *h, CXType whole, size_t index)
{
    whole = clang_getCanonicalType(whole);
    if (whole.kind == CXType_ConstantArray)
        return arena_printf(&h->m->arena, "[%zu]", index);
    struct field_search search = {h, index, NULL};
    if (whole.kind == CXType_Record)
        clang_Type_visitFields(whole, visit_nth_field, &search);
    return search.name;
}

/* Whether an initialiser begins with a designator: .left = or [2] = . */
static bool is_designated(harvest *h, CXCursor item)
{
    size_t begin, end;
    cursors list = children_of(item);
    bool member = list.count > 1 && clang_getCursorKind(list.items[0]) == CXCursor_MemberRef;
    cursors_free(&list);
    return member ||
           (parse_extent(h->u, item, &begin, &end) && lex_bracket(&h->u->lex, begin, '[') > 0);
}

/* Whether an initialiser fills its parts one after the other: no designators, and no braces left
 * out, which shows as a handle where a struct or an array is expected. */
static bool is_plain_list(harvest *h, const cursors *list, CXType whole)
{
    whole = clang_getCanonicalType(whole);
    for (size_t i = 0; i < list->count; i++) {
        bool braced = clang_getCursorKind(list->items[i]) == CXCursor_InitListExpr;
        const char *name = part_name(h, whole, i);
        bool element = braced || (name != NULL && name[0] != '\0');
        if (whole.kind == CXType_ConstantArray && !braced)
            element = harvest_flow(h, clang_getArrayElementType(whole)) != FLOW_HOLDER;
        if (is_designated(h, list->items[i]) || !element)
            return false;
    }
    return true;
}

/* .left = value: what a designator leads to, one step or more; its value. A range leads nowhere. */
static CXCursor follow_designators(harvest *h, CXCursor item, place *part)
{
    cursors list = children_of(item);
    CXCursor value = list.count == 0 ? item : list.items[list.count - 1];
    size_t begin, end, at;
    bool located = parse_extent(h->u, item, &begin, &end) && parse_extent(h->u, value, &at, &end);
    bool range = false;
    for (; located && !range && begin < at; begin = lex_next(&h->u->lex, begin))
        range = strncmp(h->u->lex.text + begin, "...", 3) == 0;
    for (size_t i = 0; i + 1 < list.count; i++) {
        bool member = clang_getCursorKind(list.items[i]) == CXCursor_MemberRef;
        harvest_add_field(h, part, range    ? NULL
                           : member ? harvest_field_step(h, list.items[i])
                                    : harvest_constant_index(h, list.items[i]));
    }
    cursors_free(&list);
    return value;
}

static void stored_list(harvest *h, node *parent, CXCursor cursor, place to, target_kind kind)
{
    CXType whole = clang_getCursorType(cursor);
    cursors list = children_of(cursor);
    bool plain = is_plain_list(h, &list, whole);
    for (size_t i = 0; i < list.count; i++) {
        CXCursor value = list.items[i];
        place part = to;
        if (!clang_isExpression(clang_getCursorKind(value)))
            continue;
        if (is_designated(h, value))
            value = follow_designators(h, value, &part);
        else
            harvest_add_field(h, &part, plain ? part_name(h, whole, i) : NULL);
        part.type = harvest_type(h, clang_getCursorType(value));
        harvest_stored(h, parent, value, part, kind, 0, 0);
    }
    cursors_free(&list);
}

/* The site of an assignment; the same one again where a macro repeats its argument. */
static store *assigned(harvest *h, const place *to)
{
    for (store *s = h->function->stores; s != NULL; s = s->next)
        if (s->target.begin == to->begin && s->target.end == to->end)
            return s;
    store *s = arena_alloc(&h->m->arena, sizeof *s);
    s->target = *to;
    s->at = harvest_location(h, to->begin);
    *h->last_store = s;
    h->last_store = &s->next;
    return s;
}

void harvest_stored(harvest *h, node *parent, CXCursor cursor, place to, target_kind kind,
                    size_t assign_begin, size_t assign_end)
{
    CXCursor inner = harvest_strip(h, cursor);
    word *w = harvest_word_of(h, inner);
    if (w != NULL && harvest_is_spawn(w)) {
        spawn *s = harvest_spawn(h, parent, inner, w);
        if (s != NULL) {
            s->target_kind = kind;
            s->target = to;
            s->assign_begin = assign_begin;
            s->assign_end = assign_end;
            s->wanted = to.type;
        }
        return;
    }
    if (clang_getCursorKind(inner) == CXCursor_InitListExpr && to.var != NULL) {
        stored_list(h, parent, inner, to, kind);
        return;
    }
    if (kind == TARGET_INITIALISER && harvest_is_zero(h, inner))
        return; /* not spawned, as without an initialiser */
    harvest_expression(h, parent, cursor, true);
    if (to.type == NULL || to.type->flow == FLOW_NONE)
        return;
    node *n = harvest_event(h, parent, NODE_STORE, cursor);
    n->place = to;
    if (kind == TARGET_ASSIGN)
        n->store = assigned(h, &to);
}

/* ---- compound literals ------------------------------------------------------------------------- */

/* The parts of a list in braces, those of lists inside it as well. */
static void literal_parts(harvest *h, node *literal, CXCursor cursor)
{
    cursors list = children_of(cursor);
    for (size_t i = 0; i < list.count; i++) {
        CXCursor value = list.items[i];
        place part = {.kind = PLACE_ELSEWHERE};
        if (!clang_isExpression(clang_getCursorKind(value)))
            continue;
        if (is_designated(h, value))
            value = follow_designators(h, value, &part);
        if (clang_getCursorKind(value) == CXCursor_InitListExpr) {
            literal_parts(h, literal, value);
            continue;
        }
        node *n = harvest_event(h, literal, NODE_SEQUENCE, value);
        n->place.type = harvest_type(h, clang_getCursorType(value));
        harvest_expression(h, n, value, true);
    }
    cursors_free(&list);
}

static variable *literal_variable(harvest *h, node *literal)
{
    variable *v = arena_alloc(&h->m->arena, sizeof *v);
    v->name = "a compound literal";
    v->type = literal->place.type;
    v->storage = STORAGE_LOCAL;
    v->is_literal = true;
    v->scope_depth = h->scope_depth;
    v->declare = literal;
    return v;
}

variable *harvest_literal(harvest *h, node *parent, CXCursor cursor)
{
    cursors list = children_of(cursor);
    node *n = harvest_event(h, parent, NODE_LITERAL, cursor);
    n->place.type = harvest_type(h, clang_getCursorType(cursor));
    n->var = literal_variable(h, n);
    for (size_t i = 0; i < list.count; i++) {
        enum CXCursorKind kind = clang_getCursorKind(list.items[i]);
        if (kind == CXCursor_InitListExpr)
            literal_parts(h, n, list.items[i]);
        else if (clang_isExpression(kind))
            harvest_unevaluated(h, parent, list.items[i]);
    }
    cursors_free(&list);
    return n->place.type->flow == FLOW_NONE ? n->var : NULL;
}
