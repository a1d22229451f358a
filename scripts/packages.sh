# shellcheck shell=sh
# Sourced by check and demo: installs what is missing on Debian and Ubuntu, says what is missing
# elsewhere.
#
#   need_packages PACKAGE...    apt-get install those that are not installed

say() {
    printf '\n== %s\n' "$*"
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo > /dev/null; then
        sudo "$@"
    else
        echo "This needs root or sudo: $*" >&2
        exit 1
    fi
}

installed() {
    dpkg-query -W -f='${db:Status-Status}\n' "$1" 2> /dev/null | grep -qx installed
}

need_packages() {
    if ! command -v apt-get > /dev/null; then
        for tool in cmake cc make python3; do
            command -v $tool > /dev/null || {
                echo "No apt-get here, and no $tool. Install CMake, a C compiler, make, python3," \
                    "libclang >= 14 with its headers, and run this again." >&2
                exit 1
            }
        done
        return 0
    fi
    missing=
    for package in "$@"; do
        installed "$package" || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    say "installing:$missing"
    as_root apt-get update -q
    # shellcheck disable=SC2086  # a list of words
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
}

# The LLVM version that libclang-dev stands for here: 14 on Debian 12.
default_llvm() {
    apt-cache depends libclang-dev 2> /dev/null | sed -n 's/.*libclang-\([0-9]*\)-dev.*/\1/p' | head -n 1
}

# The newest one that can be installed.
newest_llvm() {
    apt-cache search --names-only '^libclang-[0-9]+-dev$' | sed -n 's/^libclang-\([0-9]*\)-dev.*/\1/p' \
        | sort -n | tail -n 1
}

jobs() {
    nproc 2> /dev/null || getconf _NPROCESSORS_ONLN
}
