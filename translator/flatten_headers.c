/* Takes headers with Tine code into the main file's text; see flatten.h.
 *
 * What #include did is kept: the header's guard works as text; #pragma once becomes a guard; an
 * #include in the header that was found beside it, or by #include_next, is written so that the same
 * file is found from the main file; what asks where it stands is told so. */
#include "flatten_impl.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* The headers being taken in, innermost last, against endless recursion. */
typedef struct stack {
    const struct stack *outer;
    size_t file;
    size_t branch;    /* the next #else, #elif or #endif of the file */
    size_t unsettled; /* the #if, counted from outside, in which lines were added */
} stack;

static void take_file(flatten *f, size_t file, const stack *outer);

static unsigned times_on_stack(const stack *s, size_t file)
{
    unsigned times = 0;
    for (; s != NULL; s = s->outer)
        times += s->file == file;
    return times;
}

static unsigned depth(const stack *s)
{
    unsigned levels = 0;
    for (; s->outer != NULL; s = s->outer)
        levels++;
    return levels;
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

/* How a kept #include of a header reads in the main file's text. */
static void put_include(flatten *f, size_t in, const scan_include *include, const scan_file *to)
{
    char *better = name_from_main(f, to);
    char *directive = mem_printf("#include \"%s\"", better);
    flatmap_put(&f->map, in, include->begin, include->end, view_of(directive));
    free(directive);
    free(better);
}

/* Unused inline functions and constants of a header are no cause for a warning. clang knows what is one by
 * line markers, gcc by its name; and gcc may not like the markers under -pedantic. */
static void begin_marker(str *out)
{
    str_puts(out, "#ifdef __clang__\n#pragma clang diagnostic push\n"
                  "#pragma clang diagnostic ignored \"-Wpedantic\"\n");
}

static void end_marker(str *out)
{
    str_puts(out, "#pragma clang diagnostic pop\n#endif\n");
}

/* Goes on behind what was put in place of an #include, on the rest of its line. */
static void put_after(flatten *f, size_t in, const scan_include *include, const char *text)
{
    const char *name;
    str after = {0};
    unsigned line = flatten_line(f, in, include->end, &name);
    str_puts(&after, text);
    source_line_directive(&after, line, name);
    flatmap_put(&f->map, in, include->begin, include->end, (view){after.data, after.len});
    str_free(&after);
}

/* An #include of a header from within that header: the header's guard stops it, or must. */
static void keep_inner(flatten *f, size_t in, const scan_include *include, const scan_file *to)
{
    if (in == include->file) {
        flatmap_put(&f->map, in, include->begin, include->end,
                    view_of("#error a header with Tine words includes itself more than twice"));
        return;
    }
    if (!to->pragma_once) {
        put_include(f, in, include, to);
        return;
    }
    char *guard = mem_printf("\n#ifndef TINE__ONCE_%zu\n", include->file);
    flatmap_put(&f->map, in, include->begin, include->end, view_of(guard));
    put_include(f, in, include, to);
    put_after(f, in, include, "\n#endif\n");
    free(guard);
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
    if (times_on_stack(s, include->file) != 0) {
        keep_inner(f, in, include, to);
        return;
    }
    view name = written_name(from, include);
    char *spelled = mem_strndup(name.data, name.len);
    if ((include->by_macro && to->system) ||
        (!is_include_next(from, include) && scan_leads_to(f->scan, spelled, to))) {
        flatmap_copy(&f->map, in, text, include->begin, include->end);
    } else {
        put_include(f, in, include, to);
    }
    free(spelled);
}

/* A macro that asks for the level would be told the main file's everywhere. */
static void check_levels(flatten *f, size_t in, const scan_include *include)
{
    if (scan_level_in_macro(f->scan))
        diag_add(f->diags, DIAG_UNSUPPORTED,
                 flatten_place_in(f, in, include->begin, include->end),
                 "a header with Tine words becomes part of the main file, so that no macro may "
                 "mention __INCLUDE_LEVEL__");
}

static void add_header_begin(flatten *f, str *out, size_t in, const scan_include *include)
{
    const scan_file *header = scan_file_at(f->scan, include->file);
    const char *name;
    unsigned line = flatten_line(f, in, include->begin, &name);
    str_putc(out, '\n');
    if (header->pragma_once)
        str_printf(out, "#ifndef TINE__ONCE_%zu\n", include->file);
    begin_marker(out);
    source_line_directive(out, line, name); /* from where it is included */
    source_line_marker(out, 1, header->path, 1);
    end_marker(out);
    source_line_directive(out, 1, header->path);
}

static void add_header_end(flatten *f, str *out, size_t in, const scan_include *include)
{
    const char *name;
    unsigned line = flatten_line(f, in, include->end, &name);
    str_putc(out, '\n');
    begin_marker(out);
    source_line_marker(out, line, name, 2);
    end_marker(out);
    if (scan_file_at(f->scan, include->file)->pragma_once)
        str_puts(out, "#endif\n");
}

/* The header's text in place of the directive, which the rest of its line follows. */
static void take_include(flatten *f, size_t in, const scan_include *include, const stack *s)
{
    str before = {0}, after = {0};
    check_levels(f, in, include);
    add_header_begin(f, &before, in, include);
    add_header_end(f, &after, in, include);
    flatmap_put(&f->map, in, include->begin, include->end, (view){before.data, before.len});
    take_file(f, include->file, s);
    put_after(f, in, include, str_cstr(&after));
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

/* What __has_include in a header says where the main file would be told something else; else "". */
static str answer_has_include(flatten *f, size_t file, const scan_special *special)
{
    const scan_file *from = scan_file_at(f->scan, file);
    bool in_main = scan_beside(scan_file_at(f->scan, 0), special->name);
    str out = {0};
    if (special->name.len == 0)
        diag_add(f->diags, DIAG_UNSUPPORTED,
                 flatten_place_in(f, file, special->begin, special->end),
                 "in a header with Tine words, __has_include must be given a name, not a macro");
    else if (special->next)
        str_puts(&out, scan_has_next(f->scan, from, special->name, special->angled) ? "1" : "0");
    else if (special->angled || scan_beside(from, special->name) == in_main)
        return out;
    else if (!in_main || scan_in_quote_dirs(f->scan, special->name))
        str_puts(&out, "1");
    else
        str_printf(&out, "__has_include(<%.*s>)", (int)special->name.len, special->name.data);
    return out;
}

/* What stands in the main file's text for something that means another thing there; else "". */
static str translate_special(flatten *f, size_t file, const scan_special *special, const stack *s)
{
    str out = {0};
    switch (special->kind) {
    case SCAN_ONCE:
        str_printf(&out, "#define TINE__ONCE_%zu", file);
        break;
    case SCAN_SYSTEM_HEADER:
        str_puts(&out, "#error this makes the header a system header, in which Tine words are not "
                       "translated");
        break;
    case SCAN_HAS_INCLUDE:
        out = answer_has_include(f, file, special);
        break;
    case SCAN_LEVEL:
        str_printf(&out, "%u", depth(s));
        break;
    }
    return out;
}

/* [begin, end) of a file. Where lines were added in an #if, it says behind every branch what the next
 * one is called: whether they were seen, only the compiler knows. */
static void copy_lines(flatten *f, size_t file, size_t begin, size_t end, stack *s)
{
    const scan_file *info = scan_file_at(f->scan, file);
    for (; s->branch < info->branch_count && info->branches[s->branch].end <= end; s->branch++) {
        const scan_branch *branch = &info->branches[s->branch];
        const char *name;
        str text = {0};
        if (branch->end < begin || branch->depth > s->unsettled || info->text.text[branch->end] == '\0')
            continue;
        if (branch->closes)
            s->unsettled = branch->depth - 1;
        flatmap_copy(&f->map, file, info->text.text, begin, branch->end);
        begin = branch->end;
        str_putc(&text, '\n');
        unsigned line = flatten_line(f, file, begin, &name);
        source_line_directive(&text, line + 1, name);
        text.len--; /* the line's own end follows */
        flatmap_put(&f->map, file, begin, begin, (view){text.data, text.len});
        str_free(&text);
    }
    flatmap_copy(&f->map, file, info->text.text, begin, end);
}

/* [begin, end) of a file; in a header, what would change its meaning is translated. */
static void copy_text(flatten *f, size_t file, size_t begin, size_t end, stack *s)
{
    const scan_file *info = scan_file_at(f->scan, file);
    for (size_t i = 0; file != 0 && i < info->special_count; i++) {
        const scan_special *special = &info->specials[i];
        if (special->begin < begin || special->end > end)
            continue;
        str means = translate_special(f, file, special, s);
        if (means.len != 0) {
            copy_lines(f, file, begin, special->begin, s);
            flatmap_put(&f->map, file, special->begin, special->end, (view){means.data, means.len});
            begin = special->end;
        }
        str_free(&means);
    }
    copy_lines(f, file, begin, end, s);
}

/* A header that includes itself is taken in so often; #if may mean that it is often enough. */
enum { MOST_INNER = 3 };

static void take_file(flatten *f, size_t file, const stack *outer)
{
    const scan_file *info = scan_file_at(f->scan, file);
    stack here = {.outer = outer, .file = file};
    size_t at = 0;
    if (file != 0) {
        note_file(f, file);
        if (str_starts(info->text.text, "\xEF\xBB\xBF"))
            at = 3;
    }
    for (size_t i = 0; i < info->include_count; i++) {
        const scan_include *include = &info->includes[i];
        bool take = include->file != SCAN_NOWHERE && f->taken[include->file] &&
                    times_on_stack(&here, include->file) < (include->file == file ? MOST_INNER : 1);
        copy_text(f, file, at, include->begin, &here);
        if (take)
            take_include(f, file, include, &here);
        else
            keep_include(f, file, include, &here);
        if (take || (file != 0 && include->file != SCAN_NOWHERE &&
                     times_on_stack(&here, include->file) != 0))
            here.unsettled = include->if_depth;
        f->changed |= take;
        at = include->end;
    }
    copy_text(f, file, at, info->text.len, &here);
}

void flatten_take_headers(flatten *f)
{
    choose_files(f);
    flatmap_free(&f->map);
    take_file(f, 0, NULL);
}
