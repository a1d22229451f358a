/* The Tine words in expressions: spawn sites, uses of handles, and the calls they start. */
#include <stdint.h>
#include <string.h>

#include "harvest_internal.h"

word *harvest_word_of(const harvest *h, CXCursor cursor)
{
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    size_t begin, end;
    if (kind != CXCursor_ParenExpr && kind != CXCursor_CStyleCastExpr &&
        kind != CXCursor_IfStmt && kind != CXCursor_StmtExpr)
        return NULL;
    if (!parse_extent(h->u, cursor, &begin, &end))
        return NULL;
    word *w = parse_word_at(h->u, begin);
    if (w == NULL)
        return NULL;
    switch (w->kind) {
    case WORD_NONE:
    case WORD_FLOWVAR:
    case WORD_PENDING:
        return NULL;
    case WORD_SPAWN:
    case WORD_SUBMIT:
        return kind == CXCursor_CStyleCastExpr ? w : NULL;
    case WORD_SYNC_SCOPE:
    case WORD_SYNC_SCOPE_ON:
        return kind == CXCursor_IfStmt ? w : NULL;
    default:
        return kind == CXCursor_ParenExpr || kind == CXCursor_StmtExpr ? w : NULL;
    }
}

bool harvest_is_spawn(const word *w)
{
    return w->kind == WORD_SPAWN || w->kind == WORD_SPAWN_ON || w->kind == WORD_SUBMIT ||
           w->kind == WORD_SUBMIT_ON;
}

char *harvest_text(harvest *h, size_t begin, size_t end)
{
    char *text = arena_alloc(&h->m->arena, end - begin + 1);
    size_t len = 0;
    bool gap = false;
    for (size_t at = begin; at < end;) {
        size_t token = lex_skip_space(&h->u->lex, at);
        if (token >= end)
            break;
        gap = len > 0 && token > at;
        if (gap)
            text[len++] = ' ';
        at = lex_token_end(&h->u->lex, token);
        if (at > end)
            at = end;
        memcpy(text + len, h->u->lex.text + token, at - token);
        len += at - token;
    }
    text[len] = '\0';
    return text;
}

void harvest_error(harvest *h, enum diag_id id, size_t begin, size_t end, const char *message)
{
    diag_add(h->u->diags, id, parse_place(h->u, begin, end), "%s", message);
}

/* ---- operands ---------------------------------------------------------------------------------- */

struct operand_search {
    harvest *h;
    size_t begin, end;
    CXCursor found;
};

static enum CXChildVisitResult visit_operand(CXCursor cursor, CXCursor parent, CXClientData data)
{
    struct operand_search *search = data;
    size_t begin, end;
    (void)parent;
    if (clang_isExpression(clang_getCursorKind(cursor)) &&
        parse_extent(search->h->u, cursor, &begin, &end) && begin >= search->begin &&
        begin < search->end) {
        search->found = cursor;
        return CXChildVisit_Break;
    }
    return CXChildVisit_Recurse;
}

CXCursor harvest_operand(harvest *h, CXCursor cursor, size_t begin, size_t end)
{
    struct operand_search search = {h, begin, end, clang_getNullCursor()};
    clang_visitChildren(cursor, visit_operand, &search);
    return search.found;
}

/* ---- calls ------------------------------------------------------------------------------------- */

static CXType function_type_of(CXCursor callee_expression, CXCursor declaration)
{
    if (!clang_Cursor_isNull(declaration))
        return clang_getCursorType(declaration);
    CXType type = clang_getCursorType(callee_expression);
    CXType canonical = clang_getCanonicalType(type);
    if (canonical.kind == CXType_Pointer)
        return clang_getCanonicalType(clang_getPointeeType(canonical));
    return canonical;
}

static ctype *argument_type(harvest *h, CXType function, unsigned index, CXCursor argument)
{
    int count = clang_getNumArgTypes(function);
    CXType canonical = clang_getCanonicalType(function);
    if (canonical.kind != CXType_FunctionProto || (int)index >= count)
        return harvest_type(h, clang_getCursorType(argument));
    CXType type = clang_getArgType(function, index);
    switch (clang_getCanonicalType(type).kind) {
    case CXType_ConstantArray:
    case CXType_IncompleteArray:
    case CXType_VariableArray:
    case CXType_FunctionProto:
    case CXType_FunctionNoProto:
        return harvest_type(h, clang_getArgType(canonical, index));
    default:
        return harvest_type(h, type);
    }
}

