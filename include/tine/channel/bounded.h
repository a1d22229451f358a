/*
 * The bounded flavours, declared at file scope by one line without a semicolon:
 *
 *     TINE_CHANNEL_SPSC(jobs, struct job *)
 *     TINE_CHANNEL_MPMC(numbers, long)
 *
 * Relies on attempts.h and ops.h. What they have in common is said in <tine/channel.h>.
 *
 *            producers   consumers     try_send, try_recv progress   order
 *   _SPSC    one         one           wait-free *                   FIFO
 *   _MPSC    any         one           blocking (see ring.h)         linearizable FIFO
 *   _SPMC    one         any, racing   blocking                      linearizable FIFO
 *   _MPMC    any         any, racing   blocking                      linearizable FIFO
 *
 * * While somebody sleeps on the other side, waking takes a lock (see NON-BLOCKING there).
 * «One» means one at a time: the role may move to another thread through anything that orders the
 * two (a join, a mutex, a channel). «Racing»: an item goes to the one consumer that takes it.
 * Not intrusive. At the bound: try_send fails; send blocks, or displaces the oldest item after
 * NAME_init_overwrite. An overwriting channel's producer is also a consumer, so SPSC and MPSC then
 * receive by compare-and-swap; progress is `blocking` for all.
 *
 * A send that finds the channel full lets consumers work for a moment before it looks once more, then
 * fails or goes on waiting: 64 pause instructions (1 to 3 us on x86) from a capacity of 1024 on (SPSC:
 * 2048), in proportion to the capacity below, none below 16 (ring.h says why). So try_send and try_send_n can
 * take that long to answer «full»; not again until an item has gone in. No other answer waits.
 */
#ifndef TINE_CHANNEL_BOUNDED_H
#define TINE_CHANNEL_BOUNDED_H

#include <tine/channel/attempts.h>
#include <tine/channel/ops.h>

/* Bounded, one producer, one consumer. */
#define TINE_CHANNEL_SPSC(name, T) TINE__CH_RING(name, T, false, false)
/* Bounded, any number of producers, one consumer. */
#define TINE_CHANNEL_MPSC(name, T) TINE__CH_RING(name, T, true, false)
/* Bounded, one producer, any number of racing consumers. */
#define TINE_CHANNEL_SPMC(name, T) TINE__CH_RING(name, T, false, true)
/* Bounded, any number of producers and of racing consumers. */
#define TINE_CHANNEL_MPMC(name, T) TINE__CH_RING(name, T, true, true)

