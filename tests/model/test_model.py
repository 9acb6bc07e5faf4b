"""The classifier at run time."""

from __future__ import annotations

import multiprocessing
import re
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from argmine import resources
from argmine.errors import ModelError
from argmine.model import folder
from argmine.model.classifier import Classifier, softmax
from argmine.model.inputs import RowMaker, Sentence, Window, pad

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

    from numpy.typing import NDArray

    import argmine

SENTENCES = [
    Sentence("中方敦促美方立即取消单边关税措施。", "", "双方将继续磋商。"),
    Sentence(
        "Tariffs hurt.", "He spoke at length about the many harms that trade barriers do.", ""
    ),
    Sentence("The ministry published the figures on Monday.", "A", "B"),
]


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    """The shipped model."""
    return Classifier(folder.find("us-china"))


def test_a_sentence_is_judged_alike_alone_and_in_company(classifier: Classifier) -> None:
    """Neither padding nor batch mates change a score."""
    together = classifier.logits(SENTENCES)
    for number, sentence in enumerate(SENTENCES):
        for task, values in classifier.logits([sentence]).items():
            np.testing.assert_allclose(together[task][number], values[0], atol=2e-3)


PLAIN = [
    # role, stance toward US policy, stance toward China
    ("中方敦促美方立即取消单边关税措施。", "claim", "against", "neutral"),
    (
        "The White House's tariffs are a disaster for American farmers.",
        "claim",
        "against",
        "neutral",
    ),
    ("美國的制裁嚴重破壞國際規則。", "claim", "against", "neutral"),
    ("Beijing's crackdown on lawyers is a shameful abuse of power.", "claim", "neutral", "against"),
    ("中国政府的补贴扭曲了全球市场。", "claim", "neutral", "against"),
    ("北京打壓異見人士，令人髮指。", "claim", "neutral", "against"),
    (
        "China has lifted millions out of poverty, a historic achievement.",
        "claim",
        "neutral",
        "favor",
    ),
    ("中国经济展现出强大的韧性和活力。", "claim", "neutral", "favor"),
    ("Our sanctions have made the American people safer.", "claim", "favor", "neutral"),
    ("美国的出口管制成功保护了国家安全。", "claim", "favor", "neutral"),
    ("The ministry published the figures on Monday.", "evidence", "neutral", "neutral"),
    ("两国官员周三在日内瓦举行会谈。", "evidence", "neutral", "neutral"),
    ("記者：請問外交部對此有何評論？", "none", "neutral", "neutral"),
]


def test_plain_cases(classifier: Classifier) -> None:
    """Of what no reader would doubt nine labels in ten are right, in shares that add up."""
    found = classifier.judge([Sentence(text) for text, *_ in PLAIN])
    tasks = ("role", "stance.us_policy", "stance.china")
    right = [
        answer[task].label == label
        for answer, (_, *labels) in zip(found, PLAIN, strict=True)
        for task, label in zip(tasks, labels, strict=True)
    ]

    assert sum(right) >= 0.9 * len(right)
    for prediction in found[0].values():
        assert sum(prediction.scores.values()) == pytest.approx(1, abs=1e-3)
        assert prediction.score == max(prediction.scores.values())


def test_a_sentence_longer_than_the_window_is_read_whole(classifier: Classifier) -> None:
    """The end of a very long sentence counts as its beginning does."""
    filler = "The committee met and listed items. " * 60
    short, long_ = classifier.judge(
        [
            Sentence(filler),
            Sentence(filler + "America's tariffs are a cruel, lawless disaster! " * 60),
        ]
    )

    assert long_["stance.us_policy"].scores["against"] > short["stance.us_policy"].scores["against"]


def test_rows_keep_the_context_nearest_to_the_sentence() -> None:
    """Before is cut on the left, after on the right; the own range is the sentence's."""
    from tokenizers import Tokenizer

    path = folder.find("us-china") / folder.TOKENIZER
    maker = RowMaker(Tokenizer.from_file(str(path)), Window(sentence=4, before=2, after=1))
    rows = maker.rows([Sentence("one two three four five six", "a b c d", "x y z")])

    assert len(rows) >= 2
    assert {(0,)} == {row.owners for row in rows}
    batch = pad(rows, maker.pad)
    assert batch.ids.shape == batch.mask.shape == batch.own.shape
    assert [end - start for row in rows for start, end in row.ranges] == batch.own.sum(1).tolist()
    assert all(len(row.ids) <= 4 + 2 + 1 + 4 for row in rows)


