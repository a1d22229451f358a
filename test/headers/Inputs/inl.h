/* Included before <unistd.h>: the argument of sync may begin with *. */
static inline int inl(flowvar(int) *p) { return sync(*p) + sync(p[0]) ; }
