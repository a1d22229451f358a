"""Parts of libtine-gdb.py, in layers: sites, memory, then commands, handles, backtraces."""