def test_sentences_that_follow_share_a_row() -> None:
    """Up to the number and the pieces of the window; context is what stands around them all."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder.find("us-china") / folder.TOKENIZER))
    texts = ["one two", "three", "four five", "six " * 30, "seven"]
    around = zip(["start", *texts[:-1]], [*texts[1:], "end"], strict=True)
    sentences = [
        Sentence(text, before, after, follows=number > 0)
        for number, (text, (before, after)) in enumerate(zip(texts, around, strict=True))
    ]

    def owners(sentences: list[Sentence], window: Window) -> list[tuple[int, ...]]:
        return [row.owners for row in RowMaker(tokenizer, window).rows(sentences)]

    assert owners(sentences, Window()) == [(0,), (1,), (2,), (3,), (4,)]
    narrow = Window(sentences=2, sentence=20)
    assert owners(sentences, narrow) == [(0, 1), (2,), (3,), (3,), (4,)]
    wide = Window(sentences=8, sentence=100)
    assert owners(sentences, wide) == [(0, 1, 2, 3, 4)]
    assert owners([*sentences, *sentences], wide) == [(0, 1, 2, 3, 4), (5, 6, 7, 8, 9)]

    [row] = RowMaker(tokenizer, wide).rows(sentences)
    read = [tokenizer.decode(row.ids[start:end]) for start, end in row.ranges]
    assert [text.strip() for text in read] == [text.strip() for text in texts]
    assert tokenizer.decode(row.ids).split() == " ".join(["start", *texts, "end"]).split()
    batch = pad([row], 1)
    assert [(batch.own == n).sum() for n in range(1, 6)] == [e - s for s, e in row.ranges]


def test_a_window_without_context_reads_none() -> None:
    """Zero pieces before is none, not all."""
    from tokenizers import Tokenizer

    path = folder.find("us-china") / folder.TOKENIZER
    maker = RowMaker(Tokenizer.from_file(str(path)), Window(before=0, after=0))
    [bare], [full] = (
        maker.rows([Sentence("Tariffs hurt.", *context)]) for context in ((), ("a b c", "d e f"))
    )

    assert bare.ids == full.ids


def test_a_damaged_folder_is_found_before_any_document(tmp_path: Path) -> None:
    """A changed file, a missing one, and a folder that is none are told apart."""
    copy = tmp_path / "model"
    shutil.copytree(folder.find("us-china"), copy)
    (copy / folder.TOKENIZER).write_text("{}")
    with pytest.raises(ModelError, match="not the file that model"):
        folder.read(copy)
    (copy / folder.TOKENIZER).unlink()
    with pytest.raises(ModelError, match="missing"):
        folder.read(copy)
    with pytest.raises(ModelError, match="did you mean 'us-china'"):
        folder.find("us-chine")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"reported",', '"reported", "x",', "has 2 labels for 'holder', and its description 3"),
        ("[tasks.holder]", "[tasks.holdr]", "has 0 labels for 'holdr'"),
        ('"reported",', '"author",', "a label is listed twice"),
        ('[files."tokenizer.json"]', '[files."other.json"]', "has no 'tokenizer.json'"),
    ],
)
def test_a_description_of_another_network_is_found(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    """Before any document: labels, tasks and files are those of the network."""
    copy = tmp_path / "copy"
    shutil.copytree(folder.find("us-china"), copy)
    description = (copy / folder.DESCRIPTION).read_text()
    assert old in description
    changed = description.replace(old, new)
    changed = changed.replace("[tasks.holder.", "[tasks.holdr.") if "holdr" in new else changed
    (copy / folder.DESCRIPTION).write_text(changed)

    with pytest.raises(ModelError, match=says):
        Classifier(copy)


def test_files_stay_small_enough_to_ship() -> None:
    """No file of a model may exceed 90 MB."""
    sizes = [p.stat().st_size for p in resources.folder("models").rglob("*") if p.is_file()]

    assert max(sizes) < 90_000_000


def test_targets_and_layers_narrow_the_answers(pipeline: argmine.Pipeline) -> None:
    """Only what was asked for stands in the output."""
    from argmine import PipelineConfig, load
    from argmine.errors import ConfigError

    document = load(PipelineConfig(layers=["stance"], targets=["china"]))("China grew fast.")

    [part] = document.segments
    assert part.role is part.holder is None
    assert part.stance is not None
    assert list(part.stance) == ["china"]
    assert pipeline("China grew fast.").segments[0].stance["china"] == part.stance["china"]  # type: ignore[index]
    with pytest.raises(ConfigError, match="no target 'chinna'; did you mean 'china'"):
        load(PipelineConfig(targets=["chinna"]))


def passage(number: int) -> list[Sentence]:
    """Sentences that follow each other, some long, some short."""
    texts = [f"Tariffs hurt farmer {number}. " * (1 + (number * place) % 9) for place in range(12)]
    around = zip(["", *texts], texts, [*texts[1:], ""], strict=False)
    return [
        Sentence(text, before, after, follows=place > 0)
        for place, (before, text, after) in enumerate(around)
    ]


def test_a_score_is_the_same_to_the_last_digit_in_any_company(classifier: Classifier) -> None:
    """A run that goes on batches otherwise, and must write the same bytes."""
    passages = [passage(number) for number in range(1, 15)]
    together = classifier.logits([s for part in passages for s in part] + SENTENCES + passages[3])
    for number in range(0, 14, 3):
        for task, values in classifier.logits(passages[number]).items():
            np.testing.assert_array_equal(together[task][number * 12 : (number + 1) * 12], values)
    for values in together.values():
        np.testing.assert_array_equal(values[-12:], values[36:48])


def test_a_sentence_in_doubt_is_read_again_by_itself(tmp_path: Path) -> None:
    """Of a doubt of 1 all sentences are, of 0 none, and in between the least sure ones."""
    path = tmp_path / "model"
    shutil.copytree(folder.find("us-china"), path)
    description = (path / folder.DESCRIPTION).read_text(encoding="utf-8")
    sentences = [s for number in range(1, 7) for s in passage(number)]

    def logits(doubt: float, given: list[Sentence]) -> dict[str, NDArray[np.float32]]:
        told = re.sub(r"(?m)^doubt = .*\n", "", description)
        told = told.replace("[window]\n", f"[window]\ndoubt = {doubt}\n")
        (path / folder.DESCRIPTION).write_text(told, encoding="utf-8")
        return Classifier(path).logits(given)

    shared = logits(0, sentences)
    alone = logits(0, [replace(sentence, follows=False) for sentence in sentences])
    margins = {task: np.diff(np.sort(softmax(v))[:, -2:])[:, 0] for task, v in shared.items()}
    doubt = float(np.median(margins["role"]))
    some = logits(doubt, sentences)
    for task, values in logits(1, sentences).items():
        np.testing.assert_array_equal(values, alone[task])
        assert not np.array_equal(values, shared[task])
        chosen = np.where((margins[task] < doubt)[:, None], alone[task], shared[task])
        np.testing.assert_array_equal(some[task], chosen)


def test_float32_and_what_the_processor_does_best_agree(classifier: Classifier) -> None:
    """The faster arithmetic moves scores by little."""
    exact = Classifier(folder.find("us-china"), precision="float32")
    assert exact.arithmetic == "float32"
    for one, other in zip(exact.judge(SENTENCES), classifier.judge(SENTENCES), strict=True):
        for task, prediction in one.items():
            assert prediction.label == other[task].label
            assert abs(prediction.score - other[task].score) < 0.05


def _score(found: Connection, classifier: Classifier) -> None:
    try:
        found.send(classifier.judge(SENTENCES[:1])[0]["role"].score)
    except ModelError as error:
        found.send(str(error))


def _score_of_fork(classifier: Classifier) -> float | str:
    context = multiprocessing.get_context("fork")
    reader, writer = context.Pipe(duplex=False)
    process = context.Process(target=_score, args=(writer, classifier))
    process.start()
    assert reader.poll(60)
    found = reader.recv()
    process.join(10)
    assert isinstance(found, float | str)
    return found


def test_a_forked_process_can_judge(classifier: Classifier) -> None:
    """As in spaCy's ``nlp.pipe`` with more than one process; too late it says so."""
    score = classifier.judge(SENTENCES[:1])[0]["role"].score
    assert _score_of_fork(Classifier(folder.find("us-china"))) == score
    assert "spawn" in str(_score_of_fork(classifier))