static void read_argument(harvest *h, node *parent, CXCursor cursor, argument *a)
{
    node *before = parent->last;
    size_t end = harvest_end(h, cursor);
    if (parse_extent(h->u, cursor, &a->begin, &a->end) && end != SIZE_MAX)
        a->end = end;
    harvest_expression(h, parent, cursor, true);
    node *last = parent->last;
    a->value = last == before ? NULL : last;
    if (last == before || last == NULL || last->kind != NODE_ADDRESS || last->place.var == NULL)
        return;
    variable *v = last->place.var;
    if (last->place.kind != PLACE_ELSEWHERE &&
        (v->storage == STORAGE_LOCAL || v->storage == STORAGE_PARAM)) {
        a->is_local_address = true;
        a->local = v;
    }
}

/* Whether callee and parentheses stand in the buffer as they are in the tree. */
static void locate_call(harvest *h, CXCursor cursor, CXCursor callee_expression, call *c)
{
    const lexer *l = &h->u->lex;
    c->lparen = c->rparen = SIZE_MAX;
    if (!parse_extent(h->u, cursor, &c->begin, &c->end) ||
        !parse_extent(h->u, callee_expression, &c->callee_begin, &c->callee_end))
        return;
    c->callee_end = harvest_end(h, callee_expression);
    CXCursor inner = harvest_strip(h, callee_expression);
    size_t name, name_end;
    if (clang_getCursorKind(inner) == CXCursor_DeclRefExpr &&
        parse_extent(h->u, inner, &name, &name_end)) {
        char *spelling = harvest_spelling(h, inner);
        if (!lex_is(l, name, spelling))
            return;
    }
    size_t open = lex_skip_space(l, c->callee_end);
    if (open >= l->len || l->text[open] != '(')
        return;
    /* Where the tree says that it ends: lines of a false #if may hold parentheses of their own. */
    bool ends = c->end > open && c->end <= l->len && l->text[c->end - 1] == ')';
    size_t close = ends ? c->end - 1 : lex_match(l, open);
    if (close == SIZE_MAX)
        return;
    c->lparen = open;
    c->rparen = close;
    c->is_literal = ends;
    c->end = close + 1;
}

void harvest_call(harvest *h, node *parent, CXCursor cursor, call *c)
{
    cursors list = children_of(cursor);
    CXCursor target = clang_getNullCursor();
    if (list.count == 0)
        return;
    CXCursor callee_expression = list.items[0];
    CXCursor inner = harvest_strip(h, callee_expression);
    locate_call(h, cursor, callee_expression, c);
    if (clang_getCursorKind(inner) == CXCursor_DeclRefExpr)
        target = clang_getCursorReferenced(inner);
    if (clang_getCursorKind(target) == CXCursor_FunctionDecl) {
        size_t at;
        c->callee = harvest_callee(h, target);
        CXSourceLocation location = clang_getCursorLocation(target);
        if (clang_equalLocations(location, clang_getNullLocation()) ||
            (parse_offset(h->u, location, &at) && at == c->callee_begin))
            c->callee->is_implicit = !c->callee->is_builtin;
        c->function_type = harvest_type(h, clang_getCursorType(callee_expression));
    } else {
        target = clang_getNullCursor();
        c->function_type = harvest_type(h, clang_getCursorType(callee_expression));
        harvest_expression(h, parent, callee_expression, true);
    }
    CXType function = function_type_of(callee_expression, target);
    int count = clang_Cursor_getNumArguments(cursor);
    c->arg_count = count > 0 ? (unsigned)count : 0;
    c->args = arena_alloc(&h->m->arena, c->arg_count * sizeof *c->args + 1);
    for (unsigned i = 0; i < c->arg_count; i++) {
        CXCursor argument = clang_Cursor_getArgument(cursor, i);
        read_argument(h, parent, argument, &c->args[i]);
        c->args[i].type = argument_type(h, function, i, argument);
    }
    c->result = harvest_type(h, clang_getCursorType(cursor));
    cursors_free(&list);
}

/* ---- spawn ------------------------------------------------------------------------------------- */

static const char *const no_call_message =
    "operand of spawn must be a function call, such as spawn f(x)";

static bool check_call(harvest *h, const spawn *s)
{
    const call *c = &s->call;
    const char *name = c->callee == NULL ? "" : c->callee->name;
    diag_place at = parse_place(h->u, c->callee_begin, c->callee_end);
    if (c->callee != NULL && (c->callee->is_builtin || c->callee->returns_twice)) {
        diag_add(h->u->diags, DIAG_NOT_A_REAL_CALL, at,
                 "'%s' is not a function that can run as a task", name);
        return false;
    }
    if (c->callee != NULL && c->callee->is_implicit) {
        diag_add(h->u->diags, DIAG_UNDECLARED, at, "call of undeclared function '%s' in spawn",
                 name);
        return false;
    }
    if (!c->is_literal) {
        diag_add(h->u->diags, DIAG_UNSUPPORTED, parse_place(h->u, s->begin, s->end),
                 "the call to spawn comes out of a macro in a way that cannot be translated");
        return false;
    }
    if (c->arg_count > 127) {
        diag_add(h->u->diags, DIAG_TOO_MANY_ARGUMENTS, at,
                 "a spawned call can have at most 127 arguments, this one has %u", c->arg_count);
        return false;
    }
    return true;
}

