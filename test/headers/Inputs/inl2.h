/* Included behind <unistd.h>: the argument of sync begins with a parenthesis or a name. */
static inline int inl2(flowvar(int) *p) { return sync((*p)) + sync(p[0]) ; }
