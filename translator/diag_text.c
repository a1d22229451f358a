/* Diagnostics as text, like clang's: the place, the message, the line, a caret, notes. */
#include "diag_impl.h"

#include <string.h>

enum { TAB_STOP = 8, LONGEST_LINE = 400 };

static const char *const BOLD = "\033[1m";
static const char *const RESET = "\033[0m";
static const char *const GREEN = "\033[0;1;32m";

/* Whether a byte begins a character (as opposed to continuing a UTF-8 one). */
static bool begins_character(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

/* The line as it is shown: tabs made spaces, unprintable bytes made '?'. columns[i]: where byte i
 * is shown, from 0; columns[line.len]: the end. */
static void show_line(view line, str *shown, size_t *columns)
{
    size_t column = 0;
    for (size_t i = 0; i < line.len; i++) {
        char c = line.data[i];
        columns[i] = column;
        if (c == '\t') {
            size_t width = TAB_STOP - column % TAB_STOP;
            str_pad(shown, ' ', width);
            column += width;
        } else {
            bool control = (unsigned char)c < ' ' || c == 0x7f;
            str_putc(shown, control ? '?' : c);
            if (i + 1 == line.len || begins_character(line.data[i + 1]))
                column++;
        }
    }
    columns[line.len] = column;
}

/* The shown column of a byte column (from 1) of a line of that length. */
static size_t shown_column(const size_t *columns, size_t len, unsigned column)
{
    size_t byte = column == 0 ? 0 : column - 1;
    return columns[byte < len ? byte : len];
}

/* Writes c over [begin, end) of a line of marks, growing it with spaces. */
static void mark(str *marks, size_t begin, size_t end, char c)
{
    if (marks->len < end)
        str_pad(marks, ' ', end - marks->len);
    for (size_t i = begin; i < end; i++)
        marks->data[i] = c;
}

/* Underlines what of a range lies on the line. */
static void mark_range(str *marks, const size_t *columns, size_t len, diag_place range,
                       unsigned line)
{
    if (range.end_line == 0 || range.line > line || range.end_line < line)
        return;
    size_t begin = range.line == line ? shown_column(columns, len, range.column) : 0;
    size_t end =
        range.end_line == line ? shown_column(columns, len, range.end_column) : columns[len];
    if (end > begin)
        mark(marks, begin, end, '~');
}

/* The line below the caret: what the fix-its would put there. */
static void add_fixes(str *fixes, const diag_message *m, const size_t *columns, size_t len)
{
    for (size_t i = 0; i < m->fix_count; i++) {
        const diag_fix *fix = &m->fixes[i];
        if (fix->where.file != m->where.file || fix->where.line != m->where.line ||
            strchr(fix->text, '\n') != NULL)
            continue;
        size_t begin = shown_column(columns, len, fix->where.column);
        if (fixes->len != 0 && begin <= fixes->len)
            begin = fixes->len + 1;
        str_pad(fixes, ' ', begin - fixes->len);
        str_puts(fixes, fix->text);
    }
}

static void print_snippet(diags *d, FILE *out, const diag_message *m, bool color)
{
    source *s = diags_source(d, m->where.file);
    if (s == NULL || m->where.line == 0 || m->where.line > source_line_count(s))
        return;
    view line = source_line_text(s, m->where.line);
    if (line.len > LONGEST_LINE)
        return;

    size_t columns[LONGEST_LINE + 1];
    str shown = {0}, marks = {0}, fixes = {0};
    show_line(line, &shown, columns);
    mark_range(&marks, columns, line.len, m->where, m->where.line);
    for (size_t i = 0; i < m->range_count; i++)
        if (m->ranges[i].file == m->where.file)
            mark_range(&marks, columns, line.len, m->ranges[i], m->where.line);
    size_t caret = shown_column(columns, line.len, m->where.column);
    mark(&marks, caret, caret + 1, '^');
    add_fixes(&fixes, m, columns, line.len);

    fprintf(out, "%s\n%s%s%s\n", str_cstr(&shown), color ? GREEN : "", str_cstr(&marks),
            color ? RESET : "");
    if (fixes.len != 0)
        fprintf(out, "%s%s%s\n", color ? "\033[0;32m" : "", str_cstr(&fixes), color ? RESET : "");
    str_free(&shown);
    str_free(&marks);
    str_free(&fixes);
}

static const char *severity_name(enum diag_severity severity)
{
    return severity == DIAG_ERROR ? "error" : severity == DIAG_WARNING ? "warning" : "note";
}

static const char *severity_color(enum diag_severity severity)
{
    return severity == DIAG_ERROR     ? "\033[0;1;31m"
           : severity == DIAG_WARNING ? "\033[0;1;35m"
                                      : "\033[0;1;36m";
}

static void print_message(diags *d, FILE *out, const diag_message *m, bool color)
{
    if (color)
        fputs(BOLD, out);
    if (m->where.file == NULL)
        fputs("tine: ", out);
    else if (m->where.line == 0)
        fprintf(out, "%s: ", m->where.file);
    else
        fprintf(out, "%s:%u:%u: ", m->where.file, m->where.line, m->where.column);
    fprintf(out, "%s%s: %s%s%s", color ? severity_color(m->severity) : "",
            severity_name(m->severity), color ? RESET : "",
            color && m->severity != DIAG_NOTE ? BOLD : "", m->text);
    if (m->option != NULL)
        fprintf(out, " [%s-W%s]", m->promoted ? "-Werror," : "", m->option);
    fprintf(out, "%s\n", color ? RESET : "");
    if (m->where.file != NULL)
        print_snippet(d, out, m, color);
    for (size_t i = 0; i < m->note_count; i++)
        print_message(d, out, &m->notes[i], color);
}

/* "1 warning and 2 errors generated." */
static void print_summary(const diags *d, FILE *out)
{
    size_t warnings = diags_warnings(d), errors = diags_errors(d);
    if (warnings != 0)
        fprintf(out, "%zu warning%s", warnings, warnings == 1 ? "" : "s");
    if (warnings != 0 && errors != 0)
        fputs(" and ", out);
    if (errors != 0)
        fprintf(out, "%zu error%s", errors, errors == 1 ? "" : "s");
    if (warnings != 0 || errors != 0)
        fputs(" generated.\n", out);
}

void diags_print_text(diags *d, FILE *out, bool color)
{
    for (size_t i = 0; i < d->count; i++)
        print_message(d, out, &d->items[i], color);
    print_summary(d, out);
}
