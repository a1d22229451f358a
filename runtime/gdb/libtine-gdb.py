"""gdb for programs that use Tine: tasks, workers, handles, and backtraces in the user's own words.

gdb loads this by itself beside libtine.so (docs/debugging.md); `source` does it by hand. It adds

    info tine tasks|workers|executors    what waits, what runs, and where it was spawned
    tine break FUNCTION                  one breakpoint on all copies of a function
    print HANDLE                         flowvar(T), tine_pending(T), tine_executor *, channels
    backtrace                            without generated frames, with the places of spawns
    step                                 goes over generated helpers

and reads the memory of the runtime by the table tine__debugger (runtime/debugger.c), so it needs no
debug info of libtine, and works on core files. Names of functions and lines of spawns come from the
symbols that the translator makes: tine__run_FUNCTION_LINE is what runs a task. gdb >= 10.
"""

import itertools
import re

import gdb
import gdb.printing
from gdb.FrameDecorator import FrameDecorator

VERSION = 1  # of the table
HOLE, STOLEN = 1, 2  # tine_task.fn, besides functions
DONE = 2  # tine_task.thief, besides workers
PENDING_ENDED = 2  # heap_task.ended
HEAP_DETACHED, HEAP_PENDING = 1, 8  # heap_task.flags
SLOT, HEADER = 64, 16
SHOWN = 16  # tasks of one line that `info tine tasks` shows, without "all"

RUN = re.compile(r"tine__run_(.*)_(\d+)([a-z]*)(\..*)?$")
CLONE = re.compile(r"^(.+?)__tine(_\d+)?(\..*)?$")
OWN_FILE = "<tine>"


class Missing(Exception):
    """Why there is nothing to show."""


# ---- the program's memory ----------------------------------------------------------------------


class Runtime:
    """The runtime's data, as it stands now."""

    def __init__(self):
        try:
            table = int(gdb.parse_and_eval("(unsigned long) &tine__debugger"))
        except gdb.error:
            raise Missing("There is no libtine in this program, or its symbols were stripped.")
        if not gdb.selected_inferior().pid and not self.has_core():
            raise Missing("The program is not running.")
        self.order = "big" if "big" in gdb.execute("show endian", to_string=True) else "little"
        self.places = {}
        version, self.word = self.number(table, 4), self.number(table + 4, 4)
        if version != VERSION:
            raise Missing(f"This libtine is of another version (table {version}) than the gdb "
                          f"script (table {VERSION}).")
        self.list = self.pointer(table + 8)
        names = self.text(self.pointer(table + 8 + self.word), 8192).split()
        count = table + 8 + 2 * self.word
        for index in range(min(self.number(count, 4), len(names))):
            at = count + 4 + 4 * index
            self.places[names[index]] = (self.number(at, 2), self.number(at + 2, 2))
        self.thread_cache = None

    @staticmethod
    def has_core():
        try:
            return bool(gdb.selected_inferior().threads())
        except gdb.error:
            return False

    def bytes(self, address, size):
        return bytes(gdb.selected_inferior().read_memory(address, size))

    def number(self, address, size):
        return int.from_bytes(self.bytes(address, size), self.order)

    def pointer(self, address):
        return self.number(address, self.word)

    def text(self, address, limit):
        # Page by page: what follows may not be readable.
        data = b""
        while len(data) < limit and b"\0" not in data:
            size = min(limit - len(data), 4096 - (address + len(data)) % 4096)
            data += self.bytes(address + len(data), size)
        return data.split(b"\0")[0].decode(errors="replace")

    def get(self, address, field):
        offset, size = self.places[field]
        return self.number(address + offset, size)

    def raw(self, address, field):
        offset, size = self.places[field]
        return self.bytes(address + offset, size)

    # What hangs together

    def executors(self):
        found, at = [], self.pointer(self.list)
        while at and len(found) < 10000:
            found.append(at)
            at = self.get(at, "tine_executor.next")
        return found[::-1]  # the oldest, mostly the global one, first

    def name(self, executor):
        offset, size = self.places["tine_executor.name"]
        return self.text(executor + offset, size)

    def workers(self, executor):
        array = self.get(executor, "tine_executor.workers")
        return [Worker(self, self.pointer(array + i * self.word))
                for i in range(self.get(executor, "tine_executor.worker_count"))]

    def all_workers(self):
        return itertools.chain.from_iterable(self.workers(e) for e in self.executors())

    def without_thread(self, executor):
        found, at = set(), self.get(executor, "tine_executor.free_workers")
        while at and at not in found:
            found.add(at)
            at = self.get(at, "worker.next_sleeper")
        return found

    def injected(self, executor):
        """Tasks that came from outside and that nobody has taken yet."""
        at = self.get(executor, "tine_executor.inject_head")
        while at:
            yield Task(self, at + self.places["heap_task.fn"][0])
            at = self.get(at, "heap_task.next")

    def threads(self):
        """Which thread each worker is: {worker: thread}."""
        if self.thread_cache is None:
            self.thread_cache = find_threads(self)
        return self.thread_cache


