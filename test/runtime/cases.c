/* Runs the cases of a test program one after another, each in a child process. See cases.h. */
#include "cases.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { BOUND_S = 60, SLOW_BOUND_S = 300, LATE_S = 10, TEXT_MAX = 16 * 1024, FAILED = 99, SKIPPED = 77 };

#if defined __has_feature
#define HAS_FEATURE(x) __has_feature(x)
#else
#define HAS_FEATURE(x) 0
#endif

void test_fail(const char *file, int line, const char *what)
{
    fprintf(stderr, "%s:%d: failed: %s\n", file, line, what);
    _exit(FAILED);
}

void test_skip(const char *why)
{
    fprintf(stderr, "%s", why);
    _exit(SKIPPED);
}

void test_sleep_ms(unsigned ms)
{
    struct timespec left = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000};
    while (nanosleep(&left, &left) != 0 && errno == EINTR)
        ;
}

void test_pause(void)
{
    sched_yield();
}

static unsigned long status_field(const char *name)
{
    FILE *file = fopen("/proc/self/status", "r");
    if (!file)
        return 0;
    char line[256];
    unsigned long value = 0;
    size_t length = strlen(name);
    while (fgets(line, sizeof line, file))
        if (strncmp(line, name, length) == 0 && line[length] == ':')
            value = strtoul(line + length + 1, NULL, 10);
    fclose(file);
    return value;
}

static unsigned long threads_at_begin; /* ThreadSanitizer has one of its own */

unsigned test_threads(void)
{
    return (unsigned)(status_field("Threads") - threads_at_begin + 1);
}

/* What ThreadSanitizer is told: threads may be started in a child of fork. */
const char *__tsan_default_options(void);
const char *__tsan_default_options(void)
{
    return "die_after_fork=0";
}

unsigned long test_resident_kib(void)
{
    return status_field("VmRSS");
}

unsigned long test_cpu_ms(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (unsigned long)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000 +
           (unsigned long)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
}

/* The runtime of the sanitizer, which is there also when the tests alone are instrumented. */
extern void __tsan_acquire(void *) __attribute__((weak));

bool test_is_thread_sanitized(void)
{
    return __tsan_acquire != NULL;
}

bool test_is_sanitized(void)
{
#if defined __SANITIZE_ADDRESS__ || HAS_FEATURE(address_sanitizer)
    return true;
#else
    return test_is_thread_sanitized();
#endif
}

/* flavour.sh sets the variables. */
bool test_is_emulated(void)
{
    return getenv("TINE_TEST_EMULATED") != NULL;
}

bool test_is_slow(void)
{
    return test_is_sanitized() || getenv("TINE_TEST_SLOW") != NULL;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static double case_begun;

bool test_is_late(void)
{
    return now() - case_begun > LATE_S;
}

static _Noreturn void run_child(const struct test_case *test, int output)
{
    setpgid(0, 0);
    dup2(output, STDERR_FILENO);
    close(output);
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    threads_at_begin = status_field("Threads");
    case_begun = now();
    if (test->workers)
        setenv("TINE_WORKERS", test->workers, 1);
    else
        unsetenv("TINE_WORKERS");
    test->run();
    exit(0);
}

/* Takes what there is to read. */
static size_t drain(int input, char *text, size_t used)
{
    char part[4096];
    for (ssize_t n; (n = read(input, part, sizeof part)) > 0;)
        for (ssize_t i = 0; i < n && used < TEXT_MAX - 1; i++)
            text[used++] = part[i];
    text[used] = '\0';
    return used;
}

/* Reads what the child writes until it has ended. False: it took too long, and was killed. */
static bool watch(pid_t child, int input, char *text, int *status)
{
    double until = now() + (test_is_slow() ? SLOW_BOUND_S : BOUND_S);
    bool in_time = true;
    size_t used = 0;
    fcntl(input, F_SETFL, O_NONBLOCK);
    while (waitpid(child, status, WNOHANG) != child) {
        struct pollfd ready = {.fd = input, .events = POLLIN};
        if (poll(&ready, 1, 5) > 0 && ready.revents & POLLIN)
            used = drain(input, text, used);
        else if (ready.revents)
            test_sleep_ms(1); /* the child has closed it */
        if (in_time && now() > until) {
            in_time = false;
            kill(-child, SIGKILL);
        }
    }
    drain(input, text, used);
    kill(-child, SIGKILL); /* what the case has forked and left */
    return in_time;
}

static bool as_expected(const struct test_case *test, int status, const char *text)
{
    int signal = test->status ? test->status : SIGABRT;
    if (test->message)
        return WIFSIGNALED(status) && WTERMSIG(status) == signal && strstr(text, test->message);
    return WIFEXITED(status) && WEXITSTATUS(status) == test->status;
}

static bool run_case(const struct test_case *test)
{
    static char text[TEXT_MAX];
    int ends[2];
    if (pipe(ends) != 0) {
        perror("pipe");
        return false;
    }
    fflush(NULL);
    pid_t child = fork();
    if (child < 0) {
        perror("fork");
        return false;
    }
    if (child == 0) {
        close(ends[0]);
        run_child(test, ends[1]);
    }
    setpgid(child, child);
    close(ends[1]);
    int status = 0;
    bool in_time = watch(child, ends[0], text, &status);
    close(ends[0]);
    if (in_time && WIFEXITED(status) && WEXITSTATUS(status) == SKIPPED) {
        printf("%-6s %s: %s\n", "skip", test->name, text);
        return true;
    }
    bool ok = in_time && as_expected(test, status, text);
    printf("%-6s %s\n", ok ? "ok" : "FAILED", test->name);
    if (!ok) {
        if (!in_time)
            printf("  it hangs\n");
        else if (WIFSIGNALED(status))
            printf("  killed by signal %d\n", WTERMSIG(status));
        else
            printf("  exit status %d, expected %d\n", WEXITSTATUS(status), test->status);
        if (test->message)
            printf("  expected to be killed with: %s\n", test->message);
        printf("%s", text);
    }
    fflush(stdout);
    return ok;
}

static bool is_named(int argc, char **argv, const char *name)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], name) == 0)
            return true;
    return argc == 1;
}

int cases_main(int argc, char **argv, const struct test_case *cases, size_t count)
{
    unsigned ran = 0, failed = 0;
    for (size_t i = 0; i < count; i++) {
        if (!is_named(argc, argv, cases[i].name))
            continue;
        ran++;
        failed += !run_case(&cases[i]);
    }
    printf("%u cases, %u failed\n", ran, failed);
    return ran == 0 || failed > 0;
}
