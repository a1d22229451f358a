/* Expressions of clang's tree into events, in evaluation order. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "harvest_internal.h"

static node *event(harvest *h, node *parent, node_kind kind, CXCursor cursor)
{
    size_t begin = 0, end = 0;
    parse_extent(h->u, cursor, &begin, &end);
    return node_new(&h->m->arena, parent, kind, begin, end);
}

static CXCursor only_child(CXCursor cursor, size_t *count)
{
    cursors list = children_of(cursor);
    CXCursor child = clang_getNullCursor();
    *count = list.count;
    if (list.count > 0)
        child = list.items[list.count - 1];
    cursors_free(&list);
    return child;
}

CXCursor harvest_strip(const harvest *h, CXCursor cursor)
{
    for (;;) {
        enum CXCursorKind kind = clang_getCursorKind(cursor);
        size_t count;
        if ((kind != CXCursor_ParenExpr && kind != CXCursor_UnexposedExpr) ||
            harvest_word_of(h, cursor) != NULL)
            return cursor;
        CXCursor child = only_child(cursor, &count);
        if (count != 1 || !clang_isExpression(clang_getCursorKind(child)))
            return cursor;
        cursor = child;
    }
}

size_t harvest_end(const harvest *h, CXCursor cursor)
{
    size_t begin, end;
    const lexer *l = &h->u->lex;
    if (!parse_extent(h->u, cursor, &begin, &end))
        return SIZE_MAX;
    if (end > begin)
        return end;
    word *w = parse_word_at(h->u, begin);
    if (w != NULL)
        return w->rparen == SIZE_MAX ? w->end : w->rparen + 1;
    end = lex_token_end(l, begin);
    size_t open = lex_skip_space(l, end); /* a macro, with arguments if a parenthesis follows */
    if (open < l->len && l->text[open] == '(') {
        size_t close = lex_match(l, open);
        end = close == SIZE_MAX ? end : close + 1;
    }
    return end;
}

/* ---- operators --------------------------------------------------------------------------------- */

/* The operator between two operands, as far as it matters here. */
enum binary { BINARY_OTHER, BINARY_ASSIGN, BINARY_AND, BINARY_OR, BINARY_COMMA };

/* Whether a unary operator is *, by the types alone. */
static bool follows_pointer(CXCursor cursor)
{
    size_t count;
    CXCursor operand = only_child(cursor, &count);
    CXType inner = clang_getCanonicalType(clang_getCursorType(operand));
    return inner.kind == CXType_Pointer &&
           clang_equalTypes(clang_getCanonicalType(clang_getCursorType(cursor)),
                            clang_getCanonicalType(clang_getPointeeType(inner)));
}

/* Whether an operand is an lvalue that is not read: without a conversion around it. */
static bool is_bare_lvalue(CXCursor cursor)
{
    size_t count;
    CXType operand;
    while (clang_getCursorKind(cursor) == CXCursor_ParenExpr)
        cursor = only_child(cursor, &count);
    switch (clang_getCursorKind(cursor)) {
    case CXCursor_DeclRefExpr:
    case CXCursor_MemberRefExpr:
    case CXCursor_ArraySubscriptExpr:
        return true;
    case CXCursor_UnaryOperator: /* *p is one; n++ and -n are none */
        operand = clang_getCanonicalType(clang_getCursorType(only_child(cursor, &count)));
        return operand.kind == CXType_Pointer &&
               clang_equalTypes(clang_getCanonicalType(clang_getPointeeType(operand)),
                                clang_getCanonicalType(clang_getCursorType(cursor)));
    default:
        return false;
    }
}