/* The call under a spawn, or a null cursor. */
static CXCursor find_call(harvest *h, CXCursor cursor, size_t begin, size_t end)
{
    CXCursor operand = harvest_operand(h, cursor, begin, end);
    if (clang_Cursor_isNull(operand))
        return operand;
    operand = harvest_strip(h, operand);
    size_t at, behind;
    while (clang_getCursorKind(operand) == CXCursor_UnaryOperator &&
           parse_extent(h->u, operand, &at, &behind) && lex_is(&h->u->lex, at, "__extension__"))
        operand = harvest_strip(h, harvest_operand(h, operand, lex_next(&h->u->lex, at), end));
    bool is_call = clang_getCursorKind(operand) == CXCursor_CallExpr &&
                   harvest_word_of(h, operand) == NULL;
    return is_call ? operand : clang_getNullCursor();
}

/* Where the operand of a spawn begins, and ends if it is one of a list. */
static size_t operand_begin(const harvest *h, const word *w, size_t *end)
{
    const lexer *l = &h->u->lex;
    bool on = w->lparen != SIZE_MAX;
    *end = on ? w->rparen : SIZE_MAX;
    return lex_skip_space(l, on ? lex_argument_end(l, w->lparen + 1) + 1 : w->end);
}

bool harvest_spawns_call(harvest *h, CXCursor cursor, const word *w)
{
    size_t end, begin = operand_begin(h, w, &end);
    return !clang_Cursor_isNull(find_call(h, cursor, begin, end));
}

static bool is_macro_call(harvest *h, size_t at)
{
    static const char *const names[] = {"va_arg", "setjmp", "sigsetjmp", "alloca", "offsetof"};
    static const char *const families[] = {"__builtin_", "__atomic_", "__c11_atomic_", "__sync_"};
    const lexer *l = &h->u->lex;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (lex_is(l, at, names[i]))
            return true;
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        if (at < l->len && strncmp(l->text + at, families[i], strlen(families[i])) == 0)
            return true;
    return false;
}

static spawn *refuse(harvest *h, const word *w, size_t at)
{
    size_t end = lex_token_end(&h->u->lex, at);
    if (is_macro_call(h, at))
        harvest_error(h, DIAG_NOT_A_REAL_CALL, at, end,
                      "this is not a function that can run as a task");
    else
        harvest_error(h, DIAG_NOT_A_CALL, at < h->u->lex.len ? at : w->begin, end,
                      no_call_message);
    return NULL;
}

void harvest_check_executor(harvest *h, CXCursor executor)
{
    size_t begin, end;
    if (clang_Cursor_isNull(executor) || !parse_extent(h->u, executor, &begin, &end))
        return;
    CXType type = clang_getCanonicalType(clang_getCursorType(executor));
    CXString name = clang_getTypeSpelling(type);
    const char *text = clang_getCString(name);
    bool fits = type.kind == CXType_Pointer && (strstr(text, "struct tine_executor *") != NULL ||
                                                strcmp(text, "void *") == 0);
    if (!fits && type.kind != CXType_NullPtr)
        diag_add(h->u->diags, DIAG_NOT_AN_EXECUTOR,
                 parse_place(h->u, begin, harvest_end(h, executor)),
                 "'%s' is not a 'tine_executor *'", text);
    clang_disposeString(name);
}

static void attach_spawn(harvest *h, spawn *s)
{
    s->function = h->function;
    s->scope_depth = h->scope_depth;
    s->loop_depth = h->loop_depth;
    *h->last_spawn = s;
    h->last_spawn = &s->next;
}

spawn *harvest_spawn(harvest *h, node *parent, CXCursor cursor, word *w)
{
    const lexer *l = &h->u->lex;
    bool on = w->lparen != SIZE_MAX;
    size_t to, from = operand_begin(h, w, &to);
    bool again = w->site != NULL;
    spawn *s = again ? w->site : arena_alloc(&h->m->arena, sizeof *s);
    w->seen = true;
    s->word_begin = s->begin = w->begin;
    s->word_end = w->end;
    s->at = harvest_location(h, w->begin);
    s->kind = w->kind == WORD_SPAWN      ? SPAWN
              : w->kind == WORD_SPAWN_ON ? SPAWN_ON
              : w->kind == WORD_SUBMIT   ? SPAWN_SUBMIT
                                         : SPAWN_SUBMIT_ON;
    if (on) {
        size_t comma = lex_argument_end(l, w->lparen + 1);
        s->executor_begin = w->lparen + 1;
        s->executor_end = comma;
        CXCursor executor = harvest_operand(h, cursor, w->lparen + 1, comma);
        harvest_check_executor(h, executor);
        if (!clang_Cursor_isNull(executor))
            harvest_expression(h, parent, executor, true);
    }
    CXCursor operand = find_call(h, cursor, from, to);
    if (clang_Cursor_isNull(operand))
        return refuse(h, w, from);
    harvest_call(h, parent, operand, &s->call);
    s->end = on ? w->rparen + 1 : s->call.end;
    size_t outside = lex_skip_space(l, on ? from : w->end); /* spawn (f(x)) */
    if (outside < s->call.begin && s->call.rparen != SIZE_MAX && l->text[outside] == '(') {
        size_t close = lex_match(l, outside);
        if (!on && close != SIZE_MAX)
            s->end = close + 1;
    }
    if (!check_call(h, s))
        return NULL;
    if (!again)
        attach_spawn(h, s);
    w->site = s;
    node *n = node_new(&h->m->arena, parent, NODE_SPAWN, s->begin, s->end);
    n->spawn = s;
    return s;
}

