/* Heap tasks: claims from a queue by thieves and by whoever syncs, and who frees the block.
 *
 * Two tasks stand in the queue of their home worker: one with a handle, which its home or another
 * worker syncs, and one detached. Proves: each runs exactly once, is freed exactly once, and nobody
 * touches a block that is freed. After runtime/queue.c (queue_claim, drop_entry, queue_release),
 * runtime/future.c (run_here, end_task) and runtime/task.h (heap_entry).
 *
 * Mutations, each of which must be found:
 *   PLAIN_CLAIM    a claim without compare and swap
 *   NO_ORPHAN      a task is freed at its sync though its entry still stands
 *   KEEP_ORPHAN    whoever drops the entry does not free an orphan
 *   OPEN_ENTRY     the entry's state is changed without the lock
 *   FREE_EARLY     a detached task is freed as it begins
 */
#define TASKS 2
#define SYNCED 0
#define DETACHED 1

#define NONE 0 /* entry */
#define QUEUED 1
#define ORPHAN 2

#define PENDING 0 /* state */
#define CLAIMED 1
#define DONE 2

byte entry[TASKS];
byte state[TASKS];
byte ran[TASKS];
byte freed[TASKS];
byte line[TASKS]; /* the queue, in either order */
byte first, last; /* [first, last) are in it */
bool locked;
byte over;

inline lock() { atomic { !locked -> locked = true } }
inline unlock() { locked = false }
inline touch(t) { assert(freed[t] == 0) }
inline free_block(t) { d_step { freed[t]++; assert(freed[t] == 1) } }

inline claim(t)
{
    touch(t);
#ifdef PLAIN_CLAIM
    mine = (state[t] == PENDING);
    if
    :: mine -> state[t] = CLAIMED
    :: else
    fi
#else
    atomic {
        mine = (state[t] == PENDING);
        if
        :: mine -> state[t] = CLAIMED
        :: else
        fi
    }
#endif
}

/* queue_release: the handle is gone, or there never was one. */
inline release(t)
{
#ifndef OPEN_ENTRY
    lock();
#endif
    touch(t);
    if
#ifndef NO_ORPHAN
    :: entry[t] == QUEUED -> entry[t] = ORPHAN
#endif
    :: else -> free_block(t)
    fi;
#ifndef OPEN_ENTRY
    unlock()
#endif
}

/* The entry's task leaves the queue; the lock is held. */
inline drop(t)
{
    touch(t);
    orphan = (entry[t] == ORPHAN);
    entry[t] = NONE;
#ifndef KEEP_ORPHAN
    if
    :: orphan -> free_block(t)
    :: else
    fi;
#endif
    orphan = false
}

inline execute(t)
{
#ifdef FREE_EARLY
    if :: t == DETACHED -> release(t) :: else fi;
#endif
    ran[t]++;
    assert(ran[t] == 1);
    touch(t);
    if
    :: t == DETACHED ->
#ifndef FREE_EARLY
        release(t)
#else
        skip
#endif
    :: else -> state[t] = DONE
    fi
}

/* Takes from the old end: a thief, or the home worker when it is idle. */
active [2] proctype taker()
{
    byte t;
    bool mine, orphan;
    do
    :: lock();
        if
        :: first == last -> unlock(); goto empty_handed
        :: else ->
            t = line[first];
            first++;
            claim(t);
            drop(t);
            unlock();
            if
            :: mine -> execute(t)
            :: else
            fi;
            d_step { t = 0; mine = false }
        fi
    od;
empty_handed:
    over++
}

/* Syncs the one task, and tidies the young end of the queue, as its home worker does. */
active proctype home()
{
    byte t;
    bool mine, orphan;
    lock();
    atomic {
        if
        :: line[0] = SYNCED; line[1] = DETACHED
        :: line[0] = DETACHED; line[1] = SYNCED
        fi;
        entry[SYNCED] = QUEUED;
        entry[DETACHED] = QUEUED;
        last = 2
    };
    unlock();
    claim(SYNCED);
    if
    :: mine -> execute(SYNCED)
    :: else -> state[SYNCED] == DONE
    fi;
    release(SYNCED);
    lock();
    do
    :: first != last ->
        t = line[last - 1];
        if
        :: entry[t] == ORPHAN -> last--; drop(t)
        :: else -> break
        fi
    :: else -> break
    od;
    unlock();
    over++
}

/* What is left when all have gone is taken by those who come later. */
active proctype the_rest()
{
    byte t;
    bool mine, orphan;
    over == 3;
    do
    :: first == last -> break
    :: first != last ->
        t = line[first];
        first++;
        claim(t);
        drop(t);
        if
        :: mine -> execute(t)
        :: else
        fi
    od;
    assert(ran[SYNCED] == 1 && ran[DETACHED] == 1);
    assert(freed[SYNCED] == 1 && freed[DETACHED] == 1)
}
