"""Read by gdb when it starts: loads the script for Tine once a program turns up that has libtine in
it, statically linked or not."""

import os

import gdb


def load_tine(event):
    # The table for debuggers; its symbol stays when debug info is stripped.
    try:
        gdb.parse_and_eval("&tine__debugger")
    except gdb.error:
        return
    gdb.events.new_objfile.disconnect(load_tine)
    script = "/usr/share/tine/libtine-gdb.py"
    if os.path.exists(script):
        gdb.execute(f"source {script}")


gdb.events.new_objfile.connect(load_tine)
