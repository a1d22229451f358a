/* One task: claimed by a thief, run, done; its waiter spins or sleeps, then gives the memory back.
 *
 * Proves: the waiter goes on when the task has ended, and does not sleep for ever; the runner does not
 * touch the task's memory when the waiter has it back, which reuses it at once for another task.
 * After runtime/task.h (states), runtime/future.c (end_awaited, ask_wake, wait_until) and
 * runtime/pool.c (worker_park, worker_unpark).
 *
 * Mutations, each of which must be found:
 *   PLAIN_ASK     the waiter stores its wish without a compare and swap
 *   PLAIN_END     the runner stores "done" after it has looked for a waiter
 *   TOUCH_AFTER   the runner reads the state once more after "done"
 *   NO_WAKE       the runner does not wake
 *   PLAIN_PARK    the waiter clears its word after it has looked at the state
 */
#define ROUNDS 2

#define PENDING 0
#define RUNNING 1
#define WAITED 2
#define DONE 3

byte state;
byte generation; /* of the memory: grows when the waiter has it back */
byte round;
byte park;

active proctype runner()
{
    byte old, mine;
    do
    :: atomic { round < ROUNDS && state == PENDING && generation == round ->
        state = RUNNING; mine = generation };
        /* it runs */
#ifdef PLAIN_END
        old = state;
        assert(mine == generation);
        state = DONE;
#else
        atomic { assert(mine == generation); old = state; state = DONE }
#endif
#ifdef TOUCH_AFTER
        assert(mine == generation);
#endif
#ifndef NO_WAKE
        if
        :: old == WAITED -> park = 1
        :: else
        fi;
#endif
        if
        :: mine == ROUNDS - 1 -> break
        :: else
        fi
    od
}

/* ask_wake: done, or the wish is stored. */
inline ask()
{
#ifdef PLAIN_ASK
    done = (state == DONE);
    if
    :: !done -> state = WAITED
    :: else
    fi
#else
    atomic {
        done = (state == DONE);
        if
        :: !done -> state = WAITED
        :: else
        fi
    }
#endif
}

inline sleep()
{
    if
    :: atomic { park == 0 -> park = 2 }; park != 2
    :: park == 1
    fi;
#ifdef PLAIN_PARK
    done = (state == DONE);
    park = 0
#else
    park = 0;
    done = (state == DONE)
#endif
}

active proctype waiter()
{
    bool done;
    do
    :: round == ROUNDS -> break
    :: round < ROUNDS ->
        state != PENDING; /* else it takes the task itself */
        ask();
        do
        :: done -> break
        :: !done -> sleep()
        od;
        atomic { round++; generation++; state = PENDING; done = false }
    od
}

/* A wake for a wait long over. */
active proctype late_wake()
{
    park = 1
}

active proctype monitor()
{
    timeout -> assert(round == ROUNDS)
}
