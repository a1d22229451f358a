/* Each header compiles alone, as strict C11 and as C++17; HEADER is given on the command line. */
#ifdef __cplusplus
extern "C" { /* as a C header of the user's may have it */
#endif
#include HEADER
#ifdef __cplusplus
}
#endif

#ifdef WHOLE
struct job {
    int n;
    struct job *next;
};
typedef int (*function)(int);

/* The names users may choose must not meet those inside the macros. */
TINE_CHANNEL_SPSC(c, struct job *)
TINE_CHANNEL_MPSC(item, long)
TINE_CHANNEL_SPMC(done, struct job)
TINE_CHANNEL_MPMC(items, function)
TINE_CHANNEL_MPSC_LIST(r, double)
TINE_CHANNEL_MPMC_LIST(n, char)
TINE_CHANNEL_MPSC_INTRUSIVE(next, struct job, next)

#ifdef __cplusplus
struct base {
    virtual void work() {}
    int n;
};
struct derived : base { /* no layout of C's */
    derived *next;
};
TINE_CHANNEL_MPSC_INTRUSIVE(classes, derived, next)
#endif
#endif

int main(void)
{
#ifdef WHOLE
    c channel;
    struct job j = {1, NULL}, *got = NULL;
    if (c_init(&channel, 3) != 0) return 1;
    c_send(&channel, &j);
    c_recv(&channel, &got);
    c_destroy(&channel);
    return got == &j ? 0 : 1;
#else
    return 0;
#endif
}
