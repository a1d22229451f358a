/* Takes headers with Tine code into the main file's text; see flatten.h.
 *
 * What #include did is kept: the header's guard works as text; #pragma once becomes a guard; an
 * #include in the header that was found beside it, or by #include_next, is written so that the same
 * file is found from the main file. */
#include "flatten_impl.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* The headers being taken in, innermost last, against endless recursion. */
typedef struct stack {
    const struct stack *outer;
    size_t file;
} stack;

static void take_file(flatten *f, size_t file, const stack *outer);

static bool on_stack(const stack *s, size_t file)
{
    for (; s != NULL; s = s->outer)
        if (s->file == file)
            return true;
    return false;
}

/* A header is taken in when it has code, or includes one that is. To the fixed point. */
static void choose_files(flatten *f)
{
    size_t count = scan_file_count(f->scan);
    free(f->taken);
    f->taken = mem_zalloc(count, sizeof *f->taken);
    for (size_t i = 1; i < count; i++)
        f->taken[i] = scan_file_at(f->scan, i)->code && !scan_file_at(f->scan, i)->system;
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = 1; i < count; i++) {
            const scan_file *file = scan_file_at(f->scan, i);
            for (size_t j = 0; j < file->include_count && !f->taken[i] && !file->system; j++)
                if (file->includes[j].file != SCAN_NOWHERE && f->taken[file->includes[j].file])
                    f->taken[i] = changed = true;
        }
    }
    f->taken[0] = false; /* a main file that includes itself does so by name */
}

/* to as seen from the directory from; both absolute. */
static char *relative_path(const char *from, const char *to)
{
    size_t common = 0; /* behind the last slash of the shared beginning */
    for (size_t i = 0;; i++) {
        char a = from[i] == '\0' ? '/' : from[i];
        if (a != to[i])
            break;
        if (a == '/')
            common = i + 1;
        if (from[i] == '\0')
            break;
    }
    str out = {0};
    const char *rest = strlen(from) > common ? from + common : "";
    for (const char *p = rest; *p != '\0'; p++)
        if (*p == '/' || p[1] == '\0')
            str_puts(&out, "../");
    str_puts(&out, to + common);
    return str_take(&out);
}

/* How #include "..." in the main file names a file that a header found in its own way. */
static char *name_from_main(flatten *f, const scan_file *file)
{
    if (scan_leads_to(f->scan, file->spelled, file))
        return mem_strdup(file->spelled);
    const char *root = scan_file_at(f->scan, 0)->root;
    char *from = realpath(root[0] != '\0' ? root : ".", NULL);
    char *to = realpath(file->path, NULL);
    char *name = from != NULL && to != NULL ? relative_path(from, to) : mem_strdup(file->path);
    free(from);
    free(to);
    return name;
}

/* The name in an #include directive, or an empty view. */
static view written_name(const scan_file *file, const scan_include *include)
{
    const char *text = file->text.text;
    size_t begin = include->begin;
    if (include->by_macro)
        return (view){"", 0};
    while (begin < include->end && text[begin] != '"' && text[begin] != '<')
        begin++;
    char close = begin < include->end && text[begin] == '"' ? '"' : '>';
    size_t end = begin + 1;
    while (end < include->end && text[end] != close)
        end++;
    return end < include->end ? (view){text + begin + 1, end - begin - 1} : (view){"", 0};
}

static bool is_include_next(const scan_file *file, const scan_include *include)
{
    char *directive = mem_strndup(file->text.text + include->begin, include->end - include->begin);
    bool next = strstr(directive, "include_next") != NULL;
    free(directive);
    return next;
}

