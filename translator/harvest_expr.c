/* Expressions of clang's tree into events, in evaluation order. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "harvest_internal.h"

node *harvest_event(harvest *h, node *parent, node_kind kind, CXCursor cursor)
{
    size_t begin = 0, end = 0;
    parse_extent(h->u, cursor, &begin, &end);
    return node_new(&h->m->arena, parent, kind, begin, end);
}

CXCursor harvest_only_child(CXCursor cursor, size_t *count)
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
        CXCursor child = harvest_only_child(cursor, &count);
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
    CXCursor operand = harvest_only_child(cursor, &count);
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
        cursor = harvest_only_child(cursor, &count);
    switch (clang_getCursorKind(cursor)) {
    case CXCursor_DeclRefExpr:
    case CXCursor_MemberRefExpr:
    case CXCursor_ArraySubscriptExpr:
        return true;
    case CXCursor_UnaryOperator: /* *p is one; n++ and -n are none */
        operand = clang_getCanonicalType(clang_getCursorType(harvest_only_child(cursor, &count)));
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

bool harvest_is_dereference(harvest *h, CXCursor cursor, CXCursor operand)
{
    return unary_operator(h, cursor, operand) == UNARY_DEREF;
}

bool harvest_is_pure_unary(harvest *h, CXCursor cursor, bool dereferences)
{
    size_t count;
    CXCursor operand = harvest_only_child(cursor, &count);
    if (count != 1)
        return false;
    enum unary op = unary_operator(h, cursor, operand);
    return op == UNARY_OTHER || (op == UNARY_DEREF && dereferences);
}

bool harvest_is_pure_binary(harvest *h, CXCursor cursor)
{
    cursors list = children_of(cursor);
    enum binary op = list.count == 2 ? binary_operator(h, cursor, list.items[0]) : BINARY_ASSIGN;
    cursors_free(&list);
    return op != BINARY_ASSIGN && op != BINARY_COMMA;
}

bool harvest_subscripts_array(harvest *h, CXCursor cursor)
{
    cursors list = children_of(cursor);
    bool found = false;
    for (size_t i = 0; i < list.count; i++)
        found = found || harvest_is_array(h, harvest_strip(h, list.items[i]));
    cursors_free(&list);
    return found;
}

/* ---- reads and writes -------------------------------------------------------------------------- */

/* An lvalue is read as a value. Reading all of something that holds a handle copies it. */
static void read_place(harvest *h, node *parent, CXCursor cursor)
{
    place p = harvest_place(h, parent, cursor);
    if (p.kind == PLACE_VALUE)
        return;
    bool flows = p.type->flow != FLOW_NONE;
    harvest_event(h, parent, flows ? NODE_COPY : NODE_READ, cursor)->place = p;
    if (p.var != NULL && p.var->is_thread_local && h->function->self != NULL)
        h->function->self->uses_thread_local = true;
}

static void write_place(harvest *h, node *parent, CXCursor cursor, place p)
{
    bool flows = p.type != NULL && p.type->flow != FLOW_NONE;
    node *n = harvest_event(h, parent, flows ? NODE_STORE : NODE_WRITE, cursor);
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
    harvest_event(h, parent, NODE_ADDRESS, cursor)->place = p;
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
    h->unevaluated++;
    harvest_expression(h, harvest_event(h, parent, NODE_UNEVALUATED, cursor), cursor, true);
    h->unevaluated--;
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
            n = harvest_event(h, parent, op == BINARY_AND ? NODE_AND : NODE_OR, cursor);
            harvest_expression(h, harvest_event(h, n, NODE_SEQUENCE, left), left, true);
            harvest_expression(h, harvest_event(h, n, NODE_SEQUENCE, right), right, used);
            harvest_check_condition(h, left);
            harvest_check_condition(h, right);
            break;
        case BINARY_COMMA:
            harvest_expression(h, parent, left, false);
            harvest_expression(h, parent, right, used);
            break;
        case BINARY_OTHER:
            harvest_expression(h, parent, left, true);
            harvest_expression(h, parent, right, true);
            harvest_check_operand(h, left);
            harvest_check_operand(h, right);
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
        harvest_check_changed(h, list.items[0]);
        harvest_check_operand(h, list.items[1]);
        write_place(h, parent, cursor, to);
    }
    cursors_free(&list);
}

