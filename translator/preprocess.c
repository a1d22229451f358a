/* Runs the user's preprocessor: expand_preprocess of expand.h.
 *
 * The text goes in through a file without a name, as /dev/fd/0: a directory without headers, so
 * that "..." is looked for where -iquote says, and not in the current directory first. */
#include "expand.h"

#include "response.h"

#include <errno.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

typedef struct words {
    char **items;
    size_t count, cap;
    size_t compiler; /* how many of them are the compiler and what stands before it */
} words;

/* stdin, stdout and stderr of the preprocessor, and what is @/dev/fd/3 to it, or NULL. */
enum { STREAMS = 4 };

static void add_word(words *w, const char *word, size_t len)
{
    w->items = mem_grow(w->items, &w->cap, w->count, sizeof *w->items);
    w->items[w->count++] = word != NULL ? mem_strndup(word, len) : NULL;
}

static void add(words *w, const char *word)
{
    add_word(w, word, strlen(word));
}

/* Flags that would make the compiler do something else than preprocess, or write it otherwise. */
static bool is_left_out(const char *flag)
{
    static const char *const exact[] = {"-c", "-S", "-E", "-P", "-C", "-CC", "-MD", "-MMD", "-MP",
                                        "-M", "-MM", "-MG", "-fsyntax-only", "-save-temps",
                                        "-fdirectives-only", "-v", "-###"};
    for (size_t i = 0; i < sizeof exact / sizeof exact[0]; i++)
        if (strcmp(flag, exact[i]) == 0)
            return true;
    return str_starts(flag, "-Wp,") || str_starts(flag, "-save-temps=") ||
           str_starts(flag, "-DTINE_TRANSLATED") || str_starts(flag, "-DTINE_ANALYSIS");
}

/* The same with a value: how many arguments go. */
static size_t left_out_with_value(const char *flag)
{
    static const char *const names[] = {"-MF", "-MT", "-MQ", "-MJ", "-o", "-x"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_starts(flag, names[i]))
            return flag[strlen(names[i])] == '\0' ? 2 : 1;
    return 0;
}

/* The directory in a file's name, for -iquote. */
static void add_directory(words *w, const char *name)
{
    const char *slash = strrchr(name, '/');
    add(w, "-iquote");
    if (slash == NULL)
        add(w, ".");
    else
        add_word(w, name, slash == name ? 1 : (size_t)(slash - name));
}

/* "ccache gcc" is two words, unless a program of that very name exists. */
static void add_compiler(words *w, const char *cc)
{
    if (strchr(cc, '/') != NULL && access(cc, X_OK) == 0) {
        add(w, cc);
        return;
    }
    for (const char *p = cc; *p != '\0';) {
        size_t len = strcspn(p, " ");
        if (len != 0)
            add_word(w, p, len);
        p += len + (p[len] == ' ');
    }
}

static words command(const char *name, const options *o)
{
    words w = {0};
    add_compiler(&w, o->cc);
    w.compiler = w.count;
    for (size_t i = 0; i < o->flag_count; i++) {
        size_t skipped = left_out_with_value(o->flags[i]);
        if (skipped != 0)
            i += skipped - 1;
        else if (!is_left_out(o->flags[i]))
            add(&w, o->flags[i]);
    }
    add(&w, "-E");
    add(&w, "-w");
    add(&w, "-g0");
    add(&w, "-DTINE_PREPROCESS");
    add_directory(&w, name);
    char *include = options_find_include(o);
    if (include != NULL) {
        add(&w, "-I");
        add(&w, include);
        free(include);
    }
    add(&w, "-x");
    add(&w, "c");
    add(&w, "/dev/fd/0");
    add_word(&w, NULL, 0);
    return w;
}

static void free_words(words *w)
{
    for (size_t i = 0; i < w->count; i++)
        free(w->items[i]);
    free(w->items);
}

/* Words that exec may refuse: Linux takes 128 KiB in one, and 128 KiB in all where the stack is small. */
static bool is_long(const words *w)
{
    size_t total = 0;
    for (size_t i = 0; i + 1 < w->count; i++)
        total += strlen(w->items[i]) + 1;
    return total > 64 * 1024;
}

/* Puts all words behind the compiler into a file without a name. NULL with errno. */
static FILE *shorten(words *w)
{
    FILE *file = tmpfile();
    str text = {0};
    if (file == NULL)
        return NULL;
    response_text(&text, w->items + w->compiler);
    bool good = fwrite(text.data, 1, text.len, file) == text.len && fflush(file) == 0;
    str_free(&text);
    if (!good) {
        fclose(file);
        return NULL;
    }
    rewind(file);
    while (w->count > w->compiler)
        free(w->items[--w->count]);
    add(w, "@/dev/fd/3");
    add_word(w, NULL, 0);
    return file;
}

