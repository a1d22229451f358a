/* The Tine words by name, for what reads raw text. Relies on str. */
#ifndef TINE_TRANSLATOR_WORDS_H
#define TINE_TRANSLATOR_WORDS_H

#include "str.h"

enum words_kind {
    WORDS_NONE,
    WORDS_TYPE,    /* flowvar, tine_pending: followed by ( */
    WORDS_CALL,    /* sync, spawn_on, ...: followed by ( */
    WORDS_PREFIX,  /* spawn, tine_submit, sync_scope: need no ( */
};

/* What kind of word a spelling is, short or with tine_. */
enum words_kind words_find(view spelling);

/* Whether it is spawn or tine_submit (on: spawn_on or tine_submit_on). */
bool words_is_spawn(view spelling);
bool words_is_spawn_on(view spelling);

/* Whether it could be pasted with something into a word: a proper beginning or end of one, of at
 * least two letters. */
bool words_is_fragment(view spelling);

#endif
