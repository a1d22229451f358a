#!/bin/sh
# apart_cc.sh COMPILER ARG... -c SOURCE... -o OBJECT, as distcc does it: preprocesses here, and compiles the
# text in the directory $AWAY, where nothing else is.
set -e
out='' all=$*
previous=
for word in "$@"; do
    [ "$previous" != -o ] || out=$word
    previous=$word
done
case " $all " in
*" -c "*) ;;
*) exec "$@" ;;
esac
# Everything with -E in the place of -c and -o.
text=$AWAY/text.$$.i
preprocess() {
    compiler=$1
    shift
    n=$#
    while [ "$n" -gt 0 ]; do
        word=$1
        shift
        n=$((n - 1))
        case $word in
        -c) ;;
        -o)
            shift
            n=$((n - 1))
            ;;
        *) set -- "$@" "$word" ;;
        esac
    done
    case " $* " in
    *" -MMD "*) set -- "$@" -MF "${out%.o}.d" -MT "$out" ;;
    esac
    "$compiler" -E "$@" > "$text"
}
preprocess "$@"
compiler=${REMOTE_CC:-$1}
case $1 in *tinecc) compiler=${TINE_CC:-cc} ;; esac
object=$PWD/$out
cd "$AWAY"
"$compiler" -g -O1 -x cpp-output -c "$text" -o "$object"
rm "$text"
echo "compiled away" >> log
