"""The command line as a user runs it: in a process, in another folder."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from argmine.records import Document

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]


def documents(path: Path) -> list[Document]:
    """Read annotated JSONL."""
    return [Document.from_json(line) for line in path.read_bytes().splitlines()]


def test_a_folder_of_articles(cli: Run, seeds: Path, tmp_path: Path) -> None:
    """All seeds annotated, a summary on standard error, nothing on standard output."""
    done = cli("annotate", seeds, "--out", "out/demo.jsonl", "--summary")

    assert (done.returncode, done.stdout) == (0, "")
    assert "22 documents -> out/demo.jsonl" in done.stderr
    assert "stance us_policy" in done.stderr
    assert not (tmp_path / "out" / "demo.failed.jsonl").exists()
    found = documents(tmp_path / "out" / "demo.jsonl")
    assert {"zh", "en", "mixed"} == {d.lang for d in found}
    assert all(part.stance for d in found for part in d.segments)


@pytest.mark.parametrize("out", [(), ("--out", "-")])
def test_standard_input_and_output(cli: Run, tmp_path: Path, out: tuple[str, ...]) -> None:
    """Text in, one line of JSON out, words to standard error."""
    layers = ("--layers", "segments,figures")
    done = cli("annotate", "-", *layers, *out, stdin="出口增长5%。It fell.")

    assert done.returncode == 0
    document = Document.from_json(done.stdout)
    assert [part.text for part in document.segments] == ["出口增长5%。", "It fell."]
    assert [figure.text for figure in document.figures] == ["5%"]
    assert "1 documents" in done.stderr
    assert not (tmp_path / "-").exists()


def test_json_lines_on_standard_input(cli: Run) -> None:
    """What begins like JSON is read as JSON lines."""
    done = cli(
        "annotate", "-", "--layers", "segments", stdin='{"text": "A.", "id": "x"}\n{"text": "B."}\n'
    )

    assert ["x", Document.of("B.").id] == [
        json.loads(line)["id"] for line in done.stdout.splitlines()
    ]


@pytest.mark.parametrize("text", ["[Reuters] Exports rose 5%.", "[1] The report says so."])
def test_a_bracket_on_standard_input_is_text(cli: Run, text: str) -> None:
    """Only what an array of objects begins with is JSON."""
    done = cli("annotate", "-", "--layers", "segments", stdin=text)

    assert done.returncode == 0
    assert Document.from_json(done.stdout).text == text


def test_what_is_set_aside_is_listed(cli: Run, tmp_path: Path) -> None:
    """Exit code 1, and a file that names file, line and reason."""
    (tmp_path / "in.jsonl").write_text('{"text": "A."}\n{"text": 5}\n{"text": "B."}\n')

    done = cli("annotate", "in.jsonl", "--out", "o.jsonl", "--layers", "segments")

    assert done.returncode == 1
    assert len(documents(tmp_path / "o.jsonl")) == 2
    [failure] = [json.loads(line) for line in (tmp_path / "o.failed.jsonl").open()]
    assert failure == {"file": "in.jsonl", "line": 2, "reason": "text: expected text, found 5"}
    assert "in.jsonl:2: text: expected text" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["annotate", "nowhere.txt"], "nowhere.txt: no such file"),
        (["annotate", "a.txt", "--layers", "rolle"], "layers"),
        (["annotate", "a.txt", "--unit", "word"], "unit"),
        (["annotate", "a.txt", "--model", "us-chin"], "did you mean 'us-china'"),
        (
            ["annotate", "a.txt", "--config", "bad.toml"],
            "unknown key 'layer'; did you mean 'layers'",
        ),
        (["annotate", "a.txt", "--config", "none.toml"], "cannot be read"),
        (["annotate", "a.txt", "--out", "a.txt/x.jsonl"], "cannot be written"),
        (["annotate", "a.csv"], "no column 'text'"),
        (["annotate", "a.txt", "--batch-size", "0"], "batch-size"),
        (["annotate", "a.txt", "--device", "tpu"], "device"),
        (["annotate"], "INPUT"),
        (["evaluate", "a.txt"], "a.txt: no table"),
        (["nothing"], "nothing"),
    ],
)
def test_wrong_use_is_named_without_traceback(
    cli: Run, tmp_path: Path, arguments: list[str], says: str
) -> None:
    """Exit code 2, one message that says what is wrong."""
    (tmp_path / "a.txt").write_text("Text.")
    (tmp_path / "a.csv").write_text("id,body\n1,x\n")
    (tmp_path / "bad.toml").write_text('layer = ["role"]')

    done = cli(*arguments)

    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_limit_and_layers(cli: Run, tmp_path: Path) -> None:
    """Only the first documents, only the layers asked for."""
    (tmp_path / "in.jsonl").write_text('{"text": "A $5 fee."}\n' * 5)

    cli("annotate", "in.jsonl", "--out", "o.jsonl", "--layers", "segments", "--limit", "2")

    found = documents(tmp_path / "o.jsonl")
    assert len(found) == 2
    assert all(not d.figures and d.segments[0].role is None for d in found)


def test_the_output_may_replace_an_older_one(cli: Run, tmp_path: Path) -> None:
    """A second run leaves its own result, and no list of old failures."""
    (tmp_path / "in.jsonl").write_text('{"text": 5}\n')
    cli("annotate", "in.jsonl", "--out", "o.jsonl", "--layers", "segments")
    (tmp_path / "in.jsonl").write_text('{"text": "A."}\n')

    refused = cli("annotate", "in.jsonl", "--out", "o.jsonl", "--layers", "segments")
    done = cli("annotate", "in.jsonl", "--out", "o.jsonl", "--layers", "segments", "--fresh")

    assert refused.returncode == 2
    assert "input in.jsonl has changed" in refused.stderr
    assert done.returncode == 0
    assert sorted(p.name for p in tmp_path.glob("o.*")) == ["o.jsonl", "o.run.json"]


def test_evaluate_scores_labelled_sentences(cli: Run, tmp_path: Path) -> None:
    """Measures by language and task, as a table or as JSON."""
    rows = [
        {
            "text": "中方坚决反对美方的霸凌行径。",
            "lang": "zh",
            "role": "claim",
            "stance": {"us_policy": "against"},
        },
        {
            "text": "The office opens at nine.",
            "lang": "en",
            "role": "evidence",
            "stance": {"china": "neutral"},
        },
    ]
    (tmp_path / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))

    done = cli("evaluate", "gold.jsonl", "--json")

    measures = json.loads(done.stdout)
    assert {"all", "lang"} == set(measures)
    assert {"en", "zh"} == set(measures["lang"])
    assert measures["lang"]["zh"]["stance.us_policy"]["accuracy"] == 1.0
    assert {"macro_f1", "f_avg", "ece", "brier"} <= set(measures["all"]["stance.us_policy"])


def test_a_measure_below_its_least_value_has_its_own_exit_code(cli: Run, tmp_path: Path) -> None:
    """A gate for CI: 3 below, 0 at or above, 2 for a measure that is none."""
    gold = [{"id": "a", "text": "A.", "role": "claim"}, {"id": "b", "text": "B.", "role": "none"}]
    said = [{"id": "a", "role": "claim"}, {"id": "b", "role": {"label": "claim", "score": 0.6}}]
    (tmp_path / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in gold))
    (tmp_path / "said.jsonl").write_text("".join(json.dumps(row) + "\n" for row in said))
    base = ("evaluate", "gold.jsonl", "--predictions", "said.jsonl")

    assert cli(*base, "--min", "role.accuracy=0.5").returncode == 0
    below = cli(*base, "--min", "role.accuracy=0.75")
    unknown = cli(*base, "--min", "role.acuracy=0.75")
    # Told before time is spent on a model.
    untold = cli("evaluate", "gold.jsonl", "--model", "no-such", "--max", "stance.china.ece=0.1")
    malformed = cli(*base, "--min", "role")

    assert (below.returncode, "role.accuracy is 0.5000" in below.stderr) == (3, True)
    assert (unknown.returncode, "role.accuracy" in unknown.stderr) == (2, True)
    assert (untold.returncode, "no such measure of these rows" in untold.stderr) == (2, True)
    assert malformed.returncode == 2


def test_compare_tells_two_sets_of_answers_apart(cli: Run, tmp_path: Path) -> None:
    """Files of answers, matched by id whatever their order."""
    gold = [
        {"id": str(n), "text": f"{n}.", "role": "claim" if n % 2 else "none"} for n in range(40)
    ]
    right = [{"id": row["id"], "role": row["role"]} for row in reversed(gold)]
    wrong = [{"id": row["id"], "role": "claim"} for row in gold]
    for name, rows in (("gold", gold), ("right", right), ("wrong", wrong)):
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))

    done = cli("compare", "wrong.jsonl", "right.jsonl", "--gold", "gold.jsonl", "--json")
    short = cli("compare", "gold.jsonl", "no.jsonl", "--gold", "gold.jsonl")

    role = json.loads(done.stdout)["role"]
    assert role["macro_f1"] == [0.3333, 1.0]
    assert role["only_one_right"] == [0, 20]
    assert role["mcnemar_p_holm"] < 0.001
    assert (short.returncode, "no.jsonl" in short.stderr) == (2, True)


def test_schema_prints_json_schema(cli: Run) -> None:
    """The schema is JSON and names the document's fields."""
    schema = json.loads(cli("schema").stdout)

    assert {"blocks", "segments", "figures"} <= set(schema["$defs"]["Document"]["properties"])


def test_models_show_checks_and_describes(cli: Run) -> None:
    """What a model answers, and how well."""
    done = cli("models", "show", "us-china")

    assert done.returncode == 0
    assert "stance.us_policy: favor, against, neutral" in done.stdout


def test_help_waits_for_no_library() -> None:
    """The command line starts without the heavy libraries."""
    script = (
        "import sys, argmine.cli.app;"
        "bad = {'torch', 'onnxruntime', 'spacy', 'datasets', 'sklearn', 'numpy'} & set(sys.modules);"
        "assert not bad, bad"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
