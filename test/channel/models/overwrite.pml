/*
 * Overwriting send (tine__ring_displace in ring.h): producers that displace the oldest item of a
 * full ring, beside a consumer. Checked: every item that went in comes out once, received or given
 * back by the send that displaced it; no slot has two owners; items at the consumer in order.
 * Mutations: HEAD_FIRST FORGET_CONSUMER CLAIM_BLINDLY
 */
#define CAP 2
#define PRODUCERS 2
#define ITEMS 2
#define ALL (PRODUCERS * ITEMS)
#define GARBAGE 255

#define SLOT(p) ((p) % CAP)
#define PARITY(p) (((p) / CAP) % 2)
#define FREE(p) (2 * PARITY(p))
#define FULL(p) (2 * PARITY(p) + 1)

byte tail = CAP, head = CAP; /* one lap done, so that positions below zero do not occur */
byte tag[CAP], item[CAP], owners[CAP];
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
        :: tag[SLOT(t)] == FREE(t) -> /* the ordinary way */
            atomic { if :: tail == t -> tail = t + 1; claimed = true :: else -> claimed = false fi }
            if
            :: claimed ->
                put_in(id * ITEMS + k, SLOT(t));
                tag[SLOT(t)] = FULL(t);
                k++
            :: else
            fi
        :: tag[SLOT(t)] != FREE(t) && head == t - CAP -> /* full */
#ifdef HEAD_FIRST /* takes the oldest before it has the place: another may fill it meanwhile */
            atomic { if :: head == t - CAP -> head = head + 1; claimed = true
                        :: else -> claimed = false fi }
            if
            :: claimed ->
                (tag[SLOT(t)] == FULL(t - CAP));
                take_out(v, SLOT(t));
                tag[SLOT(t)] = FREE(t)
            :: else
            fi;
            atomic { tail == t -> tail = t + 1 };
            put_in(id * ITEMS + k, SLOT(t));
            tag[SLOT(t)] = FULL(t);
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
                :: tag[SLOT(t)] == FREE(t) -> break /* a consumer was first and has finished */
                :: tag[SLOT(t)] == FULL(t - CAP) ->
                    atomic { if :: head == t - CAP -> head = head + 1; claimed = true
                                :: else -> claimed = false fi }
                    if
                    :: claimed -> take_out(v, SLOT(t)); break
                    :: else
#ifdef FORGET_CONSUMER
                        -> break
#endif
                    fi
                od;
                put_in(id * ITEMS + k, SLOT(t));
                tag[SLOT(t)] = FULL(t);
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
        :: tag[SLOT(h)] == FULL(h) ->
            atomic { if :: head == h -> head = h + 1; claimed = true :: else -> claimed = false fi }
            if
            :: claimed ->
                take_out(v, SLOT(h));
                tag[SLOT(h)] = FREE(h + CAP);
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
        tag[0] = FREE(CAP); tag[1] = FREE(CAP + 1); item[0] = GARBAGE; item[1] = GARBAGE;
        run producer(0); run producer(1); run consumer()
    }
}
