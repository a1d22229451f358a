/* Statements of clang's tree into nodes. */
#include <stdint.h>
#include <string.h>

#include "harvest_internal.h"

static node *begin_node(harvest *h, node *parent, node_kind kind, CXCursor cursor)
{
    size_t begin = 0, end = 0;
    parse_extent(h->u, cursor, &begin, &end);
    return node_new(&h->m->arena, parent, kind, begin, end);
}

/* A full expression. */
static void full_expression(harvest *h, node *parent, CXCursor cursor, bool used)
{
    node *n = begin_node(h, parent, NODE_SEQUENCE, cursor);
    n->is_full = true;
    harvest_expression(h, n, cursor, used);
}

/* A part of a statement, in a sequence of its own so that positions are fixed. */
static void statement_part(harvest *h, node *parent, CXCursor cursor)
{
    harvest_statement(h, begin_node(h, parent, NODE_SEQUENCE, cursor), cursor);
}

static node *empty_part(harvest *h, node *parent)
{
    return node_new(&h->m->arena, parent, NODE_SEQUENCE, parent->begin, parent->begin);
}

/* 0, 1, or -1 for what is not a constant. */
static long constant_value(const harvest *h, CXCursor cursor)
{
    cursor = harvest_strip(h, cursor);
    long value = -1;
    CXEvalResult result = clang_getCursorKind(cursor) == CXCursor_IntegerLiteral
                              ? clang_Cursor_Evaluate(cursor)
                              : NULL;
    if (result != NULL && clang_EvalResult_getKind(result) == CXEval_Int)
        value = clang_EvalResult_getAsInt(result) != 0;
    if (result != NULL)
        clang_EvalResult_dispose(result);
    return value;
}

static void condition_part(harvest *h, node *parent, CXCursor cursor)
{
    node *part = begin_node(h, parent, NODE_SEQUENCE, cursor);
    part->is_full = true;
    parent->condition = constant_value(h, cursor);
    harvest_expression(h, part, cursor, true);
    harvest_check_condition(h, cursor);
}

static void if_statement(harvest *h, node *parent, CXCursor cursor)
{
    node *n = begin_node(h, parent, NODE_IF, cursor);
    cursors list = children_of(cursor);
    if (list.count > 0)
        condition_part(h, n, list.items[0]);
    for (size_t i = 1; i < list.count; i++)
        statement_part(h, n, list.items[i]);
    while (node_child(n, 2) == NULL)
        empty_part(h, n);
    cursors_free(&list);
}

static void loop_body(harvest *h, node *n, CXCursor cursor)
{
    h->loop_depth++;
    statement_part(h, n, cursor);
    h->loop_depth--;
}

static void while_statement(harvest *h, node *parent, CXCursor cursor, bool condition_first)
{
    node *n = begin_node(h, parent, condition_first ? NODE_WHILE : NODE_DO, cursor);
    cursors list = children_of(cursor);
    h->loop_depth++;
    for (size_t i = 0; i < list.count; i++) {
        if ((i == 0) == condition_first)
            condition_part(h, n, list.items[i]);
        else
            statement_part(h, n, list.items[i]);
    }
    h->loop_depth--;
    cursors_free(&list);
}

/* Which of the three parts of a for's head a cursor is; libclang leaves missing ones out. */
static int head_part(harvest *h, CXCursor loop, CXCursor part, size_t index)
{
    size_t begin, end, at;
    bool declaration = clang_getCursorKind(part) == CXCursor_DeclStmt;
    if (!parse_extent(h->u, loop, &begin, &end) || !lex_is(&h->u->lex, begin, "for") ||
        !parse_extent(h->u, part, &at, &end))
        return declaration ? 0 : index == 0 ? 1 : (int)index;
    const lexer *l = &h->u->lex;
    size_t pos = lex_next(l, begin);
    int found = 0;
    for (size_t depth = 0; pos < at; pos = lex_next(l, pos)) {
        char c = l->text[pos];
        depth += c == '(' || c == '[' || c == '{';
        depth -= c == ')' || c == ']' || c == '}';
        found += c == ';' && depth == 1;
    }
    return found > 2 ? 2 : found;
}

