#pragma once
static inline int from_once_task(int n) { return n; }
static inline int from_once(int n)
{
    flowvar(int) x = spawn from_once_task(n);
    return sync(x);
}
