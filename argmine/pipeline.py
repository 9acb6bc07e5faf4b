"""Put the stages together as a configuration asks, and run documents through them."""

from __future__ import annotations

import hashlib
import time
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, cast

import msgspec
from msgspec import Meta, field

from argmine import config, resources
from argmine.config import Settings
from argmine.errors import ArgmineError, ConfigError, DocumentError
from argmine.records import Document, Failure, Provenance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from argmine.model.classifier import Classifier
    from argmine.model.open import OpenStanceStage
    from argmine.stage import Stage

Layer = Literal["segments", "figures", "role", "stance", "holder", "labels"]
LAYERS: tuple[Layer, ...] = ("segments", "figures", "role", "stance", "holder", "labels")
DEFAULT_CONFIG = "default.toml"
_JUDGED = frozenset(("role", "stance", "holder", "labels"))
# A batch ends at so many documents or characters: enough sentences to sort by length,
# few enough that the first result comes soon and memory stays flat.
_BATCH_DOCUMENTS = 32
_BATCH_CHARACTERS = 100_000


class ReaderSettings(Settings, frozen=True):
    """Which columns of a table hold what; only the text must be there, and an id that is named.

    A sentence (``unit``) has its neighbours and its target in columns of their own.
    """

    text_key: str = "text"
    id_key: str = "id"
    prev_key: str = "prev"
    next_key: str = "next"
    target_key: str = "target"


class PipelineConfig(Settings, frozen=True):
    """What a configuration for ``argmine annotate`` holds.

    ``targets`` narrows the stance targets to some of the model's.  ``open_targets`` are
    targets in words, judged by ``open_model``; so is the target that a row of a sentence
    names.  ``unsure`` puts that label where a model's own threshold says so.
    ``precision`` float32 gives the same scores, to the last digits, on every processor,
    where auto takes bfloat16 if the processor has it.
    """

    layers: list[Layer] = field(default_factory=lambda: list(LAYERS))
    unit: Literal["document", "sentence"] = "document"
    model: str = "us-china"
    targets: list[str] | None = None
    open_model: str = "open-stance"
    open_targets: list[str] = field(default_factory=list)
    unsure: bool = False
    batch_size: Annotated[int, Meta(gt=0)] = 16
    device: Literal["cpu", "cuda"] = "cpu"
    precision: Literal["auto", "float32"] = "auto"
    readers: ReaderSettings = field(default_factory=ReaderSettings)

    def sha256(self) -> str:
        """Return a digest of all settings."""
        written = msgspec.json.encode(self, order="sorted")
        return hashlib.sha256(written).hexdigest()


