static inline int in_header(int (*h)(void))
{
    flowvar(int) x = spawn h();
    return sync(x) + sync(x);
}
