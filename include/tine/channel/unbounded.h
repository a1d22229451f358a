/*
 * The unbounded flavours, declared at file scope by one line without a semicolon:
 *
 *     TINE_CHANNEL_MPSC_LIST(results, double)
 *     TINE_CHANNEL_MPMC_LIST(work, struct job *)
 *     TINE_CHANNEL_MPSC_INTRUSIVE(mail, struct letter, next)     items are `struct letter *`
 *
 * Relies on list.h, intrusive.h and ops.h. What they have in common is said in <tine/channel.h>.
 *
 *                     producers   consumers     progress                     order
 *   _MPSC_LIST        any         one           blocking (see list.h)        linearizable FIFO
 *   _MPMC_LIST        any         any, racing   blocking                     linearizable FIFO
 *   _MPSC_INTRUSIVE   any         one           blocking (see intrusive.h)   linearizable FIFO
 *
 * A send never waits for room. It takes memory now and then (not the intrusive one): without memory
 * try_send is false, send_status TINE_CHANNEL_NO_MEMORY, and send waits until there is some.
 * try_recv_batch allocates the nodes it gives: without memory fewer than are there, or 0.
 * Memory: an MPSC list frees what it does not need; an MPMC list keeps its segments until destroy,
 * at most what its fullest moment took.
 */
#ifndef TINE_CHANNEL_UNBOUNDED_H
#define TINE_CHANNEL_UNBOUNDED_H

#include <tine/channel/intrusive.h>
#include <tine/channel/list.h>
#include <tine/channel/ops.h>

/* Unbounded, any number of producers, one consumer. */
#define TINE_CHANNEL_MPSC_LIST(name, T) TINE__CH_LIST(name, T, false)
/* Unbounded, any number of producers and of racing consumers. */
#define TINE_CHANNEL_MPMC_LIST(name, T) TINE__CH_LIST(name, T, true)

