/* The planned model into edits of the buffer: see emit.h. */
#include "emit_internal.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* ---- small texts ------------------------------------------------------------------------------- */

void emit_quote(str *out, const char *text)
{
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\')
            str_printf(out, "\\%c", c);
        else if (c == '?')
            str_puts(out, "\\?");
        else if (c < ' ' || c == 127)
            str_printf(out, "\\%03o", c);
        else
            str_putc(out, (char)c);
    }
}

static void add_file(str *out, const char *file)
{
    str_putc(out, '"');
    for (; *file != '\0'; file++) {
        if (*file == '"' || *file == '\\')
            str_putc(out, '\\');
        str_putc(out, *file);
    }
    str_putc(out, '"');
}

void emit_line(str *out, location at)
{
    str_printf(out, "#line %u ", at.line);
    add_file(out, at.file);
    str_putc(out, '\n');
}

/* What stands between the user's text and a helper: a line of Tine's own. */
void emit_own_line(str *out)
{
    str_puts(out, "#line 1 \"<tine>\"\n");
}

/* In optimised code the lines are the word's: gdb forgets a line whose first instruction belongs to a line
 * of another file as well, so that nobody could stop there. In other code a breakpoint would stop in
 * the word's line and again in the helper. */
void emit_place(const emit *e, str *out, size_t begin, location at)
{
    char *text = mem_strdup(str_cstr(out) + begin);
    out->len = begin;
    emit_own_line(out);
    for (const char *line = text; *line != '\0';) {
        size_t len = strcspn(line, "\n");
        if (e->plan->is_merged)
            emit_line(out, at);
        str_add(out, line, len);
        str_putc(out, '\n');
        line += len + (line[len] == '\n');
    }
    if (e->plan->is_merged)
        emit_own_line(out);
    free(text);
}

unsigned emit_levels(const emit *e)
{
    return e->plan->levels;
}

static bool is_simple_type(const char *text)
{
    bool stars = false;
    for (; *text != '\0'; text++) {
        if (*text == '*')
            stars = true;
        else if (!lex_is_ident(*text) && *text != ' ')
            return false;
        else if (stars && *text != ' ')
            return false; /* int *const */
    }
    return true;
}

const char *emit_type(emit *e, const ctype *t, size_t begin, size_t end)
{
    if (t->text == NULL) {
        diag_add(e->diags, DIAG_UNSUPPORTED, flatten_place(e->flat, begin, end),
                 "the type '%s' cannot be named outside of the function '%s'", t->written,
                 e->function->name);
        return "int";
    }
    if (is_simple_type(t->text))
        return t->text;
    return arena_printf(&e->m->arena, "__typeof__(%s)", t->text);
}

const char *emit_handle_type(emit *e, const ctype *t)
{
    if (t->flow == FLOW_VAR)
        return arena_printf(&e->m->arena, "tine_flowvar(%s)", emit_type(e, t->result, 0, 0));
    return emit_type(e, t, 0, 0);
}

void emit_declare(emit *e, str *out, const ctype *t, const char *name, size_t begin, size_t end)
{
    const char *type = emit_type(e, t, begin, end);
    bool star = type[0] != '\0' && type[strlen(type) - 1] == '*';
    str_printf(out, "%s%s%s", type, star ? "" : " ", name);
}

/* Whether the compiler warns of declarations behind statements. */
bool emit_orders_declarations(const emit *e)
{
    bool orders = false;
    for (size_t i = 0; i < e->m->flag_count; i++) {
        const char *flag = e->m->flags[i];
        if (strcmp(flag, "-Wdeclaration-after-statement") == 0 ||
            strcmp(flag, "-Werror=declaration-after-statement") == 0)
            orders = true;
        else if (strcmp(flag, "-Wno-declaration-after-statement") == 0)
            orders = false;
    }
    return orders;
}

/* The order in helpers is Tine's business. */
static void add_helpers(const emit *e, str *out, const char *text)
{
    bool quiet = text[0] != '\0' && emit_orders_declarations(e);
    if (quiet)
        str_puts(out, "#pragma GCC diagnostic push\n"
                      "#pragma GCC diagnostic ignored \"-Wdeclaration-after-statement\"\n");
    str_puts(out, text);
    if (quiet)
        str_puts(out, "#pragma GCC diagnostic pop\n");
}

/* ---- heads of clones --------------------------------------------------------------------------- */

/* One body in the program, however many units have the inline function. */
#define OUTLINED "__attribute__((weak, visibility(\"hidden\"))) "

