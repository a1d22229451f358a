/* Diagnostics as JSON and as SARIF 2.1.0.
 *
 * JSON: {"version": 1, "diagnostics": [{"severity", "name", "message", "file", "line", "column",
 * "endLine", "endColumn", "fixes": [{place, "replacement"}], "notes": [...]}]}. Columns of JSON
 * count bytes, as the text does; SARIF says columnKind and counts characters. */
#include "diag_impl.h"

#include <string.h>

/* The length of the valid UTF-8 character at text, or 0. */
static size_t utf8_length(const char *text)
{
    const unsigned char *s = (const unsigned char *)text;
    size_t len = s[0] < 0x80 ? 1 : s[0] < 0xC2 ? 0 : s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3
                 : s[0] < 0xF5                                                  ? 4
                                                                                : 0;
    for (size_t i = 1; i < len; i++)
        if ((s[i] & 0xC0) != 0x80)
            return 0;
    bool too_long = (s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xF0 && s[1] < 0x90);
    bool no_character = (s[0] == 0xED && s[1] >= 0xA0) || (s[0] == 0xF4 && s[1] >= 0x90);
    return too_long || no_character ? 0 : len;
}

/* A JSON string; bytes that are no UTF-8 become U+FFFD. */
static void print_string(FILE *out, const char *text)
{
    fputc('"', out);
    while (*text != '\0') {
        unsigned char c = (unsigned char)*text;
        size_t len = utf8_length(text);
        if (c == '"' || c == '\\')
            fprintf(out, "\\%c", c);
        else if (c == '\n')
            fputs("\\n", out);
        else if (c == '\t')
            fputs("\\t", out);
        else if (c < ' ' || c == 0x7f)
            fprintf(out, "\\u%04x", c);
        else if (len == 0)
            fputs("\\ufffd", out);
        else
            fwrite(text, 1, len, out);
        text += len != 0 ? len : 1;
    }
    fputc('"', out);
}

static const char *severity_name(enum diag_severity severity)
{
    return severity == DIAG_ERROR ? "error" : severity == DIAG_WARNING ? "warning" : "note";
}

/* ---- JSON ---------------------------------------------------------------------------------------
 */

/* The members of a place, each with ", " before it. */
static void print_place(FILE *out, diag_place p)
{
    if (p.file == NULL)
        return;
    fputs(", \"file\": ", out);
    print_string(out, p.file);
    if (p.line != 0)
        fprintf(out, ", \"line\": %u, \"column\": %u", p.line, p.column);
    if (p.end_line != 0)
        fprintf(out, ", \"endLine\": %u, \"endColumn\": %u", p.end_line, p.end_column);
}

static void print_fixes(FILE *out, const diag_message *m)
{
    fputs(", \"fixes\": [", out);
    for (size_t i = 0; i < m->fix_count; i++) {
        fprintf(out, "%s{\"replacement\": ", i != 0 ? ", " : "");
        print_string(out, m->fixes[i].text);
        print_place(out, m->fixes[i].where);
        fputc('}', out);
    }
    fputc(']', out);
}

static void print_json_message(FILE *out, const diag_message *m, bool inner)
{
    fprintf(out, "{\"severity\": \"%s\"", severity_name(m->severity));
    if (m->option != NULL) {
        fputs(", \"name\": ", out);
        print_string(out, m->option);
    }
    fputs(", \"message\": ", out);
    print_string(out, m->text);
    print_place(out, m->where);
    if (!inner) {
        print_fixes(out, m);
        fputs(", \"notes\": [", out);
        for (size_t i = 0; i < m->note_count; i++) {
            fputs(i != 0 ? ",\n      " : "\n      ", out);
            print_json_message(out, &m->notes[i], true);
        }
        fputc(']', out);
    }
    fputc('}', out);
}

void diags_print_json(diags *d, FILE *out)
{
    fputs("{\"version\": 1, \"diagnostics\": [", out);
    for (size_t i = 0; i < d->count; i++) {
        fputs(i != 0 ? ",\n  " : "\n  ", out);
        print_json_message(out, &d->items[i], false);
    }
    fputs(d->count != 0 ? "\n]}\n" : "]}\n", out);
}

/* ---- SARIF -------------------------------------------------------------------------------------- */

/* A file's name as a URI reference: what is no unreserved character or '/' is %XX. */
static void print_uri(FILE *out, const char *file)
{
    fputs(file[0] == '/' ? "\"file://" : "\"", out);
    for (; *file != '\0'; file++) {
        unsigned char c = (unsigned char)*file;
        bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                     strchr("-._~/", c) != NULL;
        if (plain)
            fputc(c, out);
        else
            fprintf(out, "%%%02X", c);
    }
    fputc('"', out);
}

