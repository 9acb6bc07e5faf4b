"""``argmine evaluate`` and ``argmine compare``: how well answers agree with labelled sentences."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from argmine.errors import UsageError

if TYPE_CHECKING:
    from types import ModuleType

    from argmine.evaluation.gold import GoldRow
    from argmine.evaluation.run import Answer
    from argmine.training.config import TrainingConfig

SpanLayer = Literal["figures", "segments"]

_GOLD = typer.Argument(help="JSONL with text, id, prev, next, lang, article, role, stance, holder.")
_CONFIG = typer.Option(help="A training configuration, whose columns and labels the rows have.")
_TEXTS = typer.Option(help="A file that has the texts, where the rows name them by id alone.")
_SEED = typer.Option(help="Of the resampling.", min=0)
_MODEL = "us-china"
# How a report is known again, and within how many bytes of its beginning.
_REPORT, _HEAD = b'content="argmine', 1000
_JSON = typer.Option("--json", help="Print JSON, not a table.")


def evaluate(
    gold: Annotated[Path, _GOLD],
    model: Annotated[
        str | None, typer.Option(help="Name of a shipped model, or a model folder [us-china].")
    ] = None,
    predictions: Annotated[
        Path | None, typer.Option(help="JSONL of answers, instead of a model.")
    ] = None,
    config: Annotated[Path | None, _CONFIG] = None,
    texts: Annotated[Path | None, _TEXTS] = None,
    spans: Annotated[
        SpanLayer | None,
        typer.Option(help="figures or segments: measure spans of whole texts, not labels."),
    ] = None,
    by: Annotated[
        list[str] | None, typer.Option(help="A column to measure by as well; may be repeated.")
    ] = None,
    least: Annotated[
        list[str] | None,
        typer.Option("--min", help="Fail with exit code 3 below: stance.macro_f1=0.75."),
    ] = None,
    most: Annotated[
        list[str] | None,
        typer.Option("--max", help="Fail with exit code 3 above, for errors: stance.ece=0.05."),
    ] = None,
    report: Annotated[
        Path | None, typer.Option(help="HTML file to write, with the misread sentences.")
    ] = None,
    seed: Annotated[int, _SEED] = 1,
    json: Annotated[bool, _JSON] = False,
) -> None:
    """Score answers to labelled sentences, with 95% intervals drawn over articles."""
    demands = dict(_demand("--min", one) for one in least or [])
    limits = dict(_demand("--max", one) for one in most or [])
    if model is not None and predictions is not None:
        msg = "--model and --predictions: name one of them"
        raise UsageError(msg)
    _spare(report, gold, predictions, config, texts)
    if "all" in (by or ()):
        msg = "--by all: is the name of the measures of all rows; rename the column"
        raise UsageError(msg)
    if spans is not None:
        if by or report or config or texts:
            msg = "--spans goes with none of --by, --report, --config and --texts"
            raise UsageError(msg)
        found = _spans(gold, predictions, spans, seed)
        _print(found, span_lines(found), json=json)
        kinds = {name: found[name] for name in ("exact", "overlap", "type")}
        _opened_run().gate({"all": kinds}, demands, limits)
        return
    run, rows = _opened(gold, config, texts)
    asked = [*(("--min", name) for name in demands), *(("--max", name) for name in limits)]
    run.check_demands(rows, asked)
    if predictions is not None:
        answers = _given(run, rows, predictions, config)
    else:
        answers = _judged(run, rows, model or _MODEL)
    if by is None:
        by = ["lang"] if any("lang" in row.columns for row in rows) else []
    found = run.table(answers, by, seed)
    _print(found, _lines(found), json=json)
    if report is not None:
        from argmine.evaluation.report import render  # noqa: PLC0415

        title = f"{predictions or model or _MODEL} on {gold.name}"
        report.write_text(render(title, found, answers), encoding="utf-8")
        typer.echo(f"report -> {report}", err=True)
    for said in run.remarks(rows, answers):
        typer.echo(f"note: {said}", err=True)
    run.gate(found, demands, limits)


def agreement(
    files: Annotated[list[Path], typer.Argument(help="Labels of one annotator each, two or more.")],
    config: Annotated[Path | None, _CONFIG] = None,
    json: Annotated[bool, _JSON] = False,
) -> None:
    """Measure how far annotators agree: Krippendorff's alpha, and Cohen's kappa by pair.

    A file with a column ``annotator``, or the annotations of several in a Label Studio
    export, counts for as many annotators.
    """
    _opened_run()
    from argmine.evaluation.agreement import agreement as measure  # noqa: PLC0415 - scikit-learn

    annotators: dict[str, list[GoldRow]] = {}
    for path in dict.fromkeys(files):
        for row in _opened(path, config, None, each=True)[1]:
            who = row.columns.get("annotator")
            name = str(path) if who in (None, "") else f"{path}:{who}"
            annotators.setdefault(name, []).append(row)
    if len(annotators) < 2:
        msg = "agreement needs two annotators or more: a file of each, or a column `annotator`"
        raise UsageError(msg)
    found = measure(annotators)
    lines = [f"{'':24}{'rows':>6}{'alpha':>8}{'kappa':>8}{'equal':>8}"]
    for task, row in found.items():
        lines.append(f"{task:24}{row['rows']:>6}{row['alpha']:>8.3f}")
        for pair in row["pairs"]:
            names = " ".join(Path(name).name for name in pair["annotators"])
            lines.append(
                f"  {names:22}{pair['rows']:>6}{'':8}{pair['kappa']:>8.3f}{pair['equal']:>8.3f}"
            )
    _print(found, lines, json=json)


def compare(
    first: Annotated[str, typer.Argument(help="A model, or a JSONL file of answers.")],
    second: Annotated[str, typer.Argument(help="Another.")],
    gold: Annotated[Path, typer.Option(help="The labelled sentences.")],
    config: Annotated[Path | None, _CONFIG] = None,
    texts: Annotated[Path | None, _TEXTS] = None,
    seed: Annotated[int, _SEED] = 1,
    json: Annotated[bool, _JSON] = False,
) -> None:
    """Compare two sets of answers: McNemar's test and a paired bootstrap, after Holm."""
    run, rows = _opened(gold, config, texts)
    from argmine.evaluation import compare as test  # noqa: PLC0415 - scikit-learn and scipy

    one, other = (_answers(run, rows, source, config) for source in (first, second))
    if any(answer.task == "stance" for answer in (*one, *other)):
        one, other = run.toward_targets(one), run.toward_targets(other)
    found = test.compare(one, other, seed)
    lines = [
        f"first: {first}",
        f"second: {second}",
        f"{'':20}{'rows':>6}{'first':>8}{'second':>8}{'difference':>24}{'McNemar':>9}{'bootstrap':>10}",
    ]
    for task, row in found.items():
        low, high = row["difference_interval"]
        span = f"{row['difference']:+.3f} [{low:+.3f}, {high:+.3f}]"
        lines.append(
            f"{task:20}{row['rows']:>6}{row['macro_f1'][0]:>8.3f}{row['macro_f1'][1]:>8.3f}{span:>24}"
            f"{row['mcnemar_p_holm']:>9.3f}{row['bootstrap_p_holm']:>10.3f}"
        )
    _print(found, lines, json=json)


