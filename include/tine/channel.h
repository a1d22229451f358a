/*
 * Channels for C: typed queues between threads, and between tasks. A plain header: C11 or C++17,
 * gcc >= 11 or clang >= 13, no library and no translator needed (before glibc 2.34: -pthread).
 *
 *     TINE_CHANNEL_SPSC(jobs, struct job *)           one line at file scope, no semicolon
 *
 *     jobs c;
 *     if (jobs_init(&c, 64) != 0) ...                 exactly 64 items; 0 or an errno
 *     jobs_send(&c, j);                               one thread: waits while full
 *     jobs_recv(&c, &j);                              another: waits while empty
 *     jobs_close(&c); ... jobs_destroy(&c);
 *
 * FLAVOURS (progress and order of each: bounded.h, unbounded.h)
 *     _SPSC _MPSC _SPMC _MPMC(name, T)                bounded rings, any capacity >= 1
 *     _MPSC_LIST _MPMC_LIST(name, T)                  unbounded, in segments
 *     _MPSC_INTRUSIVE(name, struct T, link)           unbounded, the item carries the link
 * S: one thread at a time in that role, which may be handed on by anything that orders the two
 * threads. M: any number; consumers race, an item goes to one of them.
 *
 * WHO MAY CALL WHAT. Producers: the sends. Consumers: the receives and select. Anybody: close,
 * closed, peek, capacity. Init and destroy: one thread, while no other call runs; that a receiver
 * has got the last item does not mean that its sender's call has ended: join, or synchronise.
 *
 * NON-BLOCKING: do not wait for an item, for room, or for a call on the other side to end. But who
 * has a sleeper to wake takes the lock of the channel's sleepers, which is held for a few dozen
 * instructions: if its holder is preempted just then, for as long as that lasts. And a send that finds
 * a ring full may pause for a moment before it says so, to let consumers work, and a receive (not from an
 * MPMC list, nor from an overwriting ring) that finds no more may do so where items come in streams, and
 * now and then to find that out, to let some gather: 64 pause instructions at most, some microsecond; none
 * in rings of less than 16 slots.
 *   bool   NAME_try_send(c, item)           true: sent. false: full, closed or (lists) no memory
 *   bool   NAME_try_recv(c, &item)          true: received. false: empty; `item` is untouched
 *   size_t NAME_try_send_n(c, items, n)     an array, oldest first; how many were sent: in rings as
 *   size_t NAME_try_recv_n(c, items, n)     many as fit, in lists all or none
 *   bool   NAME_try_send_batch(c, first, last, count)   lists: a linked chain, all or none; the
 *   size_t NAME_try_recv_batch(c, &first, &last)        chain stays together. Receives all there
 *          is, 0 leaves first and last alone; the link of `last` has no meaning. Chains are of the
 *          items themselves (intrusive) or of NAME_node, made by NAME_node_new or malloc (or
 *          aligned_alloc, for an over-aligned item) and freed by who receives them: a sent chain's
 *          nodes are the channel's. (The RFC gives
 *          tryRecvBatch as both a bool and a count. It is the count.)
 *   A call that loses a position to another thread's pauses for 2 us, at most 13, and tries again.
 *   «Full» and «empty» can be due to a call that has begun and not ended. In an unbounded list a
 *   producer that meets another one just putting a new segment in place spins for its three stores.
 *
 * BLOCKING: spin a little, yield, then sleep.
 *   bool NAME_send(c, item)       TRUE MEANS «HAD TO WAIT» (or displaced an item), not success!
 *   bool NAME_recv(c, &item)      Likewise. From try_send and try_recv true is success; from send
 *          and recv it is back-pressure, as the RFC has it. `if (!jobs_send(...)) error();` is
 *          wrong. On a closed channel both return without having done it, and the answer cannot
 *          tell: programs that close use the next two.
 *   tine_channel_status NAME_send_status(c, item, deadline)
 *   tine_channel_status NAME_recv_status(c, &item, deadline)
 *          done, done after waiting, closed, timed out, no memory. `deadline`: absolute time on
 *          CLOCK_MONOTONIC, or NULL. An item is moved if and only if status <= TINE_CHANNEL_WAITED.
 *   tine_select(cases, n, &which, deadline)   receives from one of several channels (select.h)
 *   A task that sleeps here does not cost its executor a worker: the header calls
 *   tine_blocking_begin and _end around a sleep if the program has them (wait.h).
 *
 * AT THE BOUND (rings). try_send fails, send waits; in a channel made by NAME_init_overwrite send
 * displaces the oldest item instead (its producers are consumers, too), and drops it through the
 * destructor if there is one; NAME_send_over(c, item, &displaced) gives it back (WAITED: there was
 * one). try_send never displaces.
 *
 * CLOSING. NAME_close(c), by any thread, any number of times: waiters of both sides wake; later
 * sends are refused, receivers drain what is there and are then told «closed». With several
 * producers (and in lists) a send is either refused or received. With one producer that holds if
 * the producer closes, or closing is ordered with its sends; when another thread closes during a
 * send, that item may go in unseen by a consumer that has just been told «closed». It is not lost:
 * it can still be received, or destroy drops it.
 *
 * ITEM TYPES. Any complete type that can be assigned, but no array (put it in a struct) and none
 * that is itself const, volatile, restrict or _Atomic (pointers to such, and structs with volatile or
 * _Atomic members, are items). In C++ also trivially copyable and default-constructible.
 *
 * OWNERSHIP. Items are moved, as bytes: after a send that succeeded the item is the channel's, then
 * the receiver's. `jobs_send(&c, tine_move(j))` poisons the variable `j` in debug builds. Structs of
 * any size and alignment move whole; for huge ones (some hundred bytes and more) send pointers: a call
 * has several copies of its item on the stack, seven in an unoptimised build. All that the sender wrote
 * before the send is seen after the receive, and what a receiver did with a slot's old item before the
 * slot's next send.
 *
 * COUNT. NAME_peek(c) never blocks and costs the operations nothing: each side counts its own.
 *   from the only consumer      a lower bound: producers can only add
 *   from the only producer      an upper bound: consumers can only take away (the RFC says lower;
 *                               that is a slip)
 *   from one of several         no conclusion; from anybody at rest: exact
 *   It counts slots that are claimed; items of a send that has not ended may be among them.
 *
 * INIT AND DESTROY.
 *   int NAME_init(c, capacity), NAME_init_overwrite(c, capacity)      rings
 *   int NAME_init(c)                                                  unbounded
 *   int NAME_init_with(c, [capacity,] &options)    own memory, destructor, overwriting
 *   size_t NAME_memory_size(capacity)              rings: what options.memory must have
 *   0; EINVAL: capacity 0, options that the flavour has not, or an intrusive channel at an address
 *   that is not aligned for its type (16 bytes); EOVERFLOW: capacity too large;
 *   ENOMEM. After an error there is nothing to destroy. NAME_destroy drops what is left through the
 *   destructor (intrusive: it gets the item; others: a pointer to it).
 *
 * WRAP-AROUND. Counters run over at the end of a machine word and are compared for equality or by
 * unsigned difference only. A thread that is held up in the middle of an operation while a whole
 * word's worth of positions goes by could be taken in: 2^60 operations on a 64-bit machine (years);
 * on a 32-bit one some 2^28, which is minutes: there, do not suspend threads inside channel calls.
 *
 * FORK. A channel must not be used in a child of the process, unless no other thread used it at the
 * fork, and then only as the child's own copy. Not for memory shared between processes.
 *
 * DEBUG CHECKS (unoptimised builds without NDEBUG, or -DTINE_CHANNEL_DEBUG=1): two producers or
 * consumers at once where one is allowed (a select is a consumer of all its channels until it
 * returns), use before init and after destroy, NULL as an intrusive item, a batch that is not as long
 * as its count: a message that names the channel, and abort.
 * Destroying a channel in which threads sleep is always caught, before anything is dropped.
 */
#ifndef TINE_CHANNEL_H
#define TINE_CHANNEL_H

#include <tine/channel/bounded.h>
#include <tine/channel/unbounded.h>

#endif