/* A byte column as a column in characters. */
static unsigned character_column(diags *d, const char *file, unsigned line, unsigned column)
{
    source *s = diags_source(d, file);
    if (s == NULL)
        return column != 0 ? column : 1;
    view text = source_line_text(s, line);
    unsigned characters = 1; /* SARIF knows no column 0 */
    for (size_t i = 0; i + 1 < column && i < text.len; i++)
        characters += i + 1 == text.len || ((unsigned char)text.data[i + 1] & 0xC0) != 0x80;
    return characters;
}

static void print_region(diags *d, FILE *out, diag_place p)
{
    unsigned end_line = p.end_line != 0 ? p.end_line : p.line;
    unsigned end_column = p.end_line != 0 ? p.end_column : p.column;
    fprintf(out,
            "{\"startLine\": %u, \"startColumn\": %u, \"endLine\": %u, \"endColumn\": %u}",
            p.line, character_column(d, p.file, p.line, p.column), end_line,
            character_column(d, p.file, end_line, end_column));
}

static void print_artifact(FILE *out, const char *file)
{
    fputs("\"artifactLocation\": {\"uri\": ", out);
    print_uri(out, file);
    fputc('}', out);
}

static void print_physical(diags *d, FILE *out, diag_place p)
{
    fputs("\"physicalLocation\": {", out);
    print_artifact(out, p.file);
    if (p.line != 0) {
        fputs(", \"region\": ", out);
        print_region(d, out, p);
    }
    fputc('}', out);
}

static void print_related(diags *d, FILE *out, const diag_message *m)
{
    fputs(", \"relatedLocations\": [", out);
    for (size_t i = 0; i < m->note_count; i++) {
        fprintf(out, "%s{\"id\": %zu, ", i != 0 ? ", " : "", i + 1);
        if (m->notes[i].where.file != NULL) {
            print_physical(d, out, m->notes[i].where);
            fputs(", ", out);
        }
        fputs("\"message\": {\"text\": ", out);
        print_string(out, m->notes[i].text);
        fputs("}}", out);
    }
    fputc(']', out);
}

/* All fix-its of a diagnostic are one fix; each is a change of one file. */
static void print_sarif_fixes(diags *d, FILE *out, const diag_message *m)
{
    fputs(", \"fixes\": [{\"artifactChanges\": [", out);
    for (size_t i = 0; i < m->fix_count; i++) {
        fputs(i != 0 ? ", {" : "{", out);
        print_artifact(out, m->fixes[i].where.file);
        fputs(", \"replacements\": [{\"deletedRegion\": ", out);
        print_region(d, out, m->fixes[i].where);
        fputs(", \"insertedContent\": {\"text\": ", out);
        print_string(out, m->fixes[i].text);
        fputs("}}]}", out);
    }
    fputs("]}]", out);
}

static void print_result(diags *d, FILE *out, const diag_message *m)
{
    fputs("{", out);
    if (m->id >= 0)
        fprintf(out, "\"ruleId\": \"tine-%s\", \"ruleIndex\": %d, ", diag_name((enum diag_id)m->id),
                m->id);
    fprintf(out, "\"level\": \"%s\", \"message\": {\"text\": ", severity_name(m->severity));
    print_string(out, m->text);
    fputs("}, \"locations\": [", out);
    if (m->where.file != NULL) {
        fputc('{', out);
        print_physical(d, out, m->where);
        fputc('}', out);
    }
    fputc(']', out);
    if (m->note_count != 0)
        print_related(d, out, m);
    if (m->fix_count != 0)
        print_sarif_fixes(d, out, m);
    fputc('}', out);
}

static void print_rules(FILE *out)
{
    for (int id = 0; id < DIAG_COUNT; id++) {
        bool error = diag_default_severity((enum diag_id)id) == DIAG_ERROR;
        fprintf(out,
                "%s\n      {\"id\": \"tine-%s\", \"defaultConfiguration\": {\"level\": \"%s\"}}",
                id != 0 ? "," : "", diag_name((enum diag_id)id), error ? "error" : "warning");
    }
}

void diags_print_sarif(diags *d, FILE *out)
{
    fputs("{\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\", \"version\": \"2.1.0\",\n"
          " \"runs\": [{\n"
          "  \"tool\": {\"driver\": {\"name\": \"tine\", \"rules\": [",
          out);
    print_rules(out);
    fputs("]}},\n  \"columnKind\": \"unicodeCodePoints\",\n  \"results\": [", out);
    for (size_t i = 0; i < d->count; i++) {
        fputs(i != 0 ? ",\n    " : "\n    ", out);
        print_result(d, out, &d->items[i]);
    }
    fputs("]}]}\n", out);
}