static enum binary binary_operator(harvest *h, CXCursor cursor, CXCursor left)
{
#if CINDEX_VERSION_MINOR >= 64
    (void)left, (void)h;
    switch (clang_getCursorBinaryOperatorKind(cursor)) {
    case CXBinaryOperator_Assign:
        return BINARY_ASSIGN;
    case CXBinaryOperator_LAnd:
        return BINARY_AND;
    case CXBinaryOperator_LOr:
        return BINARY_OR;
    case CXBinaryOperator_Comma:
        return BINARY_COMMA;
    default:
        return BINARY_OTHER;
    }
#else
    const char *text = h->u->lex.text;
    size_t end = harvest_end(h, left);
    size_t at = end == SIZE_MAX ? 0 : lex_skip_space(&h->u->lex, end);
    while (at > 0 && text[at] == ')') /* parentheses of a macro argument: MAX((a), b) */
        at = lex_skip_space(&h->u->lex, at + 1);
    (void)cursor;
    if (at > 0 && text[at] == '=' && text[at + 1] != '=')
        return BINARY_ASSIGN;
    if (at > 0 && text[at] == '&' && text[at + 1] == '&')
        return BINARY_AND;
    if (at > 0 && text[at] == '|' && text[at + 1] == '|')
        return BINARY_OR;
    if (at > 0 && text[at] == ',')
        return is_bare_lvalue(left) ? BINARY_ASSIGN : BINARY_COMMA;
    if (at > 0 && text[at] != '\0' && strchr("+-*/%<>=!&|^", text[at]) != NULL)
        return BINARY_OTHER;
    /* The operator comes from a macro. Only an assignment has an lvalue that is not read. */
    return is_bare_lvalue(left) ? BINARY_ASSIGN : BINARY_OR;
#endif
}

enum unary { UNARY_OTHER, UNARY_ADDRESS, UNARY_DEREF, UNARY_STEP };

static enum unary unary_operator(harvest *h, CXCursor cursor, CXCursor operand)
{
    CXType type = clang_getCanonicalType(clang_getCursorType(cursor));
    CXType inner = clang_getCanonicalType(clang_getCursorType(operand));
    size_t begin = 0, end;
    parse_extent(h->u, cursor, &begin, &end);
    const char *text = h->u->lex.text;
    if (text[begin] == '&' && type.kind == CXType_Pointer)
        return UNARY_ADDRESS;
    if (text[begin] == '*')
        return UNARY_DEREF;
    if (!is_bare_lvalue(operand))
        return follows_pointer(cursor) ? UNARY_DEREF : UNARY_OTHER;
    if (type.kind == CXType_Pointer &&
        clang_equalTypes(clang_getCanonicalType(clang_getPointeeType(type)), inner))
        return UNARY_ADDRESS;
    return UNARY_STEP;
}

/* ---- places ------------------------------------------------------------------------------------ */

/* A step of a path: ".left". "" for an anonymous struct, whose members are found without it. */
static const char *field_step(harvest *h, CXCursor member)
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

static bool is_array(harvest *h, CXCursor cursor)
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

static void add_field(harvest *h, place *p, const char *more)
{
    if (p->field != NULL && more != NULL)
        p->field = arena_printf(&h->m->arena, "%s%s", p->field, more);
    else if (p->kind == PLACE_VARIABLE)
        p->field = more;
    else
        p->field = NULL;
    p->kind = PLACE_PART;
}

