/*
 * A cancellation token as a channel: workers look at it at points of their choosing; closing it is
 * the signal. The channel never carries an item.
 *
 * Searches for a number whose hash ends in zeros with several threads; the first that finds one
 * cancels the others. Prints the number, which is checked.
 */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <tine/channel.h>

typedef struct no_item {
    char nothing;
} no_item;

TINE_CHANNEL_MPMC(token, no_item)
TINE_CHANNEL_MPSC(findings, uint64_t)

enum { SEARCHERS = 3, ZERO_BITS = 18, CHECK_EVERY = 1024 };

typedef struct searcher {
    uint64_t from, tried;
    bool cancelled;
} searcher;

static token cancel;
static findings found;

static uint64_t hash(uint64_t x)
{
    x ^= x >> 31;
    x *= 0x7fb5d329728ea185u;
    x ^= x >> 27;
    x *= 0x81dadef4bc2dd44du;
    return x ^ x >> 33;
}

static bool good(uint64_t x)
{
    return (hash(x) & ((1u << ZERO_BITS) - 1)) == 0;
}

static void *search(void *arg)
{
    searcher *s = (searcher *)arg;
    for (uint64_t x = s->from;; x += SEARCHERS) {
        if (s->tried++ % CHECK_EVERY == 0 && token_closed(&cancel)) {
            s->cancelled = true;
            return NULL;
        }
        if (good(x)) {
            findings_send(&found, x);
            token_close(&cancel); /* closing twice does no harm */
            return NULL;
        }
    }
}

int main(void)
{
    searcher searchers[SEARCHERS];
    pthread_t threads[SEARCHERS];
    uint64_t x;
    if (token_init(&cancel, 1) != 0 || findings_init(&found, SEARCHERS) != 0) {
        fprintf(stderr, "cancel: no memory\n");
        return 1;
    }
    for (int i = 0; i < SEARCHERS; i++) {
        searchers[i] = (searcher){.from = (uint64_t)i + 1};
        if (pthread_create(&threads[i], NULL, search, &searchers[i]) != 0) {
            fprintf(stderr, "cancel: no thread\n");
            return 1;
        }
    }
    for (int i = 0; i < SEARCHERS; i++) pthread_join(threads[i], NULL);
    if (!findings_try_recv(&found, &x) || !good(x)) {
        fprintf(stderr, "cancel: nothing found\n");
        return 1;
    }
    printf("found a number with %d zero bits, everybody stopped\n", ZERO_BITS);
    token_destroy(&cancel);
    findings_destroy(&found);
    return 0;
}