def find_threads(runtime):
    found = {}
    inferior = gdb.selected_inferior()
    for worker in runtime.all_workers():
        if worker.get("started") and hasattr(inferior, "thread_from_handle"):
            try:
                thread = inferior.thread_from_handle(runtime.raw(worker.at, "worker.thread"))
            except (gdb.error, TypeError, ValueError):
                thread = None
            if thread:
                found[worker.at] = thread
    # Other threads say it themselves, where gdb can read thread-local variables.
    selected, known = gdb.selected_thread(), {thread.num for thread in found.values()}
    frame = gdb.selected_frame() if selected else None
    try:
        for thread in inferior.threads():
            if thread.num in known:
                continue
            try:
                thread.switch()
                worker = int(gdb.parse_and_eval("(unsigned long) tine__self"))
            except gdb.error:
                continue
            if worker:
                found[worker] = thread
    finally:
        if selected:
            selected.switch()
            frame.select()
    return found


class Worker:
    def __init__(self, runtime, at):
        self.runtime, self.at = runtime, at

    def get(self, field):
        return self.runtime.get(self.at, "worker." + field)

    def name(self):
        return f"{self.runtime.name(self.get('executor'))}/{self.get('index')}"

    def stack(self):
        """The addresses of its task stack."""
        begin = self.get("stack")
        return range(begin, begin + self.get("stack_bytes"))

    def slots(self):
        """The tasks of its stack that wait, run elsewhere or have ended elsewhere, oldest first."""
        stack, word = self.stack(), self.runtime.word
        for block in range(stack.start + SLOT, stack.stop, 64 * SLOT):
            data = self.runtime.bytes(block, min(64 * SLOT, stack.stop - block))
            for at in range(0, len(data), SLOT):
                fn = int.from_bytes(data[at:at + word], self.runtime.order)
                if fn == 0:
                    return
                if fn != HOLE:
                    yield Task(self.runtime, block + at)

    def queue(self):
        """Its queue of heap tasks, oldest first."""
        bottom, at = self.get("queue_bottom"), self.get("queue_top")
        ring, mask = self.get("queue"), self.get("queue_mask")
        while at != bottom:
            yield Task(self.runtime, self.runtime.pointer(ring + (at & mask) * self.runtime.word))
            at = (at + 1) & 0xFFFFFFFF

    def running(self):
        """What it has taken and not ended, innermost first. (A task that its own parent calls at
        sync is an ordinary call, and stands in the backtrace only.)"""
        for task, run in self.contexts():
            yield Task(self.runtime, task, run)

    def contexts(self):
        context = self.get("context")
        while context:
            task = self.runtime.get(context, "context.task")
            if task:
                yield task, self.runtime.get(context, "running.run")
            context = self.runtime.get(context, "context.parent")

    def thread(self):
        thread = self.runtime.threads().get(self.at)
        if not thread:
            return "-"
        return f"{thread.num} {thread.name}" if thread.name else str(thread.num)

    def state(self):
        if self.get("dead"):
            return "its thread stayed in the parent process"
        if self.get("blocking"):
            return "in a blocking call"
        awaited = self.get("awaited")
        if awaited:
            return "waits for " + Task(self.runtime, awaited).title()
        running = next(self.running(), None)
        if running:
            return "runs " + running.title()
        if not self.get("pooled"):
            return "outside of stolen tasks"
        return "asleep" if self.get("park") == 2 else "looks for work"


