/* Warning: a mutex that this function locked is held across sync. */
#include <string.h>

#include "check_internal.h"

static bool is_one_of(const call *call, const char *const *names, size_t count)
{
    if (call->callee == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        if (strcmp(call->callee->name, names[i]) == 0)
            return true;
    return false;
}

bool check_lock_takes(const call *call)
{
    static const char *const names[] = {"pthread_mutex_lock", "mtx_lock", "pthread_spin_lock",
                                        "pthread_rwlock_rdlock", "pthread_rwlock_wrlock"};
    return is_one_of(call, names, sizeof names / sizeof *names);
}

bool check_lock_frees(const call *call)
{
    return call->callee != NULL && call->callee->may_unlock;
}

void check_lock_event(checked *c, const event *e, const uint64_t *state)
{
    if (e->kind != EVENT_NODE || e->node->kind != NODE_USE ||
        (e->node->use->kind != USE_SYNC && e->node->use->kind != USE_WAIT_FOR))
        return;
    for (size_t i = 0; i < c->mutex_count; i++) {
        const mutex *m = &c->mutexes[i];
        bool reported = state_has(state, m->first); /* some path does not hold it */
        for (size_t k = m->first + 1; k < m->first + m->count; k++) {
            if (reported || !state_has(state, k))
                continue;
            diag_add(c->d, DIAG_LOCK_HELD, check_node_place(c, e->node),
                     "mutex '%s' is held while this waits", m->text);
            diag_note(c->d, check_node_place(c, c->marks[k].node), "locked here");
            reported = true;
        }
    }
}
