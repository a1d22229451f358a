#!/bin/sh
# alone.sh INCLUDE: includes each header by itself, twice, in each mode that may include it.
for header in "$1"/tine.h "$1"/tine/*.h; do
    name=${header#"$1"/}
    for std in gnu11 c2x; do
        printf '#include <%s>\n#include <%s>\nextern int x;\n' "$name" "$name" |
            gcc -std=$std -Wall -Wextra -Werror -I"$1" -x c -fsyntax-only - || exit 1
    done
done