/* The head of a clone, as changes of the user's: static, another name, two more parameters. */
static void edit_head(emit *e, edits *into)
{
    const function *f = e->function;
    const lexer *l = e->lex;
    static const char *const dropped[] = {"static", "extern", "inline", "__inline", "__inline__"};
    char *names[PLAN_MAX_LEVELS], *starts[PLAN_MAX_LEVELS];
    for (unsigned level = 0; level < e->plan->levels; level++) {
        names[level] = names_clone(f->name, level);
        starts[level] = mem_strdup(level > 0                ? "TINE__INLINE "
                                   : e->plan->is_outlined ? OUTLINED
                                                          : "static ");
    }
    edits_replace_levels(into, f->begin, f->begin, starts, e->plan->levels);
    edits_replace_levels(into, f->name_begin, f->name_end, names, e->plan->levels);
    for (size_t at = f->begin; at < f->name_begin; at = lex_next(l, at))
        for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
            if (lex_is(l, at, dropped[i])) {
                size_t end = lex_token_end(l, at);
                edits_replace(into, at, end + (l->text[end] == ' '), "");
            }
    const char *more = "tine_worker *tine__w, tine_task *tine__t";
    if (e->plan->is_outlined)
        return;
    size_t first = lex_skip_space(l, f->params_begin + 1);
    if (f->param_count > 0) {
        edits_insert(into, f->params_begin + 1, 0, more);
        edits_insert(into, f->params_begin + 1, 1, ", ");
    } else if (lex_is(l, first, "void")) {
        edits_replace(into, first, lex_token_end(l, first), more);
    } else {
        edits_insert(into, f->params_begin + 1, 0, more);
    }
}

void emit_collapsed(str *out, const char *text, size_t len)
{
    lexer l = {text, len};
    for (size_t at = lex_skip_space(&l, 0), last = at; at < l.len;) {
        size_t end = lex_token_end(&l, at);
        if (at > last)
            str_putc(out, ' ');
        str_add(out, text + at, end - at);
        last = end;
        at = lex_skip_space(&l, end);
    }
}

static void add_prototypes(emit *e, str *out)
{
    edits head = {0};
    edit_head(e, &head);
    for (unsigned level = 0; level < e->plan->levels; level++) {
        str text = {0};
        edits_render(&head, &text, e->lex->text, e->function->begin, e->function->params_end, level);
        emit_collapsed(out, str_cstr(&text), text.len);
        str_puts(out, ";\n");
        str_free(&text);
    }
    edits_free(&head);
}

/* Declares the clones of functions that stand further down and are called here. */
static void add_forward(emit *e, str *out)
{
    const function *f = e->function;
    if (!e->plan->has_frame || f->has_setjmp)
        return;
    for (const callee_ref *r = f->calls; r != NULL; r = r->next) {
        const function *later = r->callee->definition;
        bool again = false;
        for (const callee_ref *q = f->calls; q != r && !again; q = q->next)
            again = q->callee == r->callee;
        if (again || later == NULL || !plan_is_later(f, later) || !plan_calls_clone(f, r->callee))
            continue;
        char *name = names_clone(later->name, 0);
        str_printf(out, "static __typeof__(%s) %s(tine_worker *, tine_task *",
                   later->result->canonical, name); /* a typedef may come between the two */
        for (unsigned i = 0; i < later->param_count; i++)
            str_printf(out, ", __typeof__(%s)", later->params[i].type->canonical);
        str_puts(out, ");\n");
        free(name);
    }
}

/* The function under its own name: enters the runtime and goes on in the clone. */
static void add_wrapper(emit *e, str *out)
{
    const function *f = e->function;
    char *head = mem_strndup(e->lex->text + f->begin, f->params_end - f->begin);
    char *clone = names_clone(f->name, 0);
    emit_line(out, f->at);
    if (f->is_static) /* every caller may call the clone */
        str_puts(out, "__attribute__((unused)) ");
    emit_collapsed(out, head, f->params_end - f->begin);
    const char *result = f->result->is_void ? "" : "return ";
    if (e->plan->is_outlined)
        str_printf(out, "\n{ %s%s(", result, clone);
    else
        str_printf(out, "\n{ tine_worker *tine__w = tine__worker(); "
                        "%s%s(tine__w, tine__top(tine__w)", result, clone);
    for (unsigned i = 0; i < f->param_count; i++)
        str_printf(out, "%s%s", i > 0 || !e->plan->is_outlined ? ", " : "", f->params[i].name);
    str_puts(out, "); }\n");
    free(head);
    free(clone);
}

/* ---- functions --------------------------------------------------------------------------------- */

/* A clone has another name than its function; what it calls itself is the user's name. */
static void add_own_names(const function *f, str *out, bool begin)
{
    static const char *const names[] = {"__func__", "__FUNCTION__", "__PRETTY_FUNCTION__"};
    if (begin) {
        str_printf(out, "#define __func__ \"%s\"\n#define __FUNCTION__ \"%s\"\n", f->name, f->name);
        str_printf(out, "#ifdef __clang__\n#define __PRETTY_FUNCTION__ \"%s\"\n#else\n"
                        "#define __PRETTY_FUNCTION__ \"%s\"\n#endif\n", f->pretty_name, f->name);
        return;
    }
    str_putc(out, '\n');
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        str_printf(out, "#undef %s\n", names[i]);
}

