/* SHA-1 (FIPS 180-4) of a message that fits one block, which is all that uts.c hashes. */
#ifndef BENCH_SHA1_H
#define BENCH_SHA1_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "common.h"

enum { SHA1_SIZE = 20, SHA1_BLOCK = 64, SHA1_ONE_BLOCK_MAX = 55 };

static inline uint32_t sha1_rotate(uint32_t x, int by)
{
    return x << by | x >> (32 - by);
}

static inline uint32_t sha1_load(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | (uint32_t)p[3];
}

static inline void sha1_store(unsigned char *p, uint32_t x)
{
    p[0] = (unsigned char)(x >> 24);
    p[1] = (unsigned char)(x >> 16);
    p[2] = (unsigned char)(x >> 8);
    p[3] = (unsigned char)x;
}

/* One of the 80 rounds: function and constant of its quarter. */
#define SHA1_ROUND(f, k)                                                                           \
    do {                                                                                           \
        uint32_t sum = sha1_rotate(a, 5) + (f) + e + (k) + w[i];                                   \
        e = d;                                                                                     \
        d = c;                                                                                     \
        c = sha1_rotate(b, 30);                                                                    \
        b = a;                                                                                     \
        a = sum;                                                                                   \
    } while (0)

/* digest = SHA-1(message), size <= SHA1_ONE_BLOCK_MAX; digest may be the message. */
static BENCH_LEAF void sha1(unsigned char digest[SHA1_SIZE], const unsigned char *message,
                            size_t size)
{
    static const uint32_t start[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
    unsigned char block[SHA1_BLOCK];
    memset(block, 0, sizeof block);
    memcpy(block, message, size);
    block[size] = 0x80;
    sha1_store(block + SHA1_BLOCK - 4, (uint32_t)size * 8);

    uint32_t w[80];
    for (int i = 0; i < 16; i++)
        w[i] = sha1_load(block + 4 * i);
    for (int i = 16; i < 80; i++)
        w[i] = sha1_rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);

    uint32_t a = start[0], b = start[1], c = start[2], d = start[3], e = start[4];
    int i = 0;
    for (; i < 20; i++)
        SHA1_ROUND((b & c) | (~b & d), 0x5a827999);
    for (; i < 40; i++)
        SHA1_ROUND(b ^ c ^ d, 0x6ed9eba1);
    for (; i < 60; i++)
        SHA1_ROUND((b & c) | (b & d) | (c & d), 0x8f1bbcdc);
    for (; i < 80; i++)
        SHA1_ROUND(b ^ c ^ d, 0xca62c1d6);

    sha1_store(digest, start[0] + a);
    sha1_store(digest + 4, start[1] + b);
    sha1_store(digest + 8, start[2] + c);
    sha1_store(digest + 12, start[3] + d);
    sha1_store(digest + 16, start[4] + e);
}

#undef SHA1_ROUND
#endif
