/* See scan.h. A small lexer over raw text, and a worklist of files that #include reaches. */
#include "scan.h"

#include "files.h"

#include <string.h>
#include <sys/stat.h>

/* One file that was reached, by identity and not by name. */
struct visited {
    dev_t dev;
    ino_t ino;
};

struct scan {
    const struct scan_paths *paths;
    struct words own;    /* files of the user still to read */
    struct words system; /* files of system directories still to read */
    struct visited *seen;
    size_t seen_n, seen_cap;
    bool word;    /* a Tine word was seen in the user's files */
    bool tine_h;  /* an #include of <tine.h> was seen, or one whose name is a macro */
    bool in_system; /* the file being read is a system header; the word was seen before */
};

static const char *const tine_words[] = {
    "spawn",       "spawn_on",      "sync",           "flowvar",        "flowvar_move",
    "is_spawned",  "is_ready",      "sync_scope",     "sync_scope_on",  "sync_all",
    "tine_submit", "tine_submit_on", "tine_pending",  "tine_wait_for",  "tine_is_submitted",
};

static bool is_tine_word(const char *s, size_t n)
{
    bool prefixed = n > 5 && !memcmp(s, "tine_", 5);
    for (size_t i = 0; i < sizeof tine_words / sizeof *tine_words; i++) {
        const char *w = tine_words[i];
        if (strlen(w) == n && !memcmp(w, s, n)) return true;
        if (prefixed && strlen(w) == n - 5 && !memcmp(w, s + 5, n - 5)) return true;
    }
    return false;
}

static bool first_visit(struct scan *s, const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0 || S_ISDIR(st.st_mode)) return false;
    for (size_t i = 0; i < s->seen_n; i++)
        if (s->seen[i].ino == st.st_ino && s->seen[i].dev == st.st_dev) return false;
    if (s->seen_n == s->seen_cap) {
        size_t cap = s->seen_cap ? 2 * s->seen_cap : 64;
        struct visited *bigger = mem_alloc(cap * sizeof *bigger);
        if (s->seen_n) memcpy(bigger, s->seen, s->seen_n * sizeof *bigger);
        s->seen = bigger;
        s->seen_cap = cap;
    }
    s->seen[s->seen_n++] = (struct visited){st.st_dev, st.st_ino};
    return true;
}

/* Adds dir/name to `list` if it is a file. True also when it was there before: the search is over. */
static bool try_file(struct scan *s, const char *dir, const char *name, struct words *list)
{
    char *path = name[0] == '/' ? mem_printf("%s", name) : path_join(dir, name);
    if (!file_exists(path)) return false;
    if (first_visit(s, path)) words_add(list, path);
    return true;
}

static bool try_dirs(struct scan *s, const struct words *dirs, const char *name,
                     struct words *list)
{
    for (size_t i = 0; i < dirs->n; i++)
        if (try_file(s, dirs->v[i], name, list)) return true;
    return false;
}

static void include_name(struct scan *s, const char *dir, const char *name, bool quoted)
{
    if (!strcmp(path_base(name), "tine.h")) {
        s->tine_h = true;
        return;
    }
    if (!strncmp(name, "tine/", 5)) return; /* Tine's own headers: their words are no use of it */
    struct words *own = s->in_system ? &s->system : &s->own;
    if (quoted && try_file(s, dir, name, own)) return;
    if (quoted && try_dirs(s, &s->paths->quote, name, own)) return;
    if (try_dirs(s, &s->paths->plain, name, own)) return;
    try_dirs(s, &s->paths->system, name, &s->system);
}

static bool is_ident(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
        || c == '$' || c >= 0x80;
}

