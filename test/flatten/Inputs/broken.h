static int broken_task(void) { flowvar(int) x = spawn spare_task(1); return sync(x); }
#ifdef TINE_TRANSLATED
#error seen
#endif
