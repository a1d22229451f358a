/*
 * The bounded flavours, declared at file scope by one line without a semicolon:
 *
 *     TINE_CHANNEL_SPSC(jobs, struct job *)
 *     TINE_CHANNEL_MPMC(numbers, long)
 *
 * Relies on ring.h and ops.h. What they have in common is said in <tine/channel.h>.
 *
 *              producers   consumers      try_send, try_recv progress     order
 *     _SPSC    one         one            wait-free                       FIFO
 *     _MPSC    any         one            blocking (see ring.h)           linearizable FIFO
 *     _SPMC    one         any, racing    blocking                        linearizable FIFO
 *     _MPMC    any         any, racing    blocking                        linearizable FIFO
 *
 * «One» means one at a time: the role may move to another thread through anything that orders the
 * two (a join, a mutex, a channel). «Racing»: an item goes to the one consumer that takes it.
 * Not intrusive. At the bound: try_send fails; send blocks, or displaces the oldest item after
 * NAME_init_overwrite. An overwriting channel's producer is also a consumer, so SPSC and MPSC then
 * receive by compare-and-swap; progress is `blocking` for all.
 */
#ifndef TINE_CHANNEL_BOUNDED_H
#define TINE_CHANNEL_BOUNDED_H

#include <tine/channel/ops.h>
#include <tine/channel/ring.h>

/* Bounded, one producer, one consumer. */
#define TINE_CHANNEL_SPSC(name, T) TINE__RING(name, T, false, false)
/* Bounded, any number of producers, one consumer. */
#define TINE_CHANNEL_MPSC(name, T) TINE__RING(name, T, true, false)
/* Bounded, one producer, any number of racing consumers. */
#define TINE_CHANNEL_SPMC(name, T) TINE__RING(name, T, false, true)
/* Bounded, any number of producers and of racing consumers. */
#define TINE_CHANNEL_MPMC(name, T) TINE__RING(name, T, true, true)