/* An #include that stays one, in text that now stands in the main file. */
static void keep_include(flatten *f, size_t in, const scan_include *include, const stack *s)
{
    const scan_file *from = scan_file_at(f->scan, in);
    const char *text = from->text.text;
    if (in == 0 || include->file == SCAN_NOWHERE) {
        flatmap_copy(&f->map, in, text, include->begin, include->end);
        return;
    }
    const scan_file *to = scan_file_at(f->scan, include->file);
    if (to->pragma_once && on_stack(s, include->file))
        return; /* it would have been skipped; its newline stays */
    view name = written_name(from, include);
    char *spelled = mem_strndup(name.data, name.len);
    if ((include->by_macro && to->system) ||
        (!is_include_next(from, include) && scan_leads_to(f->scan, spelled, to))) {
        flatmap_copy(&f->map, in, text, include->begin, include->end);
    } else {
        char *better = name_from_main(f, to);
        char *directive = mem_printf("#include \"%s\"", better);
        flatmap_put(&f->map, in, include->begin, include->end, view_of(directive));
        free(directive);
        free(better);
    }
    free(spelled);
}

/* The header's text in place of the directive, which the rest of its line follows. */
static void take_include(flatten *f, size_t in, const scan_include *include, const stack *s)
{
    const scan_file *header = scan_file_at(f->scan, include->file);
    str before = {0}, after = {0};
    const char *name;

    if (header->pragma_once)
        str_printf(&before, "\n#ifndef TINE__ONCE_%zu\n#define TINE__ONCE_%zu\n", include->file,
                   include->file);
    else
        str_putc(&before, '\n');
    source_line_directive(&before, 1, header->path);
    flatmap_put(&f->map, in, include->begin, include->end, (view){before.data, before.len});
    take_file(f, include->file, s);
    str_puts(&after, header->pragma_once ? "\n#endif\n" : "\n");
    unsigned line = flatten_line(f, in, include->end, &name);
    source_line_directive(&after, line, name);
    flatmap_put(&f->map, in, include->begin, include->end, (view){after.data, after.len});
    str_free(&before);
    str_free(&after);
}

/* Notes a file for the depfile, once. */
static void note_file(flatten *f, size_t file)
{
    scan_file *header = scan_file_at(f->scan, file);
    for (size_t i = 0; i < f->file_count; i++)
        if (f->files[i] == header->path)
            return;
    f->files = mem_grow(f->files, &f->file_cap, f->file_count, sizeof *f->files);
    f->sources = mem_grow(f->sources, &f->source_cap, f->file_count, sizeof *f->sources);
    f->sources[f->file_count] = &header->text;
    f->files[f->file_count++] = header->path;
}

/* [begin, end) of a file, without #pragma once. */
static void copy_text(flatten *f, size_t file, size_t begin, size_t end)
{
    const scan_file *info = scan_file_at(f->scan, file);
    const char *text = info->text.text;
    if (file != 0 && info->pragma_once && info->once_begin >= begin && info->once_end <= end) {
        flatmap_copy(&f->map, file, text, begin, info->once_begin);
        begin = info->once_end;
    }
    flatmap_copy(&f->map, file, text, begin, end);
}

static void take_file(flatten *f, size_t file, const stack *outer)
{
    const scan_file *info = scan_file_at(f->scan, file);
    stack here = {outer, file};
    size_t at = 0;
    if (file != 0) {
        note_file(f, file);
        if (str_starts(info->text.text, "\xEF\xBB\xBF"))
            at = 3;
    }
    for (size_t i = 0; i < info->include_count; i++) {
        const scan_include *include = &info->includes[i];
        bool take = include->file != SCAN_NOWHERE && f->taken[include->file] &&
                    !on_stack(&here, include->file);
        copy_text(f, file, at, include->begin);
        if (take)
            take_include(f, file, include, &here);
        else
            keep_include(f, file, include, &here);
        f->changed |= take;
        at = include->end;
    }
    copy_text(f, file, at, info->text.len);
}

void flatten_take_headers(flatten *f)
{
    choose_files(f);
    flatmap_free(&f->map);
    take_file(f, 0, NULL);
}
