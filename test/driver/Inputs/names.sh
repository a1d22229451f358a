#!/bin/sh
# names.sh TINECC PLAIN SOURCE OPTIONS...: with each of the options the program says the same names as an
# untranslated one, its debug info has the same name for the source (but for ./), and no temporary file is in it.
tinecc=$1 plain=$2 source=$3
shift 3
fail() {
    echo "names.sh: $source with $options: $*" >&2
    exit 1
}
unit() {
    objdump --dwarf=info "$1" | grep -a 'DW_AT_name.*m\.c\|DW_AT_name.*b\.c' | head -n 1 | sed 's,.*: \(\./\)*,,'
}
for options; do
    $tinecc $options -g "$source" -o translated || fail "tinecc's status"
    $plain $options -g "$source" -o untranslated || fail "the compiler's status"
    [ "$(./translated)" = "$(./untranslated)" ] || fail "$(./translated), not $(./untranslated)"
    [ "$(unit translated)" = "$(unit untranslated)" ] || fail "$(unit translated) in debug info"
    ! strings -a translated | grep tinecc- || fail "names a temporary file"
done
