/* See proc.h. */
#include "proc.h"

#include "files.h"
#include "say.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Written by the signal handler, read by proc_run. */
static volatile sig_atomic_t caught;
/* The child to hand signals to, 0 when none: changed only while the signals are blocked. */
static volatile pid_t child;

static const int handed_on[] = {SIGINT, SIGHUP, SIGTERM, SIGQUIT};
enum { N_HANDED_ON = sizeof handed_on / sizeof *handed_on };

static char *temp_path; /* null: none was made */
static int temp_lock = -1;

/* ---- signals ---------------------------------------------------------------------------------- */

static void on_signal(int sig)
{
    caught = sig;
    if (child > 0) kill(child, sig);
}

static sigset_t handed_on_set(void)
{
    sigset_t set;
    sigemptyset(&set);
    for (int i = 0; i < N_HANDED_ON; i++) sigaddset(&set, handed_on[i]);
    return set;
}

/* Files that are opened must not become a standard stream that was closed. What stands in for one fails
 * when it is used, as the closed one would. */
static void keep_standard_streams(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) < 0) open("/dev/null", fd ? O_RDONLY : O_WRONLY);
}

void proc_setup(void)
{
    keep_standard_streams();
    for (int i = 0; i < N_HANDED_ON; i++) {
        struct sigaction old;
        struct sigaction act = {.sa_handler = on_signal};
        if (sigaction(handed_on[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL)
            sigaction(handed_on[i], &act, NULL);
    }
    atexit(temp_remove);
}

static void die_if_caught(void)
{
    if (!caught) return;
    int sig = caught;
    temp_remove();
    signal(sig, SIG_DFL);
    sigset_t set = handed_on_set();
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    raise(sig);
    _exit(128 + sig);
}

/* ---- running ---------------------------------------------------------------------------------- */

/* Whether exec may refuse a command. Linux takes 128 KiB in one word, and in all, environment and pointers
 * included, a quarter of the stack limit; compilers add words of their own when they start others. */
static bool is_long(const struct words *command)
{
    enum { MOST = 512 * 1024, MOST_IN_ONE = 128 * 1024, SPARE = 32 * 1024 };
    size_t total = 0, most = 0, around = SPARE;
    for (size_t i = 0; i < command->n; i++) {
        size_t n = strlen(command->v[i]) + 1;
        total += n + sizeof(char *);
        if (n > most) most = n;
    }
    for (char **e = environ; *e; e++) around += strlen(*e) + 1 + sizeof(char *);
    long limit = sysconf(_SC_ARG_MAX);
    return total > MOST || most >= MOST_IN_ONE || (limit > 0 && total + around > (size_t)limit);
}

/* The words behind the first ones as a response file: gcc, clang and tine read it alike. */
static char *response_text(const struct words *command, size_t first)
{
    size_t room = 1;
    for (size_t i = first; i < command->n; i++) room += 2 * strlen(command->v[i]) + 3;
    char *text = mem_alloc(room), *t = text;
    for (size_t i = first; i < command->n; i++) {
        for (const char *s = command->v[i]; *s; s++) {
            if (strchr(" \t\n\r\f\v\\\"'", *s)) *t++ = '\\';
            *t++ = *s;
        }
        if (!command->v[i][0]) t += sprintf(t, "\"\"");
        *t++ = '\n';
    }
    return text;
}

/* The command itself, or one whose arguments are in a response file when they are too many. */
static const struct words *fit(const struct words *command, struct words *shorter)
{
    size_t first = command->fixed ? command->fixed : 1;
    if (first == command->n || !is_long(command)) return command;
    char *text = response_text(command, first);
    char *path = mem_printf("%s/args", temp_dir(command->v[command->n - 1]));
    if (!file_write(path, text, strlen(text))) {
        say_error("cannot write '%s': %s", path, strerror(errno));
        exit(1);
    }
    for (size_t i = 0; i < first; i++) words_add(shorter, command->v[i]);
    words_add(shorter, mem_printf("@%s", path));
    return shorter;
}

static void say_no_program(const char *name, int why)
{
    say_error("cannot run '%s': %s", name, strerror(why));
    if (why == ENOENT)
        fputs("tinecc: note: name the compiler behind tinecc with TINE_CC or --cc=\n", stderr);
}

static pid_t start(const struct words *command, int in, int out, int err, int *why)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attr;
    sigset_t set = handed_on_set(), mask, defaults;
    pid_t pid = -1;
    sigemptyset(&defaults);
    for (int i = 0; i < N_HANDED_ON; i++) {
        struct sigaction now;
        if (sigaction(handed_on[i], NULL, &now) == 0 && now.sa_handler == on_signal)
            sigaddset(&defaults, handed_on[i]);
    }
    sigprocmask(SIG_BLOCK, &set, &mask);
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attr);
    if (in >= 0) posix_spawn_file_actions_adddup2(&files, in, 0);
    if (out >= 0) posix_spawn_file_actions_adddup2(&files, out, 1);
    if (err >= 0) posix_spawn_file_actions_adddup2(&files, err, 2);
    posix_spawnattr_setsigmask(&attr, &mask);
    posix_spawnattr_setsigdefault(&attr, &defaults);
    posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    *why = posix_spawnp(&pid, command->v[0], &files, &attr, command->v, environ);
    if (*why) pid = -1;
    child = pid > 0 ? pid : 0;
    posix_spawnattr_destroy(&attr);
    posix_spawn_file_actions_destroy(&files);
    sigprocmask(SIG_SETMASK, &mask, NULL);
    return pid;
}

/* Waits for the child of start(). It is reaped with the signals blocked, so that none is handed to a
 * process that has taken its number since. */
