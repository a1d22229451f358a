/* Where #include leads; see scan_impl.h. */
#include "scan_impl.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#ifndef TINE_RESOURCE_DIR
#define TINE_RESOURCE_DIR ""
#endif

static void add_dir(scan_dirs *dirs, const char *path, size_t len)
{
    while (len > 1 && path[len - 1] == '/')
        len--;
    dirs->items = mem_grow(dirs->items, &dirs->cap, dirs->count, sizeof *dirs->items);
    dirs->items[dirs->count++] = mem_strndup(path, len);
}

/* A list of directories with colons between, as in $CPATH. */
static void add_dir_list(scan_dirs *dirs, const char *list)
{
    while (list != NULL && *list != '\0') {
        size_t len = strcspn(list, ":");
        add_dir(dirs, len != 0 ? list : ".", len != 0 ? len : 1);
        list += len + (list[len] == ':');
    }
}

static char *join(const char *root, const char *name)
{
    if (root[0] == '\0' || name[0] == '/')
        return mem_strdup(name);
    return mem_printf("%s%s%s", root, str_ends(root, "/") ? "" : "/", name);
}

/* The part of a path before its last slash; "" without one. */
static char *directory_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == path)
        return mem_strdup("/");
    return mem_strndup(path, slash != NULL ? (size_t)(slash - path) : 0);
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

/* ---- files --------------------------------------------------------------------------------------
 */

static scan_file *add_file(scan *s, char *root, char *spelled)
{
    scan_file *file = mem_zalloc(1, sizeof *file);
    file->root = root;
    file->spelled = spelled;
    file->path = join(root, spelled);
    s->files = mem_grow(s->files, &s->file_cap, s->file_count, sizeof *s->files);
    s->files[s->file_count++] = file;
    return file;
}

void scan_add_main(scan *s, const char *path, const char *text, size_t len)
{
    struct stat status;
    scan_file *file = add_file(s, directory_of(path), mem_strdup(base_name(path)));
    file->text = (source){.name = file->path, .text = (char *)(uintptr_t)text, .len = len};
    if (stat(path, &status) == 0) {
        file->device = status.st_dev;
        file->inode = status.st_ino;
    }
}

static bool is_file(const char *path, struct stat *status)
{
    return stat(path, status) == 0 && !S_ISDIR(status->st_mode);
}

/* Tries root/spelled. True: the search is over, *found is the file. Takes spelled only then. */
static bool try_file(scan *s, const char *root, char *spelled, bool system, size_t *found)
{
    struct stat status;
    char *path = join(root, spelled);
    bool there = is_file(path, &status);
    free(path);
    if (!there)
        return false;
    for (size_t i = 0; i < s->file_count; i++)
        if (s->files[i]->inode == status.st_ino && s->files[i]->device == status.st_dev) {
            *found = i;
            free(spelled);
            return true;
        }
    scan_file *file = add_file(s, mem_strdup(root), spelled);
    file->device = status.st_dev;
    file->inode = status.st_ino;
    file->system = system;
    *found = s->file_count - 1;
    return true;
}

/* Where the search goes on for #include_next: behind the directory that the file was found in. */
static size_t start_of(const scan_dirs *dirs, const scan_file *from, bool next)
{
    for (size_t i = 0; next && i < dirs->count; i++)
        if (strcmp(dirs->items[i], from->root) == 0)
            return i + 1;
    return 0;
}

static bool try_dirs(scan *s, const scan_dirs *dirs, size_t start, char *spelled, bool system,
                     size_t *found)
{
    for (size_t i = start; i < dirs->count; i++)
        if (try_file(s, dirs->items[i], spelled, system, found))
            return true;
    return false;
}

size_t scan_follow(scan *s, const scan_file *from, view name, bool angled, bool next)
{
    size_t found = SCAN_NOWHERE;
    char *spelled = mem_strndup(name.data, name.len);
    if (strcmp(base_name(spelled), "tine.h") == 0)
        s->tine_h = true;
    if (strcmp(base_name(spelled), "tine.h") == 0 || str_starts(spelled, "tine/")) {
        free(spelled); /* Tine's own headers bring no words but <tine.h>'s */
        return SCAN_NOWHERE;
    }
    if (!angled && !next) {
        char *dir = directory_of(from->spelled);
        char *beside = join(dir, spelled);
        free(dir);
        if (try_file(s, from->root, beside, from->system, &found)) {
            free(spelled);
            return found;
        }
        free(beside);
    }
    if (!angled && try_dirs(s, &s->quote, start_of(&s->quote, from, next), spelled, false, &found))
        return found;
    if (try_dirs(s, &s->plain, start_of(&s->plain, from, next), spelled, from->system, &found) ||
        try_dirs(s, &s->system, start_of(&s->system, from, next), spelled, true, &found))
        return found;
    free(spelled);
    s->lost = true;
    return SCAN_NOWHERE;
}

bool scan_beside(const scan_file *from, view name)
{
    struct stat status;
    char *dir = directory_of(from->path), *spelled = mem_strndup(name.data, name.len);
    char *path = join(dir, spelled);
    bool there = is_file(path, &status);
    free(dir);
    free(spelled);
    free(path);
    return there;
}

