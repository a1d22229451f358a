/* Gives the files named on the command line to the fuzz target, without libFuzzer. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "source.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        source file;
        char *error;
        if (!source_read(&file, argv[i], &error)) {
            fprintf(stderr, "%s\n", error);
            free(error);
            return 1;
        }
        fprintf(stderr, "%s\n", argv[i]);
        LLVMFuzzerTestOneInput((const uint8_t *)file.text, file.len);
        source_free(&file);
    }
    return 0;
}
