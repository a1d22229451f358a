#define HALF 21
int half(void);
