/* The contenders that contenders.c defines. */
#ifndef BENCH_CHANNELS_CONTENDERS_H
#define BENCH_CHANNELS_CONTENDERS_H

#include "harness.h"

extern const contender c_contenders[];
extern const size_t c_contender_count;

#endif
