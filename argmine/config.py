"""Read TOML configuration into typed settings, with errors that help.

Every mistake of a file is collected before anything is raised, and an unknown key is
answered with the nearest known one.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from typing import TYPE_CHECKING, Literal, TypeVar, get_args, get_origin

import msgspec

from argmine.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every table a configuration file may hold."""


SettingsT = TypeVar("SettingsT", bound=Settings)


def read(path: Path, kind: type[SettingsT]) -> SettingsT:
    """Return the settings that a TOML file holds.

    Raises:
        ConfigError: No such file, not TOML, an unknown key or a wrong value.
    """
    return parse(table(path), kind, where=str(path))


def table(path: Path) -> dict[str, object]:
    """Return what a TOML file holds.

    Raises:
        ConfigError: No such file, or not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        msg = f"{path}: cannot be read: {error.strerror}"
        raise ConfigError(msg) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        msg = f"{path}: not valid TOML: {error}"
        raise ConfigError(msg) from None


def parse(given: Mapping[str, object], kind: type[SettingsT], *, where: str) -> SettingsT:
    """Return the settings that a table holds; ``where`` names it in errors.

    Raises:
        ConfigError: An unknown key or a wrong value.
    """
    unknown = list(_unknown_keys(given, kind, ""))
    if unknown:
        raise ConfigError("\n".join(f"{where}: {line}" for line in unknown))
    try:
        return msgspec.convert(given, kind)
    except msgspec.ValidationError as error:
        reason, _, path = str(error).partition(" - at `$.")
        field = path.rstrip("`")
        reason += _choices(kind, field)
        msg = f"{where}: {field}: {reason}" if field else f"{where}: {reason}"
        raise ConfigError(msg) from None


def _choices(kind: type[msgspec.Struct], path: str) -> str:
    """Return a clause that names the words allowed at a path, if they are counted."""
    step: object = kind
    for name in re.sub(r"\[.*?\]", "", path).split("."):
        if isinstance(step, type) and issubclass(step, msgspec.Struct):
            step = {f.encode_name: f.type for f in msgspec.structs.fields(step)}.get(name)
    while get_origin(step) is list:
        step = get_args(step)[0]
    if get_origin(step) is not Literal:
        return ""
    return f"; known: {', '.join(map(str, get_args(step)))}"


def nearest(name: str, known: Iterator[str] | list[str]) -> str:
    """Return a clause that names the known words most like ``name``."""
    options = sorted(known)
    close = difflib.get_close_matches(name, options, n=1, cutoff=0.5)
    if close:
        return f"did you mean {close[0]!r}?"
    return f"known: {', '.join(options)}"


def _unknown_keys(
    table: Mapping[str, object], kind: type[msgspec.Struct], prefix: str
) -> Iterator[str]:
    fields = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
    for key, value in table.items():
        if key not in fields:
            yield f"unknown key {prefix + key!r}; {nearest(key, list(fields))}"
            continue
        for name, inner, nested in _nested(key, value, fields[key]):
            yield from _unknown_keys(inner, nested, f"{prefix}{name}.")


def _nested(
    key: str, value: object, kind: object
) -> Iterator[tuple[str, dict[str, object], type[msgspec.Struct]]]:
    """Yield the tables below one key that have a settings type of their own."""
    if not isinstance(value, dict):
        return
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield key, value, kind
    elif get_origin(kind) is dict:
        nested = get_args(kind)[1]
        if isinstance(nested, type) and issubclass(nested, msgspec.Struct):
            for name, inner in value.items():
                if isinstance(inner, dict):
                    yield f"{key}.{name}", inner, nested
