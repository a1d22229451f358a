# lit configuration of the tests under test/. Out of tree: CMake configures lit.site.cfg.py into the
# build tree, which loads this file. Run by ctest, or by hand for one file or directory:
#
#   cd BUILD && python3 /usr/lib/llvm-14/build/utils/lit/lit.py -v test/translate
#
# Substitutions
#   %tine, %tinecc        the tools of this build
#   %strip FILE           prints FILE with every line that holds a RUN or a CHECK directive blanked.
#                         The translator keeps comments, so a check line would match its own copy in
#                         the output; blanked lines keep the line numbers. Prefixes of one's own
#                         begin with CHECK (--check-prefix=CHECK-SERIAL).
#   %translate FILE OUT   %strip FILE into OUT.in/FILE, then translates that into OUT; more arguments
#                         go to tine. OUT names the source by its base name, as the user's file.
#                         With -O2 the test's compiler also parses OUT as C11 and as C23.
#   %every FILE           the whole of a small program: see test/tools/every.sh
#   %gcc, %clang          the two compilers
#   %cc                   each of them in turn: a RUN line with %cc runs once per compiler
#   %cflags               -Wall -Wextra -Werror, the header's directory, the sanitizers of this build
#   %link                 what links a translated program: libtine.a, threads, sanitizers
#   %run                  runs a program with a time limit of 60 s
#   %if_qemu COMMAND      runs it where qemu-aarch64 is, else does nothing
#   %include, %libdir     the directories of <tine.h> and of libtine
#   %src, %obj            the source tree and the build tree; %cmake is cmake
#   %not, %FileCheck      LLVM's tools; `not` and `FileCheck` are also on the PATH
#
# Features: gcc, clang, asan, tsan, llvm-NN (the libclang behind tine), cmake, ninja, make, ccache,
# gdb, aarch64-gcc; say REQUIRES: or UNSUPPORTED:.

import os
import platform
import shutil
import sys

sys.path.insert(0, os.path.join(config.tine_src_root, "test", "tools"))
sys.dont_write_bytecode = True

import tine_lit  # noqa: E402

config.name = "tine"
config.suffixes = [".c", ".test"]
config.excludes = ["Inputs", "unit", "CMakeLists.txt", "handcomp"]
config.test_source_root = os.path.join(config.tine_src_root, "test")

for name in ("TINE_WORKERS", "TINE_CC", "TMPDIR", "CPATH", "C_INCLUDE_PATH", "CFLAGS"):
    config.environment.pop(name, None)
config.environment["LC_ALL"] = "C"
for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "CCACHE_DISABLE"):
    if name in os.environ:
        config.environment[name] = os.environ[name]
tools = os.path.join(config.test_exec_root, "tools")
os.makedirs(tools, exist_ok=True)
for name, path in (("FileCheck", config.filecheck), ("not", config.not_tool), ("count", os.path.join(os.path.dirname(config.not_tool), "count"))):
    link = os.path.join(tools, name)
    if not os.path.islink(link) or os.readlink(link) != path:
        try:
            os.unlink(link)
        except FileNotFoundError:
            pass
        try:
            os.symlink(path, link)
        except FileExistsError:  # another lit of the same ctest was first
            pass
config.environment["PATH"] = tools + os.pathsep + config.environment["PATH"]

include = os.path.join(config.tine_obj_root, "include")
lib = os.path.join(config.tine_obj_root, "lib")
scripts = os.path.join(config.test_source_root, "tools")
sanitize = "-fsanitize=" + config.tine_sanitize if config.tine_sanitize else ""

compilers = []
for name, path in (("gcc", config.gcc), ("clang", config.clang)):
    if path and not path.endswith("-NOTFOUND"):
        compilers.append((name, path))
        config.available_features.add(name)

for tool in ("cmake", "ninja", "make", "ccache", "gdb", "meson", "valgrind", "pkg-config"):
    if shutil.which(tool):
        config.available_features.add(tool)
if shutil.which("aarch64-linux-gnu-gcc"):
    config.available_features.add("aarch64-gcc")
if "address" in config.tine_sanitize:
    config.available_features.add("asan")
if "thread" in config.tine_sanitize:
    config.available_features.add("tsan")
if config.tine_llvm_version:
    config.available_features.add("llvm-" + config.tine_llvm_version)
config.available_features.add(platform.machine())


config.test_format = tine_lit.PerCompilerTest([path for _, path in compilers])

config.environment["TINE_TEST_COMPILERS"] = " ".join(path for _, path in compilers)
config.environment["TINE_TEST_FLAGS"] = sanitize
config.environment["TINE_TEST_INCLUDE"] = include

config.substitutions += [
    (r"%tinecc\b", os.path.join(config.tine_obj_root, "bin", "tinecc")),
    (r"%translate\b", "sh " + os.path.join(scripts, "translate.sh") + " "
     + os.path.join(config.tine_obj_root, "bin", "tine")),
    (r"%every\b", "sh " + os.path.join(scripts, "every.sh") + " " + config.tine_obj_root),
    (r"%tine\b", os.path.join(config.tine_obj_root, "bin", "tine")),
    (r"%strip\b", "sed -E '/(RUN|REQUIRES|UNSUPPORTED|CHECK[A-Za-z0-9_-]*):/s/.*//'"),
    (r"%gcc\b", config.gcc),
    (r"%clang\b", config.clang),
    (r"%cflags\b", "-std=gnu17 -Wall -Wextra -Werror -I" + include + " " + sanitize),
    (r"%link\b", os.path.join(lib, "libtine.a") + " -pthread " + sanitize),
    (r"%run\b", "timeout 60"),
    (r"%python\b", sys.executable),
    (r"%if_qemu\b", "" if shutil.which("qemu-aarch64") else "true"),
    (r"%include\b", include),
    (r"%libdir\b", lib),
    (r"%src\b", config.tine_src_root),
    (r"%obj\b", config.tine_obj_root),
    (r"%cmake\b", config.cmake),
    (r"%not\b", config.not_tool),
    (r"%FileCheck\b", config.filecheck),
]
