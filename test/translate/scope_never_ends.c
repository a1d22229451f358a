// A sync_scope whose end is never reached, at the end of a function: no warning that nothing is returned.
// RUN: %translate %s %t.c && %cc %cflags -O0 %t.c -o %t %link && %run %t
// RUN: %cc %cflags -O2 %t.c -o %t %link && %run %t
#include <tine.h>

static void work(int n)
{
    (void)n;
}

static int endless_for(int k)
{
    sync_scope {
        for (int i = 0;; i++) {
            spawn work(i);
            if (i == k)
                return i;
        }
    }
}

static int endless_while(int k)
{
    sync_scope {
        sync_scope {
            while (1) {
                spawn work(k);
                for (;;)
                    break; /* not of the while */
                if (k++ == 9)
                    return k;
            }
        }
    }
}

static int every_case(int k)
{
    sync_scope {
        spawn work(k);
        switch (k) {
        case 1:
            return 5;
        default:
            while (k > 0)
                if (k-- == 2)
                    break; /* not of the switch */
            return 6;
        }
    }
}

/* Here it is reached. */
static int left(int k)
{
    int r = 1;
    sync_scope {
        for (;;) {
            spawn work(k);
            if (k == 2)
                break;
            switch (k++) {
            default:
                continue;
            }
        }
    }
    sync_scope {
        switch (k) {
        default:
            spawn work(k);
            break;
        case 1:
            return 2;
        }
    }
    return r;
}

int main(void)
{
    return endless_for(3) != 3 || endless_while(0) != 10 || every_case(1) != 5 || every_case(4) != 6 ||
           left(0) != 1;
}
