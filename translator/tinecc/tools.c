/* See tools.h. TINE_LIBDIR is the library directory below the prefix, such as lib/x86_64-linux-gnu. */
#include "tools.h"

#include "files.h"
#include "proc.h"
#include "say.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *self; /* this program's file */

static bool starts(const char *s, const char *prefix)
{
    return !strncmp(s, prefix, strlen(prefix));
}

static char *find_self(const char *argv0)
{
    char buffer[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", buffer, sizeof buffer - 1);
    if (n > 0) return mem_copy(buffer, (size_t)n);
    const char *file = strchr(argv0, '/') ? argv0 : program_find(argv0, NULL);
    char *real = file ? realpath(file, buffer) : NULL;
    return real ? mem_copy(real, strlen(real)) : mem_copy(argv0, strlen(argv0));
}

/* The first of the null-ended list that exists with `below` in it. */
static char *first_with(char *const *dirs, const char *below)
{
    for (; *dirs; dirs++)
        if (file_exists(path_join(*dirs, below))) return *dirs;
    return NULL;
}

void tools_find(struct tools *t, const char *argv0)
{
    self = find_self(argv0);
    char *bin = path_dir(self), *prefix = path_dir(bin), *above = path_dir(prefix);
    char *config = mem_printf("%s/lib/%s", above, path_base(bin)); /* a multi-config build tree */

    char *places[] = {bin, mem_printf("%s/libexec/tine", prefix), NULL};
    char *dir = first_with(places, "tine");
    t->tine = dir ? path_join(dir, "tine") : program_find("tine", NULL);

    /* The link below the library directory serves where the headers themselves are in /usr/include,
     * which must not be named to a compiler: its order among the system's directories matters. */
    char *includes[] = {mem_printf("%s/" TINE_LIBDIR "/tine/include", prefix),
        mem_printf("%s/include", prefix), mem_printf("%s/include", above), NULL};
    t->include = first_with(includes, "tine.h");
    if (t->include
        && (!strcmp(t->include, "/usr/include") || !strcmp(t->include, "/usr/local/include")))
        t->include = NULL;

    char *libs[] = {mem_printf("%s/" TINE_LIBDIR, prefix), mem_printf("%s/lib", prefix), config,
        NULL};
    dir = first_with(libs, "libtine.a");
    if (dir) t->static_lib = path_join(dir, "libtine.a");
    dir = first_with(libs, "libtine.so");
    if (dir) t->shared_lib = path_join(dir, "libtine.so");
}

/* Does the command line smell of another machine? Only then is the compiler asked. */
static bool maybe_cross(const struct cmdline *c)
{
    const char *name = path_base(c->cc.v[c->cc.n - 1]);
    const char *dash = strchr(name, '-');
    if (dash && strchr(dash + 1, '-')) return true; /* aarch64-linux-gnu-gcc */
    for (size_t i = 0; i < c->n; i++) {
        const char *s = c->args[i].text;
        if (c->args[i].kind == ARG_OPTION
            && (starts(s, "--target") || starts(s, "-target") || !strcmp(s, "-m32")
                || !strcmp(s, "-mx32")))
            return true;
    }
    return false;
}

/* "x86_64-pc-linux-gnu" and "x86_64-linux-gnu" are one machine. */
static bool this_machine(const char *machine)
{
    size_t n = strcspn(TINE_MACHINE, "-");
    return !strncmp(machine, TINE_MACHINE, n) && (machine[n] == '-' || !machine[n])
        && !strstr(machine, "x32");
}

static char *ask(const struct cmdline *c, const char *question)
{
    struct words command = {0};
    words_add_all(&command, &c->cc);
    for (size_t i = 0; i < c->n; i++) {
        const char *s = c->args[i].text;
        if (c->args[i].kind != ARG_OPTION) continue;
        if (!starts(s, "--target") && !starts(s, "-target") && !starts(s, "-m")
            && !starts(s, "--sysroot") && !starts(s, "-B"))
            continue;
        words_add(&command, s);
        if (c->args[i].value) words_add(&command, c->args[i].value);
    }
    words_add(&command, question);
    return proc_first_line(&command);
}

/* A library where the command line's -L says, else where the compiler itself looks; null if nowhere. */
static char *find_library(const struct cmdline *c, const char *name)
{
    for (size_t i = 0; i < c->n; i++) {
        const struct arg *a = &c->args[i];
        if (a->kind != ARG_LINK || !starts(a->text, "-L")) continue;
        char *file = path_join(a->value ? a->value : a->text + 2, name);
        if (file_exists(file)) return file;
    }
    char *found = ask(c, mem_printf("-print-file-name=%s", name));
    return found && strchr(found, '/') && file_exists(found) ? found : NULL;
}

static bool has_flag(const struct cmdline *c, const char *flag)
{
    for (size_t i = 0; i < c->n; i++)
        if (!strcmp(c->args[i].text, flag)) return true;
    return false;
}

static bool is_clang(const char *name)
{
    char real[PATH_MAX];
    const char *file = strchr(name, '/') ? name : program_find(name, NULL);
    return strstr(path_base(name), "clang")
        || (file && realpath(file, real) && strstr(path_base(real), "clang"));
}

static bool is_binary(const char *name)
{
    const char *file = strchr(name, '/') ? name : program_find(name, NULL);
    char magic[4] = "";
    int fd = file ? open(file, O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0) return false;
    bool is = read(fd, magic, sizeof magic) == sizeof magic && !memcmp(magic, "\177ELF", 4);
    close(fd);
    return is;
}

void tools_know_compiler(struct tools *t, struct cmdline *c)
{
    /* Installed as cc itself, the driver would find itself behind itself. */
    if (!strchr(c->cc.v[0], '/')) {
        const char *found = program_find(c->cc.v[0], NULL);
        if (found && file_same(found, self)) {
            char *other = program_find(c->cc.v[0], self);
            if (other) c->cc.v[0] = other;
        }
    }
    if (strchr(c->cc.v[0], '/') && file_same(c->cc.v[0], self)) {
        say_error("'%s' is tinecc itself; name the compiler behind it", c->cc.v[0]);
        exit(2);
    }
    t->clang = is_clang(c->cc.v[c->cc.n - 1]);
    t->binary = is_binary(c->cc.v[0]);
    if (!maybe_cross(c)) return;
    char *machine = ask(c, "-dumpmachine");
    bool m32 = has_flag(c, "-m32") || has_flag(c, "-mx32");
    if (!machine || !*machine || (this_machine(machine) && !m32)) return;
    t->machine = machine;
    t->static_lib = find_library(c, "libtine.a");
    t->shared_lib = find_library(c, "libtine.so");
}