/* ---- uses -------------------------------------------------------------------------------------- */

static use_kind use_kind_of(word_kind kind)
{
    switch (kind) {
    case WORD_WAIT_FOR:
        return USE_WAIT_FOR;
    case WORD_IS_SPAWNED:
    case WORD_IS_SUBMITTED:
        return USE_IS_SPAWNED;
    case WORD_IS_READY:
        return USE_IS_READY;
    case WORD_MOVE:
        return USE_MOVE;
    default:
        return USE_SYNC;
    }
}

const char *harvest_written(harvest *h, const ctype *t)
{
    if (t->flow != FLOW_VAR && t->flow != FLOW_PENDING)
        return t->written;
    return arena_printf(&h->m->arena, "%s(%s)", t->flow == FLOW_VAR ? "flowvar" : "tine_pending",
                        t->result->written);
}

static void check_use(harvest *h, const use *x, const word *w)
{
    flow_kind flow = x->place.type->flow;
    bool pending = w->kind == WORD_WAIT_FOR || w->kind == WORD_IS_SUBMITTED;
    bool either = w->kind == WORD_IS_READY || w->kind == WORD_MOVE;
    bool fits = either ? flow == FLOW_VAR || flow == FLOW_PENDING
                       : flow == (pending ? FLOW_PENDING : FLOW_VAR);
    if (w->is_reported)
        return;
    if (!fits)
        diag_add(h->u->diags, DIAG_NOT_A_FLOWVAR, parse_place(h->u, x->place.begin, x->place.end),
                 "'%s' is not a %s but '%s'", x->text, pending ? "tine_pending" : "flowvar",
                 harvest_written(h, x->place.type));
    else if (x->kind == USE_MOVE && x->place.kind == PLACE_VALUE)
        diag_add(h->u->diags, DIAG_NOT_AN_LVALUE, parse_place(h->u, x->place.begin, x->place.end),
                 "flowvar_move needs an lvalue; '%s' is already a value", x->text);
}

static void harvest_use(harvest *h, node *parent, CXCursor cursor, word *w, bool used)
{
    CXCursor operand = w->lparen == SIZE_MAX
                           ? clang_getNullCursor()
                           : harvest_operand(h, cursor, w->lparen + 1, w->rparen);
    if (clang_Cursor_isNull(operand)) {
        harvest_error(h, DIAG_UNSUPPORTED, w->begin, w->end,
                      "the operand comes out of a macro in a way that cannot be translated");
        return;
    }
    bool again = w->site != NULL;
    use *x = again ? w->site : arena_alloc(&h->m->arena, sizeof *x);
    x->kind = use_kind_of(w->kind);
    x->word_begin = w->begin;
    x->word_end = w->end;
    x->at = harvest_location(h, w->begin);
    x->lparen = w->lparen;
    x->rparen = w->rparen;
    x->text = harvest_text(h, w->lparen + 1, w->rparen);
    x->place = harvest_place(h, parent, operand);
    x->place.begin = w->lparen + 1;
    x->place.end = w->rparen;
    x->result_unused = !used;
    x->function = h->function;
    if (!again) {
        check_use(h, x, w);
        *h->last_use = x;
        h->last_use = &x->next;
        w->site = x;
    }
    node *n = node_new(&h->m->arena, parent, NODE_USE, w->begin, w->rparen + 1);
    n->use = x;
}

bool harvest_word(harvest *h, node *parent, CXCursor cursor, bool used)
{
    word *w = harvest_word_of(h, cursor);
    if (w == NULL)
        return false;
    w->seen = true;
    if (harvest_is_spawn(w)) {
        spawn *s = harvest_spawn(h, parent, cursor, w);
        if (s != NULL)
            s->target_kind = used ? TARGET_VALUE : TARGET_NONE;
    } else {
        harvest_use(h, parent, cursor, w, used);
    }
    return true;
}
