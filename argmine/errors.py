"""Every error a user can cause, each with the exit code the command line returns.

A message says what is wrong, where (file, line, field) and what would be right.
"""

from __future__ import annotations

from typing import ClassVar


class ArgmineError(Exception):
    """Base of all errors that argmine raises on purpose."""

    exit_code: ClassVar[int] = 1


class UsageError(ArgmineError):
    """A command, an option or a combination of options that cannot be."""

    exit_code = 2


class ConfigError(ArgmineError):
    """A configuration file or setting that does not hold what it should."""

    exit_code = 2


class ModelError(ArgmineError):
    """A model folder that is missing, damaged, or made for something else."""

    exit_code = 2


class DataError(ArgmineError):
    """Input as a whole that cannot be read (a missing file, a missing column)."""

    exit_code = 2


class UnreachableError(DataError):
    """A file elsewhere that cannot be fetched or written now; later it may be."""


class GateError(ArgmineError):
    """A measure below what was asked of it."""

    exit_code = 3


class DocumentError(ArgmineError):
    """One document that cannot be annotated; it is set aside and the run goes on."""