/* Skips blanks, spliced lines and comments within a line. */
static const char *skip_blanks(const char *p, const char *end)
{
    for (;;) {
        if (p < end && (*p == ' ' || *p == '\t' || *p == '\f' || *p == '\v')) {
            p++;
        } else if (end - p >= 2 && p[0] == '\\' && p[1] == '\n') {
            p += 2;
        } else if (end - p >= 3 && p[0] == '\\' && p[1] == '\r' && p[2] == '\n') {
            p += 3;
        } else if (end - p >= 2 && p[0] == '/' && p[1] == '*') {
            p += 2;
            while (p < end && !(p[0] == '*' && end - p >= 2 && p[1] == '/')) p++;
            p = end - p >= 2 ? p + 2 : end;
        } else {
            return p;
        }
    }
}

/* p is after the '#' that begins a line. Returns where plain lexing goes on. */
static const char *directive(struct scan *s, const char *dir, const char *p, const char *end)
{
    p = skip_blanks(p, end);
    const char *name = p;
    while (p < end && is_ident((unsigned char)*p)) p++;
    size_t n = (size_t)(p - name);
    bool include = (n == 7 && !memcmp(name, "include", 7))
        || (n == 12 && !memcmp(name, "include_next", 12)) || (n == 6 && !memcmp(name, "import", 6));
    if (!include) return p;
    p = skip_blanks(p, end);
    if (p == end) return p;
    if (*p != '"' && *p != '<') { /* #include MACRO: it may be <tine.h> */
        if (is_ident((unsigned char)*p)) s->tine_h = true;
        return p;
    }
    char close = *p == '<' ? '>' : '"';
    const char *from = ++p;
    while (p < end && *p != close && *p != '\n') p++;
    if (p < end && *p == close) {
        include_name(s, dir, mem_copy(from, (size_t)(p - from)), close == '"');
        p++;
    }
    return p;
}

static const char *skip_literal(const char *p, const char *end)
{
    char quote = *p++;
    while (p < end && *p != quote && *p != '\n') p += *p == '\\' && end - p >= 2 ? 2 : 1;
    return p < end && *p == quote ? p + 1 : p;
}

static const char *skip_line_comment(const char *p, const char *end)
{
    while (p < end && *p != '\n') p += *p == '\\' && end - p >= 2 ? 2 : 1;
    return p;
}

static void scan_text(struct scan *s, const char *dir, const char *p, const char *end)
{
    bool line_start = true;
    while (p < end) {
        unsigned char c = (unsigned char)*p;
        if (c == '\n') {
            line_start = true;
            p++;
        } else if (is_ident(c)) {
            const char *from = p;
            while (p < end && is_ident((unsigned char)*p)) p++;
            if (!s->word && strchr("sfit", c)
                && is_tine_word(from, (size_t)(p - from)))
                s->word = true;
            line_start = false;
        } else if (c == '/' && end - p >= 2 && p[1] == '/') {
            p = skip_line_comment(p, end);
        } else if (c == '#' && line_start) {
            p = directive(s, dir, p + 1, end);
            line_start = false;
        } else if (c == '"' || c == '\'') {
            p = skip_literal(p, end);
            line_start = false;
        } else {
            const char *after = skip_blanks(p, end);
            if (after == p) {
                after++;
                line_start = false;
            }
            p = after;
        }
    }
}

static void scan_list(struct scan *s, struct words *list)
{
    while (list->n && !(s->word && s->tine_h)) {
        const char *path = list->v[--list->n];
        struct bytes text;
        if (file_read(path, &text)) scan_text(s, path_dir(path), text.p, text.p + text.n);
    }
}

bool scan_needs_tine(const char *path, const char *text, size_t n, const struct scan_paths *paths)
{
    struct scan s = {.paths = paths};
    for (size_t i = 0; i < paths->forced.n; i++)
        include_name(&s, ".", paths->forced.v[i], true);
    scan_text(&s, path_dir(path), text, text + n);
    scan_list(&s, &s.own);
    if (s.word && !s.tine_h) { /* perhaps a system header brings <tine.h> in */
        s.in_system = true;
        scan_list(&s, &s.system);
    }
    return s.word && s.tine_h;
}
