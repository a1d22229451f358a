"""From run functions to the user's source: the names that the translator makes are
tine__run_FUNCTION_LINE for what runs a task, FUNCTION__tine, FUNCTION__tine_2, ... for copies."""

import re

import gdb

HEADER = 16  # bytes of a task before its capture
RUN = re.compile(r"tine__run_(.*)_(\d+)([a-z]*)(\..*)?$")
CLONE = re.compile(r"^(.+?)__tine(_\d+)?(\..*)?$")
OWN_FILE = "<tine>"


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
