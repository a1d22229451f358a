/* Types and prototypes alone. */
#ifndef TYPES_H
#define TYPES_H
struct holder { flowvar(int) x; tine_pending(int) y; };
flowvar(int) start(flowvar(int) *other);
#endif
