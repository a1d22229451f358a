/*
 * A pipeline of three stages with back-pressure: read lines, transform them in several threads,
 * write them in the order they were read.
 *
 *     pipeline < text      every line reversed, lines in their order
 *
 * Lines carry their number. The last stage keeps those that come early in a window as large as what
 * can be under way, which the bounded channels and the permits limit: memory stays small however
 * long the input is.
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include <tine/channel.h>

typedef struct line {
    size_t number, length;
    char *text; /* without its end of line */
    bool ended; /* was there one? */
} line;

enum { TRANSFORMERS = 3, UNDER_WAY = 64 };

TINE_CHANNEL_SPMC(unread, line *) /* reader to transformers, racing */
TINE_CHANNEL_MPSC(ready, line *)  /* transformers to writer */
TINE_CHANNEL_SPSC(permits, char)  /* writer to reader: room for one more line under way */

static unread to_transform;
static ready to_write;
static permits room;
static bool failed; /* by the reader, before it closes its channel */

static void *read_lines(void *arg)
{
    size_t number = 0, size = 0;
    char *buffer = NULL, permit;
    ssize_t n;
    while ((n = getline(&buffer, &size, stdin)) >= 0) {
        line *l = (line *)malloc(sizeof *l);
        char *text = (char *)malloc((size_t)n + 1);
        if (!l || !text) {
            free(l);
            free(text);
            failed = true;
            break;
        }
        bool ended = n > 0 && buffer[n - 1] == '\n';
        *l = (line){.number = number++, .length = (size_t)n - ended, .text = text, .ended = ended};
        memcpy(text, buffer, l->length);
        permits_recv(&room, &permit);
        unread_send(&to_transform, tine_move(l));
    }
    if (ferror(stdin)) failed = true;
    free(buffer);
    unread_close(&to_transform);
    return arg;
}

static void *transform_lines(void *arg)
{
    line *l;
    while (unread_recv_status(&to_transform, &l, NULL) <= TINE_CHANNEL_WAITED) {
        for (size_t i = 0; i < l->length / 2; i++) {
            char c = l->text[i];
            l->text[i] = l->text[l->length - 1 - i];
            l->text[l->length - 1 - i] = c;
        }
        ready_send(&to_write, tine_move(l));
    }
    return arg;
}

static void *write_lines(void *arg)
{
    line *window[UNDER_WAY] = {NULL}, *l;
    size_t next = 0;
    while (ready_recv_status(&to_write, &l, NULL) <= TINE_CHANNEL_WAITED) {
        window[l->number % UNDER_WAY] = l;
        while ((l = window[next % UNDER_WAY]) != NULL) {
            fwrite(l->text, 1, l->length, stdout);
            if (l->ended) putchar('\n');
            free(l->text);
            free(l);
            window[next++ % UNDER_WAY] = NULL;
            permits_send(&room, 0);
        }
    }
    return arg;
}

static bool start(pthread_t *thread, void *(*stage)(void *))
{
    if (pthread_create(thread, NULL, stage, NULL) == 0) return true;
    fprintf(stderr, "pipeline: cannot start a thread\n");
    exit(1);
}

int main(void)
{
    pthread_t reader, transformers[TRANSFORMERS], writer;
    if (unread_init(&to_transform, 16) || ready_init(&to_write, 16) ||
        permits_init(&room, UNDER_WAY)) {
        fprintf(stderr, "pipeline: no memory\n");
        return 1;
    }
    for (int i = 0; i < UNDER_WAY; i++) permits_send(&room, 0);
    start(&writer, write_lines);
    for (int i = 0; i < TRANSFORMERS; i++) start(&transformers[i], transform_lines);
    start(&reader, read_lines);
    pthread_join(reader, NULL);
    for (int i = 0; i < TRANSFORMERS; i++) pthread_join(transformers[i], NULL);
    ready_close(&to_write);
    pthread_join(writer, NULL);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fprintf(stderr, "pipeline: cannot write\n");
        failed = true;
    } else if (failed) {
        fprintf(stderr, "pipeline: cannot read, or no memory\n");
    }
    unread_destroy(&to_transform);
    ready_destroy(&to_write);
    permits_destroy(&room);
    return failed ? 1 : 0;
}
