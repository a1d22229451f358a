"""The commands info tine ... and tine ... Relies on memory and sites."""

import itertools
import re

import gdb

from tinegdb.memory import Missing, Runtime
from tinegdb.sites import RUN, block_of, functions_of

SHOWN = 16  # tasks of one line that `info tine tasks` shows, without "all"


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
    """The first line of a function at which gdb can stop in all its copies: of the first three with
    code the one that has code in most places."""
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


def install():
    for command in (InfoTine, InfoTasks, InfoWorkers, InfoExecutors, TineCommand, TineBreak):
        command()
    gdb.events.breakpoint_created.connect(on_breakpoint)
