/* See ccache.h. */
#include "ccache.h"

#include "files.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool below(const char *path, const char *dir)
{
    size_t n = strlen(dir);
    while (n && dir[n - 1] == '/') n--;
    return n && !strncmp(path, dir, n) && path[n] == '/';
}

/* path as seen from the directory `from`, both absolute. */
static char *seen_from(const char *path, const char *from)
{
    size_t shared = 0, i = 0;
    for (; path[i] && path[i] == from[i]; i++)
        if (path[i] == '/') shared = i + 1;
    if (!from[i] && path[i] == '/') shared = i + 1;
    char *up = mem_copy("", 0);
    if (shared <= strlen(from))
        for (const char *p = from + shared; p; p = strchr(p, '/') ? strchr(p, '/') + 1 : NULL)
            up = mem_printf("../%s", up);
    return mem_printf("%s%s", up, path + shared);
}

const char *ccache_name(const struct cmdline *c, const char *path)
{
    const char *base = getenv("CCACHE_BASEDIR");
    char from[PATH_MAX];
    struct stat a, b;
    if (!base || base[0] != '/' || strcmp(path_base(c->cc.v[0]), "ccache")) return path;
    if (!below(path, base) || !getcwd(from, sizeof from) || strstr(path, "/../")) return path;
    char *name = seen_from(path, from);
    if (stat(path, &a) != 0 || stat(name, &b) != 0 || a.st_dev != b.st_dev || a.st_ino != b.st_ino)
        return path; /* links on the way up */
    return name;
}
