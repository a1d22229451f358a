/* The order of CPUs, from what the operating system says of each (os_cpu_place). Read once per process,
 * when it is first asked for; who loses that race drops his copy. */
#include "topology.h"

#include "atomics.h"

#include <stdlib.h>

struct topology {
    bool matters;
    unsigned count;
    struct os_place place[]; /* in the order of pinning */
};

static struct topology *known; /* set once, stays for good */

static int order(int a, int b)
{
    return (a > b) - (a < b);
}

/* First threads of cores, then second ones; by nodes, caches, cores. */
static int compare_places(const void *left, const void *right)
{
    const struct os_place *a = left, *b = right;
    int result = order(a->sibling, b->sibling);
    result = result ? result : order(a->node, b->node);
    result = result ? result : order(a->cache, b->cache);
    return result ? result : order(a->cpu, b->cpu);
}

/* NULL: no memory. */
static struct topology *read_topology(void)
{
    unsigned room = os_allowed_cpus(NULL, 0);
    struct topology *t = calloc(1, sizeof *t + room * sizeof *t->place);
    int *cpus = calloc(room + 1, sizeof *cpus);
    if (!t || !cpus) {
        free(t);
        free(cpus);
        return NULL;
    }
    unsigned allowed = os_allowed_cpus(cpus, room);
    t->count = allowed < room ? allowed : room;
    for (unsigned i = 0; i < t->count; i++) {
        struct os_place *place = &t->place[i];
        place->cpu = cpus[i];
        os_cpu_place(place);
        for (unsigned k = 0; k < i; k++)
            place->sibling += t->place[k].core == place->core;
        t->matters |= topology_distance(place, t->place) != SAME_CACHE;
    }
    free(cpus);
    qsort(t->place, t->count, sizeof *t->place, compare_places);
    return t;
}

/* NULL: no memory just now. */
static const struct topology *topology(void)
{
    struct topology *t = load_acquire(&known), *none = NULL;
    if (t)
        return t;
    t = read_topology();
    if (t && !compare_exchange(&known, &none, t)) {
        free(t);
        t = none;
    }
    return t;
}

bool topology_matters(void)
{
    const struct topology *t = topology();
    return t && t->matters;
}

const struct os_place *topology_place(int cpu)
{
    const struct topology *t = topology();
    for (unsigned i = 0; t && i < t->count; i++)
        if (t->place[i].cpu == cpu)
            return &t->place[i];
    return NULL;
}

int topology_cpu(unsigned n)
{
    const struct topology *t = topology();
    return t && t->count > 0 ? t->place[n % t->count].cpu : -1;
}
