/* See devices.h. */
#include "devices.h"

#include "files.h"
#include "proc.h"
#include "say.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* wanted.v[i] is written to taken.v[i] first. */
static struct words wanted, taken;

static bool starts(const char *s, const char *prefix)
{
    return !strncmp(s, prefix, strlen(prefix));
}

static bool is_device(const char *name)
{
    struct stat st;
    return !strcmp(name, "-") || (lstat(name, &st) == 0 && !S_ISREG(st.st_mode));
}

/* A group of -Wp, in which `to` stands for the word `from`. */
static const char *in_group(const char *group, const char *from, const char *to)
{
    const char *out = "-Wp", *p = group + 3;
    while (*p == ',') {
        size_t n = strcspn(++p, ",");
        bool is = n == strlen(from) && !strncmp(p, from, n);
        out = mem_printf("%s,%.*s", out, is ? (int)strlen(to) : (int)n, is ? to : p);
        p += n;
    }
    return out;
}

static void replace(struct arg *a, const char *from, const char *to)
{
    bool takes_file = !strcmp(a->text, "-MF") || !strcmp(a->text, "-Xpreprocessor");
    if (takes_file && a->value && !strcmp(a->value, from)) a->value = to;
    else if (starts(a->text, "-MF") && !strcmp(a->text + 3, from)) a->text = mem_printf("-MF%s", to);
    else if (starts(a->text, "-Wp,")) a->text = in_group(a->text, from, to);
}

void devices_take(struct cmdline *c)
{
    if (!c->writes_deps || c->dry) return;
    for (size_t i = 0; i < c->dep_files.n; i++) {
        char *name = c->dep_files.v[i];
        if (!is_device(name)) continue;
        c->dep_files.v[i] = path_join(temp_dir(""), mem_printf("deps%zu", i));
        words_add(&wanted, name);
        words_add(&taken, c->dep_files.v[i]);
        for (size_t k = 0; k < c->n; k++) replace(&c->args[k], name, c->dep_files.v[i]);
    }
}

bool devices_hand_on(void)
{
    struct bytes text;
    for (size_t i = 0; i < taken.n; i++) {
        if (!file_read(taken.v[i], &text)) continue; /* the compiler chose another file */
        if (strcmp(wanted.v[i], "-") ? file_write(wanted.v[i], text.p, text.n)
                                     : file_write_fd(1, text.p, text.n))
            continue;
        say_error("cannot write '%s': %s", wanted.v[i], strerror(errno));
        return false;
    }
    return true;
}
