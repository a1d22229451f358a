/* The order of the checks: see check.h. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "check_internal.h"

diag_place check_place(const checked *c, size_t begin, size_t end)
{
    return flatten_place(c->flat, begin, end);
}

diag_place check_node_place(const checked *c, const node *n)
{
    if (n->kind == NODE_USE)
        return check_place(c, n->use->word_begin, n->use->rparen + 1);
    return check_place(c, n->begin, n->end);
}

diag_place check_end_place(const checked *c, const node *n)
{
    if (n->kind == NODE_BLOCK || n->kind == NODE_FOR)
        return check_place(c, n->end - (n->end > n->begin), n->end);
    return check_node_place(c, n);
}

/* The cells and their variables may be spawned at exit only where a path says so. */
static void expect_nothing(checked *c)
{
    for (size_t i = 0; i < c->cell_count; i++)
        c->cells[i].var->spawned_at_exit = false;
    check_facts_expect(c);
}

static void see_event(checked *c, const event *e, const uint64_t *state)
{
    check_own_event(c, e, state);
    check_lost_event(c, e, state);
    check_frame_event(c, e, state);
    check_lock_event(c, e, state);
    check_facts_event(c, e, state);
}

static void see_paths(checked *c)
{
    uint64_t *state = mem_zalloc(c->words + 1, sizeof *state);
    expect_nothing(c);
    for (size_t i = 0; i < c->graph.count; i++) {
        const block *k = &c->graph.blocks[i];
        if (c->before[i] == NULL)
            continue;
        memcpy(state, c->before[i], c->words * sizeof *state);
        for (size_t e = 0; e < k->count; e++) {
            see_event(c, &k->events[e], state);
            check_flow_step(c, &k->events[e], state);
        }
    }
    free(state);
    check_lost_report(c);
    check_facts_finish(c);
}

static void free_checked(checked *c)
{
    for (size_t i = 0; c->before != NULL && i < c->graph.count; i++)
        free(c->before[i]);
    free(c->before);
    check_cfg_free(&c->graph);
    free(c->cells);
    free(c->marks);
    free(c->mutexes);
}

static void check_function(checked *c)
{
    check_facts_default(c->f);
    check_types(c);
    check_calls(c);
    check_cells_find(c);
    check_cfg_build(c);
    if (check_flow_solve(c))
        see_paths(c);
    free_checked(c);
}

bool check_unit(model *m, flatten *flat, diags *d)
{
    size_t before = diags_errors(d);
    check_calls_prepare(m);
    for (function *f = m->functions; f != NULL; f = f->next) {
        checked c = {.m = m, .flat = flat, .d = d, .f = f, .had_errors = f->has_errors};
        check_function(&c);
    }
    return diags_errors(d) == before;
}
