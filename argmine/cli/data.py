"""``argmine data``: labelled rows, looked through before they are trained on."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from argmine.cli.once import OnceCommand
from argmine.cli.train import settings_of
from argmine.errors import UsageError

if TYPE_CHECKING:
    from argmine.training.check import Report

app = typer.Typer(help="Labelled rows to train on.", no_args_is_help=True, rich_markup_mode=None)
_SHOWN = 10


@app.callback()
def data() -> None:
    """Labelled rows to train on."""


@app.command("check", cls=OnceCommand)
def check(
    config: Annotated[Path | None, typer.Argument(help="Training configuration.")] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", help="A setting of the configuration: data.train=rows.csv."),
    ] = None,
    all_findings: Annotated[
        bool, typer.Option("--all", help="List every finding, not ten of a kind.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON, not a table.")] = False,
) -> None:
    """Look for empty, repeated, contradicting, leaking and too long rows, and for balance.

    Exit code 1 if a row cannot be used or two contradict each other.  Needs the extra
    argmine[train].
    """
    read = settings_of(config, settings or [])
    try:
        from argmine.training import check as checking  # noqa: PLC0415
    except ImportError as error:
        msg = f'checking needs the package {error.name!r}: pip install "argmine[train]"'
        raise UsageError(msg) from None
    report = checking.check(read)
    if json:
        import msgspec  # noqa: PLC0415

        typer.echo(msgspec.json.format(msgspec.json.encode(report), indent=1).decode())
    else:
        _show(report, None if all_findings else _SHOWN)
    if any(finding.level == "error" for finding in report.findings):
        raise typer.Exit(1)


def _show(report: Report, shown: int | None) -> None:
    for part, tasks in report.balance.items():
        typer.echo(f"{part}: {report.rows[part]} rows")
        for task, languages in tasks.items():
            for lang, labels in languages.items():
                told = ", ".join(f"{label} {n}" for label, n in labels.items())
                typer.echo(f"  {task} {lang}: {told}")
    counts = Counter((finding.level, finding.kind) for finding in report.findings)
    for (level, kind), number in counts.items():
        typer.echo(f"{level}: {kind}: {number}")
        found = [f for f in report.findings if (f.level, f.kind) == (level, kind)]
        for finding in found[:shown]:
            where = f"{finding.where}: " if finding.where else ""
            column = f"{finding.column}: " if finding.column else ""
            typer.echo(f"  {where}{column}{finding.says}")
        if shown is not None and number > shown:
            typer.echo(f"  and {number - shown} more (--all)")
    if not counts:
        typer.echo("nothing amiss")
