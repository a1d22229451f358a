/* Says so when a thread runs out of its C stack or its task stack, instead of a bare segmentation
 * fault. The handler is installed only where nobody else has one, and hands every other fault on
 * to the default action. */
#include "worker.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NEAR_BYTES = 64 * 1024 };

static void say(const char *text)
{
    ssize_t written = write(STDERR_FILENO, text, strlen(text));
    (void)written; /* there is nobody left to tell */
}

/* Async-signal-safe: reads the thread's own worker, writes, and returns into the default action. */
static void on_fault(int signal, siginfo_t *info, void *context)
{
    (void)context;
    struct worker *worker = self_worker();
    uintptr_t at = (uintptr_t)info->si_addr;
    if (worker) {
        uintptr_t task_end = (uintptr_t)worker->stack + worker->stack_bytes;
        if (at >= task_end && at < task_end + NEAR_BYTES)
            say("tine: this thread's task stack is full: spawns nest too deeply (a larger stack limit, "
                "ulimit -s, gives a larger one)\n");
        else if (worker->c_stack && at + NEAR_BYTES >= worker->c_stack &&
                 at < worker->c_stack + NEAR_BYTES)
            say("tine: this thread's stack is full: calls nest too deeply (ulimit -s, or stack_size of "
                "the executor's config, gives a larger one)\n");
    }
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = SIG_DFL;
    sigaction(signal, &action, NULL); /* the faulting instruction runs again, and ends the process */
}

/* Once per process. */
void fault_init(void)
{
    static const int signals[] = {SIGSEGV, SIGBUS};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        struct sigaction action;
        if (sigaction(signals[i], NULL, &action) != 0 || action.sa_flags & SA_SIGINFO ||
            action.sa_handler != SIG_DFL)
            continue;
        memset(&action, 0, sizeof action);
        action.sa_sigaction = on_fault;
        action.sa_flags = SA_SIGINFO | SA_ONSTACK;
        sigemptyset(&action.sa_mask);
        sigaction(signals[i], &action, NULL);
    }
}

/* Notes about where the calling thread's C stack ends, and gives it an alternate signal stack if it
 * has none. */
void fault_watch_thread(struct worker *worker)
{
    worker->c_stack = worker->pooled ? (uintptr_t)__builtin_frame_address(0) -
                                           worker->executor->stack_size
                                     : os_thread_stack_end();
    stack_t old, alternate = {.ss_sp = worker->alt_stack, .ss_size = ALT_STACK_BYTES};
    if (sigaltstack(NULL, &old) == 0 && old.ss_flags & SS_DISABLE)
        sigaltstack(&alternate, NULL);
}

/* The calling thread gives up its worker. */
void fault_unwatch_thread(struct worker *worker)
{
    stack_t now, none = {.ss_flags = SS_DISABLE};
    if (sigaltstack(NULL, &now) == 0 && now.ss_sp == worker->alt_stack)
        sigaltstack(&none, NULL);
}
