int serially(int n);
int warned(int n);
#define USED 10
int part(void), object(void), dynamic(void), plain(void);