static int finish(pid_t pid)
{
    sigset_t set = handed_on_set(), mask;
    siginfo_t info;
    int status = 0;
    while (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT) < 0 && errno == EINTR) {
    }
    sigprocmask(SIG_BLOCK, &set, &mask);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    child = 0;
    sigprocmask(SIG_SETMASK, &mask, NULL);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int proc_run(const struct words *command, int stdin_fd, int stdout_fd)
{
    struct words shorter = {0};
    int why;
    die_if_caught();
    const struct words *fitting = fit(command, &shorter);
    pid_t pid = start(fitting, stdin_fd, stdout_fd, -1, &why);
    if (pid < 0) {
        say_no_program(command->v[0], why);
        return -1;
    }
    int status = finish(pid);
    die_if_caught();
    return status;
}

int proc_exec(const struct words *command)
{
    struct words shorter = {0};
    if (fit(command, &shorter) != command) {
        int status = proc_run(command, -1, -1);
        return status < 0 ? 1 : status;
    }
    execvp(command->v[0], command->v);
    say_no_program(command->v[0], errno);
    return 1;
}

char *proc_first_line(const struct words *command)
{
    int ends[2], why;
    if (pipe2(ends, O_CLOEXEC) != 0) return NULL;
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    pid_t pid = start(command, null, ends[1], null, &why);
    close(ends[1]);
    struct bytes text = {0};
    bool ok = pid > 0 && file_read_fd(ends[0], &text);
    close(ends[0]);
    if (null >= 0) close(null);
    if (pid > 0) finish(pid);
    die_if_caught();
    return ok ? mem_copy(text.p, strcspn(text.p, "\n")) : NULL;
}

/* ---- the temporary directory ------------------------------------------------------------------ */

static uint64_t hash(const char *s)
{
    uint64_t h = 14695981039346656037u; /* FNV-1a */
    for (; *s; s++) h = (h ^ (unsigned char)*s) * 1099511628211u;
    return h;
}

static void remove_tree(const char *path)
{
    DIR *dir = opendir(path);
    if (dir) {
        for (struct dirent *e; (e = readdir(dir));) {
            if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, "..")) continue;
            char *inner = mem_printf("%s/%s", path, e->d_name);
            struct stat st;
            if (lstat(inner, &st) == 0 && S_ISDIR(st.st_mode)) remove_tree(inner);
            else unlink(inner);
        }
        closedir(dir);
    }
    rmdir(path);
}

/* Takes `path` for this process: a new directory, or one that a process of this user left when it was
 * killed. The lock says whether anyone is at work in it. */
static bool take(const char *path)
{
    struct stat dir, locked, named;
    if (mkdir(path, 0700) != 0 && errno != EEXIST) return false;
    if (lstat(path, &dir) != 0 || !S_ISDIR(dir.st_mode) || dir.st_uid != geteuid()
        || (dir.st_mode & 077))
        return false;
    char *lock = mem_printf("%s/lock", path);
    int fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) return false;
    /* The previous holder may have removed the file between our open and our lock. */
    if (flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &locked) == 0 && stat(lock, &named) == 0
        && locked.st_ino == named.st_ino) {
        temp_lock = fd;
        return true;
    }
    close(fd);
    return false;
}

/* A directory of ours in `base`; null, with errno, if none can be made there. */
static char *take_one_in(const char *base, const char *key)
{
    enum { TRIES = 1000 };
    for (int i = 0; i < TRIES; i++) {
        char *path = mem_printf("%s/tinecc-%lu-%016llx-%d", base, (unsigned long)geteuid(),
                                (unsigned long long)hash(key), i);
        errno = 0;
        if (take(path)) return path;
        if (errno == ENOENT || errno == EACCES || errno == ENOSPC || errno == EROFS
            || errno == ENOTDIR)
            break;
    }
    return NULL;
}

const char *temp_dir(const char *key)
{
    const char *base = getenv("TMPDIR");
    if (!base || !*base || strchr(base, '=')) base = "/tmp"; /* -ffile-prefix-map takes no '=' */
    const char *const bases[] = {base, "/tmp", "/var/tmp"}; /* compilers, too, look further */
    for (size_t i = 0; i < sizeof bases / sizeof *bases && !temp_path; i++)
        temp_path = take_one_in(bases[i], key);
    if (temp_path) return temp_path;
    say_error("cannot make a temporary directory in '%s', /tmp or /var/tmp: %s", base,
              strerror(errno));
    exit(1);
}

char *temp_subdir(size_t number)
{
    char *path = mem_printf("%s/%zu", temp_path, number);
    if (mkdir(path, 0700) != 0 && errno != EEXIST) {
        say_error("cannot make '%s': %s", path, strerror(errno));
        exit(1);
    }
    return path;
}

const char *temp_dir_by_descriptor(void)
{
    enum { FD = 199 }; /* no other than this: the number is a part of the name */
    static const char *name;
    struct stat there, here;
    if (name) return name;
    name = temp_path;
    int fd = open(temp_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return name;
    char *path = mem_printf("/proc/self/fd/%d", FD);
    if (fcntl(FD, F_GETFD) < 0 && dup2(fd, FD) == FD) {
        if (stat(path, &there) == 0 && fstat(fd, &here) == 0 && there.st_ino == here.st_ino
            && there.st_dev == here.st_dev)
            name = path;
        else
            close(FD);
    }
    close(fd);
    return name;
}

void temp_remove(void)
{
    if (!temp_path) return;
    remove_tree(temp_path);
    temp_path = NULL;
    if (temp_lock >= 0) close(temp_lock);
    temp_lock = -1;
}
