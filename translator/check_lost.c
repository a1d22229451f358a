/* Warnings about results that are lost: handles that are never synced, or on some paths only. */
#include "check_internal.h"

/* What an event does to the handles that come to it. */
enum fate { FATE_NONE, FATE_TAKEN, FATE_LOST };

static enum fate fate_of(const event *e)
{
    if (e->kind == EVENT_EXIT)
        return FATE_LOST;
    if (e->kind != EVENT_NODE)
        return FATE_NONE;
    switch (e->node->kind) {
    case NODE_RETURN:
    case NODE_COPY:
    case NODE_ADDRESS:
        return FATE_TAKEN;
    case NODE_STORE:
        return FATE_LOST;
    case NODE_SPAWN:
        return e->node->spawn->target_kind == TARGET_ASSIGN ? FATE_LOST : FATE_NONE;
    case NODE_USE:
        return e->node->use->kind == USE_IS_SPAWNED || e->node->use->kind == USE_IS_READY
                   ? FATE_NONE
                   : FATE_TAKEN;
    default:
        return FATE_NONE;
    }
}

/* Whether the paths that come here with a task in the handle are no fancy: on the others, it was
 * synced or moved, not left unspawned for a reason that the syncs may know too. */
static bool is_sure(const checked *c, const uint64_t *state, size_t index)
{
    return !check_cell_has(c, state, index, MARK_EMPTY) &&
           !check_cell_has(c, state, index, MARK_UNKNOWN) &&
           !check_cell_has(c, state, index, MARK_ESCAPED) &&
           !check_cell_has(c, state, index, MARK_GUARDED) &&
           !check_cell_has(c, state, index, MARK_ASKED);
}

static void meet(checked *c, size_t index, const event *e, const uint64_t *state, enum fate fate)
{
    const cell *k = &c->cells[index];
    bool escaped = check_cell_has(c, state, index, MARK_ESCAPED);
    for (size_t i = k->first + CELL_MARKS; i < k->first + k->count; i++) {
        mark *m = &c->marks[i];
        if (m->kind != MARK_SPAWNED)
            continue;
        if (fate == FATE_TAKEN && (k->is_weak || state_has(state, i)))
            m->is_taken = true;
        if (fate != FATE_LOST || !state_has(state, i) || (k->is_weak && e->kind != EVENT_EXIT))
            continue;
        m->is_taken |= escaped;
        m->is_lost = true;
        if (m->lost_at == NULL || (!m->is_lost_sure && is_sure(c, state, index)))
            m->lost_at = e->node;
        m->is_lost_sure |= is_sure(c, state, index);
    }
}

void check_lost_event(checked *c, const event *e, const uint64_t *state)
{
    enum fate fate = fate_of(e);
    if (fate == FATE_NONE)
        return;
    cell_range r = e->kind == EVENT_EXIT ? check_cells_of_variable(c, e->var)
                                         : check_cells_of_node(c, e->node);
    for (size_t i = r.first; i < r.first + r.count; i++)
        meet(c, i, e, state, fate);
}

static void note_end(checked *c, const mark *m, const char *name)
{
    const node *n = m->lost_at;
    if (n->kind == NODE_SPAWN || n->kind == NODE_STORE)
        diag_note(c->d, check_node_place(c, n), "'%s' is assigned again here", name);
    else
        diag_note(c->d, check_end_place(c, n), "'%s' leaves its scope here", name);
}

void check_lost_report(checked *c)
{
    for (size_t i = 0; i < c->mark_count; i++) {
        const mark *m = &c->marks[i];
        if (m->kind != MARK_SPAWNED || !m->is_lost || m->is_reported)
            continue;
        const char *name = check_cell_name(c, m->cell);
        const char *verb = m->node->spawn->kind == SPAWN_SUBMIT ||
                                   m->node->spawn->kind == SPAWN_SUBMIT_ON
                               ? "waited for"
                               : "synced";
        if (!m->is_taken)
            diag_add(c->d, DIAG_NEVER_SYNCED, check_node_place(c, m->node),
                     "'%s' is spawned here and never %s", name, verb);
        else if (m->is_lost_sure && !c->cells[m->cell].is_weak)
            diag_add(c->d, DIAG_SOMETIMES_SYNCED, check_node_place(c, m->node),
                     "'%s' is spawned here and %s on some paths only", name, verb);
        else
            continue;
        note_end(c, m, name);
    }
}
