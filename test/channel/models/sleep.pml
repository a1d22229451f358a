/*
 * Sleeping and waking (wait.h): two senders publish two slots that become usable in order only, two
 * receivers want one each. A sender's publication sits in its store buffer for any time, while it
 * reads `attention` already; the heavy fence of a receiver empties all buffers.
 * Checked: nobody sleeps for ever (no invalid end state).
 * Mutations: NO_HEAVY_FENCE NO_LAST_ATTEMPT NO_PASS_ON NO_HAND_ON
 */
#define N 2

bool buffer[N], published[N]; /* slot i of sender i: in the store buffer, in memory */
byte head;                    /* next slot to be taken */
byte attention;               /* receivers in the queue */
bool queued[N], woken[N];

#define AVAILABLE (head < N && published[head])

inline drain() {
    d_step {
        if :: buffer[0] -> buffer[0] = false; published[0] = true :: else fi;
        if :: buffer[1] -> buffer[1] = false; published[1] = true :: else fi
    }
}

/* Under the hub's lock, whose atomic instruction empties the caller's buffer. */
inline wake_one() {
    atomic {
        if
        :: queued[0] -> queued[0] = false; attention--; woken[0] = true
        :: queued[1] -> queued[1] = false; attention--; woken[1] = true
        :: else
        fi
    }
}

inline attempt() {
    atomic { if :: AVAILABLE -> head++; got = true :: else fi }
}

proctype sender(byte me)
{
    buffer[me] = true;
    if
    :: attention > 0 ->
        d_step { if :: buffer[me] -> buffer[me] = false; published[me] = true :: else fi };
        wake_one()
    :: else
    fi
}

proctype memory()
{
end:
    do
    :: atomic { buffer[0] -> buffer[0] = false; published[0] = true }
    :: atomic { buffer[1] -> buffer[1] = false; published[1] = true }
    od
}

proctype receiver(byte me)
{
    bool got, chosen;
    attempt();
    do
    :: got -> break
    :: else ->
        atomic { queued[me] = true; attention++ }
#ifndef NO_HEAVY_FENCE
        drain();
#endif
#ifndef NO_LAST_ATTEMPT
        attempt();
#endif
        if
        :: got ->
            atomic {
                chosen = !queued[me];
                if :: queued[me] -> queued[me] = false; attention-- :: else fi;
                woken[me] = false
            }
#ifndef NO_HAND_ON
            if :: chosen -> wake_one() :: else fi
#endif
        :: else ->
            atomic { woken[me] -> woken[me] = false };
            attempt();
#ifndef NO_PASS_ON
            if
            :: got && attention > 0 -> if :: AVAILABLE -> wake_one() :: else fi
            :: else
            fi
#endif
        fi
    od
}

init {
    atomic { run memory(); run sender(0); run sender(1); run receiver(0); run receiver(1) }
}
