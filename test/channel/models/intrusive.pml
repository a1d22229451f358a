/*
 * The chain of intrusive.h: producers hang items up in two steps, the consumer takes them and gives
 * them back to be freed, somebody closes. Checked: nothing lost or doubled, order per producer, no
 * access to an item that was given away, and that a consumer told «closed» has missed nothing.
 * Mutations: GIVE_AWAY_EARLY DETACH_LATE_NULL DETACH_BLINDLY CLOSE_FORGOTTEN
 */
#define PRODUCERS 2
#define ITEMS 2
#define ALL (PRODUCERS * ITEMS)
#define FIRST ALL /* the cell `first`, beside the items' links */
#define NONE 255

byte cell[ALL + 1]; /* links, and `first` */
byte tail = FIRST;
bool shut, closed;
bool given[ALL]; /* to the receiver, who may free it */
byte sent, received;

proctype producer(byte id)
{
    byte k = 0, old, me;
    bool done;
    do
    :: k < ITEMS ->
        me = id * ITEMS + k;
        cell[me] = NONE;
        old = tail;
        do
        :: atomic {
                if
                :: shut -> goto ended
                :: !shut && tail == old -> tail = me; sent++; done = true
                :: else -> old = tail; done = false
                fi
            }
            if :: done -> break :: else fi
        od;
        assert(old == FIRST || !given[old]);
        cell[old] = me;
        k++
    :: else -> break
    od;
ended:
    skip
}

proctype consumer()
{
    byte front = NONE, next;
    bool knew, detached;
    short last[PRODUCERS];
    last[0] = -1; last[1] = -1;
    do
    :: received == ALL -> break
    :: else ->
        knew = closed;
        if
        :: front == NONE -> front = cell[FIRST]
        :: else
        fi;
        detached = false;
        if
        :: front == NONE ->
            if
            :: knew && tail == FIRST -> assert(received == sent); break
            :: else -> /* waits, so that a lost item is a deadlock */
                (cell[FIRST] != NONE || (closed && tail == FIRST))
            fi
        :: else ->
            next = cell[front];
            if
            :: next == NONE ->
#ifdef DETACH_LATE_NULL
                atomic { if :: tail == front -> tail = FIRST; detached = true :: else fi }
                if :: detached -> cell[FIRST] = NONE :: else fi;
#else
                cell[FIRST] = NONE;
#ifdef DETACH_BLINDLY
                tail = FIRST; detached = true;
#else
                atomic { if :: tail == front -> tail = FIRST; detached = true :: else fi }
#endif
#endif
                if
                :: !detached -> next = cell[front]
                :: else
                fi
            :: else
            fi;
            if
#ifdef GIVE_AWAY_EARLY
            :: true ->
#else
            :: detached || next != NONE ->
#endif
                atomic {
                    assert(!given[front]);
                    given[front] = true;
                    received++;
                    assert(front % ITEMS > last[front / ITEMS]);
                    last[front / ITEMS] = front % ITEMS;
                    front = next
                }
            :: else -> (cell[front] != NONE) /* a producer is between its two steps */
            fi
        fi
    od
}

proctype closer()
{
#ifndef CLOSE_FORGOTTEN
    shut = true;
#endif
    closed = true
}

init {
    byte i;
    atomic {
        for (i : 0 .. ALL) { cell[i] = NONE }
        run producer(0); run producer(1); run consumer(); run closer()
    }
}