/* What an array expression (before it decays) or the value of a pointer leads to. */
static place place_behind(harvest *h, node *parent, CXCursor base, const char *field)
{
    CXCursor inner = harvest_strip(h, base);
    if (is_array(h, inner) && clang_getCursorKind(inner) != CXCursor_StringLiteral) {
        place p = harvest_place(h, parent, inner);
        if (p.kind == PLACE_VARIABLE || p.kind == PLACE_PART)
            add_field(h, &p, field);
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

static const char *constant_index(harvest *h, CXCursor index)
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

static place subscript_place(harvest *h, node *parent, CXCursor cursor)
{
    cursors list = children_of(cursor);
    place p = {.kind = PLACE_ELSEWHERE};
    if (list.count == 2) {
        size_t base = harvest_is_pointer(clang_getCursorType(list.items[0])) ||
                              is_array_type(list.items[0])
                          ? 0
                          : 1;
        p = place_behind(h, parent, list.items[base], constant_index(h, list.items[1 - base]));
        harvest_expression(h, parent, list.items[1 - base], true);
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
        add_field(h, &p, field_step(h, cursor));
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
    case CXCursor_MemberRefExpr:
        p = member_place(h, parent, inner);
        break;
    case CXCursor_ArraySubscriptExpr:
        p = subscript_place(h, parent, inner);
        break;
    case CXCursor_UnaryOperator:
        target = only_child(inner, &count);
        if (unary_operator(h, inner, target) == UNARY_DEREF) {
            p = place_behind(h, parent, target, NULL);
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

/* ---- reads, writes, stores --------------------------------------------------------------------- */

/* An lvalue is read as a value. Reading all of something that holds a handle copies it. */
static void read_place(harvest *h, node *parent, CXCursor cursor)
{
    place p = harvest_place(h, parent, cursor);
    if (p.kind == PLACE_VALUE)
        return;
    bool flows = p.type->flow != FLOW_NONE;
    event(h, parent, flows ? NODE_COPY : NODE_READ, cursor)->place = p;
    if (p.var != NULL && p.var->is_thread_local && h->function->self != NULL)
        h->function->self->uses_thread_local = true;
}

static void write_place(harvest *h, node *parent, CXCursor cursor, place p)
{
    bool flows = p.type != NULL && p.type->flow != FLOW_NONE;
    node *n = event(h, parent, flows ? NODE_STORE : NODE_WRITE, cursor);
    n->place = p;
    if (p.var != NULL && p.kind != PLACE_ELSEWHERE)
        p.var->is_written_twice = true;
}

static void take_address(harvest *h, node *parent, CXCursor cursor)
{
    place p = harvest_place(h, parent, cursor);
    if (p.kind == PLACE_VALUE)
        return;
    if (p.kind == PLACE_VARIABLE || p.kind == PLACE_PART)
        p.var->is_address_taken = true;
    event(h, parent, NODE_ADDRESS, cursor)->place = p;
}

/* 0 and NULL. */
static bool is_zero(const harvest *h, CXCursor cursor)
{
    size_t count;
    while (clang_getCursorKind(cursor) == CXCursor_CStyleCastExpr)
        cursor = harvest_strip(h, only_child(cursor, &count));
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
    search->name = field_step(search->h, cursor);
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
    return member || (parse_extent(h->u, item, &begin, &end) && lex_bracket(&h->u->lex, begin, '[') > 0);
}

/* Whether an initialiser fills its parts one after the other: no designators, and no braces left out,
 * which shows as a handle where a struct or an array is expected. */
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
        add_field(h, part, range    ? NULL
                           : member ? field_step(h, list.items[i])
                                    : constant_index(h, list.items[i]));
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
            add_field(h, &part, plain ? part_name(h, whole, i) : NULL);
        part.type = harvest_type(h, clang_getCursorType(value));
        harvest_stored(h, parent, value, part, kind, 0, 0);
    }
    cursors_free(&list);
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
    if (kind == TARGET_INITIALISER && is_zero(h, inner))
        return; /* not spawned, as without an initialiser */
    harvest_expression(h, parent, cursor, true);
    if (to.type != NULL && to.type->flow != FLOW_NONE)
        event(h, parent, NODE_STORE, cursor)->place = to;
}

/* ---- expressions ------------------------------------------------------------------------------- */

static void all_children(harvest *h, node *parent, CXCursor cursor)
{
    cursors list = children_of(cursor);
    for (size_t i = 0; i < list.count; i++)
        if (clang_isExpression(clang_getCursorKind(list.items[i])))
            harvest_expression(h, parent, list.items[i], true);
    cursors_free(&list);
}

void harvest_unevaluated(harvest *h, node *parent, CXCursor cursor)
{
    harvest_expression(h, event(h, parent, NODE_UNEVALUATED, cursor), cursor, true);
}

static void assignment(harvest *h, node *parent, CXCursor cursor, CXCursor left, CXCursor right)
{
    place to = harvest_place(h, parent, left);
    size_t begin, end;
    if (!parse_extent(h->u, left, &begin, &end))
        begin = end = 0;
    else
        end = harvest_end(h, left);
    bool flows = to.type != NULL && to.type->flow != FLOW_NONE;
    harvest_stored(h, parent, right, to, TARGET_ASSIGN, begin, end);
    if (!flows)
        write_place(h, parent, cursor, to);
    else if (to.var != NULL)
        to.var->is_written_twice = true;
}

static void binary_expression(harvest *h, node *parent, CXCursor cursor, bool used)
{
    cursors list = children_of(cursor);
    node *n;
    if (list.count == 2) {
        CXCursor left = list.items[0], right = list.items[1];
        enum binary op = binary_operator(h, cursor, left);
        switch (op) {
        case BINARY_ASSIGN:
            assignment(h, parent, cursor, left, right);
            break;
        case BINARY_AND:
        case BINARY_OR:
            n = event(h, parent, op == BINARY_AND ? NODE_AND : NODE_OR, cursor);
            harvest_expression(h, event(h, n, NODE_SEQUENCE, left), left, true);
            harvest_expression(h, event(h, n, NODE_SEQUENCE, right), right, used);
            break;
        case BINARY_COMMA:
            harvest_expression(h, parent, left, false);
            harvest_expression(h, parent, right, used);
            break;
        case BINARY_OTHER:
            harvest_expression(h, parent, left, true);
            harvest_expression(h, parent, right, true);
            break;
        }
    }
    cursors_free(&list);
}

static void compound_assignment(harvest *h, node *parent, CXCursor cursor)
{
    cursors list = children_of(cursor);
    if (list.count == 2) {
        place to = harvest_place(h, parent, list.items[0]);
        harvest_expression(h, parent, list.items[1], true);
        write_place(h, parent, cursor, to);
    }
    cursors_free(&list);
}

/* (void) drops a value as an expression statement does. */
static void cast_expression(harvest *h, node *parent, CXCursor cursor, bool used)
{
    bool dropped = clang_getCanonicalType(clang_getCursorType(cursor)).kind == CXType_Void;
    cursors list = children_of(cursor);
    for (size_t i = 0; i < list.count; i++)
        if (clang_isExpression(clang_getCursorKind(list.items[i])))
            harvest_expression(h, parent, list.items[i], used && !dropped);
    cursors_free(&list);
}

static void unary_expression(harvest *h, node *parent, CXCursor cursor)
{
    size_t count;
    CXCursor operand = only_child(cursor, &count);
    if (count == 0)
        return;
    switch (unary_operator(h, cursor, operand)) {
    case UNARY_ADDRESS:
        take_address(h, parent, operand);
        break;
    case UNARY_STEP:
        write_place(h, parent, cursor, harvest_place(h, parent, operand));
        break;
    case UNARY_DEREF: /* an lvalue that is not read */
    case UNARY_OTHER:
        harvest_expression(h, parent, operand, true);
        break;
    }
}

static void conditional(harvest *h, node *parent, CXCursor cursor, bool used)
{
    cursors list = children_of(cursor);
    if (list.count == 3) {
        node *n = event(h, parent, NODE_CONDITIONAL, cursor);
        for (size_t i = 0; i < 3; i++)
            harvest_expression(h, event(h, n, NODE_SEQUENCE, list.items[i]), list.items[i],
                               i == 0 || used);
    } else {
        all_children(h, parent, cursor);
    }
    cursors_free(&list);
}

/* _Generic: clang does not say which branch is taken; each counts as one that may be. */
static void generic_selection(harvest *h, node *parent, CXCursor cursor)
{
    cursors list = children_of(cursor);
    bool first = true;
    for (size_t i = 0; i < list.count; i++) {
        if (!clang_isExpression(clang_getCursorKind(list.items[i])))
            continue;
        if (first) {
            harvest_unevaluated(h, parent, list.items[i]);
        } else {
            node *n = event(h, parent, NODE_OR, cursor);
            event(h, n, NODE_SEQUENCE, list.items[i]);
            harvest_expression(h, event(h, n, NODE_SEQUENCE, list.items[i]), list.items[i], true);
        }
        first = false;
    }
    cursors_free(&list);
}

/* A conversion that clang added, or something that libclang has no name for. */
static void unexposed(harvest *h, node *parent, CXCursor cursor, bool used)
{
    size_t count;
    CXCursor child = only_child(cursor, &count);
    CXType type = clang_getCanonicalType(clang_getCursorType(cursor));
    if (count == 0 && (type.kind == CXType_ConstantArray)) {
        h->function->has_name_use = true; /* __func__ */
        return;
    }
    if (count != 1 || !clang_isExpression(clang_getCursorKind(child))) {
        all_children(h, parent, cursor);
        return;
    }
    if (clang_getCursorKind(child) == CXCursor_StringLiteral &&
        type.kind == CXType_ConstantArray) {
        h->function->has_name_use = true;
        return;
    }
    CXType inner = clang_getCanonicalType(clang_getCursorType(child));
    word *w = harvest_word_of(h, harvest_strip(h, child));
    if (w != NULL && harvest_is_spawn(w) && harvest_flow(h, type) != FLOW_NONE) {
        spawn *s = harvest_spawn(h, parent, harvest_strip(h, child), w);
        if (s != NULL) {
            s->target_kind = used ? TARGET_VALUE : TARGET_NONE;
            s->wanted = harvest_type(h, type);
        }
    } else if (!is_bare_lvalue(child))
        harvest_expression(h, parent, child, used);
    else if (inner.kind == CXType_FunctionProto || inner.kind == CXType_FunctionNoProto)
        harvest_expression(h, parent, child, used);
    else if (is_array(h, child) && type.kind == CXType_Pointer)
        take_address(h, parent, child);
    else if (!used && harvest_flow(h, inner) != FLOW_NONE)
        harvest_place(h, parent, child); /* (void)x copies nothing */
    else
        read_place(h, parent, child);
}

/* f sync(x): the parentheses that make a call of it are those of the word's macro. */
static void refuse_borrowed_parentheses(harvest *h, const call *c)
{
    if (c->lparen != SIZE_MAX || c->callee_end <= c->callee_begin)
        return;
    word *w = parse_word_at(h->u, lex_skip_space(&h->u->lex, c->callee_end));
    if (w != NULL)
        harvest_error(h, DIAG_MISPLACED, w->begin, w->end,
                      "this word cannot stand right behind a name");
}

static void call_expression(harvest *h, node *parent, CXCursor cursor)
{
    call *c = arena_alloc(&h->m->arena, sizeof *c);
    harvest_call(h, parent, cursor, c);
    refuse_borrowed_parentheses(h, c);
    node *n = event(h, parent, NODE_CALL, cursor);
    n->call = c;
    function *f = h->function;
    if (c->callee == NULL)
        return;
    if (c->callee->returns_twice)
        f->has_setjmp = true;
    if (strstr(c->callee->name, "_address") != NULL &&
        strncmp(c->callee->name, "__builtin_", 10) == 0)
        f->has_frame_address = true;
    if (strncmp(c->callee->name, "__builtin_apply", 15) == 0 ||
        strcmp(c->callee->name, "__builtin_return") == 0 ||
        strncmp(c->callee->name, "__builtin_va_", 13) == 0)
        f->has_frame_address = true;
    if (c->callee->is_noreturn)
        event(h, parent, NODE_NORETURN, cursor);
    if (c->is_literal) {
        c->next = f->plain_calls;
        f->plain_calls = c;
    }
}

static void statement_expression(harvest *h, node *parent, CXCursor cursor, bool used)
{
    size_t count;
    CXCursor block = only_child(cursor, &count);
    if (count == 1 && clang_getCursorKind(block) == CXCursor_CompoundStmt)
        harvest_block(h, parent, block, NULL, used);
}

static void bare_reference(harvest *h, node *parent, CXCursor cursor)
{
    CXCursor target = clang_getCursorReferenced(cursor);
    enum CXCursorKind kind = clang_getCursorKind(target);
    (void)parent;
    if (kind == CXCursor_VarDecl || kind == CXCursor_ParmDecl)
        harvest_mention(h, harvest_variable(h, target), cursor);
}

void harvest_expression(harvest *h, node *parent, CXCursor cursor, bool used)
{
    size_t count;
    if (harvest_word(h, parent, cursor, used))
        return;
    switch (clang_getCursorKind(cursor)) {
    case CXCursor_ParenExpr:
        harvest_expression(h, parent, only_child(cursor, &count), used);
        break;
    case CXCursor_UnexposedExpr:
        unexposed(h, parent, cursor, used);
        break;
    case CXCursor_DeclRefExpr:
        bare_reference(h, parent, cursor);
        break;
    case CXCursor_MemberRefExpr:
    case CXCursor_ArraySubscriptExpr:
        harvest_place(h, parent, cursor);
        break;
    case CXCursor_BinaryOperator:
        binary_expression(h, parent, cursor, used);
        break;
    case CXCursor_CompoundAssignOperator:
        compound_assignment(h, parent, cursor);
        break;
    case CXCursor_CStyleCastExpr:
        cast_expression(h, parent, cursor, used);
        break;
    case CXCursor_UnaryOperator:
        unary_expression(h, parent, cursor);
        break;
    case CXCursor_UnaryExpr:
        all_children(h, event(h, parent, NODE_UNEVALUATED, cursor), cursor);
        break;
    case CXCursor_ConditionalOperator:
        conditional(h, parent, cursor, used);
        break;
    case CXCursor_GenericSelectionExpr:
        generic_selection(h, parent, cursor);
        break;
    case CXCursor_CallExpr:
        call_expression(h, parent, cursor);
        break;
    case CXCursor_StmtExpr:
        statement_expression(h, parent, cursor, used);
        break;
    case CXCursor_BlockExpr:
        h->function->has_local_function = true;
        break;
    case CXCursor_AddrLabelExpr:
        h->function->has_label_value = true;
        break;
    default:
        all_children(h, parent, cursor);
        break;
    }
}