class Task:
    """A stack task or a heap task. run: its function, where the task itself has forgotten it."""

    def __init__(self, runtime, at, run=None):
        self.runtime, self.at = runtime, at
        self.on_stack = at % SLOT == 0
        fn = runtime.pointer(at)
        self.thief = runtime.pointer(at + runtime.word)
        self.fn = run or (fn if fn > STOLEN else None)
        self.live = fn != 0
        if self.fn is None and fn == STOLEN:
            _, self.fn = self.found_running()

    def heap(self, field):
        offset = self.at - self.runtime.places["heap_task.fn"][0]
        return self.runtime.get(offset, "heap_task." + field)

    def found_running(self):
        """The worker that runs it and its function. The task itself does not always say who: its
        waiter may stand in the place."""
        for worker in self.runtime.all_workers():
            for task, run in worker.contexts():
                if task == self.at:
                    return worker, run
        return None, None

    def done(self):
        if not self.on_stack and self.heap("flags") & HEAP_PENDING:
            return self.heap("ended") == PENDING_ENDED
        return self.thief == DONE

    def state(self):
        if self.done():
            return "done"
        if self.thief == 0:
            return "pending"
        runner, _ = self.found_running()
        return f"running on {runner.name()}" if runner else "running"

    def site(self):
        return site_of(self.fn) if self.fn else None

    def title(self):
        site = self.site()
        return f"{site.call(self)}, spawned at {site.place()}" if site else "a task"


# ---- from run functions to the user's source ---------------------------------------------------


def user_name(name):
    """The user's name of a function that may be a copy of it."""
    return CLONE.sub(r"\1", name) if name else name


def symbol_name(address):
    # "demangle off": gdb takes tine__run for a name of Ada's, tine.run.
    text = gdb.execute(f"with print demangle off -- info symbol {address:#x}", to_string=True)
    return text.split(" ")[0] if " in section " in text else ""


class Site:
    """A spawn in the user's source, found from the function that runs its tasks."""

    def __init__(self, run):
        self.run = run
        self.function, self.line, self.file, self.parent = "a task", None, None, None
        match = RUN.match(symbol_name(run))
        if match:
            self.function, self.line = match.group(1), int(match.group(2))
            self.tag = match.group(1) + "_" + match.group(2) + match.group(3)
            self.find_file()
        self.types = {}

    def find_file(self):
        """The line table says in which file that line is."""
        block = block_of(self.run)
        if not block:
            return
        pc = block.start
        while pc < block.end:
            sal = gdb.find_pc_line(pc)
            if sal.symtab and sal.line == self.line and not is_own_file(sal.symtab.filename):
                self.file = sal.symtab.filename
                self.parent = function_at(sal.symtab.fullname(), self.line)
                return
            pc = max(sal.last or 0, pc) + 1

    def place(self):
        if self.line is None:
            return "an unknown place"
        name = self.file.split("/")[-1] if self.file else "line "
        place = f"{name}:{self.line}" if self.file else f"line {self.line}"
        return f"{place} by {self.parent}" if self.parent else place

    def struct(self):
        """The capture: arguments, later the result."""
        block = block_of(self.run)
        if self.line is None or not block:
            return None
        try:
            return gdb.lookup_type(f"struct tine__{self.tag}", block)
        except gdb.error:
            return None

    def call(self, task):
        """The call, with its arguments where these can be seen."""
        capture = self.struct()
        if not capture or task.done():
            return self.function
        try:
            value = gdb.Value(task.at + HEADER).cast(capture.pointer()).dereference()
            return self.written(value)
        except gdb.error:
            return self.function

    def written(self, value):
        fields = dict(flat_fields(value))
        function = self.function
        if "fn_" in fields:
            function = user_name(symbol_name(int(fields["fn_"]))) or function
        arguments = [fields[name].format_string(max_elements=8, symbols=False)
                     for name in sorted(fields, key=lambda n: int(re.sub(r"\D", "", n) or 0))
                     if re.match(r"a\d+_$", name)]
        if "args_" in fields:
            return function
        return f"{function}({', '.join(arguments)})"


def flat_fields(value):
    """The fields of a struct, those of its unnamed members included."""
    for field in value.type.strip_typedefs().fields():
        if field.name:
            yield field.name, value[field]
        else:
            yield from flat_fields(value[field])


SITES = {}


def site_of(run):
    key = (gdb.current_progspace(), run)
    if key not in SITES:
        SITES[key] = Site(run)
    return SITES[key]


def forget_sites(_event):
    SITES.clear()


def block_of(pc):
    """The block of the function at pc."""
    try:
        block = gdb.block_for_pc(pc)
    except RuntimeError:
        return None
    while block and not block.function:
        block = block.superblock
    return block


