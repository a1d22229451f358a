/* The table of flavours.h. */
#include "flavours.h"

typedef struct item24 {
    uint64_t a, b, c;
} item24;

typedef struct item64 {
    uint64_t word[8];
} item64;

typedef struct item200 {
    uint64_t word[25];
} item200;

typedef struct wide {
    uint64_t word[32];
} __attribute__((aligned(128))) wide;

typedef struct letter {
    uint64_t a;
    struct letter *next;
} letter;

/* Number to item and back; a torn or mixed-up item gives a number that nobody sent. */
#define WORDS(type, n)                                                         \
    static type type##_of(uint64_t v)                                          \
    {                                                                          \
        type item;                                                             \
        for (int i = 0; i < n; i++) item.word[i] = v + (uint64_t)i;            \
        return item;                                                           \
    }                                                                          \
    static uint64_t type##_number(type item)                                   \
    {                                                                          \
        for (int i = 0; i < n; i++)                                            \
            if (item.word[i] != item.word[0] + (uint64_t)i) return UINT64_MAX; \
        return item.word[0];                                                   \
    }
WORDS(item64, 8)
WORDS(item200, 25)
WORDS(wide, 32)

static item24 item24_of(uint64_t v)
{
    item24 item = {v, ~v, v * 3};
    return item;
}

static uint64_t item24_number(item24 item)
{
    return item.b == ~item.a && item.c == item.a * 3 ? item.a : UINT64_MAX;
}

typedef uint64_t plain;
typedef unsigned char byte;

static plain plain_of(uint64_t v)
{
    return v;
}

static uint64_t plain_number(plain v)
{
    return v;
}

static byte byte_of(uint64_t v)
{
    return (byte)v;
}

static uint64_t byte_number(byte v)
{
    return v;
}

#define SAME(name, T)                                                                              \
    static void name##_f_destroy(void *c)                                                          \
    {                                                                                              \
        name##_destroy((name *)c);                                                                 \
        free(c);                                                                                   \
    }                                                                                              \
    static bool name##_f_try_send(void *c, uint64_t v)                                             \
    {                                                                                              \
        return name##_try_send((name *)c, T##_of(v));                                              \
    }                                                                                              \
    static bool name##_f_try_recv(void *c, uint64_t *v)                                            \
    {                                                                                              \
        T item;                                                                                    \
        if (!name##_try_recv((name *)c, &item)) return false;                                      \
        *v = T##_number(item);                                                                     \
        return true;                                                                               \
    }                                                                                              \
    static bool name##_f_send(void *c, uint64_t v)                                                 \
    {                                                                                              \
        return name##_send((name *)c, T##_of(v));                                                  \
    }                                                                                              \
    static bool name##_f_recv(void *c, uint64_t *v)                                                \
    {                                                                                              \
        T item = T##_of(*v);                                                                       \
        bool waited = name##_recv((name *)c, &item);                                               \
        *v = T##_number(item);                                                                     \
        return waited;                                                                             \
    }                                                                                              \
    static tine_channel_status name##_f_send_status(void *c, uint64_t v, const struct timespec *t) \
    {                                                                                              \
        return name##_send_status((name *)c, T##_of(v), t);                                        \
    }                                                                                              \
    static tine_channel_status name##_f_recv_status(void *c, uint64_t *v,                          \
                                                    const struct timespec *t)                      \
    {                                                                                              \
        T item;                                                                                    \
        tine_channel_status status = name##_recv_status((name *)c, &item, t);                      \
        if (status <= TINE_CHANNEL_WAITED) *v = T##_number(item);                                  \
        return status;                                                                             \
    }                                                                                              \
    static size_t name##_f_send_n(void *c, const uint64_t *v, size_t n)                            \
    {                                                                                              \
        T items[64];                                                                               \
        for (size_t i = 0; i < n; i++) items[i] = T##_of(v[i]);                                    \
        return name##_try_send_n((name *)c, items, n);                                             \
    }                                                                                              \
    static size_t name##_f_recv_n(void *c, uint64_t *v, size_t n)                                  \
    {                                                                                              \
        T items[64];                                                                               \
        size_t got = name##_try_recv_n((name *)c, items, n);                                       \
        for (size_t i = 0; i < got; i++) v[i] = T##_number(items[i]);                              \
        return got;                                                                                \
    }                                                                                              \
    static size_t name##_f_peek(void *c)                                                           \
    {                                                                                              \
        return name##_peek((name *)c);                                                             \
    }                                                                                              \
    static void name##_f_close(void *c)                                                            \
    {                                                                                              \
        name##_close((name *)c);                                                                   \
    }                                                                                              \
    static bool name##_f_closed(void *c)                                                           \
    {                                                                                              \
        return name##_closed((name *)c);                                                           \
    }                                                                                              \
    static tine_select_case name##_f_case(void *c, void *item)                                     \
    {                                                                                              \
        return name##_case((name *)c, (T *)item);                                                  \
    }                                                                                              \
    static uint64_t name##_f_number(const void *item)                                              \
    {                                                                                              \
        T copy;                                                                                    \
        memcpy(&copy, item, sizeof copy);                                                          \
        return T##_number(copy);                                                                   \
    }

