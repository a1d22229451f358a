/*
 * Closing and selecting (wait.h, select.h), in two settings. Either channel 0 is closed at any moment;
 * a send to it may be under way then, so that receivers find neither an item nor the end, and sleep
 * again: two receivers, one of which may have a deadline, and a select on both channels. Or nothing
 * is closed, each channel gets one item, and has one receiver beside the select, which may have a
 * deadline. Memory is sequentially consistent here: sleep.pml has the fences.
 * Checked: when nothing more happens, nobody sleeps on a channel that is closed or has an item.
 * Mutations: PASS_ON_ITEMS_ONLY PASS_ON_IF_SERVED POLL_THEN_LEAVE NO_HAND_ON
 *     the first two: defects of closing; the third: of a select that times out
 */
#define RECEIVERS 3
#define SELECT RECEIVERS /* its number among the waiters */
#define ALL (RECEIVERS + 1)

#define AGAIN 0
#define OK 1
#define SHUT 2

typedef channel {
    bool claimed, published, taken, closed;
    byte attention;
    bool queued[ALL]
}
channel ch[2];
byte woken[ALL]; /* 0, then 1 + number of the channel: the parker */
bool ended[ALL];

#define OPEN_END(c) (ch[c].claimed == ch[c].taken) /* head == tail */
#define AVAILABLE(c) (ch[c].published && !ch[c].taken)

inline attempt(c, r) {
    atomic {
        if
        :: AVAILABLE(c) -> ch[c].taken = true; r = OK
        :: !AVAILABLE(c) && ch[c].closed && OPEN_END(c) -> r = SHUT
        :: else -> r = AGAIN
        fi
    }
}

inline take_off(c, who) {
    ch[c].queued[who] = false;
    ch[c].attention--
}

/* Under the hub's lock: the first one, any one here, that no other channel has woken. */
inline wake_one(c) {
    atomic {
        do
        :: ch[c].queued[0] -> take_off(c, 0); woken[0] = c + 1; break
        :: ch[c].queued[1] -> take_off(c, 1); woken[1] = c + 1; break
        :: ch[c].queued[2] -> take_off(c, 2); woken[2] = c + 1; break
        :: ch[c].queued[SELECT] ->
            take_off(c, SELECT);
            if :: woken[SELECT] == 0 -> woken[SELECT] = c + 1; break :: else fi
        :: ch[c].attention == 0 -> break
        od
    }
}

inline join(c, who) {
    atomic { ch[c].queued[who] = true; ch[c].attention++ }
}

inline leave(c, who) {
    atomic { if :: ch[c].queued[who] -> take_off(c, who) :: else fi }
}

inline pass_on(c, r) {
#ifdef PASS_ON_IF_SERVED
    if :: r != OK -> goto passed :: else fi;
#endif
    if
    :: ch[c].attention > 0 ->
        if
        :: AVAILABLE(c) -> wake_one(c)
#ifndef PASS_ON_ITEMS_ONLY
        :: !AVAILABLE(c) && ch[c].closed -> wake_one(c)
#endif
        :: else
        fi
    :: else
    fi;
passed:
    skip
}

proctype sender(byte c)
{
    bool refused;
    atomic { if :: ch[c].closed -> refused = true :: else -> ch[c].claimed = true fi };
    if
    :: refused
    :: else ->
        ch[c].published = true;
        if :: ch[c].attention > 0 -> wake_one(c) :: else fi
    fi
}

proctype closer()
{
    ch[0].closed = true;
    do
    :: ch[0].attention > 0 -> wake_one(0)
    :: else -> break
    od
}

proctype receiver(byte me, c; bool deadline)
{
    byte r;
    bool expired, chosen;
    attempt(c, r);
    do
    :: r != AGAIN || expired -> break
    :: else ->
        woken[me] = 0;
        join(c, me);
        attempt(c, r);
        if
        :: r == AGAIN ->
end: if
            :: woken[me] != 0
            :: deadline
            fi;
            atomic { expired = ch[c].queued[me]; leave(c, me) };
            attempt(c, r)
        :: else ->
            atomic { chosen = !ch[c].queued[me]; leave(c, me) };
            if :: chosen -> wake_one(c) :: else fi
        fi;
        if :: r != AGAIN -> pass_on(c, r) :: else fi
    od;
    ended[me] = true
}

/* From `first` on; `which` is the case that was not AGAIN. */
inline poll(first, r, which) {
    which = first;
    attempt(which, r);
    if :: r == AGAIN -> which = 1 - which; attempt(which, r) :: else fi
}

proctype selector(bool deadline)
{
    byte r, which, w, first;
    bool expired;
    if :: first = 0 :: first = 1 fi;
    poll(first, r, which);
    do
    :: r != AGAIN || expired -> break
    :: else ->
        woken[SELECT] = 0;
        join(0, SELECT);
        join(1, SELECT);
        poll(first, r, which);
        if
        :: r != AGAIN ->
            leave(0, SELECT);
            leave(1, SELECT);
            w = woken[SELECT];
#ifndef NO_HAND_ON
            if :: w != 0 -> wake_one(w - 1) :: else fi
#endif
        :: else ->
end: if
            :: woken[SELECT] != 0
            :: deadline
            fi;
#ifdef POLL_THEN_LEAVE
            w = woken[SELECT];
#else
            leave(0, SELECT);
            leave(1, SELECT);
            w = woken[SELECT];
#endif
            expired = (w == 0);
            if :: w != 0 -> first = w - 1 :: else fi;
            poll(first, r, which);
            leave(0, SELECT);
            leave(1, SELECT)
        fi
    od;
    if :: r != AGAIN -> pass_on(which, r) :: else fi;
    ended[SELECT] = true
}

#define MAY_SLEEP(c) (!ch[c].closed && !AVAILABLE(c))

proctype watch()
{
    timeout;
    assert((ended[0] && ended[1]) || MAY_SLEEP(0));
    assert(ended[2] || MAY_SLEEP(1));
    assert(ended[SELECT] || (MAY_SLEEP(0) && MAY_SLEEP(1)))
}

init {
    atomic {
        ended[1] = true;
        ended[2] = true;
        if
        :: /* the close */
            ended[1] = false;
            if :: run receiver(0, 0, true) :: run receiver(0, 0, false) fi;
            run receiver(1, 0, false); run selector(false); run closer()
        :: /* the select */
            ended[2] = false;
            run receiver(0, 0, false); run receiver(2, 1, false); run sender(1);
            if :: run selector(true) :: run selector(false) fi
        fi;
        run sender(0); run watch()
    }
}
