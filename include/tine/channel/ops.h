/*
 * The operations that every flavour has, as a macro over its attempts. Relies on select.h.
 *
 * TINE__CH_OPERATIONS(name, single_in, single_out) expects of the flavour:
 *     name, name_item                         the channel's type and the item's
 *     name__push(name *, name_item *)         one attempt to send
 *     name__pull(name *, name_item *)         one attempt to receive, blind to closing
 *     name__give(void *, void *)              tine__ch_attempt to send
 *     name__take(void *, void *)              tine__ch_attempt to receive; knows of closing
 *     name__hub(name *)
 */
#ifndef TINE_CHANNEL_OPS_H
#define TINE_CHANNEL_OPS_H

#include <tine/channel/select.h>

#define TINE__CH_OPERATIONS(name, single_in, single_out)                                         \
    TINE__CH_HOT bool name##_try_send(name *c_, name##_item item_)                               \
    {                                                                                            \
        tine__ch_enter(name##__hub(c_), TINE__CH_SENDERS, single_in);                            \
        tine__ch_result r_ = name##__push(c_, &item_);                                           \
        tine__ch_exit(name##__hub(c_), TINE__CH_SENDERS, single_in);                             \
        return r_ == TINE__CH_OK;                                                                \
    }                                                                                            \
    TINE__CH_HOT bool name##_try_recv(name *c_, name##_item *item_)                              \
    {                                                                                            \
        tine__ch_enter(name##__hub(c_), TINE__CH_RECEIVERS, single_out);                         \
        tine__ch_result r_ = name##__pull(c_, item_);                                            \
        tine__ch_exit(name##__hub(c_), TINE__CH_RECEIVERS, single_out);                          \
        return r_ == TINE__CH_OK;                                                                \
    }                                                                                            \
    /* Closed is asked ahead of any wait, so that none is told where there was none. A partner that\
     * runs now answers within the first rounds, which call nothing. With a pause each, or the \
     * polling takes the line from the partner as it writes: a round trip 69 ns, without 115. */ \
    TINE__CH_APART_CODE tine_channel_status name##__recv_wait(name *c_, name##_item *item_,      \
                                                              const struct timespec *deadline_)  \
    {                                                                                            \
        if (tine__ch_hub_closed(name##__hub(c_))) {                                              \
            tine__ch_result r_ = name##__take(c_, item_);                                        \
            if (r_ != TINE__CH_AGAIN)                                                            \
                return tine__ch_status(r_, TINE_CHANNEL_DONE);                                   \
        }                                                                                        \
        for (unsigned i_ = 0; i_ < TINE__CH_SPIN_TIGHT; i_++) {                                  \
            if (name##__pull(c_, item_) == TINE__CH_OK) return TINE_CHANNEL_WAITED;              \
            tine__ch_pause();                                                                    \
        }                                                                                        \
        return tine__ch_await(name##__hub(c_), TINE__CH_RECEIVERS, name##__take, c_, item_,      \
                              deadline_);                                                        \
    }                                                                                            \
    TINE__CH_HOT tine_channel_status name##_recv_status(name *c_, name##_item *item_,            \
                                                        const struct timespec *deadline_)        \
    {                                                                                            \
        tine__ch_enter(name##__hub(c_), TINE__CH_RECEIVERS, single_out);                         \
        tine_channel_status status_ = TINE_CHANNEL_DONE;                                         \
        if (TINE__CH_UNLIKELY(name##__pull(c_, item_) != TINE__CH_OK))                       \
            status_ = name##__recv_wait(c_, item_, deadline_);                               \
        tine__ch_exit(name##__hub(c_), TINE__CH_RECEIVERS, single_out);                          \
        return status_;                                                                          \
    }                                                                                            \
    TINE__CH_HOT bool name##_recv(name *c_, name##_item *item_)                                  \
    {                                                                                            \
        bool shut_ = tine__ch_hub_closed(name##__hub(c_));                                       \
        tine_channel_status status_ = name##_recv_status(c_, item_, NULL);                       \
        return status_ == TINE_CHANNEL_WAITED || (status_ == TINE_CHANNEL_CLOSED && !shut_);     \
    }                                                                                            \
    TINE__CH_API bool name##_closed(const name *c_)                                              \
    {                                                                                            \
        tine__ch_check_alive(&c_->TINE__CH_CORE.hub);                                            \
        return tine__ch_hub_closed(&c_->TINE__CH_CORE.hub);                                      \
    }                                                                                            \
    TINE__CH_API tine_select_case name##_case(name *c_, name##_item *item_)                      \
    {                                                                                            \
        tine_select_case made_ = {c_, item_, name##__hub(c_), name##__take, single_out};         \
        return made_;                                                                            \
    }

/* The member that every flavour's type has: its core, whose hub is `hub`. */
#define TINE__CH_CORE core

/*
 * Blocking send of the flavours that cannot overwrite. `deadline` ends the wait for room, or, in
 * unbounded flavours, nothing: they do not wait.
 */
#define TINE__CH_SEND_WAITING(name, single_in)                                                   \
    TINE__CH_APART_CODE tine_channel_status name##__send_slowly(                                 \
        name *c_, name##_item *item_, const struct timespec *deadline_)                          \
    {                                                                                            \
        for (unsigned i_ = 0; i_ < TINE__CH_SPIN_TIGHT; i_++) {                                  \
            tine__ch_result r_ = name##__push(c_, item_);                                        \
            if (r_ != TINE__CH_AGAIN)                                                            \
                return tine__ch_status(r_, TINE_CHANNEL_WAITED);                                 \
        }                                                                                        \
        return tine__ch_await(name##__hub(c_), TINE__CH_SENDERS, name##__give, c_, item_,        \
                              deadline_);                                                        \
    }                                                                                            \
    TINE__CH_HOT tine_channel_status name##__send_wait(name *c_, name##_item *item_,             \
                                                       const struct timespec *deadline_)         \
    {                                                                                            \
        tine__ch_enter(name##__hub(c_), TINE__CH_SENDERS, single_in);                            \
        tine__ch_result r_ = name##__push(c_, item_);                                        \
        tine_channel_status status_ = tine__ch_status(r_, TINE_CHANNEL_DONE);                \
        if (TINE__CH_UNLIKELY(r_ == TINE__CH_AGAIN)) {                                       \
            name##_item copy_ = *item_; /* only its address leaves */                          \
            status_ = name##__send_slowly(c_, &copy_, deadline_);                            \
        }                                                                                    \
        tine__ch_exit(name##__hub(c_), TINE__CH_SENDERS, single_in);                             \
        return status_;                                                                          \
    }

#endif
