static inline int NAMED(int n)
{
    flowvar(int) x = spawn named_task(n);
    return sync(x);
}
#undef NAMED