def is_own_file(name):
    return name.endswith(OWN_FILE) or "/tine/" in name


def functions_of(block):
    """The functions that a block is in, innermost first; all but the last are inlined."""
    found = []
    while block:
        if block.function:
            found.append(block.function)
            if not is_inlined(block):
                break
        block = block.superblock
    return found


def is_inlined(block):
    outer = block.superblock
    return bool(outer) and not (outer.is_static or outer.is_global)


def function_at(file, line):
    """The user's function that a line is in."""
    try:
        _, places = gdb.decode_line(f'"{file}":{line}')
    except gdb.error:
        return None
    for place in places or ():
        functions = functions_of(gdb.block_for_pc(place.pc))
        if not functions or RUN.match(functions[-1].name):
            continue
        for function in functions:
            # Of an inlined one gdb gives the line of the call: that is called in this line.
            called_here = function is not functions[-1] and function.line == line
            if not function.name.startswith("tine__") and not called_here:
                return user_name(function.name)
    return None


# ---- info tine ---------------------------------------------------------------------------------


def print_table(rows):
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())


class Command(gdb.Command):
    """A command that says in one line what is in its way."""

    def invoke(self, argument, from_tty):
        self.dont_repeat()
        try:
            self.show(argument.strip())
        except Missing as why:
            raise gdb.GdbError(str(why))
        except gdb.MemoryError as error:
            raise gdb.GdbError(f"The runtime's memory cannot be read: {error}")


class InfoTine(gdb.Command):
    """Tasks, workers and executors of Tine."""

    def __init__(self):
        super().__init__("info tine", gdb.COMMAND_STATUS, prefix=True)


class InfoTasks(Command):
    """Tasks that wait, run, or have ended and were not synced yet.
Usage: info tine tasks [all]

For each: who has it in line or runs it, the thread, its state, the call, and where it was spawned.
A task that its own parent calls at `sync` is an ordinary call, and is in the backtrace only. Of
each worker the 16 oldest are shown; "all" shows all."""

    def __init__(self):
        super().__init__("info tine tasks", gdb.COMMAND_STATUS)

    def show(self, argument):
        if argument not in ("", "all"):
            raise Missing('Usage: info tine tasks [all]')
        runtime = Runtime()
        rows, limit = [], None if argument else SHOWN
        for executor in runtime.executors():
            name = runtime.name(executor)
            for worker in runtime.workers(executor):
                who = (worker.name(), worker.thread())
                rows += [who + self.row(task, "running") for task in worker.running()]
                line = itertools.chain(worker.slots(), worker.queue())
                rows += self.in_line(who, line, limit)
            rows += self.in_line((f"{name}/-", "-"), runtime.injected(executor), limit)
        if rows:
            print_table([("WORKER", "THREAD", "STATE", "CALL", "SPAWNED AT")] + rows)
        else:
            print("No tasks wait or run.")

    def in_line(self, who, tasks, limit):
        """What is in line and not taken; what is taken stands with who runs it."""
        rows, more = [], 0
        for task in tasks:
            if not task.done() and task.thief != 0:
                continue
            if limit is not None and len(rows) >= limit:
                more += 1
                continue
            rows.append(who + self.row(task, task.state()))
        if more:
            rows.append(who + ("...", f"{more} more (info tine tasks all)", ""))
        return rows

    @staticmethod
    def row(task, state):
        site = task.site()
        return (state, site.call(task), site.place()) if site else (state, "?", "?")


class InfoWorkers(Command):
    """Workers: their threads, and what each does.
Usage: info tine workers"""

    def __init__(self):
        super().__init__("info tine workers", gdb.COMMAND_STATUS)

    def show(self, argument):
        if argument:
            raise Missing("Usage: info tine workers")
        runtime = Runtime()
        rows = []
        for executor in runtime.executors():
            gone = runtime.without_thread(executor)
            for worker in runtime.workers(executor):
                if worker.at in gone:
                    continue
                line = itertools.chain(worker.slots(), worker.queue())
                pending = sum(task.thief == 0 for task in line)
                rows.append((worker.name(), worker.thread(), str(pending), worker.state()))
        if rows:
            print_table([("WORKER", "THREAD", "PENDING", "STATE")] + rows)
        else:
            print("No workers yet.")