/* A file without a name that holds text, under the name of the user's. NULL with errno. */
static FILE *file_of(const char *text, size_t len, const char *name)
{
    FILE *file = tmpfile();
    if (file == NULL)
        return NULL;
    str first = {0};
    size_t mark = str_starts(text, "\xEF\xBB\xBF") ? 3 : 0; /* it may only be the very first */
    source_line_directive(&first, 1, name);
    bool good = fwrite(first.data, 1, first.len, file) == first.len &&
                fwrite(text + mark, 1, len - mark, file) == len - mark && fflush(file) == 0;
    str_free(&first);
    if (!good) {
        fclose(file);
        return NULL;
    }
    rewind(file);
    return file;
}

static void read_back(FILE *file, str *out)
{
    char chunk[1 << 14];
    size_t got;
    rewind(file);
    while ((got = fread(chunk, 1, sizeof chunk, file)) != 0)
        str_add(out, chunk, got);
}

/* Runs argv with these as its streams. Returns 0 or an errno. */
static int run(char **argv, FILE *const streams[STREAMS], int *status)
{
    posix_spawn_file_actions_t actions;
    pid_t child;
    int why = posix_spawn_file_actions_init(&actions);
    if (why != 0)
        return why;
    for (int fd = 0; fd < STREAMS && why == 0 && streams[fd] != NULL; fd++)
        why = posix_spawn_file_actions_adddup2(&actions, fileno(streams[fd]), fd);
    if (why == 0)
        why = posix_spawnp(&child, argv[0], &actions, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    while (why == 0 && waitpid(child, status, 0) < 0)
        if (errno != EINTR)
            why = errno;
    return why;
}

/* "file:7:3: error: text" as a diagnostic; false when the line is something else. */
static bool add_error_line(diags *d, const char *line, size_t len)
{
    char *copy = mem_strndup(line, len);
    char *error = strstr(copy, ": error: ");
    size_t skip = strlen(": error: ");
    if (error == NULL) {
        error = strstr(copy, ": fatal error: ");
        skip = strlen(": fatal error: ");
    }
    bool found = error != NULL;
    if (found) {
        diag_place where = {0};
        char *message = error + skip;
        *error = '\0';
        char *column = strrchr(copy, ':');
        if (column != NULL) {
            *column++ = '\0';
            char *row = strrchr(copy, ':');
            if (row != NULL)
                *row++ = '\0';
            where.file = diags_name(d, copy);
            where.line = row != NULL ? (unsigned)strtoul(row, NULL, 10) : 0;
            where.column = (unsigned)strtoul(column, NULL, 10);
        }
        diag_add_plain(d, DIAG_ERROR, NULL, where, "%s", message);
    }
    free(copy);
    return found;
}

static void add_errors(diags *d, const char *cc, const str *messages)
{
    bool found = false;
    for (size_t i = 0; i < messages->len;) {
        const char *line = messages->data + i;
        size_t len = strcspn(line, "\n");
        found |= add_error_line(d, line, len);
        i += len + 1;
    }
    if (!found)
        diag_add_plain(d, DIAG_ERROR, NULL, (diag_place){0},
                       "'%s -E', which expands macros that hold Tine words, failed: %.*s", cc,
                       (int)strcspn(str_cstr(messages), "\n"), str_cstr(messages));
}

bool expand_preprocess(const char *text, size_t len, const char *name, const options *o, diags *d,
                       str *out)
{
    FILE *streams[STREAMS] = {file_of(text, len, name), tmpfile(), tmpfile()};
    words argv = command(name, o);
    str messages = {0};
    int status = 0;
    int why = streams[0] == NULL || streams[1] == NULL || streams[2] == NULL ? errno : 0;
    if (why == 0 && argv.items[0] == NULL)
        why = ENOENT;
    if (why == 0 && is_long(&argv) && (streams[3] = shorten(&argv)) == NULL)
        why = errno;
    if (why == 0)
        why = run(argv.items, streams, &status);
    bool good = why == 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (why != 0 || (!good && WIFEXITED(status) && WEXITSTATUS(status) == 127)) {
        diag_add_plain(d, DIAG_ERROR, NULL, (diag_place){0},
                       "cannot run '%s' to expand macros that hold Tine words: %s (see --cc)",
                       o->cc, strerror(why != 0 ? why : ENOENT));
    } else if (!good) {
        read_back(streams[2], &messages);
        add_errors(d, o->cc, &messages);
    } else {
        read_back(streams[1], out);
    }
    for (int i = 0; i < STREAMS; i++)
        if (streams[i] != NULL)
            fclose(streams[i]);
    free_words(&argv);
    str_free(&messages);
    return good;
}
