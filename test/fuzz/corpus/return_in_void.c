static void many(int n) { (void)n; }
static void some(int n)
{
    flowvar(void) x = spawn many(n);
    sync(x);
    return n == 1;
}
