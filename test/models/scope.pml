/* Counting in scopes, with the bit that says that the owner sleeps.
 *
 * Proves: the end of a scope is left when every task of it, also those that its tasks spawned, has
 * ended, and not before; the owner does not sleep for ever; nobody touches a scope that is gone. An
 * executor's root is a scope that never goes, whose owner comes and goes (tine_sync_all).
 * After runtime/scope.c (scope_add, scope_remove, scope_ended) and runtime/future.c (ask_wake,
 * wait_until).
 *
 * Mutations, each of which must be found:
 *   OWNER_AFTER   the owner of a scope that goes is read after the decrement
 *   OWNER_BEFORE  (ROOT) the owner of a root is read before the decrement alone
 *   NO_ASK        the owner sleeps without having said so
 *   KEEP_BIT      (ROOT) the bit stays when the count was 0 as it was set
 *   LATE_ADD      a child is counted after the decrement of the task that spawned it
 *   NOT_THE_LAST  any decrement to 2 and the bit wakes, and the last does not
 */
#define TASKS 3 /* two spawned by the owner, one by the first of them */
#define ROUNDS 2 /* scopes one after another, or waits for the root */

#ifdef ROOT
bool has_owner;
#else
#define has_owner true
#endif

byte pending;      /* as in the code: twice the tasks, and the bit */
byte ended;        /* tasks that have ended in this round */
byte round;
bool gone;         /* the scope's memory */
byte park;
chan line = [TASKS] of { byte }; /* tasks that nobody has begun: 1 has a child to spawn */

inline touch() { assert(!gone) }

inline unpark() { park = 1 }

inline remove()
{
    touch();
    owned = has_owner;
    touch();
    atomic { ended++; pending = pending - 2; left = pending }
#ifdef NOT_THE_LAST
    if
    :: left == 3 ->
#else
    if
    :: left == 1 ->
#endif
#if defined OWNER_AFTER
        touch();
        owned = has_owner;
#elif defined ROOT && !defined OWNER_BEFORE
        owned = has_owner;
#endif
        if
        :: owned -> unpark()
        :: else
        fi
    :: else
    fi;
    d_step { owned = false; left = 0 }
}

active [2] proctype runner()
{
    byte what, left;
    bool owned;
end:
    do
    :: line?what ->
        if
        :: what == 1 ->
#ifdef LATE_ADD
            remove();
            touch();
            pending = pending + 2;
#else
            touch();
            pending = pending + 2;
            line!0;
            remove()
#endif
#ifdef LATE_ADD
            line!0
#endif
        :: else -> remove()
        fi;
        what = 0
    od
}

inline sleep()
{
    if
    :: atomic { park == 0 -> park = 2 }; park != 2
    :: park == 1
    fi;
    park = 0
}

active proctype owner()
{
    byte old;
    bool asked;
    do
    :: round < ROUNDS ->
        d_step { gone = false; ended = 0 }
        pending = pending + 2;
        line!1;
        pending = pending + 2;
        line!0;
#ifdef ROOT
        has_owner = true;
#endif
        asked = false;
        do
        :: pending <= 1 -> break
        :: pending > 1 ->
            if
            :: !asked ->
                /* the spinning before it is any time */
#ifdef NO_ASK
                asked = true
#else
                atomic { old = pending; pending = pending + 1 }
                if
                :: old != 0 -> asked = true
                :: else ->
#ifndef KEEP_BIT
                    pending = pending - 1;
#endif
                    break
                fi
#endif
            :: else
            fi;
            if
            :: pending > 1 -> sleep()
            :: else
            fi
        od;
#ifndef NO_ASK
        if
        :: asked -> pending = pending - 1
        :: else
        fi;
#endif
        assert(ended == TASKS);
#ifdef ROOT
        has_owner = false;
#else
        assert(pending == 0);
        gone = true;
#endif
        round++
    :: else -> break
    od
}

active proctype monitor()
{
    timeout -> assert(round == ROUNDS)
}