#define TINE__CH_RING(name, T, many_in, many_out)                                                 \
    typedef __typeof__(T) name##_item;                                                            \
    TINE__CH_ASSERT_MOVABLE(name##_item);                                                         \
    typedef struct name {                                                                         \
        tine__ch_ring TINE__CH_CORE;                                                              \
    } name;                                                                                       \
    TINE__CH_HOT tine__ch_shape name##__shape(void)                                               \
    {                                                                                             \
        return tine__ch_shape_of(sizeof(name##_item), __alignof__(name##_item));                  \
    }                                                                                             \
    TINE__CH_HOT tine__ch_hub *name##__hub(name *c_)                                              \
    {                                                                                             \
        return &c_->TINE__CH_CORE.hub;                                                            \
    }                                                                                             \
    TINE__CH_APART_CODE tine__ch_result name##__push_oddly(name *c_, const name##_item *item_)    \
    {                                                                                             \
        return tine__ch_ring_try_push(&c_->TINE__CH_CORE, name##__shape(), item_, many_in,        \
                                      many_out);                                                  \
    }                                                                                             \
    TINE__CH_APART_CODE tine__ch_result name##__pull_oddly(name *c_, name##_item *item_)          \
    {                                                                                             \
        return tine__ch_ring_try_pop(&c_->TINE__CH_CORE, name##__shape(), item_, many_in,         \
                                     many_out);                                                   \
    }                                                                                             \
    TINE__CH_APART_CODE tine__ch_result name##__push_later(name *c_, const name##_item *item_)    \
    {                                                                                             \
        tine__ch_ring *r_ = &c_->TINE__CH_CORE;                                                   \
        if (!tine__ch_ring_let_drain(r_)) return TINE__CH_AGAIN;                                  \
        tine__ch_result result_ =                                                                 \
            tine__ch_ring_try_push(r_, name##__shape(), item_, many_in, many_out);                \
        if (result_ == TINE__CH_AGAIN) tine__ch_ring_still_full(r_);                              \
        return result_;                                                                           \
    }                                                                                             \
    TINE__CH_HOT tine__ch_result name##__push(name *c_, const name##_item *item_)                 \
    {                                                                                             \
        tine__ch_ring *r_ = &c_->TINE__CH_CORE;                                                   \
        tine__ch_slot slot_;                                                                      \
        name##_item copy_; /* only a copy's address leaves: see attempts.h */                     \
        if (!(many_in) && tine__ch_ring_odd(r_)) {                                                \
            copy_ = *item_;                                                                       \
            return name##__push_oddly(c_, &copy_);                                                \
        }                                                                                         \
        tine__ch_result result_ =                                                                 \
            tine__ch_ring_begin_push(r_, name##__shape(), &slot_, many_in, many_out);             \
        if (TINE__CH_LIKELY(result_ == TINE__CH_OK)) {                                            \
            *(name##_item *)(void *)slot_.item = *item_;                                          \
            tine__ch_ring_end_push(r_, name##__shape(), slot_, many_in, many_out);                \
            return TINE__CH_OK;                                                                   \
        }                                                                                         \
        if (result_ != TINE__CH_AGAIN) return result_;                                            \
        copy_ = *item_;                                                                           \
        return name##__push_later(c_, &copy_);                                                    \
    }                                                                                             \
    TINE__CH_APART_CODE tine__ch_result name##__pull_later(name *c_, name##_item *item_)          \
    {                                                                                             \
        tine__ch_ring *r_ = &c_->TINE__CH_CORE;                                                   \
        if (r_->drain == 0 ||                                                                     \
            !tine__ch_let_gather(&r_->gather,                                                     \
                                 tine__ch_ring_taken(r_, name##__shape(), many_in, many_out),     \
                                 r_->drain))                                                      \
            return TINE__CH_AGAIN;                                                                \
        return tine__ch_ring_try_pop(r_, name##__shape(), item_, many_in, many_out);              \
    }                                                                                             \
    TINE__CH_HOT tine__ch_result name##__pull(name *c_, name##_item *item_)                       \
    {                                                                                             \
        tine__ch_ring *r_ = &c_->TINE__CH_CORE;                                                   \
        tine__ch_slot slot_;                                                                      \
        name##_item copy_; /* as in name##__push */                                               \
        if ((many_in) && !(many_out) && tine__ch_ring_overwrites(r_)) {                           \
            if (name##__pull_oddly(c_, &copy_) != TINE__CH_OK) return TINE__CH_AGAIN;             \
            *item_ = copy_;                                                                       \
            return TINE__CH_OK;                                                                   \
        }                                                                                         \
        tine__ch_result result_ =                                                                 \
            tine__ch_ring_begin_pop(r_, name##__shape(), &slot_, many_in, many_out);              \
        if (TINE__CH_LIKELY(result_ == TINE__CH_OK)) {                                            \
            *item_ = *(const name##_item *)(const void *)slot_.item;                              \
            tine__ch_ring_end_pop(r_, name##__shape(), slot_, many_in, many_out);                 \
            return TINE__CH_OK;                                                                   \
        }                                                                                         \
        if (!(many_in) && !(many_out) && tine__ch_ring_overwrites(r_)) {                          \
            if (name##__pull_oddly(c_, &copy_) != TINE__CH_OK) return TINE__CH_AGAIN;             \
        } else if (!tine__ch_may_gather(&r_->gather,                                              \
                                        tine__ch_ring_place(r_, many_in, many_out)) ||            \
                   name##__pull_later(c_, &copy_) != TINE__CH_OK) {                               \
            return TINE__CH_AGAIN;                                                                \
        }                                                                                         \
        *item_ = copy_;                                                                           \
        return TINE__CH_OK;                                                                       \
    }                                                                                             \
    TINE__CH_APART_CODE tine__ch_result name##__give(void *c_, void *item_)                       \
    {                                                                                             \
        tine__ch_ring *r_ = &((name *)c_)->TINE__CH_CORE;                                         \
        if (!item_)                                                                               \
            return tine__ch_ring_probe(r_, name##__shape(), TINE__CH_SENDERS, many_in, many_out); \
        return tine__ch_ring_try_push(r_, name##__shape(), item_, many_in, many_out);             \
    }                                                                                             \
    TINE__CH_APART_CODE tine__ch_result name##__take(void *c_, void *item_)                       \
    {                                                                                             \
        tine__ch_ring *r_ = &((name *)c_)->TINE__CH_CORE;                                         \
        if (!item_)                                                                               \
            return tine__ch_ring_probe(r_, name##__shape(), TINE__CH_RECEIVERS, many_in,          \
                                       many_out);                                                 \
        return tine__ch_ring_take(r_, name##__shape(), item_, many_in, many_out);                 \
    }                                                                                             \
    TINE__CH_API size_t name##_memory_size(size_t capacity_)                                      \
    {                                                                                             \
        return tine__ch_ring_memory(name##__shape(), capacity_);                                  \
    }                                                                                             \
    TINE__CH_API int name##_init_with(name *c_, size_t capacity_,                                 \
                                      const tine_channel_options *options_)                       \
    {                                                                                             \
        return tine__ch_ring_init(&c_->TINE__CH_CORE, name##__shape(), capacity_,                 \
                                  !(many_in) && !(many_out), #name, options_);                    \
    }                                                                                             \
    TINE__CH_API int name##_init(name *c_, size_t capacity_)                                      \
    {                                                                                             \
        return name##_init_with(c_, capacity_, NULL);                                             \
    }                                                                                             \
    TINE__CH_API int name##_init_overwrite(name *c_, size_t capacity_)                            \
    {                                                                                             \
        tine_channel_options options_;                                                            \
        memset(&options_, 0, sizeof options_);                                                    \
        options_.overwrite = true;                                                                \
        return name##_init_with(c_, capacity_, &options_);                                        \
    }                                                                                             \
    TINE__CH_API void name##_destroy(name *c_)                                                    \
    {                                                                                             \
        name##_item scratch_;                                                                     \
        tine__ch_ring_destroy(&c_->TINE__CH_CORE, name##__shape(), &scratch_, many_in, many_out); \
    }                                                                                             \
    TINE__CH_API size_t name##_peek(const name *c_)                                               \
    {                                                                                             \
        tine__ch_check_alive(&c_->TINE__CH_CORE.hub);                                             \
        return tine__ch_ring_peek(&c_->TINE__CH_CORE, name##__shape(), many_in, many_out);        \
    }                                                                                             \
    TINE__CH_API size_t name##_capacity(const name *c_)                                           \
    {                                                                                             \
        tine__ch_check_alive(&c_->TINE__CH_CORE.hub);                                             \
        return c_->TINE__CH_CORE.capacity;                                                        \
    }                                                                                             \
    TINE__CH_API void name##_close(name *c_)                                                      \
    {                                                                                             \
        tine__ch_enter(name##__hub(c_), TINE__CH_SENDERS, false);                                 \
        tine__ch_ring_close(&c_->TINE__CH_CORE, many_in);                                         \
    }                                                                                             \
    TINE__CH_OPERATIONS(name, !(many_in), !(many_out))                                            \
    TINE__CH_RING_SENDS(name, many_in)                                                            \
    TINE__CH_RING_ARRAYS(name, many_in, many_out)

/* The sends that may overwrite. */
#define TINE__CH_RING_SENDS(name, many_in)                                                         \
    TINE__CH_SEND_WAITING(name, !(many_in))                                                        \
    TINE__CH_COLD tine_channel_status name##_send_over(name *c_, name##_item item_,                \
                                                       name##_item *displaced_)                    \
    {                                                                                              \
        tine__ch_ring *r_ = &c_->TINE__CH_CORE;                                                    \
        bool was_full_;                                                                            \
        if (!tine__ch_ring_overwrites(r_))                                                         \
            tine__ch_die(r_->hub.label, "send_over needs a channel made by init_overwrite");       \
        tine__ch_enter(&r_->hub, TINE__CH_SENDERS, !(many_in));                                    \
        tine__ch_result result_ =                                                                  \
            tine__ch_ring_send_over(r_, name##__shape(), &item_, displaced_, &was_full_, many_in); \
        tine__ch_exit(&r_->hub, TINE__CH_SENDERS, !(many_in));                                     \
        return tine__ch_status(result_, was_full_ ? TINE_CHANNEL_WAITED : TINE_CHANNEL_DONE);      \
    }                                                                                              \
    TINE__CH_COLD tine_channel_status name##__send_dropping(name *c_, name##_item *item_)          \
    {                                                                                              \
        tine__ch_hub *h_ = name##__hub(c_);                                                        \
        name##_item displaced_;                                                                    \
        tine_channel_status status_ = name##_send_over(c_, *item_, &displaced_);                   \
        if (status_ == TINE_CHANNEL_WAITED && h_->drop) h_->drop(&displaced_, h_->drop_arg);       \
        return status_;                                                                            \
    }                                                                                              \
    TINE__CH_HOT tine_channel_status name##_send_status(name *c_, name##_item item_,               \
                                                        const struct timespec *deadline_)          \
    {                                                                                              \
        if (tine__ch_ring_overwrites(&c_->TINE__CH_CORE))                                          \
            return name##__send_dropping(c_, &item_);                                              \
        return name##__send_wait(c_, &item_, deadline_);                                           \
    }                                                                                              \
    TINE__CH_HOT bool name##_send(name *c_, name##_item item_)                                     \
    {                                                                                              \
        bool shut_ = tine__ch_hub_closed(name##__hub(c_));                                         \
        tine_channel_status status_ = name##_send_status(c_, item_, NULL);                         \
        return status_ == TINE_CHANNEL_WAITED || (status_ == TINE_CHANNEL_CLOSED && !shut_);       \
    }

#define TINE__CH_RING_ARRAYS(name, many_in, many_out)                                             \
    TINE__CH_API size_t name##_try_send_n(name *c_, const name##_item *items_, size_t n_)         \
    {                                                                                             \
        tine__ch_ring *r_ = &c_->TINE__CH_CORE;                                                   \
        size_t done_ = 0;                                                                         \
        tine__ch_enter(&r_->hub, TINE__CH_SENDERS, !(many_in));                                   \
        if ((many_in) || !tine__ch_hub_closed(&r_->hub))                                          \
            done_ = tine__ch_ring_push_array(r_, name##__shape(), items_, n_, many_in, many_out); \
        tine__ch_exit(&r_->hub, TINE__CH_SENDERS, !(many_in));                                    \
        return done_;                                                                             \
    }                                                                                             \
    TINE__CH_API size_t name##_try_recv_n(name *c_, name##_item *items_, size_t n_)               \
    {                                                                                             \
        tine__ch_ring *r_ = &c_->TINE__CH_CORE;                                                   \
        tine__ch_enter(&r_->hub, TINE__CH_RECEIVERS, !(many_out));                                \
        size_t done_ =                                                                            \
            tine__ch_ring_pop_array(r_, name##__shape(), items_, n_, many_in, many_out);          \
        tine__ch_exit(&r_->hub, TINE__CH_RECEIVERS, !(many_out));                                 \
        return done_;                                                                             \
    }

#endif
