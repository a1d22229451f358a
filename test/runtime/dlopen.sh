#!/bin/sh
# dlopen.sh BUILD DIRECTORY: a program that knows nothing of Tine opens libraries that use it, from several
# threads, uses them and closes them, again and again. Once against libtine.so, and once with libtine.a
# inside of each library.
set -eu
build=$1 dir=$2
rm -rf "$dir"
mkdir -p "$dir"
cd "$dir"

cat > library.c <<'END'
#include <stdatomic.h>
#include <tine.h>

int compute(int n);

static atomic_int seen;

static int fib(int n)
{
    if (n < 2)
        return n;
    flowvar(int) x = spawn fib(n - 1);
    int y = fib(n - 2);
    return sync(x) + y;
}

static void see(void)
{
    seen++;
}

int compute(int n)
{
    int before = seen;
    flowvar(int) job = spawn fib(n);
    sync_scope {
        for (int i = 0; i < 10; i++)
            spawn see();
    }
    tine_pending(int) later = tine_submit fib(n);
    int result = sync(job);
    return tine_wait_for(later) == result && seen >= before + 10 ? result : -1;
}
END

cat > program.c <<'END'
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static char **names;

static void *use(void *argument)
{
    for (int i = 0; i < 40; i++) {
        void *library = dlopen(names[1 + i % 2], RTLD_NOW | RTLD_LOCAL);
        if (!library) {
            fprintf(stderr, "%s\n", dlerror());
            exit(1);
        }
        union {
            void *object;
            int (*function)(int);
        } compute = {dlsym(library, "compute")};
        if (compute.function(12) != 144) {
            fprintf(stderr, "wrong result\n");
            exit(1);
        }
        dlclose(library);
    }
    return argument;
}

int main(int argc, char **argv)
{
    (void)argc;
    names = argv;
    use(NULL);
    pthread_t threads[3];
    for (int i = 0; i < 3; i++)
        if (pthread_create(&threads[i], NULL, use, NULL) != 0)
            return 1;
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    puts("all right");
    return 0;
}
END

cc -O1 program.c -o program -pthread -ldl
"$build/bin/tinecc" -O2 -fPIC -shared library.c -o ./shared_1.so
cp shared_1.so shared_2.so
"$build/bin/tinecc" -O2 -fPIC -c library.c -o library.o
for i in 1 2; do # with the option that the CMake package gives
    cc -shared library.o "$build/lib/libtine.a" -pthread -Wl,-z,nodelete -o ./static_$i.so
done
status=0
for kind in shared static; do
    for workers in 1 2 4; do
        echo "== $kind, $workers workers"
        TINE_WORKERS=$workers timeout 60 ./program ./${kind}_1.so ./${kind}_2.so || status=1
    done
done
exit $status