/* Whether a directory of the list, from start on, has the file. */
static bool in_dirs(const scan_dirs *dirs, size_t start, const char *spelled)
{
    struct stat status;
    bool there = false;
    for (size_t i = start; i < dirs->count && !there; i++) {
        char *path = join(dirs->items[i], spelled);
        there = is_file(path, &status);
        free(path);
    }
    return there;
}

bool scan_in_quote_dirs(const scan *s, view name)
{
    char *spelled = mem_strndup(name.data, name.len);
    bool there = in_dirs(&s->quote, 0, spelled);
    free(spelled);
    return there;
}

bool scan_has_next(const scan *s, const scan_file *from, view name, bool angled)
{
    char *spelled = mem_strndup(name.data, name.len);
    bool there = (!angled && in_dirs(&s->quote, start_of(&s->quote, from, true), spelled)) ||
                 in_dirs(&s->plain, start_of(&s->plain, from, true), spelled) ||
                 in_dirs(&s->system, start_of(&s->system, from, true), spelled);
    free(spelled);
    return there;
}

bool scan_leads_to(const scan *s, const char *spelled, const scan_file *file)
{
    const scan_dirs *lists[] = {&s->quote, &s->plain, &s->system};
    struct stat status;
    char *path = join(s->files[0]->root, spelled);
    bool there = is_file(path, &status);
    free(path);
    for (size_t l = 0; l < 3; l++)
        for (size_t i = 0; i < lists[l]->count && !there; i++) {
            path = join(lists[l]->items[i], spelled);
            there = is_file(path, &status);
            free(path);
        }
    return there && status.st_ino == file->inode && status.st_dev == file->device;
}

/* ---- flags -------------------------------------------------------------------------------------- */

/* The value of "-Xvalue" or "-X value" at flags[*i], or NULL when it is another flag. */
static const char *value_of(const char *const *flags, size_t *i, const char *name)
{
    if (!str_starts(flags[*i], name))
        return NULL;
    const char *value = flags[*i] + strlen(name);
    if (*value != '\0')
        return value;
    return flags[*i + 1] != NULL ? flags[++*i] : NULL;
}

/* -DNAME=body: read as #define NAME body. */
static void define_flag(scan *s, const char *value)
{
    char *text = mem_strdup(value);
    char *equals = strchr(text, '=');
    if (equals != NULL)
        *equals = ' ';
    pplex l = pp_file(text, strlen(text), s->trigraphs);
    l.in_line = true;
    scan_read_define(s, &l, false);
    free(text);
}

/* Trigraphs count in the strict standards before C23. */
static bool has_trigraphs(const char *standard)
{
    static const char *const strict[] = {"c89", "c90", "c99", "c9x", "c11", "c1x", "c17", "c18"};
    for (size_t i = 0; i < sizeof strict / sizeof strict[0]; i++)
        if (strcmp(standard, strict[i]) == 0)
            return true;
    return str_starts(standard, "iso9899:") && !str_starts(standard, "iso9899:20");
}

static void add_usual_dirs(scan *s)
{
#if defined(__linux__) && defined(__x86_64__)
    static const char multiarch[] = "/usr/include/x86_64-linux-gnu";
#elif defined(__linux__) && defined(__aarch64__)
    static const char multiarch[] = "/usr/include/aarch64-linux-gnu";
#else
    static const char multiarch[] = "/usr/include";
#endif
    add_dir_list(&s->system, getenv("C_INCLUDE_PATH"));
    if (TINE_RESOURCE_DIR[0] != '\0')
        add_dir(&s->system, TINE_RESOURCE_DIR "/include", strlen(TINE_RESOURCE_DIR "/include"));
    add_dir(&s->system, "/usr/local/include", strlen("/usr/local/include"));
    add_dir(&s->system, multiarch, strlen(multiarch));
    add_dir(&s->system, "/usr/include", strlen("/usr/include"));
}

/* -include FILE: looked for from the current directory. */
static void force_include(scan *s, const char *name)
{
    scan_file here = {.root = (char *)"", .spelled = (char *)""};
    scan_follow(s, &here, view_of(name), false, false);
}

void scan_read_flags(scan *s, const char *const *flags)
{
    const char *value;
    for (size_t i = 0; flags[i] != NULL; i++) /* before -D is read */
        if (strcmp(flags[i], "-trigraphs") == 0)
            s->trigraphs = true;
        else if (str_starts(flags[i], "-std="))
            s->trigraphs = has_trigraphs(flags[i] + 5);
        else if (strcmp(flags[i], "-ansi") == 0)
            s->trigraphs = true;
    for (size_t i = 0; flags[i] != NULL; i++)
        if ((value = value_of(flags, &i, "-iquote")) != NULL)
            add_dir(&s->quote, value, strlen(value));
        else if ((value = value_of(flags, &i, "-isystem")) != NULL ||
                 (value = value_of(flags, &i, "-idirafter")) != NULL)
            add_dir(&s->system, value, strlen(value));
        else if ((value = value_of(flags, &i, "-I")) != NULL)
            add_dir(&s->plain, value, strlen(value));
        else if ((value = value_of(flags, &i, "-D")) != NULL)
            define_flag(s, value);
    add_dir_list(&s->plain, getenv("CPATH"));
    add_usual_dirs(s);
    for (size_t i = 0; flags[i] != NULL; i++)
        if ((value = value_of(flags, &i, "-include")) != NULL ||
            (value = value_of(flags, &i, "-imacros")) != NULL)
            force_include(s, value);
}
