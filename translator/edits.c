/* Position-based changes of a text: see edits.h. */
#include "edits.h"

#include <stdlib.h>
#include <string.h>

void edits_free(edits *e)
{
    for (size_t i = 0; i < e->count; i++)
        for (size_t level = 0; level < EDITS_LEVELS; level++)
            str_free(&e->items[i].text[level]);
    free(e->items);
    *e = (edits){0};
}

static edit *add(edits *e, size_t begin, size_t end)
{
    e->items = mem_grow(e->items, &e->cap, e->count, sizeof *e->items);
    edit *item = &e->items[e->count];
    *item = (edit){.begin = begin, .end = end, .order = e->count};
    e->count++;
    e->sorted = false;
    return item;
}

void edits_replace(edits *e, size_t begin, size_t end, const char *text)
{
    str_puts(&add(e, begin, end)->text[0], text);
}

void edits_replace_str(edits *e, size_t begin, size_t end, str *text)
{
    str_puts(text, ""); /* not NULL */
    add(e, begin, end)->text[0] = *text;
    *text = (str){0};
}

void edits_insert(edits *e, size_t offset, int rank, const char *text)
{
    edit *item = add(e, offset, offset);
    item->rank = rank;
    str_puts(&item->text[0], text);
}

void edits_replace_levels(edits *e, size_t begin, size_t end, char *const *texts, size_t count)
{
    edit *item = add(e, begin, end);
    for (size_t i = 0; i < count && i < EDITS_LEVELS; i++) {
        str_puts(&item->text[i], texts[i]);
        free(texts[i]);
    }
}

/* By place; at one place insertions come before a replacement, by rank. */
static int compare(const void *a, const void *b)
{
    const edit *x = a, *y = b;
    if (x->begin != y->begin)
        return x->begin < y->begin ? -1 : 1;
    bool x_inserts = x->begin == x->end, y_inserts = y->begin == y->end;
    if (x_inserts != y_inserts)
        return x_inserts ? -1 : 1;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static void sort(edits *e)
{
    if (!e->sorted && e->count > 0)
        qsort(e->items, e->count, sizeof *e->items, compare);
    e->sorted = true;
}

/* The first change that begins at or behind offset. */
static size_t first_from(const edits *e, size_t offset)
{
    size_t low = 0, high = e->count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (e->items[mid].begin < offset)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static const str *text_of(const edit *item, size_t level)
{
    if (level >= EDITS_LEVELS)
        level = EDITS_LEVELS - 1;
    while (level > 0 && item->text[level].data == NULL)
        level--;
    return &item->text[level];
}

static size_t newlines(const char *text, size_t len)
{
    size_t count = 0;
    for (size_t i = 0; i < len; i++)
        count += text[i] == '\n';
    return count;
}

/* The new text, and the lines that the old one took, as a word with a splice in it: lines stay. */
static void render(str *out, const str *now, const char *old, size_t old_len)
{
    size_t had = newlines(old, old_len), has = had != 0 ? newlines(now->data, now->len) : 0;
    str_add_str(out, now);
    if (had > has)
        str_pad(out, '\n', had - has);
}

bool edits_render(edits *e, str *out, const char *text, size_t begin, size_t end, size_t level)
{
    sort(e);
    size_t at = begin;
    for (size_t i = first_from(e, begin); i < e->count && e->items[i].end <= end; i++) {
        const edit *item = &e->items[i];
        if (item->begin < at)
            return false;
        str_add(out, text + at, item->begin - at);
        render(out, text_of(item, level), text + item->begin, item->end - item->begin);
        at = item->end;
    }
    str_add(out, text + at, end - at);
    return true;
}
