/*
 * A variable that only a receive has written, and that is read only if it says so: no compiler warns of
 * it at any level (headers.sh). gcc did at -Og and -O1, at whatever line of the user's read it.
 */
#include <tine/channel.h>

typedef struct pair {
    double a, b;
} pair;

typedef struct letter {
    long number;
    struct letter *next;
} letter;

#define READS(name, T, member)                                            \
    long name##_tried(name *c);                                           \
    long name##_tried(name *c)                                            \
    {                                                                     \
        T item;                                                           \
        if (!name##_try_recv(c, &item)) return -1;                        \
        return (long)item member;                                         \
    }                                                                     \
    long name##_both(name *c);                                            \
    long name##_both(name *c)                                             \
    {                                                                     \
        T item;                                                           \
        return name##_try_recv(c, &item) && (long)item member > 3;        \
    }                                                                     \
    long name##_sum(name *c);                                             \
    long name##_sum(name *c)                                              \
    {                                                                     \
        T item;                                                           \
        long sum = 0;                                                     \
        while (name##_try_recv(c, &item)) sum += (long)item member;       \
        while (name##_recv_status(c, &item, NULL) <= TINE_CHANNEL_WAITED) \
            sum += (long)item member;                                     \
        return sum;                                                       \
    }
#define FLAVOURS(T, t, member)               \
    TINE_CHANNEL_SPSC(spsc_##t, T)           \
    READS(spsc_##t, T, member)               \
    TINE_CHANNEL_MPSC(mpsc_##t, T)           \
    READS(mpsc_##t, T, member)               \
    TINE_CHANNEL_SPMC(spmc_##t, T)           \
    READS(spmc_##t, T, member)               \
    TINE_CHANNEL_MPMC(mpmc_##t, T)           \
    READS(mpmc_##t, T, member)               \
    TINE_CHANNEL_MPSC_LIST(mpsc_list_##t, T) \
    READS(mpsc_list_##t, T, member)          \
    TINE_CHANNEL_MPMC_LIST(mpmc_list_##t, T) \
    READS(mpmc_list_##t, T, member)

FLAVOURS(long, long, )
FLAVOURS(char, char, )
FLAVOURS(pair, pair, .b)
TINE_CHANNEL_MPSC_INTRUSIVE(mail, letter, next)
READS(mail, letter *, ->number)
