/*
 * The list of segments of list.h, for many producers and consumers, with segments used again: one
 * producer sends single items, one a batch that goes over a segment's end. Checked: nothing lost or
 * doubled, order per producer at a consumer, no item read or written in a segment that is out of
 * use, no segment put away with items in it.
 * Mutations: RETIRE_EARLY EXTEND_LATE NO_EMPTIED
 */
#define SLOTS 2
#define SEGMENTS 4
#define ALL 4
#define NONE 255

/* A position is segment number * STEP + index; index SLOTS: the next segment is being put in. */
#define STEP (SLOTS + 1)
#define INDEX(p) ((p) % STEP)

byte tail, head, tail_segment, head_segment;
byte next[SEGMENTS], emptied[SEGMENTS];
bool in_use[SEGMENTS];
bool tag[SEGMENTS * SLOTS];
byte item[SEGMENTS * SLOTS];
byte received;
bool got[ALL];

inline segment_new(g) {
    atomic {
        if
        :: !in_use[0] -> g = 0
        :: else -> if
            :: !in_use[1] -> g = 1
            :: else -> if
                :: !in_use[2] -> g = 2
                :: else -> !in_use[3] -> g = 3
                fi
            fi
        fi;
        in_use[g] = true; emptied[g] = 0; next[g] = NONE;
        tag[g * SLOTS] = false; tag[g * SLOTS + 1] = false
    }
}

inline fill(v) {
    assert(in_use[g]);
    item[g * SLOTS + slot] = v;
    if
    :: slot + 1 == SLOTS -> following = next[g]
    :: else -> following = g
    fi;
    tag[g * SLOTS + slot] = true;
    g = following;
    slot = (slot + 1) % SLOTS
}

/* Claims n slots in a row, from `slot` of `g`, as tine__list_claim does. */
inline claim(n) {
    do
    :: atomic { t = tail; INDEX(t) != SLOTS };
        slot = INDEX(t);
        if
        :: slot + n >= SLOTS && fresh == NONE -> segment_new(fresh)
        :: else
        fi;
        g = tail_segment;
        atomic {
            if
            :: tail == t && slot + n >= SLOTS -> tail = t - slot + SLOTS; claimed = true
            :: tail == t && slot + n < SLOTS -> tail = t + n; claimed = true
            :: else -> claimed = false
            fi
        }
        if
        :: claimed && slot + n >= SLOTS ->
            next[g] = fresh;
#ifdef EXTEND_LATE
            tail = tail + STEP - SLOTS + (slot + n) % SLOTS;
            tail_segment = fresh;
#else
            tail_segment = fresh;
            tail = tail + STEP - SLOTS + (slot + n) % SLOTS;
#endif
            fresh = NONE;
            break
        :: claimed && slot + n < SLOTS -> break
        :: else
        fi
    od;
    if
    :: fresh != NONE -> in_use[fresh] = false; fresh = NONE
    :: else
    fi
}

proctype single()
{
    byte t, g, slot, following, fresh = NONE, k;
    bool claimed;
    for (k : 0 .. 1) {
        claim(1);
        fill(k)
    }
}

proctype batch()
{
    byte t, g, slot, following, fresh = NONE;
    bool claimed;
    claim(2);
    fill(2);
    fill(3)
}

proctype consumer()
{
    byte h, g, v, slot, count;
    bool claimed;
    short last[2];
    last[0] = -1; last[1] = -1;
    do
    :: received == ALL -> break
    :: else ->
        h = head;
        g = head_segment;
        slot = INDEX(h);
        if
        :: slot == SLOTS /* another consumer puts the head on */
        :: slot < SLOTS && !tag[g * SLOTS + slot % SLOTS] /* nothing there, or a late look */
        :: slot < SLOTS && tag[g * SLOTS + slot % SLOTS] ->
            atomic {
                if
                :: head == h -> head = h + 1; claimed = true
                :: else -> claimed = false
                fi
            }
            if
            :: claimed ->
#ifdef RETIRE_EARLY /* the last slot's consumer does not wait for the others */
                if :: slot + 1 == SLOTS -> in_use[g] = false :: else fi;
#endif
                assert(in_use[g]);
                v = item[g * SLOTS + slot];
                atomic {
                    assert(!got[v]);
                    got[v] = true;
                    received++;
                    assert(v % 2 > last[v / 2]);
                    last[v / 2] = v % 2
                }
                if
                :: slot + 1 == SLOTS ->
                    assert(next[g] != NONE);
                    head_segment = next[g];
                    head = h - slot + STEP
                :: else
                fi;
#ifdef NO_EMPTIED
                if :: slot + 1 == SLOTS -> in_use[g] = false :: else fi
#else
                atomic { emptied[g]++; count = emptied[g] }
                if :: count == SLOTS -> in_use[g] = false :: else fi
#endif
            :: else
            fi
        fi
    od
}

init {
    atomic {
        in_use[0] = true; next[0] = NONE;
        run single(); run batch(); run consumer(); run consumer()
    }
}