#define MAKE(name, how, call)                    \
    static void *name##_f_##how(size_t capacity) \
    {                                            \
        name *c = (name *)malloc(sizeof *c);     \
        (void)capacity;                          \
        if (!c || call != 0) abort();            \
        return c;                                \
    }

void (*flavour_dropped)(uint64_t v);

#define OVERWRITING(name, T)                                                                        \
    static void name##_f_drop(void *item, void *arg)                                                \
    {                                                                                               \
        (void)arg;                                                                                  \
        if (flavour_dropped) flavour_dropped(name##_f_number(item));                                \
    }                                                                                               \
    static void *name##_f_make_overwrite(size_t capacity)                                           \
    {                                                                                               \
        name *c = (name *)malloc(sizeof *c);                                                        \
        tine_channel_options options;                                                               \
        memset(&options, 0, sizeof options);                                                        \
        options.overwrite = true;                                                                   \
        options.drop = name##_f_drop;                                                               \
        if (!c || name##_init_with(c, capacity, &options) != 0) abort();                            \
        return c;                                                                                   \
    }                                                                                               \
    static tine_channel_status name##_f_send_over(void *c, uint64_t v, uint64_t *displaced)         \
    {                                                                                               \
        T item;                                                                                     \
        tine_channel_status status = name##_send_over((name *)c, T##_of(v), &item);                 \
        if (status == TINE_CHANNEL_WAITED) *displaced = T##_number(item);                           \
        return status;                                                                              \
    }

#define RING(name, T, KIND)                                                               \
    TINE_CHANNEL_##KIND(name, T) SAME(name, T) MAKE(name, make, name##_init(c, capacity)) \
        OVERWRITING(name, T)

#define LIST(name, T, KIND)                                                                        \
    TINE_CHANNEL_##KIND(name, T) SAME(name, T)                                                     \
        MAKE(name, make,                                                                           \
             name##_init(c)) static bool name##_f_send_batch(void *c, const uint64_t *v, size_t n) \
    {                                                                                              \
        name##_node *first = NULL, *last = NULL;                                                   \
        for (size_t i = 0; i < n; i++) {                                                           \
            name##_node *node = name##_node_new(T##_of(v[i]));                                     \
            if (!node) abort();                                                                    \
            if (last) {                                                                            \
                last->next = node;                                                                 \
            } else {                                                                               \
                first = node;                                                                      \
            }                                                                                      \
            last = node;                                                                           \
        }                                                                                          \
        bool sent = name##_try_send_batch((name *)c, first, last, n);                              \
        while (!sent && first) {                                                                   \
            name##_node *next = first->next;                                                       \
            free(first);                                                                           \
            first = next;                                                                          \
        }                                                                                          \
        return sent;                                                                               \
    }                                                                                              \
    static size_t name##_f_recv_batch(void *c, uint64_t *v, size_t room)                           \
    {                                                                                              \
        name##_node *first, *last;                                                                 \
        size_t n = name##_try_recv_batch((name *)c, &first, &last);                                \
        if (n > room) abort();                                                                     \
        for (size_t i = 0; i < n; i++) {                                                           \
            name##_node *next = first->next;                                                       \
            if ((first == last) != (i == n - 1)) abort();                                          \
            v[i] = T##_number(first->item);                                                        \
            free(first);                                                                           \
            first = next;                                                                          \
        }                                                                                          \
        return n;                                                                                  \
    }

RING(spsc, plain, SPSC)
RING(mpsc, plain, MPSC)
RING(spmc, plain, SPMC)
RING(mpmc, plain, MPMC)
RING(spsc_byte, byte, SPSC)
RING(mpmc_byte, byte, MPMC)
RING(spsc24, item24, SPSC)
RING(mpmc24, item24, MPMC)
RING(spsc64, item64, SPSC)
RING(mpsc64, item64, MPSC)
RING(spmc200, item200, SPMC)
RING(mpmc200, item200, MPMC)
RING(spsc_wide, wide, SPSC)
RING(mpmc_wide, wide, MPMC)
LIST(mpsc_list, plain, MPSC_LIST)
LIST(mpmc_list, plain, MPMC_LIST)
LIST(mpsc_list24, item24, MPSC_LIST)
LIST(mpmc_list200, item200, MPMC_LIST)
LIST(mpsc_list_wide, wide, MPSC_LIST)
LIST(mpmc_list_wide, wide, MPMC_LIST)

/* The intrusive one: a letter is allocated where the others copy. */
TINE_CHANNEL_MPSC_INTRUSIVE(mail, letter, next)

static letter *letter_new(uint64_t v)
{
    letter *l = (letter *)malloc(sizeof *l);
    if (!l) abort();
    l->a = v;
    return l;
}

static uint64_t letter_open(letter *l)
{
    uint64_t v = l->a;
    free(l);
    return v;
}

static void letter_drop(void *item, void *arg)
{
    (void)arg;
    free(item);
}

static void *mail_f_make(size_t capacity)
{
    mail *c = (mail *)malloc(sizeof *c);
    tine_channel_options options;
    (void)capacity;
    memset(&options, 0, sizeof options);
    options.drop = letter_drop;
    if (!c || mail_init_with(c, &options) != 0) abort();
    return c;
}

static void mail_f_destroy(void *c)
{
    mail_destroy((mail *)c);
    free(c);
}

static bool mail_f_try_send(void *c, uint64_t v)
{
    letter *l = letter_new(v);
    if (mail_try_send((mail *)c, l)) return true;
    free(l);
    return false;
}

static bool mail_f_try_recv(void *c, uint64_t *v)
{
    letter *l;
    if (!mail_try_recv((mail *)c, &l)) return false;
    *v = letter_open(l);
    return true;
}

static bool mail_f_send(void *c, uint64_t v)
{
    letter *l = letter_new(v);
    if (mail_closed((mail *)c)) {
        free(l);
        return false;
    }
    return mail_send((mail *)c, l);
}

static bool mail_f_recv(void *c, uint64_t *v)
{
    letter *l = NULL;
    bool waited = mail_recv((mail *)c, &l);
    if (l) *v = letter_open(l);
    return waited;
}

static tine_channel_status mail_f_send_status(void *c, uint64_t v, const struct timespec *t)
{
    letter *l = letter_new(v);
    tine_channel_status status = mail_send_status((mail *)c, l, t);
    if (status > TINE_CHANNEL_WAITED) free(l);
    return status;
}

static tine_channel_status mail_f_recv_status(void *c, uint64_t *v, const struct timespec *t)
{
    letter *l;
    tine_channel_status status = mail_recv_status((mail *)c, &l, t);
    if (status <= TINE_CHANNEL_WAITED) *v = letter_open(l);
    return status;
}

static size_t mail_f_send_n(void *c, const uint64_t *v, size_t n)
{
    letter *l[64];
    for (size_t i = 0; i < n; i++) l[i] = letter_new(v[i]);
    size_t sent = mail_try_send_n((mail *)c, l, n);
    for (size_t i = sent; i < n; i++) free(l[i]);
    return sent;
}

static size_t mail_f_recv_n(void *c, uint64_t *v, size_t n)
{
    letter *l[64];
    size_t got = mail_try_recv_n((mail *)c, l, n);
    for (size_t i = 0; i < got; i++) v[i] = letter_open(l[i]);
    return got;
}

static bool mail_f_send_batch(void *c, const uint64_t *v, size_t n)
{
    letter *first = NULL, *last = NULL;
    for (size_t i = 0; i < n; i++) {
        letter *l = letter_new(v[i]);
        if (last) {
            last->next = l;
        } else {
            first = l;
        }
        last = l;
    }
    bool sent = mail_try_send_batch((mail *)c, first, last, n);
    for (size_t i = 0; !sent && i < n; i++) { /* a refused batch comes back as it was */
        letter *next = i == n - 1 ? NULL : first->next;
        if (letter_open(first) != v[i]) abort();
        first = next;
    }
    return sent;
}

static size_t mail_f_recv_batch(void *c, uint64_t *v, size_t room)
{
    letter *first, *last;
    size_t n = mail_try_recv_batch((mail *)c, &first, &last);
    if (n > room) abort();
    for (size_t i = 0; i < n; i++) {
        letter *next = first->next;
        if ((first == last) != (i == n - 1)) abort();
        v[i] = letter_open(first);
        first = next;
    }
    return n;
}

static size_t mail_f_peek(void *c)
{
    return mail_peek((mail *)c);
}

static void mail_f_close(void *c)
{
    mail_close((mail *)c);
}

static bool mail_f_closed(void *c)
{
    return mail_closed((mail *)c);
}

static tine_select_case mail_f_case(void *c, void *item)
{
    return mail_case((mail *)c, (letter **)item);
}

static uint64_t mail_f_number(const void *item)
{
    letter *l;
    memcpy(&l, item, sizeof l);
    return letter_open(l);
}

#define FUNCTIONS(name)                                                                   \
    name##_f_destroy, name##_f_try_send, name##_f_try_recv, name##_f_send, name##_f_recv, \
        name##_f_send_status, name##_f_recv_status, name##_f_send_n, name##_f_recv_n
#define TAIL(name) name##_f_peek, name##_f_close, name##_f_closed, name##_f_case, name##_f_number
#define RING_ENTRY(name, many_in, many_out, largest)                                     \
    {                                                                                    \
#name, true, many_in, many_out, largest, name##_f_make, name##_f_make_overwrite, \
            name##_f_send_over, FUNCTIONS(name), NULL, NULL, TAIL(name)                                      \
    }
#define LIST_ENTRY(name, many_out)                                                      \
    {                                                                                   \
#name, false, true, many_out, UINT64_MAX, name##_f_make, NULL, NULL, FUNCTIONS(name), \
            name##_f_send_batch, name##_f_recv_batch, TAIL(name)                        \
    }

const flavour flavours[] = {
    RING_ENTRY(spsc, false, false, UINT64_MAX),
    RING_ENTRY(mpsc, true, false, UINT64_MAX),
    RING_ENTRY(spmc, false, true, UINT64_MAX),
    RING_ENTRY(mpmc, true, true, UINT64_MAX),
    RING_ENTRY(spsc_byte, false, false, 255),
    RING_ENTRY(mpmc_byte, true, true, 255),
    RING_ENTRY(spsc24, false, false, UINT64_MAX),
    RING_ENTRY(mpmc24, true, true, UINT64_MAX),
    RING_ENTRY(spsc64, false, false, UINT64_MAX),
    RING_ENTRY(mpsc64, true, false, UINT64_MAX),
    RING_ENTRY(spmc200, false, true, UINT64_MAX),
    RING_ENTRY(mpmc200, true, true, UINT64_MAX),
    RING_ENTRY(spsc_wide, false, false, UINT64_MAX),
    RING_ENTRY(mpmc_wide, true, true, UINT64_MAX),
    LIST_ENTRY(mpsc_list, false),
    LIST_ENTRY(mpmc_list, true),
    LIST_ENTRY(mpsc_list24, false),
    LIST_ENTRY(mpmc_list200, true),
    LIST_ENTRY(mpsc_list_wide, false),
    LIST_ENTRY(mpmc_list_wide, true),
    LIST_ENTRY(mail, false),
};
const size_t flavour_count = sizeof flavours / sizeof *flavours;

const flavour *flavour_named(const char *name)
{
    for (size_t i = 0; i < flavour_count; i++)
        if (strcmp(flavours[i].name, name) == 0) return &flavours[i];
    abort();
}
