static inline int deep_task(int n) { return n; }