static void for_statement(harvest *h, node *parent, CXCursor cursor)
{
    node *n = begin_node(h, parent, NODE_FOR, cursor);
    cursors list = children_of(cursor);
    CXCursor parts[3];
    bool present[3] = {false, false, false};
    for (size_t i = 0; i + 1 < list.count && i < 3; i++) {
        int which = list.count == 4 ? (int)i : head_part(h, cursor, list.items[i], i);
        while (which < 2 && present[which])
            which++;
        parts[which] = list.items[i];
        present[which] = true;
    }
    node *init = empty_part(h, n);
    h->in_for_head = true;
    if (present[0])
        harvest_statement(h, init, parts[0]);
    h->in_for_head = false;
    h->loop_depth++;
    if (present[1])
        condition_part(h, n, parts[1]);
    else
        empty_part(h, n)->parent->condition = 1;
    node *increment = empty_part(h, n);
    if (present[2])
        full_expression(h, increment, parts[2], false);
    if (list.count > 0) {
        size_t body = n->end, end;
        parse_extent(h->u, list.items[list.count - 1], &body, &end);
        n->has_macro = body <= n->begin || parse_has_macro(h->u, n->begin, body);
        loop_body(h, n, list.items[list.count - 1]);
    }
    h->loop_depth--;
    cursors_free(&list);
}

static void switch_statement(harvest *h, node *parent, CXCursor cursor)
{
    node *n = begin_node(h, parent, NODE_SWITCH, cursor);
    cursors list = children_of(cursor);
    for (size_t i = 0; i < list.count; i++) {
        if (i == 0)
            condition_part(h, n, list.items[i]);
        else
            statement_part(h, n, list.items[i]);
    }
    cursors_free(&list);
}

/* A label in front of a statement: the last child; before it the constants of a case. */
static void labelled(harvest *h, node *parent, CXCursor cursor, node_kind kind)
{
    node *n = begin_node(h, parent, kind, cursor);
    cursors list = children_of(cursor);
    if (kind == NODE_LABEL) {
        n->name = harvest_spelling(h, cursor);
        h->function->has_goto = true;
    }
    if (list.count > 0)
        harvest_statement(h, parent, list.items[list.count - 1]);
    cursors_free(&list);
}

/* The operand of a return: a local handle, or what holds one, is moved out rather than copied. */
static void return_statement(harvest *h, node *parent, CXCursor cursor)
{
    cursors list = children_of(cursor);
    node *operand = begin_node(h, NULL, NODE_SEQUENCE, cursor);
    operand->is_full = true;
    place returned = {.kind = PLACE_VALUE};
    if (list.count > 0) {
        CXCursor inner = harvest_strip(h, list.items[0]);
        enum CXCursorKind kind = clang_getCursorKind(inner);
        bool names = kind == CXCursor_DeclRefExpr || kind == CXCursor_MemberRefExpr ||
                     kind == CXCursor_ArraySubscriptExpr;
        flow_kind flow = harvest_flow(h, clang_getCursorType(inner));
        if (names && flow != FLOW_NONE && harvest_word_of(h, inner) == NULL)
            returned = harvest_place(h, operand, inner);
        bool local = returned.kind != PLACE_VALUE && returned.var != NULL &&
                     returned.kind == PLACE_VARIABLE &&
                     (returned.var->storage == STORAGE_LOCAL ||
                      returned.var->storage == STORAGE_PARAM);
        if (!local) {
            operand->first = operand->last = NULL;
            returned = (place){.kind = PLACE_VALUE};
            harvest_expression(h, operand, list.items[0], true);
        }
    }
    node *n = begin_node(h, parent, NODE_RETURN, cursor);
    n->place = returned;
    n->first = n->last = operand;
    operand->parent = n;
    cursors_free(&list);
}

static void asm_statement(harvest *h, node *parent, CXCursor cursor)
{
    node *n = begin_node(h, parent, NODE_ASM_GOTO, cursor);
    cursors list = children_of(cursor);
    h->function->has_asm = true;
    for (size_t i = 0; i < list.count; i++)
        if (clang_isExpression(clang_getCursorKind(list.items[i])))
            harvest_expression(h, n, list.items[i], true);
    cursors_free(&list);
}

void harvest_block(harvest *h, node *parent, CXCursor cursor, scope *s, bool value_used)
{
    node *n = begin_node(h, parent, NODE_BLOCK, cursor);
    cursors list = children_of(cursor);
    n->scope = s;
    for (size_t i = 0; i < list.count; i++) {
        bool last = i + 1 == list.count;
        if (value_used && last && clang_isExpression(clang_getCursorKind(list.items[i])))
            full_expression(h, n, list.items[i], true);
        else
            harvest_statement(h, n, list.items[i]);
    }
    cursors_free(&list);
}

/* Other statements (attributes before one, OpenMP): what is inside happens in order. */
static void other_statement(harvest *h, node *parent, CXCursor cursor)
{
    cursors list = children_of(cursor);
    for (size_t i = 0; i < list.count; i++) {
        enum CXCursorKind kind = clang_getCursorKind(list.items[i]);
        if (clang_isStatement(kind) || clang_isExpression(kind))
            harvest_statement(h, parent, list.items[i]);
    }
    cursors_free(&list);
}