def _spare(report: Path | None, *read: Path | None) -> None:
    """Refuse to write the report over what is read, or over what is no report.

    Raises:
        UsageError: It would be, or could not be written at all.
    """
    if report is None:
        return
    if report.resolve() in {path.resolve() for path in read if path}:
        msg = f"--report {report}: is read too; name another file"
        raise UsageError(msg)
    if report.is_dir() or not report.parent.is_dir():
        why = "is a folder" if report.is_dir() else f"there is no folder {report.parent}"
        msg = f"--report {report}: {why}; name a file to write"
        raise UsageError(msg)
    if report.is_file() and _REPORT not in report.read_bytes()[:_HEAD]:
        msg = f"--report {report}: is there, and no report of argmine; name another file"
        raise UsageError(msg)


def _opened(
    gold: Path, config: Path | None, texts: Path | None, *, each: bool = False
) -> tuple[ModuleType, list[GoldRow]]:
    """Import what measures, and read the labelled sentences, or each annotation of them."""
    run = _opened_run()
    from argmine.evaluation.gold import GoldRow, read_gold  # noqa: PLC0415

    if config is None:
        return run, read_gold(gold, [] if texts is None else [texts], each=each)
    from argmine.training import data  # noqa: PLC0415
    from argmine.training.config import Source  # noqa: PLC0415

    settings = _settings(config)
    source = Source(path=str(gold), texts=None if texts is None else str(texts))
    examples = data.read_examples(
        [source], settings.tasks, settings.data.columns, each=each, partly=True
    )
    for said in data.unseen(examples, settings.data):
        typer.echo(f"note: {config}: {said}", err=True)
    # An id that comes twice names no row.
    keys = {(e.id, e.sentence.target, e.cells.get("annotator") if each else "") for e in examples}
    once = len(keys) == len(examples)
    rows = [
        GoldRow(
            text=example.sentence.text,
            id=example.id if once else "",
            prev=example.sentence.before or None,
            next=example.sentence.after or None,
            lang=example.lang,
            article=example.article or None,
            target=example.sentence.target or None,
            columns={**example.cells, "lang": example.lang},
            by_task={
                task: settings.tasks[task].labels[label]
                for task, label in example.labels.items()
                if label != data.NO_LABEL
            },
            follows=example.sentence.follows,
            where=example.where,
        )
        for example in examples
    ]
    return run, rows


def _opened_run() -> ModuleType:
    """Import what measures, which needs an extra."""
    try:
        from argmine.evaluation import run  # noqa: PLC0415
    except ImportError as error:
        msg = f'evaluation needs the package {error.name!r}: pip install "argmine[evaluate]"'
        raise UsageError(msg) from None
    return run


