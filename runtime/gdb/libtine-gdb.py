"""gdb for programs that use Tine: tasks, workers, handles, and backtraces in the user's own words.

gdb loads this by itself beside libtine.so (docs/debugging.md); `source` does it by hand. It adds

    info tine tasks|workers|executors    what waits, what runs, and where it was spawned
    tine break FUNCTION                  one breakpoint on all copies of a function
    print HANDLE                         flowvar(T), tine_pending(T), tine_executor *, channels
    backtrace                            without generated frames, with the places of spawns
    step                                 goes over generated helpers

also with core files. The parts are in tinegdb/, which stands beside this file or, where gdb has it
below another folder of the same prefix, in share/tine. gdb >= 10.
"""

import os
import sys

import gdb


def folders(script):
    """Where the parts may be."""
    here = os.path.dirname(script)
    yield here
    before, folder, _ = here.partition("/share/gdb/auto-load/")
    if folder:
        yield before + "/share/tine"
    while here != "/":
        here = os.path.dirname(here)
        yield here + "/share/tine"


def load():
    script = os.path.realpath(__file__)
    folder = next((f for f in folders(script) if os.path.isdir(f + "/tinegdb")), None)
    if not folder:
        raise gdb.GdbError(f"{script}: there is no share/tine/tinegdb with the rest of it")
    sys.path.insert(0, folder)
    writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True  # not into /usr/share
    try:
        from tinegdb import backtraces, commands, handles, sites
    finally:
        sys.dont_write_bytecode = writes
        sys.path.remove(folder)
    handles.install()
    backtraces.install()
    commands.install()
    gdb.events.new_objfile.connect(sites.forget_sites)
    # `step` at a spawn or a sync does not enter what the translator made of the word.
    if "^tine__" not in gdb.execute("info skip", to_string=True):
        gdb.execute("skip -rfu ^tine__", to_string=True)


load()
