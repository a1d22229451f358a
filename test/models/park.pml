/* Sleeping and waking: a spawner that goes on computing, and workers that search, sleep and are woken.
 *
 * Proves: when nothing moves any more, every task has run: no worker sleeps beside a task that waits.
 * After runtime/pool.c (pool_arm, pool_sleep_idle, pool_work, tine__notify, worker_park, worker_unpark).
 *
 * The spawner's stores pass through a buffer (x86), which its own fence or lock, or a sleeper's
 * membarrier, empties. One late wake, for a wait long over, comes at any moment.
 *
 * Mutations, each of which must be found:
 *   NO_BARRIER   a sleeper looks for work without the membarrier
 *   NO_LOOK      a sleeper does not look again
 *   ARM_FIRST    notify is set before the sleeper is counted out
 *   NO_RECHECK   the spawner clears notify without looking again
 *   PLAIN_PARK   the parked worker clears its word after it has looked whether it was woken
 */
#define WORKERS 2
#define TASKS 3
#define TARGET (WORKERS + 1) /* the spawner counts */

bool task[TASKS]; /* in line, as the workers see it */
bool notify;
byte running = TARGET;
bool listed[WORKERS];
byte park[WORKERS]; /* 0, 1: a wake is due, 2: asleep */
bool locked;
byte ran;

#define NOTIFY TASKS
chan buffer = [3] of { byte };

inline lock() { atomic { !locked -> locked = true } }
inline unlock() { locked = false }

#define someone_listed (listed[0] || listed[1])
#define nobody_to_wake (running >= TARGET || !someone_listed)

active proctype drain()
{
    byte what;
end:
    do
    :: atomic {
        buffer?what ->
        if
        :: what == NOTIFY -> notify = false
        :: else -> task[what] = true
        fi
    }
    od
}

inline flush()
{
    atomic {
        do
        :: buffer?what ->
            if
            :: what == NOTIFY -> notify = false
            :: else -> task[what] = true
            fi
        :: empty(buffer) -> break
        od;
        what = 0
    }
}

/* pool_wake: takes an idle worker off the list, counts it, and unparks it. */
inline wake()
{
    lock();
    woken = WORKERS;
    if
    :: running < TARGET && listed[0] -> woken = 0
    :: running < TARGET && listed[1] -> woken = 1
    :: running >= TARGET || !someone_listed -> skip
    fi;
    if
    :: woken < WORKERS -> d_step { listed[woken] = false; running++ }
    :: else
    fi;
    unlock();
    if
    :: woken < WORKERS -> park[woken] = 1
    :: else
    fi;
    woken = 0
}

active proctype spawner()
{
    byte next, woken;
    do
    :: next < TASKS ->
        buffer!next;
        next++;
        if
        :: notify -> /* tine__notify */
            if
            :: !nobody_to_wake -> empty(buffer); wake()
            :: else
            fi;
            if
            :: nobody_to_wake ->
                buffer!NOTIFY;
#ifndef NO_RECHECK
                empty(buffer); /* the fence */
                if
                :: !nobody_to_wake -> notify = true
                :: else
                fi
#endif
            :: else
            fi
        :: else
        fi
    :: next == TASKS -> break
    od
    /* and computes: it calls the runtime no more, and still counts */
}

inline any_task() { found = task[0] || task[1] || task[2] }

inline sleep_idle()
{
#ifdef ARM_FIRST
    notify = true;
#endif
    lock();
    d_step { running--; listed[me] = true };
    unlock();
#ifndef ARM_FIRST
    notify = true;
#endif
#ifndef NO_BARRIER
    flush();
#endif
#ifdef NO_LOOK
    found = false;
#else
    any_task();
#endif
    if
    :: found && running < TARGET ->
        lock();
        if
        :: listed[me] -> listed[me] = false; running++
        :: else /* a waker has counted it; its wake is still due */
        fi;
        unlock()
    :: else ->
        do
        :: true ->
            if
            :: atomic { park[me] == 0 -> park[me] = 2 };
end_sleeps:
                park[me] != 2
            :: park[me] == 1
            fi;
#ifdef PLAIN_PARK
            again = listed[me];
            park[me] = 0;
#else
            park[me] = 0;
            lock();
            again = listed[me];
            unlock();
#endif
            if
            :: again -> again = false
            :: else -> break
            fi
        od
    fi;
    found = false
}

active [WORKERS] proctype worker()
{
    byte me = _pid - 2, i, what, woken;
    bool found, again;
    do
    :: atomic {
        if
        :: task[0] -> task[0] = false; found = true
        :: task[1] -> task[1] = false; found = true
        :: task[2] -> task[2] = false; found = true
        :: else
        fi
       };
        if
        :: found ->
            found = false;
            any_task();
            if
            :: running < TARGET && someone_listed && found -> wake()
            :: else
            fi;
            found = false;
            d_step { ran++; assert(ran <= TASKS) }
            if
            :: true
            :: true -> /* a task that does not end before another has begun */
end_waits:
                (ran >= WORKERS)
            fi
        :: else -> sleep_idle()
        fi
    od
}

active proctype late_wake()
{
    if
    :: park[0] = 1
    :: park[1] = 1
    fi
}

active proctype monitor()
{
    timeout -> assert(ran == TASKS)
}
