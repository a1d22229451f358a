"""Pretty printers: flowvar(T), tine_pending(T), tine_executor * and channels. Relies on memory."""

import gdb
import gdb.printing

from tinegdb.memory import SLOT, Missing, Runtime, Task
from tinegdb.sites import HEADER


def handle_kind(kind):
    """("flowvar" or "pending", T) for the type of a handle, else None: both are pointers to
    pointers to functions that return T; what they take tells which."""
    kind = kind.strip_typedefs()
    for _ in range(2):
        if kind.code != gdb.TYPE_CODE_PTR:
            return None
        kind = kind.target().strip_typedefs()
    if kind.code != gdb.TYPE_CODE_FUNC or len(kind.fields()) != 1:
        return None
    taken = kind.fields()[0].type.strip_typedefs()
    if taken.code != gdb.TYPE_CODE_PTR:
        return None
    names = {"tine_task": "flowvar", "tine_job": "pending"}
    name = names.get(taken.target().strip_typedefs().name)
    return (name, kind.target()) if name else None


class Handle:
    """flowvar(T) and tine_pending(T)."""

    def __init__(self, value, kind, result):
        self.at = int(value)
        self.kind, self.result = kind, result

    def to_string(self):
        if self.at == 0:
            return "not spawned" if self.kind == "flowvar" else "not submitted"
        try:
            return self.describe(Runtime())
        except Missing:
            return hex(self.at)
        except gdb.error:
            return f"{self.at:#x} (no task)"

    def describe(self, runtime):
        if self.at % SLOT == 0:
            if not any(self.at in worker.stack() for worker in runtime.all_workers()):
                return f"{self.at:#x} (no task)"
        elif self.at % SLOT != runtime.places["heap_task.fn"][0]:
            return f"{self.at:#x} (no task)"
        task = Task(runtime, self.at)
        if not task.live:
            return "synced" if task.on_stack else f"{self.at:#x} (no task)"
        if not task.site() and not task.done():
            return f"{self.at:#x} (no task)"
        state = task.state() + self.value(task)
        return f"{state}: {task.title()}" if task.site() else state

    def value(self, task):
        result = self.result
        if not task.done() or result.strip_typedefs().code == gdb.TYPE_CODE_VOID:
            return ""
        at = self.at + HEADER
        align = getattr(result, "alignof", 1)
        at = (at + align - 1) // align * align
        value = gdb.Value(at).cast(result.pointer()).dereference()
        return f", result {value.format_string(max_elements=8)}"


class Executor:
    """tine_executor *."""

    def __init__(self, value):
        self.at = int(value)

    def to_string(self):
        if self.at == 0:
            return "NULL (the global executor)"
        try:
            runtime = Runtime()
            if self.at not in runtime.executors():
                return f"{self.at:#x} (no executor)"
        except (Missing, gdb.error):
            return hex(self.at)
        target = runtime.get(self.at, "tine_executor.target")
        running = runtime.get(self.at, "tine_executor.running")
        waiting = sum(1 for _ in runtime.injected(self.at))
        return f'{self.at:#x} "{runtime.name(self.at)}", {target} workers, {running} running, ' \
               f"{waiting} submitted tasks wait"


class Ring:
    """The inside of a bounded channel."""

    def __init__(self, value):
        self.value = value

    def to_string(self):
        ring = self.value
        mode, alive = int(ring["hub"]["mode"]), int(ring["hub"]["alive"])
        if alive != 0x74696E65:
            return "not initialised, or destroyed"
        text = f"bounded, {int(ring['capacity'])} slots"
        if int(ring["head"]) == int(ring["tail"]):
            text += ", empty"
        if mode & 2:
            text += ", overwriting"
        return text + (", closed" if mode & 1 else "")


class Printers(gdb.printing.PrettyPrinter):
    def __init__(self):
        super().__init__("tine")

    def __call__(self, value):
        kind = value.type.strip_typedefs()
        if kind.code == gdb.TYPE_CODE_PTR:
            handle = handle_kind(kind)
            if handle:
                return Handle(value, *handle)
            target = kind.target()
            if target.strip_typedefs().name == "tine_executor":
                return Executor(value)
        elif kind.code == gdb.TYPE_CODE_STRUCT and kind.name == "tine__ch_ring":
            return Ring(value)
        return None


def install():
    gdb.printing.register_pretty_printer(None, Printers(), replace=True)
