"""``argmine schema``: the JSON Schema of the output."""

from __future__ import annotations

import typer


def schema() -> None:
    """Print the JSON Schema of one line of annotated JSONL."""
    import msgspec  # noqa: PLC0415

    from argmine.records import json_schema  # noqa: PLC0415

    written = msgspec.json.format(msgspec.json.encode(json_schema()), indent=2)
    typer.echo(written.decode("utf-8"))
