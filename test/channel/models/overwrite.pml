/*
 * Overwriting send (tine__ring_displace in ring.h): producers that displace the oldest item of a
 * full ring, beside a consumer. Checked: every item that went in comes out once, received or given
 * back by the send that displaced it; no slot has two owners; items at the consumer in order.
 * Mutations: HEAD_FIRST FORGET_CONSUMER CLAIM_BLINDLY STALE_VACANCY
 */
#define CAP 2
#define PRODUCERS 2
#define ITEMS 3
#define ALL (PRODUCERS * ITEMS)
#define GARBAGE 255

#define SLOT(p) ((p) % CAP)
#ifdef STALE_VACANCY /* one bit: the vacancy of the lap before last looks like the next one's */
#define LAP(p) (((p) / CAP) % 2)
#else
#define LAP(p) (((p) / CAP) % 8)
#endif

byte tail = CAP, head = CAP; /* one lap done, so that positions below zero do not occur */
byte tag[CAP], vacancy[CAP], item[CAP], owners[CAP];
bool gone[ALL];
byte ended;

inline take_out(v, slot) {
    d_step {
        v = item[slot];
        assert(v != GARBAGE);
        assert(!gone[v]);
        gone[v] = true;
        item[slot] = GARBAGE
    }
}

inline put_in(v, slot) {
    atomic { owners[slot]++; assert(owners[slot] == 1) }
    assert(item[slot] == GARBAGE);
    item[slot] = v;
    owners[slot]--
}

proctype producer(byte id)
{
    byte t, k = 0, v;
    bool claimed;
    do
    :: k < ITEMS ->
        t = tail;
        if
        :: vacancy[SLOT(t)] == LAP(t) -> /* the ordinary way */
            atomic { if :: tail == t -> tail = t + 1; claimed = true :: else -> claimed = false fi }
            if
            :: claimed ->
                put_in(id * ITEMS + k, SLOT(t));
                tag[SLOT(t)] = LAP(t);
                k++
            :: else
            fi
        :: vacancy[SLOT(t)] != LAP(t) && head == t - CAP -> /* full */
#ifdef HEAD_FIRST /* takes the oldest before it has the place: another may fill it meanwhile */
            atomic { if :: head == t - CAP -> head = head + 1; claimed = true
                        :: else -> claimed = false fi }
            if
            :: claimed ->
                (tag[SLOT(t)] == LAP(t - CAP));
                take_out(v, SLOT(t));
                vacancy[SLOT(t)] = LAP(t)
            :: else
            fi;
            atomic { tail == t -> tail = t + 1 };
            put_in(id * ITEMS + k, SLOT(t));
            tag[SLOT(t)] = LAP(t);
            k++
#else
#ifdef CLAIM_BLINDLY
            tail = t + 1;
            claimed = true;
#else
            atomic { if :: tail == t -> tail = t + 1; claimed = true :: else -> claimed = false fi }
#endif
            if
            :: claimed ->
                do
                :: vacancy[SLOT(t)] == LAP(t) -> break /* a consumer was first and has finished */
                :: tag[SLOT(t)] == LAP(t - CAP) ->
                    atomic { if :: head == t - CAP -> head = head + 1; claimed = true
                                :: else -> claimed = false fi }
                    if
                    :: claimed -> take_out(v, SLOT(t)); vacancy[SLOT(t)] = LAP(t); break
                    :: else
#ifdef FORGET_CONSUMER
                        -> break
#endif
                    fi
                od;
                put_in(id * ITEMS + k, SLOT(t));
                tag[SLOT(t)] = LAP(t);
                k++
            :: else
            fi
#endif
        :: else
        fi
    :: else -> break
    od;
    ended++
}

proctype consumer()
{
    byte h, v;
    short last[PRODUCERS];
    bool claimed;
    last[0] = -1; last[1] = -1;
    do
    :: atomic { ended == PRODUCERS && head == tail -> break }
    :: h = head;
        if
        :: tag[SLOT(h)] == LAP(h) ->
            atomic { if :: head == h -> head = h + 1; claimed = true :: else -> claimed = false fi }
            if
            :: claimed ->
                take_out(v, SLOT(h));
                vacancy[SLOT(h)] = LAP(h + CAP);
                assert(v % ITEMS > last[v / ITEMS]);
                last[v / ITEMS] = v % ITEMS
            :: else
            fi
        :: else
        fi
    od;
    byte i;
    for (i : 0 .. ALL - 1) { assert(gone[i]) }
}

init {
    atomic {
        tag[0] = LAP(0); tag[1] = LAP(0); vacancy[0] = LAP(CAP); vacancy[1] = LAP(CAP); item[0] = GARBAGE; item[1] = GARBAGE;
        run producer(0); run producer(1); run consumer()
    }
}