def _spans(gold: Path, predictions: Path | None, layer: SpanLayer, seed: int) -> dict[str, Any]:
    """Measure the spans of a file of answers, or those that the rules find."""
    _opened_run()
    from argmine import pipeline  # noqa: PLC0415
    from argmine.evaluation import spans  # noqa: PLC0415 - after the extra was looked for

    rows = spans.read(gold, layer)
    if predictions is not None:
        return spans.measure(rows, spans.read(predictions, layer), layer, seed)
    rules = pipeline.load(pipeline.PipelineConfig(layers=["segments", "figures"]))
    return spans.measure(rows, spans.annotated(rules, rows), layer, seed)


def span_lines(found: dict[str, Any]) -> list[str]:
    """Return the table of measured spans."""
    lines = [
        f"{'':24}{'gold':>6}{'found':>7}{'precision':>11}{'recall':>8}{'F1':>7}{'95% interval':>17}"
    ]
    named = {name: found[name] for name in ("exact", "overlap", "type")} | found["types"]
    for name, row in named.items():
        low, high = row["f1_interval"]
        lines.append(
            f"{name:24}{row['gold']:>6}{row['found']:>7}{row['precision']:>11.3f}"
            f"{row['recall']:>8.3f}{row['f1']:>7.3f}{f'[{low:.3f}, {high:.3f}]':>17}"
        )
    return lines


def _answers(
    run: ModuleType, rows: list[GoldRow], source: str, config: Path | None
) -> list[Answer]:
    """Return the answers of a file, or of a model where there is no such file."""
    if Path(source).is_file() or source.endswith(".jsonl"):
        return _given(run, rows, Path(source), config)
    return _judged(run, rows, source)


def _given(run: ModuleType, rows: list[GoldRow], path: Path, config: Path | None) -> list[Answer]:
    """Return the answers of a file, whose columns and labels a configuration may name."""
    from argmine.evaluation.answers import Field, Layout, read_answers  # noqa: PLC0415

    layout, labels = Layout(), None
    if config is not None:
        settings = _settings(config)
        tasks, columns = settings.tasks, settings.data.columns
        fields = {task: Field(told.field, told.labels, told.names) for task, told in tasks.items()}
        layout = Layout(columns.id, columns.text, columns.target, fields)
        if any(not row.id and row.columns.get(columns.id) not in (None, "") for row in rows):
            msg = (
                f"{columns.id}: stands on several labelled sentences, or is missing from some, "
                "so that answers cannot be told apart; give each its own"
            )
            raise UsageError(msg)
        labels = {task: told.labels for task, told in tasks.items()}
    found: list[Answer] = run.matched(rows, read_answers(path, rows, layout), labels)
    return found


def _settings(config: Path) -> TrainingConfig:
    from argmine import config as configs  # noqa: PLC0415
    from argmine.training.config import TrainingConfig, complete  # noqa: PLC0415

    return complete(configs.read(config, TrainingConfig))


def _judged(run: ModuleType, rows: list[GoldRow], model: str) -> list[Answer]:
    from argmine.model import folder  # noqa: PLC0415
    from argmine.model.classifier import Classifier  # noqa: PLC0415

    classifier = Classifier(folder.find(model))
    if classifier.info.takes_targets:
        rows = run.by_target(rows)
    tasks = {name: task.labels for name, task in classifier.info.tasks.items()}
    found: list[Answer] = run.matched(rows, run.judge(classifier, rows), tasks)
    return found


def _demand(option: str, written: str) -> tuple[str, float]:
    name, _, value = written.partition("=")
    try:
        least = float(value)
    except ValueError:
        least = math.nan
    if math.isnan(least):
        msg = f"{option} {written}: not of the form stance.macro_f1=0.75"
        raise UsageError(msg)
    return name, least


def _lines(found: dict[str, Any]) -> list[str]:
    measures = f"{'F_avg':>8}{'accuracy':>10}{'ECE':>8}{'Brier':>8}"
    lines = [f"{'':32}{'rows':>6}{'macro-F1':>10}{'95% interval':>17}{measures}"]
    groups: list[tuple[str, dict[str, Any]]] = [("", found["all"])]
    columns = [column for column in found if column != "all"]
    for column in columns:
        # Two columns may have values alike.
        named = f"{column}=" if len(columns) > 1 else ""
        groups += [(f"{named}{value} ", tasks) for value, tasks in found[column].items()]
    for group, tasks in groups:
        lines += [_line(f"{group}{task}", row) for task, row in tasks.items()]
    return lines


def _line(name: str, row: dict[str, Any]) -> str:
    low, high = row["macro_f1_interval"]
    shown = [f"{row[k]:.3f}" if k in row else "" for k in ("f_avg", "accuracy", "ece", "brier")]
    return (
        f"{name:32}{row['rows']:>6}{row['macro_f1']:>10.3f}{f'[{low:.3f}, {high:.3f}]':>17}"
        f"{shown[0]:>8}{shown[1]:>10}{shown[2]:>8}{shown[3]:>8}"
    )


def _print(found: dict[str, Any], lines: list[str], *, json: bool) -> None:
    import msgspec  # noqa: PLC0415

    if json:
        typer.echo(msgspec.json.format(msgspec.json.encode(found), indent=1).decode())
    else:
        typer.echo("\n".join(lines))