static bool add_copy(emit *e, str *out, unsigned level)
{
    const function *f = e->function;
    bool renamed = f->has_name_use && (e->plan->is_cloned || e->plan->is_outlined);
    add_helpers(e, out, str_cstr(&e->per_level[level]));
    if (renamed)
        add_own_names(f, out, true);
    emit_line(out, f->at);
    bool ok = edits_render(&e->body, out, e->lex->text, f->begin, f->body_end, level);
    if (renamed) {
        add_own_names(f, out, false);
        if (level == 0)
            emit_line(out, f->end_at);
    }
    return ok;
}

static bool has_changes(const emit *e)
{
    return e->body.count > 0 || e->first.len > 0 || e->plan->is_asked;
}

static bool is_at_line_start(const emit *e, size_t offset)
{
    return offset == 0 || e->lex->text[offset - 1] == '\n';
}

/* Replaces the function by its helpers, its copies and, last and in its place, itself. */
static bool write_function(emit *e)
{
    const function *f = e->function;
    bool ok = true;
    str out = {0};
    if (!is_at_line_start(e, f->begin))
        str_putc(&out, '\n');
    emit_own_line(&out);
    add_forward(e, &out);
    bool moved = e->plan->is_cloned || e->plan->is_outlined;
    if (moved) {
        add_prototypes(e, &out);
        edit_head(e, &e->body);
    }
    emit_base_helpers(e, &out);
    add_helpers(e, &out, str_cstr(&e->first));
    if (moved)
        add_wrapper(e, &out);
    for (unsigned level = e->plan->levels; level-- > 1;) {
        emit_own_line(&out);
        str_puts(&out, "TINE__SAME_TEXT_AGAIN\n");
        ok = ok && add_copy(e, &out, level);
        str_puts(&out, "\nTINE__SAME_TEXT_ENDS\n");
    }
    emit_own_line(&out);
    ok = ok && add_copy(e, &out, 0);
    edits_replace_str(&e->file, f->begin, f->body_end, &out);
    return ok;
}

/* A function that is all in a macro, or whose braces are, has nowhere for a frame. */
static bool check_literal(emit *e)
{
    const function *f = e->function;
    if (f->is_literal || (!e->plan->has_frame && f->spawns == NULL))
        return true;
    if (lex_bracket(e->lex, f->body_begin, '{') > 0)
        return true;
    diag_add(e->diags, DIAG_UNSUPPORTED, flatten_place(e->flat, f->begin, f->body_begin),
             "the braces of the function '%s' come from a macro", f->name);
    return false;
}

/* The first label or computed goto between two places of the source, or NULL. */
static const node *find_jump(const node *n, size_t begin, size_t end)
{
    bool jumps = n->kind == NODE_LABEL || n->kind == NODE_GOTO_COMPUTED || n->kind == NODE_ASM_GOTO;
    if (jumps && n->begin >= begin && n->begin < end)
        return n;
    for (const node *child = n->first; child != NULL; child = child->next) {
        const node *found = find_jump(child, begin, end);
        if (found != NULL)
            return found;
    }
    return NULL;
}

/* A computed goto may leave a block without its cleanup, or enter one behind it: no scope may hold
 * one, nor a label that it could go to. */
static bool check_scopes(emit *e)
{
    const function *f = e->function;
    for (const scope *s = f->scopes; f->has_computed_goto && s != NULL; s = s->next) {
        const node *jump = find_jump(f->body, s->body_begin, s->body_end);
        if (jump == NULL)
            continue;
        diag_add(e->diags, DIAG_UNSUPPORTED, flatten_place(e->flat, s->word_begin, s->word_end),
                 "sync_scope cannot hold %s",
                 jump->kind == NODE_LABEL ? "a label in a function with a computed goto"
                                          : "a computed goto");
        return false;
    }
    return true;
}

static bool emit_function(emit *e, function *f)
{
    bool ok = true;
    e->function = f;
    e->plan = f->plan;
    /* setjmp forgets what is kept in registers: the runtime is entered anew each time. */
    e->frame = f->has_setjmp ? "(tine_frame[1]){tine__enter()}" : "&tine__f";
    if (!check_literal(e) || !check_scopes(e))
        return false;
    emit_body_edits(e);
    if (has_changes(e))
        ok = write_function(e);
    if (!ok)
        diag_add(e->diags, DIAG_UNSUPPORTED, flatten_place(e->flat, f->begin, f->body_begin),
                 "two changes of the function '%s' meet at one place", f->name);
    edits_free(&e->body);
    str_clear(&e->first);
    for (unsigned level = 0; level < PLAN_MAX_LEVELS; level++)
        str_clear(&e->per_level[level]);
    return ok;
}

bool emit_unit(model *m, const lexer *text, flatten *flat, diags *d, str *out)
{
    emit e = {.m = m, .lex = text, .flat = flat, .diags = d};
    bool ok = true;
    size_t before = diags_errors(d);
    for (function *f = m->functions; f != NULL; f = f->next)
        ok = emit_function(&e, f) && ok;
    ok = ok && edits_render(&e.file, out, text->text, 0, text->len, 0);
    edits_free(&e.file);
    names_free(&e.names);
    str_free(&e.first);
    for (unsigned level = 0; level < PLAN_MAX_LEVELS; level++)
        str_free(&e.per_level[level]);
    return ok && diags_errors(d) == before;
}
