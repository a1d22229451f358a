# checkouts.sh CACHE DIRECTORY COMMAND...: compiles fib.c in one/ and in two/ with the command, the source named
# with the directory; prints what ccache says.
cache=$1 dir=$2
shift 2
root=$PWD
for checkout in one two; do
    cd "$root/$checkout" || exit
    CCACHE_DIR=$root/$cache CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1 "$@" -g -MMD \
        -c "$(eval echo "$dir")/fib.c" -o fib.o || exit
done
CCACHE_DIR=$root/$cache ccache --print-stats | grep -E '^(direct|preprocessed)_cache_hit	[1-9]|^cache_miss'
