"""Backtraces in the user's own words: without generated frames and the runtime's, with the places
of spawns. Relies on sites."""

import itertools
import re

import gdb
from gdb.FrameDecorator import FrameDecorator

from tinegdb.sites import RUN, block_of, site_of, user_name

RUNTIME_FILES = re.compile(
    r"(^|/)runtime/(adapt|api|executor|future|os_\w+|pool|queue|scope|steal|threads)\.c$")
RUNTIME_NAMES = {"run_stolen", "wait_until", "help", "sleep_on", "search", "pool_thread",
                 "worker_park", "worker_park_for", "os_wait", "os_wait_for", "end_global"}


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
        return "/libtine.so" in library_of(frame)
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
    return bool(re.search(r"/(libc|libpthread|ld-linux\S*)[-.]", library_of(frame)))


def library_of(frame):
    try:
        return gdb.solib_name(frame.pc()) or ""
    except gdb.error:  # a frame of which gdb knows little
        return ""


def function_start(frame):
    function = frame.function()
    if function:
        block = block_of(frame.pc())
        while block and block.function and block.function.name != function.name:
            block = block.superblock
        if block:
            return block.start
    return frame.pc()


def install():
    Backtraces()
