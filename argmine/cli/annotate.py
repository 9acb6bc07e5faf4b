"""``argmine annotate``: articles in, annotated JSONL out."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from argmine.pipeline import PipelineConfig


class Engine(StrEnum):
    """Who does the work."""

    local = "local"
    ray = "ray"


def annotate(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="Files, folders, globs, addresses (s3://…), or - for standard input: text, "
            "Markdown, HTML, JSONL (.gz, .zst), CSV, TSV, Parquet, a saved Hugging Face dataset.",
        ),
    ],
    out: Annotated[
        str | None,
        typer.Option(
            "--out",
            "-o",
            help="JSONL to write (.jsonl.gz, .jsonl.zst packed), or a folder of tables "
            "(.parquet); standard output if absent or -.",
        ),
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
    workers: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Processes that annotate, each with a model of its own [1; on a cluster one a "
            "processor].",
        ),
    ] = None,
    shards: Annotated[
        int | None, typer.Option(min=1, help="Write so many files OUT-00000-of-0000N.")
    ] = None,
    engine: Annotated[
        Engine, typer.Option(help="local: this machine; ray: a Ray cluster.")
    ] = Engine.local,
    address: Annotated[
        str | None, typer.Option(help="Of a running Ray cluster; one is started here if absent.")
    ] = None,
    cache: Annotated[
        Path | None,
        typer.Option(help="Folder that keeps annotations, so that only new documents cost."),
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Begin anew, whatever an earlier run has left.")
    ] = False,
    summary: Annotated[
        bool, typer.Option("--summary", help="Print a table of what was found, also without --out.")
    ] = False,
) -> None:
    """Annotate articles: blocks, sentences, roles, stances, holders and figures.

    A run that was stopped or killed goes on when the same command is given again, and ends
    with the same output.  FILE.run.json tells what was done.

    Exit code 0: all documents annotated; 1: some set aside, listed in the file
    FILE.failed.jsonl beside the output; 2: wrong usage or configuration; 130: stopped.
    """
    # Imported late: `argmine --help` must not wait for them.
    from argmine.cli import annotating  # noqa: PLC0415
    from argmine.cli import summary as summing  # noqa: PLC0415
    from argmine.corpus.job import Job  # noqa: PLC0415
    from argmine.formats import inputs as searching  # noqa: PLC0415
    from argmine.formats import tables  # noqa: PLC0415

    options = {
        "layers": [part.strip() for part in layers.split(",")] if layers is not None else None,
        "unit": unit,
        "model": model,
        "open_targets": target or None,
        "unsure": unsure or None,
        "batch_size": batch_size,
        "device": device,
    }
    settings = _settings(config, options, {"text_key": text_key, "id_key": id_key})
    found = searching.find(inputs)
    if out is not None and "://" not in out:
        out = out.replace(os.sep, "/")
    out = None if out == searching.STDIN else out
    keys = settings.readers
    columns = tables.Columns(
        keys.text_key, keys.id_key, keys.prev_key, keys.next_key, keys.target_key
    )
    paths = annotating.without_own(found.paths, inputs, out)
    job = Job(paths, columns, settings, limit, workers or 1, cache)
    how = annotating.How(fresh, shards, engine is Engine.ray, address, workers)
    state = annotating.run(job, out, how, found)
    if summary or out is not None:
        summing.show(state)
    if state.failures:
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
