/* The Tine words by name; see words.h.
 *
 * Every name in the user's text is asked about, so a table of letter pairs answers almost all. */
#include "words.h"

#include <string.h>

#define LENGTH(name) (sizeof(name) - 1)
#define WORD(name, kind, has_short) {name, LENGTH(name), kind, has_short}

static const struct word {
    const char *name; /* with tine_ */
    size_t len;
    enum words_kind kind;
    bool has_short; /* also without tine_ */
} table[] = {
    WORD("tine_spawn", WORDS_PREFIX, true),
    WORD("tine_spawn_on", WORDS_CALL, true),
    WORD("tine_sync", WORDS_CALL, true),
    WORD("tine_flowvar", WORDS_TYPE, true),
    WORD("tine_flowvar_move", WORDS_CALL, true),
    WORD("tine_is_spawned", WORDS_CALL, true),
    WORD("tine_is_ready", WORDS_CALL, true),
    WORD("tine_sync_scope", WORDS_PREFIX, true),
    WORD("tine_sync_scope_on", WORDS_CALL, true),
    WORD("tine_sync_all", WORDS_CALL, true),
    WORD("tine_submit", WORDS_PREFIX, false),
    WORD("tine_submit_on", WORDS_CALL, false),
    WORD("tine_pending", WORDS_TYPE, false),
    WORD("tine_wait_for", WORDS_CALL, false),
    WORD("tine_is_submitted", WORDS_CALL, false),
};

enum { TABLE_SIZE = sizeof table / sizeof table[0], PREFIX = 5, LONGEST = 18 };

/* Pairs of letters with which some word, short or long, begins or ends. */
enum { PAIR_BEGINS = 1, PAIR_ENDS = 2 };
static unsigned char pairs[1 << 16];

static size_t pair_at(const char *p)
{
    return (size_t)(unsigned char)p[0] << 8 | (unsigned char)p[1];
}

static void fill_pairs(void)
{
    for (size_t i = 0; i < TABLE_SIZE; i++) {
        pairs[pair_at(table[i].name)] |= PAIR_BEGINS;
        if (table[i].has_short)
            pairs[pair_at(table[i].name + PREFIX)] |= PAIR_BEGINS;
        pairs[pair_at(table[i].name + table[i].len - 2)] |= PAIR_ENDS;
    }
}

/* How the pairs let a name of at least two letters begin and end. */
static unsigned asked(view spelling)
{
    if (pairs[pair_at(table[0].name)] == 0)
        fill_pairs();
    return (pairs[pair_at(spelling.data)] & PAIR_BEGINS) |
           (pairs[pair_at(spelling.data + spelling.len - 2)] & PAIR_ENDS);
}

static bool equals(view spelling, const char *name, size_t len)
{
    return spelling.len == len && memcmp(spelling.data, name, len) == 0;
}

enum words_kind words_find(view spelling)
{
    if (spelling.len < 4 || spelling.len > LONGEST ||
        asked(spelling) != (PAIR_BEGINS | PAIR_ENDS))
        return WORDS_NONE;
    for (size_t i = 0; i < TABLE_SIZE; i++)
        if (equals(spelling, table[i].name, table[i].len) ||
            (table[i].has_short &&
             equals(spelling, table[i].name + PREFIX, table[i].len - PREFIX)))
            return table[i].kind;
    return WORDS_NONE;
}

bool words_is_spawn(view spelling)
{
    return view_eq(spelling, "spawn") || view_eq(spelling, "tine_spawn") ||
           view_eq(spelling, "tine_submit");
}

bool words_is_spawn_on(view spelling)
{
    return view_eq(spelling, "spawn_on") || view_eq(spelling, "tine_spawn_on") ||
           view_eq(spelling, "tine_submit_on");
}

static bool is_end_of(view part, const char *word, size_t len)
{
    if (part.len >= len)
        return false;
    return memcmp(word, part.data, part.len) == 0 ||
           memcmp(word + len - part.len, part.data, part.len) == 0;
}

bool words_is_fragment(view spelling)
{
    if (spelling.len < 2 || spelling.len >= LONGEST || asked(spelling) == 0)
        return false;
    for (size_t i = 0; i < TABLE_SIZE; i++)
        if (is_end_of(spelling, table[i].name, table[i].len) ||
            (table[i].has_short &&
             is_end_of(spelling, table[i].name + PREFIX, table[i].len - PREFIX)))
            return true;
    return false;
}