class Pipeline:
    """The stages of one configuration, loaded and ready."""

    def __init__(
        self, settings: PipelineConfig, *, threads: int | None = None, compiled: bool = False
    ) -> None:
        """Load the model, if a layer needs it; it uses all processors, or so many threads.

        With ``compiled`` it is compiled at once, beside the rest of what is to be loaded:
        not in a process that will fork.

        Raises:
            ModelError: The model folder cannot be used.
            ConfigError: A target or layer that the model does not have.
        """
        self.settings = settings
        # Settings made in Python are checked as those of a file are.
        config.parse(msgspec.to_builtins(settings), PipelineConfig, where="settings")
        if settings.open_targets and "stance" not in settings.layers:
            msg = "open_targets: a target is asked for, but layers lacks stance"
            raise ConfigError(msg)
        if settings.targets == [] and "stance" in settings.layers and not settings.open_targets:
            msg = "targets: is empty; leave it out for all, or take stance out of layers"
            raise ConfigError(msg)
        classifier = self._classifier = _classifier(settings, threads)
        if classifier is not None and compiled:
            classifier.prepare()
        self.provenance = Provenance(
            argmine=metadata.version("argmine"),
            config_sha256=settings.sha256(),
            model=classifier.info.name if classifier else None,
            model_sha256=classifier.sha256 if classifier else None,
        )
        self.stages = _stages(settings, classifier, threads)
        self.seconds: dict[str, float] = {stage.name: 0.0 for stage in self.stages}
        named = {stage.name: stage for stage in self.stages}
        self._open = cast("OpenStanceStage | None", named.get("open"))

    def __call__(self, text: str | Document) -> Document:
        """Annotate one text or document.

        Raises:
            DocumentError: The text cannot be annotated.
        """
        document = text if isinstance(text, Document) else Document.of(text)
        return self._run([document])[0]

    def stream(self, documents: Iterable[str | Document | Failure]) -> Iterator[Document | Failure]:
        """Annotate documents as they come, in their order, in flat memory.

        What cannot be annotated comes out as a ``Failure`` in its place; a failure that
        goes in comes out unchanged.
        """
        for batch in batches(documents):
            yield from self.annotate(batch)

    def _run(self, documents: Sequence[Document]) -> list[Document]:
        batch = list(documents)
        for stage in self.stages:
            begun = time.perf_counter()
            batch = stage(batch)
            self.seconds[stage.name] += time.perf_counter() - begun
        return [
            msgspec.structs.replace(document, provenance=self._provenance_of(document))
            for document in batch
        ]

    def made_by(self) -> dict[str, str | None]:
        """Return what every annotation of this pipeline hangs on, the open model included."""
        found = msgspec.to_builtins(self.provenance)
        if self._classifier is not None:
            found["arithmetic"] = self._classifier.arithmetic
        if self._open is not None and self._open.may_ask():
            found["open_model_sha256"] = self._open.load().sha256
        return dict(found)

    def _provenance_of(self, document: Document) -> Provenance:
        """Return what made an annotation; the open model where it was asked."""
        if self._open is None or not document.segments or not self._open.targets(document):
            return self.provenance
        model = self._open.load()
        return msgspec.structs.replace(
            self.provenance, open_model=model.info.name, open_model_sha256=model.sha256
        )

    def annotate(self, batch: Sequence[Document | Failure]) -> Iterator[Document | Failure]:
        """Annotate one batch, as ``stream`` does."""
        documents = [item for item in batch if isinstance(item, Document)]
        try:
            annotated = iter(self._run(documents))
        except Exception:  # noqa: BLE001 - whatever it is, it must not stop the run
            # One of them is to blame; alone, each can be told apart.
            for item in batch:
                yield self._run_alone(item) if isinstance(item, Document) else item
            return
        for item in batch:
            yield next(annotated) if isinstance(item, Document) else item

    def _run_alone(self, document: Document) -> Document | Failure:
        try:
            return self._run([document])[0]
        except ArgmineError as error:
            reason = str(error)
        except Exception as error:  # noqa: BLE001 - a fault of ours costs one document
            reason = f"a fault in argmine, please report it: {error!r}"
        name = str(document.meta.get("file", ""))
        return Failure(file=name, id=document.id, reason=reason)


def load(source: str | Path | PipelineConfig | None = None) -> Pipeline:
    """Return a pipeline: from a TOML file, from settings, or with the defaults.

    Raises:
        ConfigError: The file does not hold a configuration.
        ModelError: The model folder cannot be used.
    """
    if isinstance(source, PipelineConfig):
        return Pipeline(source)
    path = Path(source) if source is not None else resources.folder("configs") / DEFAULT_CONFIG
    return Pipeline(config.read(path, PipelineConfig))


def _classifier(settings: PipelineConfig, threads: int | None) -> Classifier | None:
    return _load(settings, settings.model, threads) if _JUDGED & set(settings.layers) else None


def _load(settings: PipelineConfig, model: str, threads: int | None) -> Classifier:
    # Imported late: segmentation and figures need no model.
    from argmine.model import folder  # noqa: PLC0415
    from argmine.model.classifier import Classifier  # noqa: PLC0415

    return Classifier(
        folder.find(model),
        batch_size=settings.batch_size,
        device=settings.device,
        precision=settings.precision,
        unsure=settings.unsure,
        threads=threads,
    )


