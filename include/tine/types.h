/* The two handle types, wherever they are not elided: flowvar(T) and tine_pending(T).
 *
 * A handle is a pointer that nobody follows: to a pointer to a function that returns T. So there is
 * one type for each T, without any declaration, for every T that a function can return: void, and
 * types that have no name of one word, included. All-zero bytes mean "not spawned". What the
 * parameter of that function is tells the two handles apart. */
#ifndef TINE_TYPES_H
#define TINE_TYPES_H

struct tine_task; /* what a flowvar stands for */
struct tine_job;  /* what a tine_pending stands for */

#define tine_flowvar(...) __typeof__(__typeof__(__VA_ARGS__) (**)(struct tine_task *))
#define tine_pending(...) __typeof__(__typeof__(__VA_ARGS__) (**)(struct tine_job *))

#endif