/* (void) drops a value as an expression statement does. */
static void cast_expression(harvest *h, node *parent, CXCursor cursor, bool used)
{
    bool dropped = clang_getCanonicalType(clang_getCursorType(cursor)).kind == CXType_Void;
    cursors list = children_of(cursor);
    for (size_t i = 0; i < list.count; i++) {
        if (!clang_isExpression(clang_getCursorKind(list.items[i])))
            continue;
        harvest_expression(h, parent, list.items[i], used && !dropped);
        harvest_check_conversion(h, list.items[i], clang_getCursorType(cursor), true);
    }
    cursors_free(&list);
}

static void unary_expression(harvest *h, node *parent, CXCursor cursor)
{
    size_t count;
    CXCursor operand = harvest_only_child(cursor, &count);
    if (count == 0)
        return;
    switch (unary_operator(h, cursor, operand)) {
    case UNARY_ADDRESS:
        take_address(h, parent, operand);
        break;
    case UNARY_STEP:
        harvest_check_changed(h, operand);
        write_place(h, parent, cursor, harvest_place(h, parent, operand));
        break;
    case UNARY_DEREF: /* an lvalue that is not read */
        harvest_expression(h, parent, operand, true);
        harvest_check_operand(h, operand);
        break;
    case UNARY_OTHER:
        harvest_expression(h, parent, operand, true);
        if (!harvest_is_pointer(clang_getCursorType(cursor))) /* __extension__ */
            harvest_check_operand(h, operand);
        break;
    }
}

static void conditional(harvest *h, node *parent, CXCursor cursor, bool used)
{
    cursors list = children_of(cursor);
    if (list.count == 3) {
        node *n = harvest_event(h, parent, NODE_CONDITIONAL, cursor);
        for (size_t i = 0; i < 3; i++)
            harvest_expression(h, harvest_event(h, n, NODE_SEQUENCE, list.items[i]), list.items[i],
                               i == 0 || used);
        harvest_check_condition(h, list.items[0]);
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
            node *n = harvest_event(h, parent, NODE_OR, cursor);
            harvest_event(h, n, NODE_SEQUENCE, list.items[i]);
            harvest_expression(h, harvest_event(h, n, NODE_SEQUENCE, list.items[i]), list.items[i],
                               true);
        }
        first = false;
    }
    cursors_free(&list);
}

static bool is_literal(const harvest *h, CXCursor cursor)
{
    return clang_getCursorKind(harvest_strip(h, cursor)) == CXCursor_CompoundLiteralExpr;
}

/* A conversion that clang added, or something that libclang has no name for. */
static void converted(harvest *h, node *parent, CXCursor cursor, bool used)
{
    size_t count;
    CXCursor child = harvest_only_child(cursor, &count);
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
    } else if (is_literal(h, child) && harvest_is_array(h, child) && type.kind == CXType_Pointer)
        take_address(h, parent, child);
    else if (!is_bare_lvalue(child))
        harvest_expression(h, parent, child, used);
    else if (inner.kind == CXType_FunctionProto || inner.kind == CXType_FunctionNoProto)
        harvest_expression(h, parent, child, used);
    else if (harvest_is_array(h, child) && type.kind == CXType_Pointer)
        take_address(h, parent, child);
    else if (!used && harvest_flow(h, inner) != FLOW_NONE)
        harvest_place(h, parent, child); /* (void)x copies nothing */
    else
        read_place(h, parent, child);
}

static void unexposed(harvest *h, node *parent, CXCursor cursor, bool used)
{
    size_t count, errors = diags_errors(h->u->diags);
    CXCursor child = harvest_only_child(cursor, &count);
    converted(h, parent, cursor, used);
    if (count == 1 && clang_isExpression(clang_getCursorKind(child)) &&
        diags_errors(h->u->diags) == errors)
        harvest_check_conversion(h, child, clang_getCursorType(cursor), false);
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
    node *n = harvest_event(h, parent, NODE_CALL, cursor);
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
        harvest_event(h, parent, NODE_NORETURN, cursor);
    if (c->is_literal) {
        c->next = f->plain_calls;
        f->plain_calls = c;
    }
}

static void statement_expression(harvest *h, node *parent, CXCursor cursor, bool used)
{
    size_t count;
    CXCursor block = harvest_only_child(cursor, &count);
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
        harvest_expression(h, parent, harvest_only_child(cursor, &count), used);
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
        h->unevaluated++;
        all_children(h, harvest_event(h, parent, NODE_UNEVALUATED, cursor), cursor);
        h->unevaluated--;
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
    case CXCursor_CompoundLiteralExpr:
        harvest_literal(h, parent, cursor);
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