#define TINE__CH_LIST(name, T, many_out)                                                 \
    typedef __typeof__(T) name##_item;                                                   \
    TINE__CH_ASSERT_MOVABLE(name##_item);                                                \
    typedef struct name {                                                                \
        tine__ch_list TINE__CH_CORE;                                                     \
    } name;                                                                              \
    /* For the linked batches: made by NAME_node_new, or by malloc unless over-aligned. */ \
    typedef struct name##_node {                                                         \
        struct name##_node *next;                                                        \
        name##_item item;                                                                \
    } name##_node;                                                                       \
    TINE__CH_HOT tine__ch_shape name##__shape(void)                                      \
    {                                                                                    \
        return tine__ch_shape_of(sizeof(name##_item), __alignof__(name##_item));         \
    }                                                                                    \
    TINE__CH_HOT tine__ch_hub *name##__hub(name *c_)                                     \
    {                                                                                    \
        return &c_->TINE__CH_CORE.hub;                                                   \
    }                                                                                    \
    TINE__CH_HOT tine__ch_result name##__push(name *c_, const name##_item *item_)        \
    {                                                                                    \
        return tine__ch_list_push_n(&c_->TINE__CH_CORE, name##__shape(), item_, 1);      \
    }                                                                                    \
    TINE__CH_APART_CODE tine__ch_result name##__pull_later(name *c_, name##_item *item_) \
    {                                                                                    \
        tine__ch_list *l_ = &c_->TINE__CH_CORE;                                          \
        if (!tine__ch_let_gather(&l_->gather, tine__ch_list_taken(l_),                   \
                                 TINE__CH_GATHER_PAUSES))                                \
            return TINE__CH_AGAIN;                                                       \
        return tine__ch_list_pop(l_, name##__shape(), item_, many_out);                  \
    }                                                                                    \
    TINE__CH_HOT tine__ch_result name##__pull(name *c_, name##_item *item_)              \
    {                                                                                    \
        tine__ch_list *l_ = &c_->TINE__CH_CORE;                                          \
        tine__ch_result r_ = tine__ch_list_pop(l_, name##__shape(), item_, many_out);    \
        if ((many_out) || TINE__CH_LIKELY(r_ == TINE__CH_OK)) return r_;                 \
        if (!tine__ch_may_gather(&l_->gather, tine__ch_list_taken(l_))) return r_;       \
        name##_item copy_; /* only a copy's address leaves: see attempts.h */            \
        r_ = name##__pull_later(c_, &copy_);                                             \
        if (r_ == TINE__CH_OK) *item_ = copy_;                                           \
        return r_;                                                                       \
    }                                                                                    \
    TINE__CH_APART_CODE tine__ch_result name##__take(void *c_, void *item_)                      \
    {                                                                                    \
        tine__ch_list *l_ = &((name *)c_)->TINE__CH_CORE;                                \
        if (!item_) return tine__ch_list_probe(l_, name##__shape());                     \
        return tine__ch_list_take(l_, name##__shape(), item_, many_out);                 \
    }                                                                                    \
    TINE__CH_API int name##_init_with(name *c_, const tine_channel_options *options_)    \
    {                                                                                    \
        return tine__ch_list_init(&c_->TINE__CH_CORE, name##__shape(), #name, options_); \
    }                                                                                    \
    TINE__CH_API void name##_destroy(name *c_)                                           \
    {                                                                                    \
        name##_item scratch_;                                                            \
        tine__ch_list_destroy(&c_->TINE__CH_CORE, name##__shape(), &scratch_, many_out); \
    }                                                                                    \
    TINE__CH_API size_t name##_peek(const name *c_)                                      \
    {                                                                                    \
        tine__ch_check_alive(&c_->TINE__CH_CORE.hub);                                    \
        return tine__ch_list_peek(&c_->TINE__CH_CORE, name##__shape());                  \
    }                                                                                    \
    TINE__CH_API void name##_close(name *c_)                                             \
    {                                                                                    \
        tine__ch_enter(name##__hub(c_), TINE__CH_SENDERS, false);                        \
        tine__ch_list_close(&c_->TINE__CH_CORE);                                         \
    }                                                                                    \
    TINE__CH_OPERATIONS(name, false, !(many_out))                                        \
    TINE__CH_UNBOUNDED_SENDS(name)                                                       \
    TINE__CH_LIST_ARRAYS(name, many_out)                                                 \
    TINE__CH_LIST_BATCHES(name, many_out)

#define TINE__CH_UNBOUNDED_SENDS(name)                                                             \
    TINE__CH_API int name##_init(name *c_)                                                         \
    {                                                                                              \
        return name##_init_with(c_, NULL);                                                         \
    }                                                                                              \
    TINE__CH_HOT tine_channel_status name##_send_status(name *c_, name##_item item_,               \
                                                        const struct timespec *deadline_)          \
    {                                                                                              \
        (void)deadline_; /* never waits */                                                         \
        tine__ch_enter(name##__hub(c_), TINE__CH_SENDERS, false);                                  \
        return tine__ch_status(name##__push(c_, &item_), TINE_CHANNEL_DONE);                       \
    }                                                                                              \
    TINE__CH_HOT bool name##_send(name *c_, name##_item item_)                                     \
    {                                                                                              \
        bool waited_ = false;                                                                      \
        while (TINE__CH_UNLIKELY(name##_send_status(c_, item_, NULL) == TINE_CHANNEL_NO_MEMORY)) { \
            waited_ = true;                                                                        \
            tine__ch_sleep_briefly();                                                              \
        }                                                                                          \
        return waited_;                                                                            \
    }

#define TINE__CH_LIST_ARRAYS(name, many_out)                                                      \
    TINE__CH_API size_t name##_try_send_n(name *c_, const name##_item *items_, size_t n_)         \
    {                                                                                             \
        tine__ch_enter(name##__hub(c_), TINE__CH_SENDERS, false);                                 \
        if (n_ == 0) return 0;                                                                    \
        return tine__ch_list_push_n(&c_->TINE__CH_CORE, name##__shape(), items_, n_) ==           \
                       TINE__CH_OK                                                                \
                   ? n_                                                                           \
                   : 0;                                                                           \
    }                                                                                             \
    TINE__CH_API size_t name##_try_recv_n(name *c_, name##_item *items_, size_t n_)               \
    {                                                                                             \
        size_t done_, sum_ = 0;                                                                   \
        tine__ch_enter(name##__hub(c_), TINE__CH_RECEIVERS, !(many_out));                         \
        while (sum_ < n_ &&                                                                       \
               tine__ch_list_pop_n(&c_->TINE__CH_CORE, name##__shape(), items_ + sum_, n_ - sum_, \
                                   &done_, many_out) == TINE__CH_OK)                              \
            sum_ += done_;                                                                        \
        tine__ch_exit(name##__hub(c_), TINE__CH_RECEIVERS, !(many_out));                          \
        return sum_;                                                                              \
    }

/*
 * Linked batches of the lists that are not intrusive. The items move between nodes and the channel;
 * a batch that was sent has had its nodes freed, one that was received is for the caller to free.
 */
#define TINE__CH_LIST_BATCHES(name, many_out)                                                      \
    TINE__CH_API name##_node *name##_node_new(name##_item item_)                                   \
    {                                                                                              \
        name##_node *node_ =                                                                       \
            (name##_node *)tine__ch_object_new(sizeof *node_, __alignof__(name##_node));           \
        if (!node_) return NULL;                                                                   \
        node_->next = NULL;                                                                        \
        node_->item = item_;                                                                       \
        return node_;                                                                              \
    }                                                                                              \
    TINE__CH_API bool name##_try_send_batch(name *c_, name##_node *first_, name##_node *last_,     \
                                            size_t count_)                                         \
    {                                                                                              \
        tine__ch_claim claim_;                                                                     \
        tine__ch_enter(name##__hub(c_), TINE__CH_SENDERS, false);                                  \
        if (count_ == 0) return true;                                                              \
        if (tine__ch_list_claim(&c_->TINE__CH_CORE, name##__shape(), count_, &claim_) !=           \
            TINE__CH_OK)                                                                           \
            return false;                                                                          \
        for (size_t i_ = 0; i_ < count_; i_++) {                                                   \
            name##_node *node_ = first_;                                                           \
            if (TINE_CHANNEL_DEBUG && (!node_ || (node_ == last_) != (i_ == count_ - 1)))          \
                tine__ch_die(#name, "batch of another length than its count");                     \
            first_ = node_->next;                                                                  \
            tine__ch_list_fill(&claim_, name##__shape(), &node_->item);                            \
            free(node_);                                                                           \
        }                                                                                          \
        (void)last_;                                                                               \
        tine__ch_changed(name##__hub(c_), TINE__CH_RECEIVERS, count_);                             \
        return true;                                                                               \
    }                                                                                              \
    TINE__CH_API size_t name##_try_recv_batch(name *c_, name##_node **first_, name##_node **last_) \
    {                                                                                              \
        size_t n_ = 0;                                                                             \
        name##_node *tail_ = NULL, *node_;                                                         \
        tine__ch_enter(name##__hub(c_), TINE__CH_RECEIVERS, !(many_out));                          \
        while ((node_ = (name##_node *)tine__ch_object_new(sizeof *node_,                          \
                                                           __alignof__(name##_node))) != NULL) {   \
            if (tine__ch_list_pop(&c_->TINE__CH_CORE, name##__shape(), &node_->item, many_out) !=  \
                TINE__CH_OK) {                                                                     \
                free(node_);                                                                       \
                break;                                                                             \
            }                                                                                      \
            node_->next = NULL;                                                                    \
            if (tail_) {                                                                           \
                tail_->next = node_;                                                               \
            } else {                                                                               \
                *first_ = node_;                                                                   \
            }                                                                                      \
            *last_ = tail_ = node_;                                                                \
            n_++;                                                                                  \
        }                                                                                          \
        tine__ch_exit(name##__hub(c_), TINE__CH_RECEIVERS, !(many_out));                           \
        return n_;                                                                                 \
    }

/* In C++ the item's class may have bases, or anything else that makes its layout other than C's. */
#ifdef __cplusplus
#define TINE__CH_ANY_LAYOUT        \
    _Pragma("GCC diagnostic push") \
    _Pragma("GCC diagnostic ignored \"-Winvalid-offsetof\"")
#define TINE__CH_ANY_LAYOUT_END _Pragma("GCC diagnostic pop")
#else
#define TINE__CH_ANY_LAYOUT
#define TINE__CH_ANY_LAYOUT_END
#endif

/*
 * Unbounded and intrusive, any number of producers, one consumer. Items are pointers to `type`,
 * whose member `link` (of type `type *`) is the channel's while an item is in it. A send needs no
 * memory and cannot fail but on a closed channel. NULL is no item.
 */
#define TINE_CHANNEL_MPSC_INTRUSIVE(name, type, link)                                            \
    typedef __typeof__(type) *name##_item;                                                       \
    typedef struct name {                                                                        \
        tine__ch_chain TINE__CH_CORE;                                                            \
    } name;                                                                                      \
    TINE__CH_STATIC_ASSERT(sizeof(((__typeof__(type) *)0)->link) == sizeof(void *),              \
                           "the link of an intrusive channel is a pointer");                     \
    TINE__CH_ANY_LAYOUT                                                                          \
    TINE__CH_HOT size_t name##__link(void)                                                       \
    {                                                                                            \
        return offsetof(__typeof__(type), link);                                                 \
    }                                                                                            \
    TINE__CH_ANY_LAYOUT_END                                                                      \
    TINE__CH_HOT tine__ch_hub *name##__hub(name *c_)                                             \
    {                                                                                            \
        return &c_->TINE__CH_CORE.hub;                                                           \
    }                                                                                            \
    TINE__CH_HOT tine__ch_result name##__push(name *c_, const name##_item *item_)                \
    {                                                                                            \
        if (TINE_CHANNEL_DEBUG && !*item_) tine__ch_die(#name, "NULL sent");                     \
        return tine__ch_chain_push(&c_->TINE__CH_CORE, name##__link(), *item_, *item_, 1);       \
    }                                                                                            \
    TINE__CH_HOT tine__ch_result name##__pull(name *c_, name##_item *item_)                      \
    {                                                                                            \
        void *taken_;                                                                            \
        tine__ch_result r_ = tine__ch_chain_pop(&c_->TINE__CH_CORE, name##__link(), &taken_);    \
        if (r_ == TINE__CH_OK) *item_ = (name##_item)taken_;                                     \
        return r_;                                                                               \
    }                                                                                            \
    TINE__CH_APART_CODE tine__ch_result name##__take(void *c_, void *item_)                      \
    {                                                                                            \
        tine__ch_chain *chain_ = &((name *)c_)->TINE__CH_CORE;                                   \
        void *taken_;                                                                            \
        if (!item_) return tine__ch_chain_probe(chain_);                                         \
        tine__ch_result r_ = tine__ch_chain_take(chain_, name##__link(), &taken_);               \
        if (r_ == TINE__CH_OK) *(name##_item *)item_ = (name##_item)taken_;                      \
        return r_;                                                                               \
    }                                                                                            \
    TINE__CH_API int name##_init_with(name *c_, const tine_channel_options *options_)            \
    {                                                                                            \
        return tine__ch_chain_init(&c_->TINE__CH_CORE, #name, options_);                         \
    }                                                                                            \
    TINE__CH_API void name##_destroy(name *c_)                                                   \
    {                                                                                            \
        tine__ch_chain_destroy(&c_->TINE__CH_CORE, name##__link());                              \
    }                                                                                            \
    TINE__CH_API size_t name##_peek(const name *c_)                                              \
    {                                                                                            \
        tine__ch_check_alive(&c_->TINE__CH_CORE.hub);                                            \
        return tine__ch_chain_peek(&c_->TINE__CH_CORE);                                          \
    }                                                                                            \
    TINE__CH_API void name##_close(name *c_)                                                     \
    {                                                                                            \
        tine__ch_enter(name##__hub(c_), TINE__CH_SENDERS, false);                                \
        tine__ch_chain_close(&c_->TINE__CH_CORE);                                                \
    }                                                                                            \
    TINE__CH_OPERATIONS(name, false, true)                                                       \
    TINE__CH_UNBOUNDED_SENDS(name)                                                               \
    TINE__CH_API size_t name##_try_send_n(name *c_, const name##_item *items_, size_t n_)        \
    {                                                                                            \
        tine__ch_enter(name##__hub(c_), TINE__CH_SENDERS, false);                                \
        if (n_ == 0) return 0;                                                                   \
        for (size_t i_ = 1; i_ < n_; i_++) items_[i_ - 1]->link = items_[i_];                    \
        return tine__ch_chain_push(&c_->TINE__CH_CORE, name##__link(),                           \
                                   items_[0], items_[n_ - 1], n_) == TINE__CH_OK                 \
                   ? n_                                                                          \
                   : 0;                                                                          \
    }                                                                                            \
    TINE__CH_API size_t name##_try_recv_n(name *c_, name##_item *items_, size_t n_)              \
    {                                                                                            \
        size_t done_ = 0;                                                                        \
        tine__ch_enter(name##__hub(c_), TINE__CH_RECEIVERS, true);                               \
        while (done_ < n_ && name##__pull(c_, &items_[done_]) == TINE__CH_OK) done_++;           \
        tine__ch_exit(name##__hub(c_), TINE__CH_RECEIVERS, true);                                \
        return done_;                                                                            \
    }                                                                                            \
    TINE__CH_API bool name##_try_send_batch(name *c_, name##_item first_, name##_item last_,     \
                                            size_t count_)                                       \
    {                                                                                            \
        tine__ch_enter(name##__hub(c_), TINE__CH_SENDERS, false);                                \
        if (count_ == 0) return true;                                                            \
        tine__ch_chain_check(&c_->TINE__CH_CORE, name##__link(), first_, last_, count_);         \
        return tine__ch_chain_push(&c_->TINE__CH_CORE, name##__link(), first_,                   \
                                   last_, count_) == TINE__CH_OK;                                \
    }                                                                                            \
    TINE__CH_API size_t name##_try_recv_batch(name *c_, name##_item *first_, name##_item *last_) \
    {                                                                                            \
        void *from_, *to_;                                                                       \
        tine__ch_enter(name##__hub(c_), TINE__CH_RECEIVERS, true);                               \
        size_t n_ = tine__ch_chain_pop_all(&c_->TINE__CH_CORE, name##__link(), &from_, &to_);    \
        tine__ch_exit(name##__hub(c_), TINE__CH_RECEIVERS, true);                                \
        if (n_ > 0) {                                                                            \
            *first_ = (name##_item)from_;                                                        \
            *last_ = (name##_item)to_;                                                           \
        }                                                                                        \
        return n_;                                                                               \
    }

#endif
