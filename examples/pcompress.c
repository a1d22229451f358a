/*
 * A parallel compressor whose output gunzip understands: the input is cut into blocks, each is
 * compressed as a gzip member of its own by whichever thread takes it, and the members are written
 * in order. (A file of several gzip members is a gzip file.)
 *
 *     pcompress [THREADS] < input > input.gz
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include <tine/channel.h>

enum { BLOCK = 256 * 1024, THREADS_MAX = 64 };

typedef struct block {
    size_t number, length;
    struct block *next; /* the channel's while the block is in `compressed` */
    bool failed;
    unsigned char data[];
} block;

TINE_CHANNEL_SPMC(raw, block *)
TINE_CHANNEL_MPSC_INTRUSIVE(compressed, block, next)
TINE_CHANNEL_SPSC(permits, char)

static raw to_compress;
static compressed done;
static permits room; /* bounds what is under way; the intrusive channel itself has no bound */
static size_t under_way;
static bool read_failed;

static block *block_new(size_t size)
{
    block *b = (block *)malloc(sizeof *b + size);
    if (b) b->failed = false;
    return b;
}

static void *read_blocks(void *arg)
{
    size_t number = 0;
    char permit;
    for (;;) {
        permits_recv(&room, &permit);
        block *b = block_new(BLOCK);
        if (!b) {
            read_failed = true;
            break;
        }
        b->number = number;
        b->length = fread(b->data, 1, BLOCK, stdin);
        /* An empty input still makes one member, so that the output is a gzip file. */
        if (b->length == 0 && number > 0) {
            free(b);
            break;
        }
        number++;
        raw_send(&to_compress, tine_move(b));
    }
    if (ferror(stdin)) read_failed = true;
    raw_close(&to_compress);
    return arg;
}

/* A gzip member of `in`; NULL without memory. */
static block *compress_block(const block *in)
{
    z_stream z;
    memset(&z, 0, sizeof z);
    if (deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return NULL;
    size_t bound = deflateBound(&z, (uLong)in->length);
    block *out = block_new(bound);
    if (out) {
        z.next_in = (Bytef *)in->data;
        z.avail_in = (uInt)in->length;
        z.next_out = out->data;
        z.avail_out = (uInt)bound;
        out->number = in->number;
        out->failed = deflate(&z, Z_FINISH) != Z_STREAM_END;
        out->length = z.total_out;
    }
    deflateEnd(&z);
    return out;
}

static void *compress_blocks(void *arg)
{
    block *b;
    while (raw_recv_status(&to_compress, &b, NULL) <= TINE_CHANNEL_WAITED) {
        block *out = compress_block(b);
        if (!out) { /* hand the input on as a failure, so that the order stays whole */
            b->failed = true;
            compressed_send(&done, tine_move(b));
            continue;
        }
        free(b);
        compressed_send(&done, tine_move(out));
    }
    return arg;
}

static void *write_blocks(void *arg)
{
    block **window = (block **)calloc(under_way, sizeof *window), *b;
    size_t next = 0;
    bool *failed = (bool *)arg;
    if (!window) {
        fprintf(stderr, "pcompress: no memory\n");
        exit(1);
    }
    while (compressed_recv_status(&done, &b, NULL) <= TINE_CHANNEL_WAITED) {
        window[b->number % under_way] = b;
        while ((b = window[next % under_way]) != NULL) {
            if (b->failed || fwrite(b->data, 1, b->length, stdout) != b->length) *failed = true;
            free(b);
            window[next++ % under_way] = NULL;
            permits_send(&room, 0);
        }
    }
    free(window);
    return NULL;
}

static void start(pthread_t *thread, void *(*stage)(void *), void *arg)
{
    if (pthread_create(thread, NULL, stage, arg) == 0) return;
    fprintf(stderr, "pcompress: cannot start a thread\n");
    exit(1);
}

int main(int argc, char **argv)
{
    pthread_t reader, writer, compressors[THREADS_MAX];
    long threads = argc > 1 ? strtol(argv[1], NULL, 10) : 4;
    bool failed = false;
    if (argc > 2 || threads < 1 || threads > THREADS_MAX) {
        fprintf(stderr, "usage: pcompress [THREADS] < input > output (1 to %d threads)\n",
                THREADS_MAX);
        return 2;
    }
    under_way = (size_t)threads * 4;
    if (raw_init(&to_compress, (size_t)threads) || compressed_init(&done) ||
        permits_init(&room, under_way)) {
        fprintf(stderr, "pcompress: no memory\n");
        return 1;
    }
    for (size_t i = 0; i < under_way; i++) permits_send(&room, 0);
    start(&writer, write_blocks, &failed);
    for (long i = 0; i < threads; i++) start(&compressors[i], compress_blocks, NULL);
    start(&reader, read_blocks, NULL);
    pthread_join(reader, NULL);
    for (long i = 0; i < threads; i++) pthread_join(compressors[i], NULL);
    compressed_close(&done);
    pthread_join(writer, NULL);
    if (fflush(stdout) != 0 || ferror(stdout)) failed = true;
    if (failed || read_failed) fprintf(stderr, "pcompress: reading, compressing or writing failed\n");
    raw_destroy(&to_compress);
    compressed_destroy(&done);
    permits_destroy(&room);
    return failed || read_failed ? 1 : 0;
}
