"""The lit test format of Tine's tests. A module of its own: lit sends it to its worker processes."""

import copy

import lit.formats


class PerCompilerTest(lit.formats.ShTest):
    """A test whose RUN lines name %cc runs as a whole once per compiler, in order."""

    def __init__(self, compilers):
        super().__init__(execute_external=False)
        self.compilers = compilers

    def execute(self, test, lit_config):
        with open(test.getSourcePath(), encoding="utf-8", errors="replace") as source:
            uses_cc = any("RUN:" in line and "%cc" in line for line in source)
        if not uses_cc:
            return super().execute(test, lit_config)
        config, result = test.config, None
        for path in self.compilers:
            test.config = copy.copy(config)
            test.config.environment = dict(config.environment, TINE_TEST_CC=path)
            test.config.substitutions = [(r"%cc\b", path)] + list(config.substitutions)
            result = super().execute(test, lit_config)
            test.config = config
            if result.code.isFailure:
                break
        return result