def _stages(
    settings: PipelineConfig, classifier: Classifier | None, threads: int | None
) -> list[Stage]:
    # Imported late: their patterns take as long to compile as the model does, beside it.
    from argmine.segmentation.stage import SegmentStage, SentenceStage  # noqa: PLC0415

    sentence = settings.unit == "sentence"
    stages: list[Stage] = [SentenceStage() if sentence else SegmentStage()]
    if "figures" in settings.layers:
        from argmine.figures.stage import FigureStage  # noqa: PLC0415

        stages.append(FigureStage())
    if classifier is not None:
        from argmine.model.stage import ClassifyStage  # noqa: PLC0415

        tasks = _tasks(settings, classifier)
        _require_layers(settings, classifier, tasks)
        if tasks:
            stages.append(ClassifyStage(classifier, tasks, context_in_meta=sentence))
        if "stance" in settings.layers and (
            sentence or settings.open_targets or classifier.info.takes_targets
        ):
            stages.append(_open_stage(settings, classifier, threads))
    return stages


def _open_stage(settings: PipelineConfig, classifier: Classifier, threads: int | None) -> Stage:
    """Return the stage of open targets: the model itself is asked if it takes any."""
    from argmine.model import folder  # noqa: PLC0415
    from argmine.model.open import OpenStanceStage  # noqa: PLC0415

    itself = classifier.info.takes_targets
    in_rows = settings.unit == "sentence"
    for target in settings.open_targets:
        if not target.strip() or f"stance.{target}" in classifier.info.tasks:
            why = "the model has it already" if target.strip() else "it is empty"
            msg = f"open_targets: {target!r}: {why}"
            raise ConfigError(msg)
    if itself and not settings.open_targets and not in_rows:
        msg = (
            f"the model {classifier.info.name!r} judges toward targets in words: "
            'name them with --target "…"'
        )
        raise ConfigError(msg)
    stage = OpenStanceStage(
        (lambda: classifier) if itself else (lambda: _load(settings, settings.open_model, threads)),
        settings.open_targets,
        target_in_meta=in_rows,
    )
    if settings.open_targets:
        stage.load()
    elif not itself:
        # Loaded only when a row names a target, but missed at once.
        folder.find(settings.open_model)
    return stage


def layer_of(task: str) -> str:
    """Return the layer that a model's task fills: ``labels`` for a task of the user's own."""
    name = task.partition(".")[0]
    return name if name in LAYERS else "labels"


def _tasks(settings: PipelineConfig, classifier: Classifier) -> list[str]:
    """Return the model's tasks that the layers and targets ask for."""
    known = list(classifier.info.tasks)
    targets = [task.partition(".")[2] for task in known if task.startswith("stance.")]
    for target in settings.targets or ():
        if target not in targets:
            hint = config.nearest(target, targets)
            msg = f"targets: the model has no target {target!r}; {hint}"
            raise ConfigError(msg)
    wanted = []
    for task in known:
        layer, target = layer_of(task), task.partition(".")[2]
        chosen = settings.targets is None or target in settings.targets
        if layer in settings.layers and task != "stance" and (layer != "stance" or chosen):
            wanted.append(task)
    return wanted


def _require_layers(settings: PipelineConfig, classifier: Classifier, tasks: list[str]) -> None:
    """Hold the model to the layers that are asked for, unless these are simply all.

    Raises:
        ConfigError: It names one that it cannot fill.
    """
    if set(settings.layers) == set(LAYERS):
        return
    filled = {layer_of(task) for task in tasks} | {"segments", "figures"}
    if settings.unit == "sentence" or settings.open_targets or classifier.info.takes_targets:
        filled.add("stance")
    for layer in settings.layers:
        if layer not in filled:
            answers = ", ".join(classifier.info.tasks)
            msg = f"layers: the model {classifier.info.name!r} fills no {layer}; it has {answers}"
            raise ConfigError(msg)


def batches(
    documents: Iterable[str | Document | Failure],
) -> Iterator[list[Document | Failure]]:
    """Yield the documents in batches; where one ends depends on the documents alone."""
    batch: list[Document | Failure] = []
    characters = 0
    for item in documents:
        document = _document(item) if isinstance(item, str) else item
        batch.append(document)
        characters += len(document.text) if isinstance(document, Document) else 0
        if len(batch) >= _BATCH_DOCUMENTS or characters >= _BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _document(text: str) -> Document | Failure:
    try:
        return Document.of(text)
    except DocumentError as error:
        return Failure(file="", reason=str(error))
