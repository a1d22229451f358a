/* Text put together from pieces; see flatmap.h. */
#include "flatmap.h"

#include <stdlib.h>

void flatmap_free(flatmap *m)
{
    str_free(&m->text);
    free(m->pieces);
    *m = (flatmap){0};
}

static void add_piece(flatmap *m, flat_piece piece)
{
    m->pieces = mem_grow(m->pieces, &m->cap, m->count, sizeof *m->pieces);
    m->pieces[m->count++] = piece;
}

void flatmap_copy(flatmap *m, size_t file, const char *text, size_t begin, size_t end)
{
    if (begin == end)
        return;
    add_piece(m, (flat_piece){m->text.len, file, begin, end, true});
    str_add(&m->text, text + begin, end - begin);
}

void flatmap_put(flatmap *m, size_t file, size_t begin, size_t end, view text)
{
    if (text.len == 0)
        return;
    add_piece(m, (flat_piece){m->text.len, file, begin, end, false});
    str_add_view(&m->text, text);
}

static size_t piece_end(const flatmap *m, const flat_piece *piece)
{
    const flat_piece *next = piece + 1;
    return next < m->pieces + m->count ? next->at : m->text.len;
}

void flatmap_slice(flatmap *m, const flatmap *from, size_t begin, size_t end)
{
    if (begin == end)
        return;
    for (const flat_piece *p = flatmap_find(from, begin); begin < end; p++) {
        size_t stop = piece_end(from, p) < end ? piece_end(from, p) : end;
        flat_piece part = *p;
        part.at = m->text.len;
        if (p->verbatim) {
            part.begin = p->begin + (begin - p->at);
            part.end = part.begin + (stop - begin);
        }
        add_piece(m, part);
        str_add(&m->text, from->text.data + begin, stop - begin);
        begin = stop;
    }
}

const flat_piece *flatmap_find(const flatmap *m, size_t pos)
{
    size_t low = 0, high = m->count; /* pieces[low].at <= pos < pieces[high].at */
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (m->pieces[middle].at <= pos)
            low = middle;
        else
            high = middle;
    }
    return &m->pieces[low];
}

void flatmap_origin(const flatmap *m, size_t begin, size_t end, size_t *file, size_t *from,
                    size_t *to)
{
    const flat_piece *first = flatmap_find(m, begin);
    const flat_piece *last = flatmap_find(m, end > begin ? end - 1 : begin);
    *file = first->file;
    *from = first->verbatim ? first->begin + (begin - first->at) : first->begin;
    *to = first->verbatim ? *from : first->end;
    if (last->file == first->file) {
        size_t stop = last->verbatim ? last->begin + (end - last->at) : last->end;
        if (stop > *to)
            *to = stop;
    }
}
