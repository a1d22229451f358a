/* Writing files whole or not at all: source_write of source.h.
 *
 * The bytes go into a temporary file beside each target; when all are there, they take the targets'
 * names. Signals that end the program find the temporary files' names in pending and remove them. */
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

/* Names of temporary files: slot i has the new bytes of target i, slot SOURCE_OUTPUTS + i is
 * another name of its old file, to go back to. having is set while there is such a file; the
 * handler, in the same thread, reads a name only then. */
enum { SLOTS = 2 * SOURCE_OUTPUTS };
static char pending[SLOTS][PATH_MAX];
static volatile sig_atomic_t having[SLOTS];

static const int deadly[] = {SIGHUP, SIGINT, SIGPIPE, SIGQUIT, SIGTERM, SIGXCPU, SIGXFSZ};
enum { DEADLY_COUNT = sizeof deadly / sizeof deadly[0] };

static void remove_pending(void)
{
    for (int i = 0; i < SLOTS; i++) {
        if (having[i])
            unlink(pending[i]);
        having[i] = 0;
    }
}

static void end_by_signal(int signal_number)
{
    remove_pending();
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

/* Takes the deadly signals that are not ignored; old keeps what was. */
static void watch_signals(struct sigaction *old)
{
    struct sigaction action = {.sa_handler = end_by_signal};
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

/* A new name beside path for a slot: try 0, 1, ... False: it is too long. */
static bool name_pending(int slot, const char *path, unsigned try)
{
    int len = snprintf(pending[slot], PATH_MAX, "%s.%ld-%u.tmp", path, (long)getpid(), try);
    errno = ENAMETOOLONG;
    return len >= 0 && len < PATH_MAX;
}

/* Opens a new file beside path. */
static int open_pending(int slot, const char *path)
{
    int fd = -1;
    for (unsigned try = 0; try < 1000 && name_pending(slot, path, try); try++) {
        fd = open(pending[slot], O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0 || errno != EEXIST)
            break;
    }
    having[slot] = fd >= 0;
    return fd;
}

/* Gives path's file a second name; without one (there are no hard links) it cannot be restored. */
static void keep_old(int slot, const char *path)
{
    for (unsigned try = 0; try < 1000 && name_pending(slot, path, try); try++) {
        having[slot] = link(path, pending[slot]) == 0;
        if (having[slot] || errno != EEXIST)
            break;
    }
}

/* Where one file goes. */
typedef struct target {
    char *path; /* the file to replace, behind links; NULL: written in place */
    mode_t old_mode; /* the permissions to keep; 0: it is new */
} target;

/* Finds out how path can be written. Returns 0 or an errno. */
static int find_target(target *t, const char *path)
{
    struct stat status;
    if (strcmp(path, "-") == 0)
        return 0;
    if (stat(path, &status) != 0) {
        t->path = errno == ENOENT ? mem_strdup(path) : NULL;
        return t->path != NULL ? 0 : errno;
    }
    if (S_ISDIR(status.st_mode))
        return EISDIR;
    if (!S_ISREG(status.st_mode))
        return 0;
    if (access(path, W_OK) != 0)
        return errno;
    t->path = realpath(path, NULL);
    t->old_mode = status.st_mode;
    return t->path != NULL ? 0 : errno;
}

/* Writes the new bytes beside their target. */
static int write_beside(int slot, const target *t, const source_output *file)
{
    sigset_t all, before;
    int why = 0;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before); /* between the file and the note that it is there */
    int fd = open_pending(slot, t->path);
    why = fd < 0 ? errno : 0;
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (fd < 0)
        return why;
    if (t->old_mode != 0 && fchmod(fd, t->old_mode & 07777) != 0)
        why = errno;
    if (why == 0 && !write_all(fd, file->bytes, file->len))
        why = errno;
    if (close(fd) != 0 && why == 0)
        why = errno;
    return why;
}

/* Gives a target its new bytes. restorable: another one may still fail. */
static int take_name(int slot, const target *t, bool restorable)
{
    if (!having[slot])
        return 0;
    if (restorable && t->old_mode != 0)
        keep_old(SOURCE_OUTPUTS + slot, t->path);
    if (rename(pending[slot], t->path) != 0)
        return errno;
    having[slot] = 0;
    return 0;
}

/* Takes them away again. */
static void give_name_back(int slot, const target *t)
{
    int old = SOURCE_OUTPUTS + slot;
    if (t->path == NULL)
        return;
    if (t->old_mode == 0)
        unlink(t->path);
    else if (having[old] && rename(pending[old], t->path) == 0)
        having[old] = 0;
}

/* All or none. */
static int take_names(const target *targets, int count, int *failed)
{
    sigset_t all, before;
    int why = 0, done = 0;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    while (done < count && (why = take_name(done, &targets[done], done + 1 < count)) == 0)
        done++;
    *failed = done;
    while (why != 0 && done-- > 0)
        give_name_back(done, &targets[done]);
    remove_pending();
    sigprocmask(SIG_SETMASK, &before, NULL);
    return why;
}

/* Returns 0, or an errno and which file it is about. */
static int write_files(const source_output *files, target *targets, int count, int *at)
{
    int why = 0;
    for (*at = 0; *at < count; ++*at)
        if ((why = find_target(&targets[*at], files[*at].path)) != 0)
            return why;
    for (*at = 0; *at < count; ++*at)
        if (targets[*at].path != NULL &&
            (why = write_beside(*at, &targets[*at], &files[*at])) != 0)
            return why;
    for (*at = 0; *at < count; ++*at)
        if (targets[*at].path == NULL &&
            (why = write_in_place(files[*at].path, files[*at].bytes, files[*at].len)) != 0)
            return why;
    return take_names(targets, count, at);
}

bool source_write(const source_output *files, size_t count, char **error)
{
    target targets[SOURCE_OUTPUTS] = {{0}};
    struct sigaction old[DEADLY_COUNT];
    int at;
    watch_signals(old);
    int why = write_files(files, targets, (int)count, &at);
    remove_pending();
    unwatch_signals(old);
    for (size_t i = 0; i < count; i++)
        free(targets[i].path);
    if (why == 0)
        return true;
    *error = mem_printf("cannot write '%s': %s",
                        strcmp(files[at].path, "-") == 0 ? "<stdout>" : files[at].path,
                        strerror(why));
    return false;
}
