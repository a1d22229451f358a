/* The Tine words by name; see words.h. */
#include "words.h"

#include <string.h>

static const struct {
    const char *name; /* with tine_ */
    enum words_kind kind;
    bool has_short; /* also without tine_ */
} table[] = {
    {"tine_spawn", WORDS_PREFIX, true},
    {"tine_spawn_on", WORDS_CALL, true},
    {"tine_sync", WORDS_CALL, true},
    {"tine_flowvar", WORDS_TYPE, true},
    {"tine_flowvar_move", WORDS_CALL, true},
    {"tine_is_spawned", WORDS_CALL, true},
    {"tine_is_ready", WORDS_CALL, true},
    {"tine_sync_scope", WORDS_PREFIX, true},
    {"tine_sync_scope_on", WORDS_CALL, true},
    {"tine_sync_all", WORDS_CALL, true},
    {"tine_submit", WORDS_PREFIX, false},
    {"tine_submit_on", WORDS_CALL, false},
    {"tine_pending", WORDS_TYPE, false},
    {"tine_wait_for", WORDS_CALL, false},
    {"tine_is_submitted", WORDS_CALL, false},
};

enum { TABLE_SIZE = sizeof table / sizeof table[0], PREFIX = 5, LONGEST = 18 };

enum words_kind words_find(view spelling)
{
    if (spelling.len < 4 || spelling.len > LONGEST || strchr("sfit", spelling.data[0]) == NULL)
        return WORDS_NONE;
    for (size_t i = 0; i < TABLE_SIZE; i++)
        if (view_eq(spelling, table[i].name) ||
            (table[i].has_short && view_eq(spelling, table[i].name + PREFIX)))
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

static bool is_end_of(view part, const char *word)
{
    size_t len = strlen(word);
    if (part.len >= len)
        return false;
    return memcmp(word, part.data, part.len) == 0 ||
           memcmp(word + len - part.len, part.data, part.len) == 0;
}

bool words_is_fragment(view spelling)
{
    if (spelling.len < 2 || spelling.len >= LONGEST)
        return false;
    for (size_t i = 0; i < TABLE_SIZE; i++)
        if (is_end_of(spelling, table[i].name) ||
            (table[i].has_short && is_end_of(spelling, table[i].name + PREFIX)))
            return true;
    return false;
}
