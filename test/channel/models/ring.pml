/*
 * The ring of ring.h with many producers and consumers and closing, interleaved step by step.
 * Checked: nothing lost or doubled, an item whole when it is received, order of one producer's
 * items at one consumer, and that a consumer told «closed» has missed nothing.
 * Mutations: NO_LAP VACATE_FIRST PUBLISH_FIRST CLAIM_BLINDLY CLOSE_WITHOUT_TAIL
 */
#define CAP 2
#define PRODUCERS 2
#define CONSUMERS 2
#define ITEMS 2

#define SLOT(p) ((p) % CAP)
#ifdef NO_LAP /* a slot knows free and full, not for which lap: all laps look alike */
#define LAP(p) 0
#define BEFORE 7
#else
#define LAP(p) (((p) / CAP) % 8)
#define BEFORE 7
#endif
#define GARBAGE 255

byte tail, head;
bool shut, closed;
byte tag[CAP], vacancy[CAP], item[CAP];

/* What the checks know. */
byte sent, received;
bool got[PRODUCERS * ITEMS];

proctype producer(byte id)
{
    byte t, k = 0;
    bool claimed;
    do
    :: k < ITEMS ->
        atomic { t = tail; if :: shut -> goto done :: else fi }
        if
        :: vacancy[SLOT(t)] == LAP(t) ->
#ifdef CLAIM_BLINDLY
            atomic { claimed = true; tail = t + 1; sent++ }
#else
            atomic {
                if
                :: tail == t && !shut -> tail = t + 1; claimed = true; sent++
                :: else -> claimed = false
                fi
            }
#endif
            if
            :: claimed ->
#ifdef PUBLISH_FIRST
                tag[SLOT(t)] = LAP(t);
                item[SLOT(t)] = id * ITEMS + k;
#else
                item[SLOT(t)] = id * ITEMS + k;
                tag[SLOT(t)] = LAP(t);
#endif
                k++
            :: else
            fi
        :: else /* full, or a stale position: try again */
        fi
    :: else -> break
    od;
done:
    skip
}

proctype consumer()
{
    byte h, v;
    bool claimed, knew;
    short last[PRODUCERS];
    last[0] = -1; last[1] = -1;
    do
    :: received == PRODUCERS * ITEMS -> break
    :: else ->
        knew = closed; /* looked at ahead of the attempt, as tine__ch_ring_take does */
        h = head;
        if
        :: tag[SLOT(h)] == LAP(h) ->
            atomic {
                if
                :: head == h -> head = h + 1; claimed = true
                :: else -> claimed = false
                fi
            }
            if
            :: claimed ->
#ifdef VACATE_FIRST
                vacancy[SLOT(h)] = LAP(h + CAP);
                v = item[SLOT(h)];
#else
                v = item[SLOT(h)];
                /* The slot's memory means nothing once it is free for the next lap. */
                d_step { item[SLOT(h)] = GARBAGE; vacancy[SLOT(h)] = LAP(h + CAP) }
#endif
                atomic {
                    assert(v != GARBAGE);
                    assert(!got[v]);
                    got[v] = true;
                    received++;
                    assert(v % ITEMS > last[v / ITEMS]);
                    last[v / ITEMS] = v % ITEMS
                }
            :: else
            fi
        :: else ->
            if
            :: knew && head == h && tail == h -> /* told «closed» */
                assert(sent == h);
                break
            :: else
            fi
        fi
    od
}

proctype closer()
{
#ifdef CLOSE_WITHOUT_TAIL
    closed = true
#else
    shut = true;
    closed = true
#endif
}

init {
    byte i;
    atomic {
        item[0] = GARBAGE; item[1] = GARBAGE; tag[0] = BEFORE; tag[1] = BEFORE;
        for (i : 1 .. PRODUCERS) { run producer(i - 1) }
        for (i : 1 .. CONSUMERS) { run consumer() }
        run closer()
    }
}
