/* What the files of the check share.
 *
 *   check.c          the order of the checks
 *   check_cfg.c      the tree of a function into blocks of events and edges
 *   check_cells.c    which handles are followed, and what the state of a path is made of
 *   check_flow.c     what each event does to that state; the fixed point
 *   check_own.c      errors: copies, syncs and moves too many
 *   check_lost.c     warnings: handles that are never synced, or on some paths only
 *   check_frame.c    warnings: addresses of locals that a task may use too long; writes meanwhile
 *   check_lock.c     warning: a mutex is held across sync
 *   check_calls.c    warnings: spawned calls that use thread-local variables or longjmp
 *   check_types.c    errors: T of a handle is not the call's; warning: result dropped
 *   check_fresh.c    whether a spawn in a loop finds the elements of an array empty
 *   check_facts.c    what the plan wants to know
 *
 * Glossary
 *   event     a node of the tree that does something, or the leaving of a scope, in a block
 *   cell      one handle that is followed: a local flowvar, a field or element of a local at a
 *             constant place; or (weak) all the handles of a local together
 *   mark      one bit of the state of a path: "cell was last spawned at that node", ... A set mark
 *             means that some path has it
 *   state     the marks, then for the order of the task stack a bit matrix
 */
#ifndef TINE_TRANSLATOR_CHECK_INTERNAL_H
#define TINE_TRANSLATOR_CHECK_INTERNAL_H

#include "check.h"

#define NOWHERE SIZE_MAX

/* ---- blocks ------------------------------------------------------------------------------------ */

typedef enum event_kind {
    EVENT_NODE,      /* what the node says */
    EVENT_EXIT,      /* var's scope is left, at node (a jump, or the block that ends) */
    EVENT_ENTER,     /* var's scope is entered by a jump past its declaration */
    EVENT_SCOPE_END, /* the sync_scope of a block is left */
    EVENT_SKIP,      /* this path does not run node. is_loop: it is one that may run no times */
    EVENT_ASSUME     /* node asked is_spawned, and the answer was is_true */
} event_kind;

typedef struct event {
    event_kind kind;
    node *node;
    variable *var;
    scope *scope;
    bool is_loop;
    bool is_true;
    bool is_assumed; /* EVENT_NODE of an is_spawned whose answer EVENT_ASSUME gives on each path */
} event;

typedef struct block {
    event *events;
    size_t count, cap;
    size_t *next; /* successors */
    size_t next_count, next_cap;
} block;

/* Block 0 is the entry. What cannot be reached has blocks too. */
typedef struct cfg {
    block *blocks;
    size_t count, cap;
} cfg;

/* ---- cells and marks --------------------------------------------------------------------------- */

typedef enum mark_kind {
    /* of a cell; the first five are there for each cell, in this order */
    MARK_EMPTY,     /* not spawned since its declaration */
    MARK_UNKNOWN,   /* anything: set from what is not followed */
    MARK_ESCAPED,   /* its address is known elsewhere */
    MARK_GUARDED,   /* it was not synced on this path, for a reason that may have to do with it */
    MARK_ASKED,     /* the program asked is_spawned, in a way that is not followed */
    MARK_SPAWNED,   /* at node */
    MARK_SYNCED,    /* at node */
    MARK_MOVED,     /* at node */
    /* of a spawn that hands out the address of a local */
    MARK_RUNNING,   /* the task of node may run, and nothing else waits for it */
    MARK_PENDING,   /* a detached task of node has not been waited for */
    /* of a mutex */
    MARK_UNLOCKED,  /* by this function */
    MARK_LOCKED     /* at node */
} mark_kind;

enum { CELL_MARKS = 5, ORDER_MAX = 64 };

typedef struct mark {
    mark_kind kind;
    size_t cell; /* index of the cell or mutex, or NOWHERE */
    node *node;
    /* MARK_SPAWNED, while reporting: */
    bool is_taken;      /* it comes to a sync, a move, or something unknown */
    bool is_lost;       /* it comes to the end of its scope, or to another task in its place */
    bool is_lost_sure;  /* ... and on paths where it was surely spawned and not taken */
    bool is_returned;   /* the last move took it */
    bool is_read;       /* MARK_SYNCED: somebody looks at the handle afterwards */
    bool is_reported;   /* also of MARK_RUNNING and MARK_PENDING: something was said about it */
    node *lost_at;
} mark;

typedef struct cell {
    variable *var;
    const char *field; /* NULL: the variable itself */
    bool is_weak;      /* several handles: what happens to one may have happened to any */
    size_t order;        /* index in the matrix of the task stack; NOWHERE: not kept there */
    size_t first, count; /* its marks */
} cell;

typedef struct mutex {
    const char *text; /* the expression that is locked */
    size_t first, count;
} mutex;

