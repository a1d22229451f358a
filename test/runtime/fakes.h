/* Files that stand for those of the kernel, for a test whose linker sends open to it (--wrap=open). */
#ifndef TINE_TEST_FAKES_H
#define TINE_TEST_FAKES_H

#include "cases.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct fake {
    const char *path, *text;
};

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);

/* What open gives for a path: a file with the text, or ENOENT. Ends at the first NULL path. */
static inline int fake_open(const struct fake *fakes, size_t count, const char *path)
{
    for (size_t i = 0; i < count && fakes[i].path; i++) {
        if (strcmp(fakes[i].path, path) != 0)
            continue;
        int file = memfd_create("fake", 0);
        CHECK(file >= 0);
        CHECK(write(file, fakes[i].text, strlen(fakes[i].text)) == (ssize_t)strlen(fakes[i].text));
        CHECK(lseek(file, 0, SEEK_SET) == 0);
        return file;
    }
    errno = ENOENT;
    return -1;
}

#endif
