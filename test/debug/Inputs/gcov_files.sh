# gcov_files.sh COMPILER SOURCE TINECC OPTION...: compiles SOURCE, runs it, and prints which files gcov
# reports, and how many branches it sees in SOURCE.
compiler=$1 source=$2 tinecc=$3
shift 3
name=${source%.c}
case $compiler in *clang*) gcov="llvm-cov gcov" ;; *) gcov=gcov ;; esac
rm -f ./*.gc*
"$tinecc" --cc="$compiler" "$@" -c "$source" && "$tinecc" --cc="$compiler" --coverage "$name.o" -o "$name" || exit
timeout 60 "./$name" > /dev/null || exit
$gcov -b "$name.gcda" > report
echo "files: $(sed -n "s/^File '\(.*\/\)\?\(.*\)'/\2/p" report | tr '\n' ' ')"
echo "branches: $(grep -c '^branch' "$source.gcov")"