def test_cuda_says_what_is_missing() -> None:
    """Without a GPU the message names the way out."""
    with pytest.raises(ModelError, match="--device cpu"):
        Classifier(folder.find("us-china"), device="cuda")


def test_open_targets_are_asked_about_one_after_the_other(rules: argmine.Pipeline) -> None:
    """So that sentences may share a row; each answer reaches its segment and target."""
    from types import SimpleNamespace

    from argmine.model.open import OpenStanceStage
    from argmine.records import Prediction

    asked: list[Sentence] = []

    class Echo:
        info = SimpleNamespace(takes_targets=True, name="echo")

        def judge(self, sentences: list[Sentence]) -> list[dict[str, Prediction]]:
            asked.extend(sentences)
            return [{folder.OPEN: Prediction(f"{s.target}: {s.text}", 1.0, {})} for s in sentences]

    stage = OpenStanceStage(lambda: Echo(), ["tariffs", "NATO"], target_in_meta=False)  # type: ignore[arg-type, return-value]
    texts = ["One. Two. Three.", "Four."]
    done = stage([rules(text) for text in texts])

    assert [(s.target, s.text, s.follows) for s in asked[:4]] == [
        ("tariffs", "One.", False),
        ("tariffs", "Two.", True),
        ("tariffs", "Three.", True),
        ("NATO", "One.", False),
    ]
    for document in done:
        for part in document.segments:
            assert part.stance is not None
            for target in ("tariffs", "NATO"):
                assert part.stance[target].label == f"{target}: {part.text}"
