/*
 * Every flavour behind one table of functions, with items that carry a number, so that one test
 * serves all. The number must survive the way through the item whole: rings are there with items of
 * 1, 8, 24, 64 and 200 bytes and an over-aligned one.
 */
#ifndef TEST_CHANNEL_FLAVOURS_H
#define TEST_CHANNEL_FLAVOURS_H

#include <tine/channel.h>

typedef struct flavour {
    const char *name;
    bool bounded, many_in, many_out;
    uint64_t largest; /* number that an item can carry */
    void *(*make)(size_t capacity);
    void *(*make_overwrite)(size_t capacity); /* NULL: cannot */
    tine_channel_status (*send_over)(void *c, uint64_t v, uint64_t *displaced); /* likewise */
    void (*destroy)(void *c);
    bool (*try_send)(void *c, uint64_t v);
    bool (*try_recv)(void *c, uint64_t *v);
    bool (*send)(void *c, uint64_t v);
    bool (*recv)(void *c, uint64_t *v);
    tine_channel_status (*send_status)(void *c, uint64_t v, const struct timespec *deadline);
    tine_channel_status (*recv_status)(void *c, uint64_t *v, const struct timespec *deadline);
    size_t (*send_n)(void *c, const uint64_t *v, size_t n); /* n <= 64 */
    size_t (*recv_n)(void *c, uint64_t *v, size_t n);
    bool (*send_batch)(void *c, const uint64_t *v, size_t n); /* NULL: not a list */
    size_t (*recv_batch)(void *c, uint64_t *v, size_t room);
    size_t (*peek)(void *c);
    void (*close)(void *c);
    bool (*closed)(void *c);
    /* For select: a case on `c`, and the number in its item afterwards. */
    tine_select_case (*select_case)(void *c, void *item);
    uint64_t (*number)(const void *item);
} flavour;

enum { FLAVOUR_ITEM_MAX = 512 };

/* Told, if not NULL, of the items that channels made by `make_overwrite` drop. */
extern void (*flavour_dropped)(uint64_t v);

extern const flavour flavours[];
extern const size_t flavour_count;

const flavour *flavour_named(const char *name);

#endif