#define TINE__RING(name, T, many_in, many_out)                                                     \
    TINE__ASSERT_MOVABLE(T);                                                                       \
    typedef __typeof__(T) name##_item;                                                             \
    typedef struct name {                                                                          \
        tine__ring TINE__CORE;                                                                     \
    } name;                                                                                        \
    TINE__HOT tine__shape name##__shape(void)                                                      \
    {                                                                                              \
        return tine__shape_of(sizeof(name##_item), __alignof__(name##_item));                      \
    }                                                                                              \
    TINE__HOT tine__hub *name##__hub(name *c_)                                                     \
    {                                                                                              \
        return &c_->TINE__CORE.hub;                                                                \
    }                                                                                              \
    TINE__HOT tine__result name##__push(name *c_, const name##_item *item_)                        \
    {                                                                                              \
        return tine__ring_try_push(&c_->TINE__CORE, name##__shape(), item_, many_in, many_out);    \
    }                                                                                              \
    TINE__HOT tine__result name##__pull(name *c_, name##_item *item_)                              \
    {                                                                                              \
        return tine__ring_try_pop(&c_->TINE__CORE, name##__shape(), item_, many_in, many_out);     \
    }                                                                                              \
    TINE__COLD tine__result name##__give(void *c_, void *item_)                                    \
    {                                                                                              \
        tine__ring *r_ = &((name *)c_)->TINE__CORE;                                                \
        if (!item_) return tine__ring_probe(r_, name##__shape(), TINE__SENDERS, many_in, many_out); \
        return tine__ring_try_push(r_, name##__shape(), item_, many_in, many_out);                 \
    }                                                                                              \
    TINE__COLD tine__result name##__take(void *c_, void *item_)                                    \
    {                                                                                              \
        tine__ring *r_ = &((name *)c_)->TINE__CORE;                                                \
        if (!item_) return tine__ring_probe(r_, name##__shape(), TINE__RECEIVERS, many_in, many_out); \
        return tine__ring_take(r_, name##__shape(), item_, many_in, many_out);                     \
    }                                                                                              \
    TINE__API size_t name##_memory_size(size_t capacity_)                                          \
    {                                                                                              \
        return tine__ring_memory(name##__shape(), capacity_);                                      \
    }                                                                                              \
    TINE__API int name##_init_with(name *c_, size_t capacity_, const tine_channel_options *options_) \
    {                                                                                              \
        return tine__ring_init(&c_->TINE__CORE, name##__shape(), capacity_, #name, options_);      \
    }                                                                                              \
    TINE__API int name##_init(name *c_, size_t capacity_)                                          \
    {                                                                                              \
        return name##_init_with(c_, capacity_, NULL);                                              \
    }                                                                                              \
    TINE__API int name##_init_overwrite(name *c_, size_t capacity_)                                \
    {                                                                                              \
        tine_channel_options options_;                                                             \
        memset(&options_, 0, sizeof options_);                                                     \
        options_.overwrite = true;                                                                 \
        return name##_init_with(c_, capacity_, &options_);                                         \
    }                                                                                              \
    TINE__API void name##_destroy(name *c_)                                                        \
    {                                                                                              \
        name##_item scratch_;                                                                      \
        tine__ring_destroy(&c_->TINE__CORE, name##__shape(), &scratch_, many_in, many_out);        \
    }                                                                                              \
    TINE__API size_t name##_peek(const name *c_)                                                   \
    {                                                                                              \
        return tine__ring_peek(&c_->TINE__CORE, name##__shape());                                  \
    }                                                                                              \
    TINE__API size_t name##_capacity(const name *c_)                                               \
    {                                                                                              \
        return c_->TINE__CORE.capacity;                                                            \
    }                                                                                              \
    TINE__API void name##_close(name *c_)                                                          \
    {                                                                                              \
        tine__enter(name##__hub(c_), TINE__SENDERS, false);                                        \
        tine__ring_close(&c_->TINE__CORE, many_in);                                                \
    }                                                                                              \
    TINE__OPERATIONS(name, !(many_in), !(many_out))                                                \
    TINE__RING_SENDS(name, many_in)                                                                \
    TINE__RING_ARRAYS(name, many_in, many_out)

/* The sends that may overwrite. */
#define TINE__RING_SENDS(name, many_in)                                                            \
    TINE__SEND_WAITING(name, !(many_in))                                                           \
    TINE__COLD tine_channel_status name##_send_over(name *c_, name##_item item_,                   \
                                                    name##_item *displaced_)                       \
    {                                                                                              \
        tine__ring *r_ = &c_->TINE__CORE;                                                          \
        bool was_full_;                                                                            \
        if (!tine__ring_overwrites(r_))                                                            \
            tine__channel_die(r_->hub.label, "send_over needs a channel made by init_overwrite");  \
        tine__enter(&r_->hub, TINE__SENDERS, !(many_in));                                          \
        tine__result result_ =                                                                     \
            tine__ring_send_over(r_, name##__shape(), &item_, displaced_, &was_full_, many_in);    \
        tine__exit(&r_->hub, TINE__SENDERS, !(many_in));                                           \
        return tine__status(result_, was_full_ ? TINE_CHANNEL_WAITED : TINE_CHANNEL_DONE);         \
    }                                                                                              \
    TINE__COLD tine_channel_status name##__send_dropping(name *c_, name##_item *item_)             \
    {                                                                                              \
        tine__hub *h_ = name##__hub(c_);                                                           \
        name##_item displaced_;                                                                    \
        tine_channel_status status_ = name##_send_over(c_, *item_, &displaced_);                   \
        if (status_ == TINE_CHANNEL_WAITED && h_->drop) h_->drop(&displaced_, h_->drop_arg);       \
        return status_;                                                                            \
    }                                                                                              \
    TINE__HOT tine_channel_status name##_send_status(name *c_, name##_item item_,                  \
                                                     const struct timespec *deadline_)             \
    {                                                                                              \
        if (tine__ring_overwrites(&c_->TINE__CORE)) return name##__send_dropping(c_, &item_);      \
        return name##__send_wait(c_, &item_, deadline_);                                           \
    }                                                                                              \
    TINE__HOT bool name##_send(name *c_, name##_item item_)                                        \
    {                                                                                              \
        bool shut_ = tine__hub_closed(name##__hub(c_));                                            \
        tine_channel_status status_ = name##_send_status(c_, item_, NULL);                         \
        return status_ == TINE_CHANNEL_WAITED || (status_ == TINE_CHANNEL_CLOSED && !shut_);       \
    }

#define TINE__RING_ARRAYS(name, many_in, many_out)                                                 \
    TINE__API size_t name##_try_send_n(name *c_, const name##_item *items_, size_t n_)             \
    {                                                                                              \
        tine__ring *r_ = &c_->TINE__CORE;                                                          \
        size_t done_ = 0;                                                                          \
        tine__enter(&r_->hub, TINE__SENDERS, !(many_in));                                          \
        if ((many_in) || !tine__hub_closed(&r_->hub))                                              \
            done_ = tine__ring_push_array(r_, name##__shape(), items_, n_, many_in, many_out);     \
        tine__exit(&r_->hub, TINE__SENDERS, !(many_in));                                           \
        return done_;                                                                              \
    }                                                                                              \
    TINE__API size_t name##_try_recv_n(name *c_, name##_item *items_, size_t n_)                   \
    {                                                                                              \
        tine__ring *r_ = &c_->TINE__CORE;                                                          \
        tine__enter(&r_->hub, TINE__RECEIVERS, !(many_out));                                       \
        size_t done_ = tine__ring_pop_array(r_, name##__shape(), items_, n_, many_in, many_out);   \
        tine__exit(&r_->hub, TINE__RECEIVERS, !(many_out));                                        \
        return done_;                                                                              \
    }

#endif
