/* See files.h. */
#include "files.h"

#include "mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool file_read_fd(int fd, struct bytes *out)
{
    struct stat st;
    size_t cap = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? (size_t)st.st_size + 1 : 1 << 16;
    char *p = mem_alloc(cap + 1);
    size_t n = 0;
    for (;;) {
        ssize_t got = read(fd, p + n, cap - n);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return false;
        if (got == 0) break;
        n += (size_t)got;
        if (n == cap) {
            char *bigger = mem_alloc(2 * cap + 1);
            memcpy(bigger, p, n);
            p = bigger;
            cap *= 2;
        }
    }
    p[n] = '\0';
    *out = (struct bytes){p, n};
    return true;
}

bool file_read(const char *path, struct bytes *out)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    bool ok = file_read_fd(fd, out);
    int why = errno;
    close(fd);
    errno = why;
    return ok;
}

/* The number of the descriptor that `path` names, or -1. */
static int descriptor_of(const char *path)
{
    static const char *const dirs[] = {"/dev/fd/", "/proc/self/fd/"};
    if (!strcmp(path, "/dev/stdin")) return 0;
    for (size_t i = 0; i < sizeof dirs / sizeof *dirs; i++) {
        size_t n = strlen(dirs[i]);
        if (!strncmp(path, dirs[i], n) && path[n] && strlen(path + n) < 6
            && strspn(path + n, "0123456789") == strlen(path + n))
            return (int)strtol(path + n, NULL, 10);
    }
    return -1;
}

bool file_read_and_keep(const char *path, struct bytes *out)
{
    struct stat st;
    if (stat(path, &st) != 0 || !S_ISFIFO(st.st_mode)) return file_read(path, out);
    int fd = descriptor_of(path);
    FILE *copy = fd < 0 ? NULL : tmpfile();
    if (!copy) return false;
    bool ok = file_read_fd(fd, out) && file_write_fd(fileno(copy), out->p, out->n)
        && lseek(fileno(copy), 0, SEEK_SET) == 0 && dup2(fileno(copy), fd) == fd;
    fclose(copy);
    return ok;
}

bool file_write_fd(int fd, const char *p, size_t n)
{
    while (n) {
        ssize_t put = write(fd, p, n);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return false;
        p += put;
        n -= (size_t)put;
    }
    return true;
}

bool file_write(const char *path, const char *p, size_t n)
{
    struct stat st;
    if (lstat(path, &st) == 0 && !S_ISREG(st.st_mode)) { /* links, /dev/null: no renaming */
        int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
        if (fd < 0) return false;
        bool ok = file_write_fd(fd, p, n);
        return close(fd) == 0 && ok;
    }
    char *beside = mem_printf("%s.%ld.tmp", path, (long)getpid());
    int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) return false;
    bool ok = file_write_fd(fd, p, n);
    if (close(fd) != 0) ok = false;
    if (ok && rename(beside, path) != 0) ok = false;
    if (!ok) {
        int why = errno;
        unlink(beside);
        errno = why;
    }
    return ok;
}

bool file_exists(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && !S_ISDIR(st.st_mode);
}

bool file_same(const char *a, const char *b)
{
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

char *program_find(const char *name, const char *except)
{
    const char *p = getenv("PATH");
    while (p && *p) {
        size_t n = strcspn(p, ":");
        char *file = path_join(n ? mem_copy(p, n) : ".", name);
        if (!strchr(file, '/')) file = mem_printf("./%s", file);
        if (file_exists(file) && access(file, X_OK) == 0 && !(except && file_same(file, except)))
            return file;
        p += n + (p[n] == ':');
    }
    return NULL;
}

char *path_dir(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash) return mem_copy(".", 1);
    return slash == path ? mem_copy("/", 1) : mem_copy(path, (size_t)(slash - path));
}

const char *path_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

const char *path_suffix(const char *path)
{
    const char *base = path_base(path);
    const char *dot = strrchr(base, '.');
    return dot && dot != base ? dot : base + strlen(base);
}

char *path_with_suffix(const char *path, const char *suffix)
{
    return mem_printf("%.*s%s", (int)(strlen(path) - strlen(path_suffix(path))), path, suffix);
}

char *path_join(const char *dir, const char *name)
{
    if (!strcmp(dir, ".")) return mem_copy(name, strlen(name));
    size_t n = strlen(dir);
    return mem_printf("%s%s%s", dir, n && dir[n - 1] == '/' ? "" : "/", name);
}
