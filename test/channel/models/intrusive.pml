/*
 * The intrusive stack of intrusive.h: producers push, the consumer takes all and turns it round,
 * somebody closes. Checked: nothing lost or doubled, order per producer, links touched by their
 * owner only, and that a consumer told «closed» has missed nothing.
 * Mutations: TAKE_DROPS_SHUT LINK_LATE NOT_TURNED
 */
#define PRODUCERS 2
#define ITEMS 2
#define ALL (PRODUCERS * ITEMS)
#define NONE 255

byte top = NONE;
bool shut, closed;
byte next[ALL];
bool consumers_own[ALL];
byte sent, received;
bool got[ALL];

proctype producer(byte id)
{
    byte k = 0, old, me;
    bool done;
    do
    :: k < ITEMS ->
        me = id * ITEMS + k;
        atomic { old = top; if :: shut -> goto ended :: else fi }
        do
        :: assert(!consumers_own[me]);
#ifndef LINK_LATE
            next[me] = old;
#endif
            atomic {
                if
                :: shut -> goto ended
                :: !shut && top == old -> top = me; sent++; done = true
                :: else -> old = top; done = false
                fi
            }
            if :: done -> break :: else fi
        od;
#ifdef LINK_LATE
        next[me] = old;
#endif
        k++
    :: else -> break
    od;
ended:
    skip
}

proctype consumer()
{
    byte front = NONE, item, following, newest;
    bool knew;
    short last[PRODUCERS];
    last[0] = -1; last[1] = -1;
    do
    :: received == ALL -> break
    :: else ->
        knew = closed;
        if
        :: front == NONE && top != NONE ->
#ifdef TAKE_DROPS_SHUT /* a plain exchange takes the shut bit along, if only for a while */
            atomic { newest = top; top = NONE; shut = false }
#else
            atomic { newest = top; top = NONE }
#endif
            item = newest;
#ifdef NOT_TURNED
            front = newest;
#else
            do
            :: item != NONE ->
                assert(!consumers_own[item]);
                consumers_own[item] = true;
                following = next[item];
                next[item] = front;
                front = item;
                item = following
            :: else -> break
            od
#endif
        :: front == NONE && top == NONE && knew ->
            atomic { assert(received == sent); break }
        :: else
        fi;
        if
        :: front != NONE ->
            atomic {
                assert(!got[front]);
                got[front] = true;
                received++;
                assert(front % ITEMS > last[front / ITEMS]);
                last[front / ITEMS] = front % ITEMS;
                front = next[front]
            }
        :: else
        fi
    od
}

proctype closer()
{
    shut = true;
    closed = true
}

init {
    byte i;
    atomic {
        for (i : 0 .. ALL - 1) { next[i] = NONE }
        run producer(0); run producer(1); run consumer(); run closer()
    }
}