/* A function that is checked. Sizes of the state:
 *   words == mark_words + order_count * 2;  mark_words == mark_count / 64 rounded up
 *   order_count <= ORDER_MAX
 * state[mark_words + i]: the confined cells that may have been spawned after confined cell i;
 * state[mark_words + order_count + i]: not 0 when the slot below that of cell i may be a hole. */
typedef struct checked {
    model *m;
    flatten *flat;
    diags *d;
    function *f;
    bool calls_sync_all;
    bool had_errors; /* in this function, before the check: sites may be missing from its tree */
    cfg graph;
    cell *cells;
    size_t cell_count, cell_cap;
    mark *marks;
    size_t mark_count, mark_cap;
    mutex *mutexes;
    size_t mutex_count, mutex_cap;
    size_t tasks_first, tasks_end; /* marks of spawns that hand out addresses */
    size_t order_count;
    size_t mark_words, words;
    uint64_t **before;   /* per block: the state at its beginning; NULL: it is not reached */
} checked;

/* A run of cells that a place stands for. */
typedef struct cell_range {
    size_t first, count;
} cell_range;

/* check_cfg.c */
void check_cfg_build(checked *c);
void check_cfg_free(cfg *g);

/* check_cells.c */
void check_cells_find(checked *c);
cell_range check_cells_of(const checked *c, const place *p);
cell_range check_cells_of_variable(const checked *c, const variable *v);
bool check_cell_has(const checked *c, const uint64_t *state, size_t cell, mark_kind kind);
size_t check_cell_mark(const checked *c, size_t cell, mark_kind kind, const node *n);
char *check_cell_name(const checked *c, size_t cell);
size_t check_task_mark(const checked *c, mark_kind kind, const node *n); /* or NOWHERE */
/* The handles that a node changes or asks: of its place, of its use, or its spawn's target. */
cell_range check_cells_of_node(const checked *c, const node *n);
size_t check_mutex_of(const checked *c, const call *call); /* NOWHERE: none */

static inline bool state_has(const uint64_t *state, size_t bit)
{
    return state[bit / 64] >> (bit % 64) & 1;
}

static inline void state_set(uint64_t *state, size_t bit)
{
    state[bit / 64] |= UINT64_C(1) << (bit % 64);
}

static inline void state_clear(uint64_t *state, size_t bit)
{
    state[bit / 64] &= ~(UINT64_C(1) << (bit % 64));
}

/* check_flow.c */
bool check_flow_solve(checked *c); /* false: the function is too large for it */
void check_flow_step(const checked *c, const event *e, uint64_t *state);
/* Whether all tasks that were spawned into confined cells after this one's are gone, without holes
 * below this one. */
bool check_flow_is_last(const checked *c, const uint64_t *state, size_t cell);
bool check_is_harmless(const call *call); /* a library call that waits for no task */
/* Whether the end of a scope waits for the task of a spawn inside it: sync_scope_on does not for a plain
 * spawn, which goes elsewhere. (Of two executors nobody knows whether they are one.) */
bool check_scope_waits(const checked *c, const scope *s, const node *n);
bool check_may_be_spawned(const checked *c, const uint64_t *state, size_t cell);

/* What the checks of a function see of each event that can be reached, in the order of the text of
 * blocks, with the state before it. */
void check_own_event(checked *c, const event *e, const uint64_t *state);
void check_lost_event(checked *c, const event *e, const uint64_t *state);
void check_lost_report(checked *c);
void check_frame_event(checked *c, const event *e, const uint64_t *state);
void check_lock_event(checked *c, const event *e, const uint64_t *state);
void check_facts_default(function *f); /* what holds when nothing is known */
void check_facts_event(checked *c, const event *e, const uint64_t *state);
void check_facts_finish(checked *c);

/* check_frame.c: whether the arguments of a call point into the frame of the function; into v. */
bool check_frame_hands_out(const checked *c, const call *call);
bool check_frame_hands_out_variable(const checked *c, const call *call, const variable *v);

/* check_facts.c: an assignment is taken to find nothing until a path says otherwise, if all the handles
 * that it overwrites are followed. */
void check_facts_expect(checked *c);

/* check_fresh.c: whether a spawn into an array finds its element empty, and whether its loop is the first to look
 * at the array and leaves no element empty. */
bool check_is_fresh(const checked *c, const spawn *s);
bool check_fills(const checked *c, const spawn *s);

/* check_lock.c */
bool check_lock_takes(const call *call);
bool check_lock_frees(const call *call);

/* check_calls.c: what functions of the unit do through those they call; once for the unit. */
void check_calls_prepare(model *m);

/* Checks of a function that follow no paths. */
void check_calls(checked *c);
void check_types(checked *c);

diag_place check_place(const checked *c, size_t begin, size_t end);
diag_place check_node_place(const checked *c, const node *n);
diag_place check_end_place(const checked *c, const node *n); /* where a scope is left by n */

#endif
