/* The task stack: push, take, take in any order, retake, ask and force, with thieves.
 *
 * Proves: every task runs exactly once, and a sync returns when its task has run. After
 * include/tine/abi.h (tine__push, tine__take, tine__take_any) and runtime/steal.c (claim, ask, force,
 * settle, steal_own, tine__retake).
 *
 * Memory is x86's: the owner's stores to fn pass through a buffer, which an own lock, an own unlock or
 * the thief's membarrier empties; everything else is stored under the lock.
 *
 * Mutations, each of which must be found:
 *   NO_BARRIER   a forced steal goes without the membarrier
 *   NO_SPLIT     a sync does not look at the split
 *   READ_TWICE   the claim takes a run function that it has not looked at
 *   EARLY_SPLIT  a forced thief claims before the split is moved
 *   KEEP_THIEF   the slot is given back with its old thief
 */
#ifndef SLOTS
#define SLOTS 3
#define TASKS 3
#define THIEVES 1
#endif
#define MAX 9

#define NONE 0 /* values of fn: these, or a task's number + 3 */
#define HOLE 1
#define STOLEN 2
#define TASK(id) ((id) + 3)

#define PENDING 0 /* values of thief */
#define TAKEN 1
#define DONE 2

byte fn[SLOTS + 1];    /* as the thieves see it */
byte thief[SLOTS + 1];
byte split, public;
bool requested, locked;
byte ran[TASKS];
bool finished;
chan buffer = [4] of { byte, byte }; /* the owner's stores on their way */

/* --- the owner's memory --- */
byte own_fn[SLOTS + 1]; /* as the owner sees it */

inline store_fn(s, v) { buffer!s, v; own_fn[s] = v }
inline store_fn_now(s, v) { fn[s] = v; own_fn[s] = v } /* under the lock, seen at the unlock */
inline owner_lock() { atomic { empty(buffer) && !locked -> locked = true } }
inline owner_unlock() { atomic { empty(buffer) -> locked = false } }

active proctype drain()
{
    byte s, v;
end:
    do
    :: atomic { buffer?s, v -> fn[s] = v }
    od
}

/* --- both --- */
inline set_split() { split = (requested -> MAX : public) }

inline execute(id) { d_step { ran[id]++; assert(ran[id] == 1) } }

/* --- the owner --- */
byte top;

inline settle(line)
{
    d_step {
        if :: public > line -> public = line :: else fi;
        if
        :: requested -> /* publishes the first half of what is in line */
            requested = false;
            if :: public < line -> public = public + (line - public + 1) / 2 :: else fi
        :: else
        fi;
        set_split()
    }
}

/* A task of its own out of line, as a waiting owner takes it (steal_own): the youngest. */
inline run_own(line)
{
    owner_lock();
    s = line;
    do
    :: s == 0 -> break
    :: s > 0 && own_fn[s - 1] > STOLEN && thief[s - 1] == PENDING ->
        thief[s - 1] = TAKEN;
        if :: public < s -> public = s :: else fi;
        set_split();
        break
    :: else -> s--
    od;
    owner_unlock();
    if
    :: s > 0 -> execute(own_fn[s - 1] - 3); thief[s - 1] = DONE
    :: else
    fi
}

/* sync of the task at slot t, which is not the last one of the line when it leaves a hole. */
inline sync(which)
{
    t = which;
    hole = (t + 1 != top);
    id = own_fn[t] - 3;
    if
    :: hole -> store_fn(t, HOLE)
    :: else ->
        store_fn(t, NONE);
        top = t;
        do
        :: top > 0 && own_fn[top - 1] == HOLE -> top--; store_fn(top, NONE)
        :: else -> break
        od
    fi;
#ifdef NO_SPLIT
    if
    :: true -> execute(id)
#else
    if
    :: t >= split -> execute(id)
#endif
    :: else ->
        owner_lock();
        if
        :: thief[t] == PENDING -> settle(top); owner_unlock(); execute(id)
        :: else ->
            s = top;
            do :: s < t -> store_fn_now(s, HOLE); s++ :: else -> break od;
            store_fn_now(t, STOLEN);
            owner_unlock();
            d_step {
                if
                :: hole -> line_end = top; given_back = HOLE
                :: else -> line_end = t + 1; given_back = NONE
                fi
            };
            do
            :: thief[t] == DONE -> break
            :: thief[t] != DONE -> run_own(line_end)
            od;
            owner_lock();
            store_fn_now(t, given_back);
#ifndef KEEP_THIEF
            thief[t] = PENDING;
#endif
            s = top;
            do :: s < t -> store_fn_now(s, NONE); s++ :: else -> break od;
            settle(top);
            owner_unlock()
        fi
    fi;
    d_step { assert(ran[id] == 1); id = 0; s = 0; t = 0; hole = false; line_end = 0; given_back = 0 }
}

active proctype owner()
{
    byte next, s, t, id, line_end, given_back;
    bool hole;
    do
    :: next < TASKS && top < SLOTS -> store_fn(top, TASK(next)); top++; next++
    :: top > 0 && own_fn[top - 1] > STOLEN -> sync(top - 1)
    :: top > 1 && own_fn[0] > STOLEN -> sync(0)
    :: top > 2 && own_fn[1] > STOLEN -> sync(1)
    :: next == TASKS && top == 0 -> break
    od;
    finished = true
}

/* --- the thieves --- */
inline barrier()
{
#ifdef NO_BARRIER
    skip
#else
    atomic {
        do
        :: buffer?s, v -> fn[s] = v
        :: empty(buffer) -> break
        od
    }
#endif
}

inline oldest_pending()
{
    slot = 0;
    do
    :: fn[slot] == NONE -> slot = MAX; break
    :: fn[slot] > STOLEN && thief[slot] == PENDING -> break
    :: else -> slot++
    od
}

active [THIEVES] proctype thief_of_it()
{
    byte slot, s, id, v;
end:
    do
    :: finished -> break
    :: atomic { !finished && !locked -> locked = true };
        oldest_pending();
        if
        :: slot < MAX && slot >= public && !requested ->
            requested = true;
            set_split();
            locked = false; /* and patience, of any length */
            atomic { !locked -> locked = true };
            oldest_pending();
            if
            :: requested && slot < MAX && slot >= public ->
                d_step { requested = false; s = public }
                do :: fn[s] != NONE -> s++ :: else -> break od;
#ifdef EARLY_SPLIT
                public = s;
                oldest_pending()
#else
                public = s;
                set_split();
                barrier();
                oldest_pending()
#endif
            :: requested && !(slot < MAX && slot >= public) -> requested = false; set_split()
            :: else
            fi
        :: else
        fi;
        id = NONE;
        if
        :: slot < MAX && slot < public ->
            id = fn[slot];
            if
#ifdef READ_TWICE
            :: true -> thief[slot] = TAKEN
#else
            :: id > STOLEN -> thief[slot] = TAKEN
            :: else -> id = NONE
#endif
            fi
        :: else
        fi;
        d_step { set_split(); locked = false }
        if
        :: id != NONE -> assert(id > STOLEN); execute(id - 3); thief[slot] = DONE
        :: else
        fi;
        d_step { slot = 0; s = 0; id = 0; v = 0 }
    od
}
