"""The runtime's data, read by the table tine__debugger (runtime/debugger.c), so that no debug info
of libtine is needed: executors, workers and tasks. Relies on sites."""

import itertools

import gdb

from tinegdb.sites import site_of

VERSION = 1  # of the table
HOLE, STOLEN = 1, 2  # tine_task.fn, besides functions
DONE = 2  # tine_task.thief, besides workers
PENDING_ENDED = 2  # heap_task.ended
HEAP_PENDING = 8  # heap_task.flags
SLOT = 64


class Missing(Exception):
    """Why there is nothing to show."""


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