class InfoExecutors(Command):
    """Executors: their names, how many workers they should have and have.
Usage: info tine executors"""

    def __init__(self):
        super().__init__("info tine executors", gdb.COMMAND_STATUS)

    def show(self, argument):
        if argument:
            raise Missing("Usage: info tine executors")
        runtime = Runtime()
        rows = []
        for at in runtime.executors():
            threads = sum(bool(w.get("pooled")) for w in runtime.workers(at))
            waiting = sum(1 for _ in runtime.injected(at))
            kind = "of the program" if runtime.get(at, "tine_executor.adapted") else "of Tine"
            rows.append((runtime.name(at), hex(at), kind,
                         str(runtime.get(at, "tine_executor.target")), str(threads),
                         str(runtime.get(at, "tine_executor.running")), str(waiting)))
        if rows:
            print_table([("EXECUTOR", "ADDRESS", "KIND", "WORKERS", "THREADS", "RUNNING",
                          "SUBMITTED")] + rows)
        else:
            print("No executor yet.")


class TineCommand(gdb.Command):
    """Commands for programs that use Tine. See also: info tine."""

    def __init__(self):
        super().__init__("tine", gdb.COMMAND_BREAKPOINTS, prefix=True)


class TineBreak(Command):
    """One breakpoint at the beginning of all copies of a function.
Usage: tine break FUNCTION [if CONDITION]

Optimised code runs a function that spawns in copies, FUNCTION__tine and so on; `break FUNCTION`
stops only where other code calls it."""

    def __init__(self):
        super().__init__("tine break", gdb.COMMAND_BREAKPOINTS, gdb.COMPLETE_SYMBOL)

    def show(self, argument):
        name, _, condition = argument.partition(" ")
        if not re.match(r"\w+$", name):
            raise Missing("Usage: tine break FUNCTION [if CONDITION]")
        copy = find_copy(name)
        where = first_line(copy) if copy else None
        gdb.execute(f"break {where or name} {condition}")


def on_breakpoint(breakpoint):
    """Says what `break FUNCTION` misses in optimised code."""
    name = breakpoint.location
    if name and re.match(r"[A-Za-z_]\w*$", name) and find_copy(name):
        print(f"{name} runs in copies of its own: \"tine break {name}\" stops in each of them.")


def find_copy(name):
    for lookup in (gdb.lookup_static_symbol, gdb.lookup_global_symbol):
        found = lookup(name + "__tine")
        if found:
            return found
    return None


def first_line(function):
    """The first line of a function at which gdb can stop in all its copies: of the first three with code
    the one that has code in most places."""
    block = block_of(function.value().address)
    if not block:
        return None
    file = function.symtab.fullname()
    lines, pc = set(), block.start
    while pc < block.end:
        sal = gdb.find_pc_line(pc)
        if sal.symtab and sal.symtab.fullname() == file and sal.line >= function.line:
            lines.add(sal.line)
        pc = max(sal.last or 0, pc) + 1
    places = {line: count_places(file, line) for line in sorted(lines)[:3]}
    if not places:
        return None
    best = max(places, key=lambda line: (places[line], -line))
    return f'-source "{file}" -line {best}'


def count_places(file, line):
    _, places = gdb.decode_line(f'"{file}":{line}')
    return sum(1 for place in places or ()
               if place.line == line and not RUN.match(functions_of(block_of(place.pc))[-1].name))


# ---- handles -----------------------------------------------------------------------------------


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


# ---- backtraces --------------------------------------------------------------------------------

RUNTIME_FILES = re.compile(
    r"(^|/)runtime/(adapt|api|executor|future|os_\w+|pool|queue|scope|steal)\.c$")
RUNTIME_NAMES = {"run_stolen", "wait_until", "help", "sleep_on", "work", "search", "sleep_idle",
                 "pool_thread", "worker_park", "park", "park_for", "os_wait", "os_wait_for",
                 "end_global"}


class UserFrame(FrameDecorator):
    """A frame of the user's function, under its own name and without what was added to it."""

    def function(self):
        frame = self.inferior_frame()
        return user_name(frame.name()) or super().function()

    def frame_args(self):
        return self.users(super().frame_args())

    def frame_locals(self):
        return self.users(super().frame_locals())

    @staticmethod
    def users(variables):
        return [v for v in variables or () if not str(v.symbol()).startswith("tine__")]


