/* Writing a file whole or not at all: source_write of source.h.
 *
 * The bytes go into a temporary file beside the target, which then takes the target's name. Signals
 * that end the program find the temporary file's name in pending and remove it. */
#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The temporary file's name. Written by the program between two fences of having_pending; read by
 * the handler, in the same thread, only while having_pending is set. */
static char pending[PATH_MAX];
static volatile sig_atomic_t having_pending;

static const int deadly[] = {SIGHUP, SIGINT, SIGPIPE, SIGQUIT, SIGTERM, SIGXCPU, SIGXFSZ};
enum { DEADLY_COUNT = sizeof deadly / sizeof deadly[0] };

static void remove_pending(int signal_number)
{
    if (having_pending)
        unlink(pending);
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

/* Takes the deadly signals that are not ignored; old keeps what was. */
static void watch_signals(struct sigaction *old)
{
    struct sigaction action = {.sa_handler = remove_pending};
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < DEADLY_COUNT; i++) {
        sigaction(deadly[i], NULL, &old[i]);
        if (old[i].sa_handler != SIG_IGN)
            sigaction(deadly[i], &action, NULL);
    }
}

static void unwatch_signals(const struct sigaction *old)
{
    for (int i = 0; i < DEADLY_COUNT; i++)
        sigaction(deadly[i], &old[i], NULL);
}

static bool write_all(int fd, const char *bytes, size_t len)
{
    while (len != 0) {
        ssize_t wrote = write(fd, bytes, len);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            return false;
        bytes += wrote;
        len -= (size_t)wrote;
    }
    return true;
}

/* Writes to something that has no name to replace. */
static int write_in_place(const char *path, const char *bytes, size_t len)
{
    bool standard = strcmp(path, "-") == 0;
    int fd = standard ? STDOUT_FILENO : open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return errno;
    int why = write_all(fd, bytes, len) ? 0 : errno;
    if (!standard && close(fd) != 0 && why == 0)
        why = errno;
    return why;
}

/* Opens pending: a new file beside path. */
static int open_pending(const char *path)
{
    for (unsigned try = 0; try < 1000; try++) {
        int len = snprintf(pending, sizeof pending, "%s.%ld-%u.tmp", path, (long)getpid(), try);
        if (len < 0 || (size_t)len >= sizeof pending) {
            errno = ENAMETOOLONG;
            return -1;
        }
        int fd = open(pending, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

/* Writes beside path, then renames. old_mode: the permissions to keep, or 0. */
static int replace(const char *path, mode_t old_mode, const char *bytes, size_t len)
{
    struct sigaction old[DEADLY_COUNT];
    sigset_t all, before;
    int why = 0;

    watch_signals(old);
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before); /* between the file and the note that it is there */
    int fd = open_pending(path);
    why = fd < 0 ? errno : 0;
    having_pending = fd >= 0;
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (fd < 0)
        goto unwatch;
    if (old_mode != 0 && fchmod(fd, old_mode & 07777) != 0)
        why = errno;
    if (why == 0 && !write_all(fd, bytes, len))
        why = errno;
    if (close(fd) != 0 && why == 0)
        why = errno;
    if (why == 0 && rename(pending, path) != 0)
        why = errno;
    if (why != 0)
        unlink(pending);
    having_pending = 0;
unwatch:
    unwatch_signals(old);
    return why;
}

bool source_write(const char *path, const char *bytes, size_t len, char **error)
{
    struct stat status;
    int why;

    if (strcmp(path, "-") == 0) {
        why = write_in_place(path, bytes, len);
    } else if (stat(path, &status) != 0) {
        why = errno == ENOENT ? replace(path, 0, bytes, len) : errno;
    } else if (S_ISDIR(status.st_mode)) {
        why = EISDIR;
    } else if (!S_ISREG(status.st_mode)) {
        why = write_in_place(path, bytes, len);
    } else if (access(path, W_OK) != 0) {
        why = errno;
    } else {
        char *real = realpath(path, NULL); /* the file behind a link is what is replaced */
        why = real != NULL ? replace(real, status.st_mode, bytes, len) : errno;
        free(real);
    }
    if (why == 0)
        return true;
    *error = mem_printf("cannot write '%s': %s", strcmp(path, "-") == 0 ? "<stdout>" : path,
                        strerror(why));
    return false;
}
