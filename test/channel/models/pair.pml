/*
 * One producer and one consumer (pair.h), items singly and in whole blocks, closing at the end,
 * interleaved step by step. Both capacities that need two blocks of 2 slots.
 * Checked: items arrive whole and in their order, none is lost or doubled, the ring never holds more
 * than its capacity, and a consumer told «closed» has missed nothing.
 * Mutations: NO_PARITY TAG_FIRST HEAD_FIRST ONE_TOO_MANY CLOSED_AHEAD ANY_SLOT
 */
#define SLOTS 4 /* 2 blocks of 2 */
#define ITEMS 11

#define GARBAGE 255
#ifdef NO_PARITY
#define FULL(lap) 1
#else
#define FULL(lap) (1 + 2 * ((lap) % 2))
#endif
#ifdef ONE_TOO_MANY
#define ROOM (capacity + 1)
#else
#define ROOM capacity
#endif

byte tag[SLOTS], item[SLOTS];
byte capacity;   /* 3 or 4 */
byte tail, head; /* items sent, taken; as published */
bool closed;

proctype producer()
{
    byte place = 0, lap = 0, head_seen = 0, n;
    do
    :: tail < ITEMS ->
        if
        :: tail - head_seen == ROOM -> head_seen = head
        :: else ->
            n = 1;
            if
            :: place % 2 == 0 && ROOM - (tail - head_seen) >= 2 && tail + 2 <= ITEMS -> n = 2
            :: true
            fi;
#ifdef TAG_FIRST
            d_step {
                tag[place] = FULL(lap);
                if :: n == 2 -> tag[place + 1] = FULL(lap) :: else fi
            }
#endif
            item[place] = tail;
            if :: n == 2 -> item[place + 1] = tail + 1 :: else fi;
#ifndef TAG_FIRST
            d_step { /* the tags of a block go as one word */
                tag[place] = FULL(lap);
                if :: n == 2 -> tag[place + 1] = FULL(lap) :: else fi
            }
#endif
            d_step {
                tail = tail + n;
                place = place + n;
                if :: place == SLOTS -> place = 0; lap++ :: else fi
            }
        fi
    :: else -> break
    od;
    closed = true
}

proctype consumer()
{
    byte place = 0, lap = 0, taken = 0, v;
    bool knew;
    do
    :: taken < ITEMS ->
        knew = closed; /* ahead of the attempt, as tine__ch_ring_take does */
        if
        :: tag[place] == FULL(lap) ->
#ifdef HEAD_FIRST
            head = taken + 1;
#endif
            v = item[place];
            assert(v == taken);
            /* The slot's memory means nothing once it is free; what a consumer that hands a block back
             * writes to its last slot is no more than this. */
#ifdef ANY_SLOT
            if :: place % 2 == 1 -> item[place - 1] = GARBAGE :: else fi;
#endif
            d_step { item[place] = GARBAGE; taken++ }
#ifndef HEAD_FIRST
            head = taken;
#endif
            d_step {
                place++;
                if :: place == SLOTS -> place = 0; lap++ :: else fi
            }
        :: else ->
#ifdef CLOSED_AHEAD
            if :: closed -> assert(taken == ITEMS) :: else fi
#else
            if :: knew && taken == tail -> assert(taken == ITEMS); break :: else fi
#endif
        fi
    :: else -> break
    od
}

init {
    byte i;
    atomic {
        for (i : 0 .. SLOTS - 1) { item[i] = GARBAGE }
        if :: capacity = SLOTS - 1 :: capacity = SLOTS fi;
        run producer();
        run consumer()
    }
}