class SpawnFrame(FrameDecorator):
    """In place of the function that runs a task: where the task was spawned."""

    def __init__(self, base, site):
        super().__init__(base)
        self.site = site

    def function(self):
        return f"[spawned by] {self.site.parent}" if self.site.parent else "[spawned]"

    def address(self):
        return None

    def filename(self):
        return self.site.file

    def line(self):
        return self.site.line

    def frame_args(self):
        return None

    def frame_locals(self):
        return None


def runs_task(frame):
    """Whether a frame is the function that runs a task which somebody took."""
    return frame.type() != gdb.INLINE_FRAME and RUN.match(frame.name() or "")


def is_runtime(frame):
    name = frame.name()
    if name is None:
        library = gdb.solib_name(frame.pc())
        return bool(library) and "/libtine.so" in library
    # Without debug information gdb takes tine__x for Ada, and calls it tine.x.
    if name.startswith(("tine__", "tine.")) or name in RUNTIME_NAMES:
        return True
    symtab = frame.find_sal().symtab
    return bool(symtab) and bool(RUNTIME_FILES.search(symtab.filename))


WAITS = {"tine__retake": "sync", "tine__join": "sync", "tine__scope_wait": "sync_scope",
         "tine__scope_end": "sync_scope", "tine__is_ready": "is_ready",
         "tine__pending_wait": "tine_wait_for", "tine_sync_all": "sync_all"}


class WaitFrame(FrameDecorator):
    """In place of the frames of the runtime that waits."""

    def __init__(self, base, word):
        super().__init__(base)
        self.word = word

    def function(self):
        return f"[waits in {self.word}]"

    def address(self):
        return None

    filename = line = frame_args = frame_locals = address


class Backtraces:
    """Leaves the user's frames, the places of spawns, and one frame where the runtime waits. A
    stack without any of the user's, such as an idle worker's, stays as it is; so does the young end
    of one that is inside the runtime elsewhere than in a wait."""

    def __init__(self):
        self.name, self.priority, self.enabled = "tine", 100, True
        gdb.frame_filters[self.name] = self

    def filter(self, frames):
        frames = iter(frames)
        young, first = [], None
        for decorated in frames:
            frame = decorated.inferior_frame()
            if runs_task(frame) or not (is_runtime(frame) or is_outside(frame)):
                first = decorated
                break
            young.append(decorated)
        yield from young if first is None else self.youngest(young)
        if first is not None:
            yield from self.rest(itertools.chain([first], frames))

    @staticmethod
    def youngest(young):
        """What is above the user's youngest frame."""
        for decorated in reversed(young):
            word = WAITS.get((decorated.inferior_frame().name() or "").replace("tine.", "tine__"))
            if word:
                return [WaitFrame(decorated, word)]
        helper = re.compile(r"tine__(spawn|sync|ready|wait|drop)_")
        return [d for d in young if not helper.match(d.inferior_frame().name() or "")]

    @staticmethod
    def rest(frames):
        younger, in_task = None, False
        for decorated in frames:
            frame = decorated.inferior_frame()
            name = frame.name()
            if runs_task(frame):
                yield SpawnFrame(decorated, site_of(function_start(frame)))
                in_task = True
            elif is_runtime(frame) or (in_task and is_outside(frame)):
                continue
            elif not (younger and name == user_name(younger) != younger):
                yield UserFrame(decorated)  # but not what enters the copy that is just above
            younger = name


def is_outside(frame):
    """Whether a frame is in the C library."""
    library = gdb.solib_name(frame.pc()) or ""
    return bool(re.search(r"/(libc|libpthread|ld-linux\S*)[-.]", library))


def function_start(frame):
    function = frame.function()
    if function:
        block = block_of(frame.pc())
        while block and block.function and block.function.name != function.name:
            block = block.superblock
        if block:
            return block.start
    return frame.pc()


# ---- all of it ---------------------------------------------------------------------------------


def skip_helpers():
    """`step` at a spawn or a sync does not enter what the translator made of the word."""
    if "^tine__" not in gdb.execute("info skip", to_string=True):
        gdb.execute("skip -rfu ^tine__", to_string=True)


def install():
    gdb.printing.register_pretty_printer(None, Printers(), replace=True)
    Backtraces()
    for command in (InfoTine, InfoTasks, InfoWorkers, InfoExecutors, TineCommand, TineBreak):
        command()
    skip_helpers()
    gdb.events.new_objfile.connect(forget_sites)
    gdb.events.breakpoint_created.connect(on_breakpoint)


install()
