"""``argmine annotate``: articles in, annotated JSONL out."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from argmine.cli.summary import Tally
    from argmine.formats.writer import Writer
    from argmine.pipeline import Pipeline, PipelineConfig
    from argmine.records import Document, Failure

_SHOWN = 5


def annotate(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="Files, folders, globs, or - for standard input: text, Markdown, HTML, "
            "JSONL (.gz, .zst), CSV, TSV, Parquet, a saved Hugging Face dataset.",
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="JSONL file to write; standard output if absent."),
    ] = None,
    layers: Annotated[
        str | None,
        typer.Option(help="Of segments,figures,role,stance,holder,labels; all if absent."),
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option(help="document, or sentence: every row is one, with prev and next."),
    ] = None,
    model: Annotated[
        str | None, typer.Option(help="Name of a shipped model, or a model folder.")
    ] = None,
    target: Annotated[
        list[str] | None,
        typer.Option(help="A target of stance in words, beside the model's; may be repeated."),
    ] = None,
    unsure: Annotated[
        bool, typer.Option("--unsure", help="Label unsure what the model's threshold rejects.")
    ] = False,
    config: Annotated[Path | None, typer.Option(help="Configuration, a TOML file.")] = None,
    text_key: Annotated[str | None, typer.Option(help="Column that holds the text [text].")] = None,
    id_key: Annotated[str | None, typer.Option(help="Column that holds the id [id].")] = None,
    batch_size: Annotated[
        int | None, typer.Option(min=1, help="Sentences the model reads at once [16].")
    ] = None,
    device: Annotated[str | None, typer.Option(help="cpu or cuda [cpu].")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Stop after so many documents.")] = None,
    summary: Annotated[
        bool, typer.Option("--summary", help="Print a table of what was found.")
    ] = False,
) -> None:
    """Annotate articles: blocks, sentences, roles, stances, holders and figures.

    Exit code 0: all documents annotated; 1: some set aside, listed in the file
    FILE.failed.jsonl beside the output; 2: wrong usage or configuration.
    """
    # Imported late: `argmine --help` must not wait for them.
    from argmine.cli.summary import Tally  # noqa: PLC0415
    from argmine.formats import sources  # noqa: PLC0415
    from argmine.formats.writer import Writer  # noqa: PLC0415
    from argmine.pipeline import Pipeline  # noqa: PLC0415

    options = {
        "layers": [part.strip() for part in layers.split(",")] if layers else None,
        "unit": unit,
        "model": model,
        "open_targets": target or None,
        "unsure": unsure or None,
        "batch_size": batch_size,
        "device": device,
    }
    settings = _settings(config, options, {"text_key": text_key, "id_key": id_key})
    found = sources.find(inputs)
    columns = sources.Columns(settings.readers.text_key, settings.readers.id_key)
    pipeline = Pipeline(settings)
    tally = Tally()
    documents = islice(sources.read(found.paths, columns), limit)
    with Writer(out, found.paths) as writer:
        _run(pipeline, documents, writer, tally, _total(found.paths, limit))
    _report(writer, out, found.skipped)
    if summary:
        tally.show()
    if writer.failures:
        raise typer.Exit(1)


def _settings(
    path: Path | None, options: Mapping[str, object], readers: Mapping[str, str | None]
) -> PipelineConfig:
    """Lay the options over the configuration file, or over the default one."""
    import msgspec  # noqa: PLC0415

    from argmine import config, resources  # noqa: PLC0415
    from argmine.pipeline import DEFAULT_CONFIG, PipelineConfig  # noqa: PLC0415

    base = config.read(path or resources.folder("configs") / DEFAULT_CONFIG, PipelineConfig)
    table = msgspec.to_builtins(base)
    table.update({key: value for key, value in options.items() if value is not None})
    table["readers"].update({k: v for k, v in readers.items() if v is not None})
    return config.parse(table, PipelineConfig, where="options")


def _run(
    pipeline: Pipeline,
    documents: Iterable[Document | Failure],
    writer: Writer,
    tally: Tally,
    total: int | None,
) -> None:
    """Write every document as it is ready, and count what is in it."""
    from argmine.cli.progress import watched  # noqa: PLC0415

    for item in watched(pipeline.stream(documents), "documents", total):
        writer.write(item)
        tally.add(item)


def _total(paths: tuple[str, ...], limit: int | None) -> int | None:
    """Count the documents ahead, if somebody watches the bar."""
    from argmine.cli.progress import is_watched  # noqa: PLC0415
    from argmine.formats import sources  # noqa: PLC0415

    if not is_watched():
        return None
    total = sources.count(paths)
    return total if total is None or limit is None else min(total, limit)


def _report(writer: Writer, out: Path | None, skipped: tuple[str, ...]) -> None:
    target = str(out) if out else "standard output"
    typer.echo(f"{writer.documents} documents -> {target}", err=True)
    if skipped:
        more = f" and {len(skipped) - 1} more" if len(skipped) > 1 else ""
        typer.echo(f"left aside, of unknown kind: {skipped[0]}{more}", err=True)
    if not writer.failures:
        return
    place = writer.failures_file
    typer.echo(
        f"{len(writer.failures)} documents set aside -> {place or 'standard error'}", err=True
    )
    shown = writer.failures[:_SHOWN] if place else writer.failures
    for failure in shown:
        line = f":{failure.line}" if failure.line else ""
        typer.echo(f"  {failure.file}{line}: {failure.reason}", err=True)
    if len(shown) < len(writer.failures):
        typer.echo(f"  and {len(writer.failures) - len(shown)} more", err=True)
