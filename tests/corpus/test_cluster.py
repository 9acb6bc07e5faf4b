"""A run on a real Ray cluster of several nodes on this machine, one of them killed."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from argmine.corpus import cluster
from argmine.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ray.cluster_utils import Cluster

pytest.importorskip("ray", reason="needs the extra ray")


@pytest.fixture
def nodes() -> Iterator[Cluster]:
    """A head that computes nothing, and two nodes that do."""
    from ray.cluster_utils import Cluster

    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 0})
    for _ in range(2):
        made.add_node(num_cpus=1)
    made.wait_for_nodes()
    yield made
    made.shutdown()


@pytest.mark.timeout(280)
def test_a_node_is_killed(
    nodes: Cluster, corpus: Path, whole: tuple[bytes, bytes], tmp_path: Path
) -> None:
    """The other does its shards; the output is that of one process, byte for byte."""
    command = [sys.executable, "-m", "argmine", "annotate", ".", "--layers", "segments,figures"]
    more = ["--out", str(tmp_path / "out.jsonl"), "--engine", "ray", "--address", nodes.address]
    process = subprocess.Popen(
        [*command, *more, "--shards", "12"], cwd=corpus, stderr=subprocess.PIPE, text=True
    )
    while not list(tmp_path.glob("out-*.run.json")):
        assert process.poll() is None, process.stderr
        time.sleep(0.05)
    finished = len(list(tmp_path.glob("out-*.run.json")))
    [*_, victim] = nodes.worker_nodes
    nodes.remove_node(victim, allow_graceful=False)
    _, said = process.communicate(timeout=240)

    assert process.returncode == 1, said
    assert finished < 12
    outputs = sorted(tmp_path.glob("out-*-of-00012.jsonl"))
    assert b"".join(path.read_bytes() for path in outputs) == whole[0]
    assert (tmp_path / "out.failed.jsonl").read_bytes() == whole[1]
    assert "Traceback" not in said
    again = subprocess.run(
        [*command, *more, "--shards", "12"], cwd=corpus, capture_output=True, text=True, check=False
    )
    assert "nothing to do" in again.stderr


@pytest.mark.timeout(280)
def test_a_session_that_was_there_stays() -> None:
    """Neither joining nor leaving ends what the user has started."""
    import ray

    ray.init(num_cpus=1, include_dashboard=False, log_to_driver=False)
    try:
        with cluster.session(None):
            assert ray.is_initialized()
        assert ray.get(ray.remote(lambda: 5).remote()) == 5
    finally:
        ray.shutdown()
    with cluster.session(None):
        assert ray.is_initialized()
    assert not ray.is_initialized()


def test_a_cluster_that_refuses_is_told_with_what_to_try(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ray tells nothing of tokens where one of the two sides has none."""
    import ray

    def refused(**_: object) -> None:
        msg = "Failed to connect to Ray cluster at auto"
        raise ConnectionError(msg)

    monkeypatch.setattr(ray, "init", refused)
    with (
        pytest.raises(UsageError, match=r"--address auto: .*RAY_AUTH_MODE"),
        cluster.session("auto"),
    ):
        pass


def test_without_ray_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name of the extra, and no traceback."""
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(UsageError, match=r"argmine\[ray\]"), cluster.session(None):
        pass
