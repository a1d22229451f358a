/* Channels for C: see below. */
#ifndef TINE_CHANNEL_H
#define TINE_CHANNEL_H
#include <tine/channel/bounded.h>
#include <tine/channel/unbounded.h>
#endif
