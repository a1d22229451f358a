/* Which CPUs are near which: for the order in which thieves look for work, and for pinning. */
#ifndef TINE_TOPOLOGY_H
#define TINE_TOPOLOGY_H

#include "os.h"

/* Whether there is more than one last-level cache or NUMA node among the CPUs that the process may use;
 * false where that is not known. This and the next two read it from the system at the first call
 * (tens of microseconds a CPU). Any thread. */
bool topology_matters(void);

/* Where a CPU is; NULL: not known. Stays valid. */
const struct os_place *topology_place(int cpu);

/* The CPU for the n-th pinned thread (modulo their number): every core once before any gets a second
 * thread, those of one node and cache next to each other. -1: not known. */
int topology_cpu(unsigned n);

/* From near to far. What is not known is near: then there is only one distance. */
enum distance { SAME_CACHE, SAME_NODE, ELSEWHERE, DISTANCES };

static inline enum distance topology_distance(const struct os_place *a, const struct os_place *b)
{
    if (!a || !b || (a->node == b->node && a->cache == b->cache))
        return SAME_CACHE;
    return a->node == b->node ? SAME_NODE : ELSEWHERE;
}

#endif
