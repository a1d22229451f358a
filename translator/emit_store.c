/* Assignments to local handles that may have a task already: the right operand is evaluated, then the old
 * task is waited for, then the new handle is stored.
 *
 *   x = spawn f(a)    ->  x = tine__spawn_f_8(&tine__f, &x, a)
 *   x = start()       ->  x = tine__replace_x_8(&x, start())
 *   v[i++] = start()  ->  ({ tine_flowvar(int) *tine__to = &(v[i++]);
 *                            *tine__to = tine__replace_v_8(tine__to, start()); })
 */
#include "emit_internal.h"

#include <stdint.h>

/* The = behind the left operand of an assignment; SIZE_MAX: it does not stand in the text. */
static size_t find_equals(const emit *e, const place *to)
{
    size_t at = to->end > to->begin ? lex_skip_space(e->lex, to->end) : e->lex->len;
    bool found = at < e->lex->len && e->lex->text[at] == '=' && e->lex->text[at + 1] != '=';
    return found ? at : SIZE_MAX;
}

/* The end of the operand that begins at a place: before a comma, a semicolon, a closing bracket or the
 * colon of a conditional around it. */
static size_t operand_end(const emit *e, size_t at)
{
    size_t end = at, stop = lex_argument_end(e->lex, at);
    for (size_t choices = 0; at < stop && at < e->lex->len; at = lex_skip_space(e->lex, end)) {
        bool opens = lex_bracket(e->lex, at, '(') > 0 || lex_bracket(e->lex, at, '[') > 0 ||
                     lex_bracket(e->lex, at, '{') > 0;
        size_t close = opens ? lex_match(e->lex, at) : at;
        if (close == SIZE_MAX || (e->lex->text[at] == ':' && choices-- == 0))
            break;
        choices += e->lex->text[at] == '?';
        end = lex_token_end(e->lex, close);
    }
    return end;
}

static bool is_whole(const place *to)
{
    return to->kind == PLACE_VARIABLE;
}

static const char *address_of(emit *e, const place *to)
{
    if (!is_whole(to))
        return "tine__to";
    const variable_plan *p = to->var->plan;
    return arena_printf(&e->m->arena, "&%s", p->is_hoisted ? p->alias : to->var->name);
}

/* Evaluates the left operand once, unless it is a variable. */
static void point_at(emit *e, const place *to, size_t end)
{
    if (is_whole(to))
        return;
    const char *type = emit_handle_type(e, to->type);
    edits_insert(&e->body, to->begin, 0,
                 arena_printf(&e->m->arena, "__extension__({ %s *tine__to = &(", type));
    edits_insert(&e->body, to->end, 0, "); *tine__to");
    edits_insert(&e->body, end, 2, "; })");
}

bool emit_takes_old(emit *e, const spawn *s)
{
    return is_whole(&s->target) || find_equals(e, &s->target) != SIZE_MAX;
}

const char *emit_old_address(emit *e, const spawn *s)
{
    if (!is_whole(&s->target))
        point_at(e, &s->target, operand_end(e, lex_skip_space(e->lex, find_equals(e, &s->target) + 1)));
    return address_of(e, &s->target);
}

static void edit_store(emit *e, store *s)
{
    size_t equals = find_equals(e, &s->target);
    if (!s->may_be_spawned || !plan_drops_old(&s->target) || equals == SIZE_MAX)
        return;
    const char *name = emit_replace_helper(e, s);
    if (name == NULL)
        return;
    size_t begin = lex_skip_space(e->lex, equals + 1), end = operand_end(e, begin);
    edits_insert(&e->body, begin, 0,
                 arena_printf(&e->m->arena, "%s(%s, ", name, address_of(e, &s->target)));
    edits_insert(&e->body, end, 2, ")");
    point_at(e, &s->target, end);
}

void emit_store_edits(emit *e)
{
    for (store *s = e->function->stores; s != NULL; s = s->next)
        edit_store(e, s);
}
