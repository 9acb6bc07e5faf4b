"""The shards of a run on a Ray cluster: its workers read and write, the driver only counts.

Every machine must reach inputs, outputs and a model of the user's own under the same names
(a shared folder, or addresses of fsspec), and have argmine installed.
"""

from __future__ import annotations

import logging
import os
import socket
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from argmine.corpus import shards
from argmine.corpus.workers import Workers
from argmine.errors import ArgmineError, UsageError
from argmine.formats import sources
from argmine.formats.state import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmine.corpus.job import Job
    from argmine.corpus.shards import Plan

# Seconds to wait for a cluster to answer.
_PATIENCE = 10
# Ray joins a cluster at an address without the token of this machine, and one that it finds here
# with it, whatever the cluster was started with, and hardly tells that this was it.
_GUARDED = (
    "a cluster that was started with a token needs RAY_AUTH_MODE=token here too, "
    "one without RAY_AUTH_MODE=disabled"
)


@contextmanager
def session(address: str | None) -> Iterator[None]:
    """Join a cluster, or start one on this machine; a session that was there is left alone.

    Raises:
        UsageError: Ray is not installed, or the cluster cannot be reached.
    """
    # Nothing is reported home, and what concerns the user is said by us.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    try:
        import ray  # noqa: PLC0415 - an extra
        import ray.data  # noqa: PLC0415
    except ImportError:
        msg = "--engine ray needs the extra ray: pip install 'argmine[ray]'"
        raise UsageError(msg) from None
    ray.data.DataContext.get_current().enable_progress_bars = False
    joined = ray.is_initialized()
    if not joined:
        _knock(address)
        try:
            ray.init(
                address=address,
                include_dashboard=None if address else False,
                log_to_driver=False,
                logging_level=logging.ERROR,
            )
        except Exception as error:  # noqa: BLE001 - whatever keeps it from being reached
            msg = f"no Ray cluster could be started here: {error}"
            if address:
                msg = (
                    f"--address {address}: no Ray cluster to be joined there: {error} ({_GUARDED})"
                )
            raise UsageError(msg) from None
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    try:
        yield
    finally:
        if not joined:
            ray.shutdown()


def _knock(address: str | None) -> None:
    """See whether anybody answers: Ray itself would wait for minutes.

    Raises:
        UsageError: Nobody does.
    """
    host, _, port = (address or "").removeprefix("ray://").rpartition(":")
    if not host or not port.isdecimal():
        return
    try:
        socket.create_connection((host.strip("[]"), int(port)), _PATIENCE).close()
    except (OSError, OverflowError) as error:
        msg = f"--address {address}: no Ray cluster answers there: {error}"
        raise UsageError(msg) from None


def sizes(job: Job) -> list[int]:
    """Return how many items each input holds, counted by the cluster.

    Raises:
        UsageError: An input cannot be fetched, or stands alone and has no text column.
    """
    rows = [{"n": n} for n in range(len(job.paths))]
    place = str(Path.cwd())

    def measured(row: dict[str, Any]) -> dict[str, Any]:
        n = int(row["n"])
        _stand_in(place)
        try:
            size = sources.measure(job.paths[n], job.columns, alone=len(job.paths) == 1)
        except ArgmineError as error:
            return {"n": n, "size": 0, "error": str(error)}
        return {"n": n, "size": size, "error": ""}

    found = [0] * len(rows)
    for row in _mapped(rows, measured):
        found[int(row["n"])] = int(row["size"])
    return found


def states(plan: Plan, workers: int | None) -> Iterator[State]:
    """Yield what came of each shard as it is finished, in no order.

    Each of so many workers, one for each processor of the cluster if None, is an actor
    with a process of its own that loads the model once.  Ray gives the shards of a
    machine that is lost to others.

    Raises:
        UsageError: A shard cannot be read or written, or a machine differs from this one.
    """
    import ray  # noqa: PLC0415 - an extra

    most = workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
    rows = [{"n": shard.number} for shard in plan.shards]
    options = {
        "fn_constructor_args": (plan, str(Path.cwd())),
        "concurrency": (1, min(most, len(rows))),
        "num_cpus": 1,
    }
    for row in _mapped(rows, _Actor, **options):
        yield msgspec.json.decode(row["state"], type=State)


def _mapped(rows: list[dict[str, Any]], function: Any, **options: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - Ray's own types
    import ray.data  # noqa: PLC0415 - an extra

    given = ray.data.from_items(rows, override_num_blocks=len(rows))
    try:
        for row in given.map(function, **options).iter_rows():
            if row["error"]:
                raise UsageError(row["error"])
            yield row
    except ArgmineError:
        raise
    except Exception as error:  # noqa: BLE001 - Ray's errors share no base class
        lines = str(error).strip().splitlines() or [repr(error)]
        msg = f"the cluster has given up: {lines[-1]}"
        if "OwnerDiedError" in str(error):
            msg = f"{msg} ({_GUARDED})"
        raise UsageError(msg) from None


def _stand_in(place: str) -> None:
    """Go to the folder the command was given in, so that relative names mean the same."""
    if Path(place).is_dir():
        os.chdir(place)


class _Actor:
    """One worker of the cluster."""

    def __init__(self, plan: Plan, place: str) -> None:
        _stand_in(place)
        self._plan = plan
        # A process of its own, so that a document that kills it costs that document.
        self._workers = Workers(plan.job.settings, 1, plan.job.cache, threads=1)

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        shard = self._plan.shards[int(row["n"])]
        try:
            self._check()
            state = shards.run(self._plan, shard, self._workers.annotated)
        except ArgmineError as error:
            return {"state": b"", "error": str(error)}
        # What it is made of is known where the counts are put together.
        told = msgspec.structs.replace(state, identity={})
        return {"state": msgspec.json.encode(told), "error": ""}

    def _check(self) -> None:
        """Refuse to write what another machine would write otherwise.

        Raises:
            UsageError: It names what differs.
        """
        told = self._plan.identity
        here = {"argmine": metadata.version("argmine"), **self._plan.job.computed_by()}
        for key, value in here.items():
            if told.get(key) != value:
                msg = (
                    f"{socket.gethostname()}: {key} is {value}, for the run {told.get(key)}; "
                    'install the same everywhere, or set precision = "float32"'
                )
                raise UsageError(msg)