/* sync_scope { } is, in analysis mode, if (0) { } else { }: its block is the last child. */
static bool scope_statement(harvest *h, node *parent, CXCursor cursor)
{
    word *w = harvest_word_of(h, cursor);
    if (w == NULL || (w->kind != WORD_SYNC_SCOPE && w->kind != WORD_SYNC_SCOPE_ON))
        return false;
    w->seen = true;
    cursors list = children_of(cursor);
    CXCursor body = list.items[list.count - 1];
    size_t head_end = w->lparen == SIZE_MAX ? w->end : w->rparen + 1;
    size_t open = lex_skip_space(&h->u->lex, head_end);
    if (clang_getCursorKind(body) != CXCursor_CompoundStmt || lex_bracket(&h->u->lex, open, '{') == 0) {
        harvest_error(h, DIAG_NO_BLOCK, w->begin, w->end,
                      "sync_scope must be followed by a block in braces");
        harvest_statement(h, parent, body);
        cursors_free(&list);
        return true;
    }
    scope *s = arena_alloc(&h->m->arena, sizeof *s);
    s->word_begin = w->begin;
    s->word_end = w->end;
    s->at = harvest_location(h, w->begin);
    s->head_end = head_end;
    if (w->lparen != SIZE_MAX) {
        s->executor_begin = w->lparen + 1;
        s->executor_end = w->rparen;
        node *head = begin_node(h, parent, NODE_SEQUENCE, cursor);
        if (list.count > 0) {
            harvest_check_executor(h, harvest_operand(h, list.items[0], w->lparen + 1, w->rparen));
            harvest_unevaluated(h, head, list.items[0]);
        }
    }
    parse_extent(h->u, body, &s->body_begin, &s->body_end);
    *h->last_scope = s;
    h->last_scope = &s->next;
    h->scope_depth++;
    harvest_block(h, parent, body, s, false);
    h->scope_depth--;
    w->site = s;
    cursors_free(&list);
    return true;
}

void harvest_statement(harvest *h, node *parent, CXCursor cursor)
{
    node *n;
    switch (clang_getCursorKind(cursor)) {
    case CXCursor_CompoundStmt:
        harvest_block(h, parent, cursor, NULL, false);
        break;
    case CXCursor_DeclStmt:
        harvest_declaration(h, parent, cursor);
        break;
    case CXCursor_IfStmt:
        if (!scope_statement(h, parent, cursor))
            if_statement(h, parent, cursor);
        break;
    case CXCursor_WhileStmt:
        while_statement(h, parent, cursor, true);
        break;
    case CXCursor_DoStmt:
        while_statement(h, parent, cursor, false);
        break;
    case CXCursor_ForStmt:
        for_statement(h, parent, cursor);
        break;
    case CXCursor_SwitchStmt:
        switch_statement(h, parent, cursor);
        break;
    case CXCursor_CaseStmt:
        labelled(h, parent, cursor, NODE_CASE);
        break;
    case CXCursor_DefaultStmt:
        labelled(h, parent, cursor, NODE_DEFAULT);
        break;
    case CXCursor_LabelStmt:
        labelled(h, parent, cursor, NODE_LABEL);
        break;
    case CXCursor_GotoStmt:
        n = begin_node(h, parent, NODE_GOTO, cursor);
        cursors list = children_of(cursor);
        if (list.count > 0)
            n->name = harvest_spelling(h, list.items[0]);
        cursors_free(&list);
        h->function->has_goto = true;
        break;
    case CXCursor_IndirectGotoStmt:
        n = begin_node(h, parent, NODE_GOTO_COMPUTED, cursor);
        h->function->has_goto = h->function->has_computed_goto = true;
        other_statement(h, n, cursor);
        break;
    case CXCursor_BreakStmt:
        begin_node(h, parent, NODE_BREAK, cursor);
        break;
    case CXCursor_ContinueStmt:
        begin_node(h, parent, NODE_CONTINUE, cursor);
        break;
    case CXCursor_ReturnStmt:
        return_statement(h, parent, cursor);
        break;
    case CXCursor_GCCAsmStmt:
    case CXCursor_MSAsmStmt:
        asm_statement(h, parent, cursor);
        break;
    case CXCursor_NullStmt:
        break;
    default:
        if (clang_isExpression(clang_getCursorKind(cursor)))
            full_expression(h, parent, cursor, false);
        else
            other_statement(h, parent, cursor);
    }
}
