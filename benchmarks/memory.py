"""Watch the memory of a long run: the corpus over and over, each time a little different.

    python benchmarks/memory.py ../shared/data/corpus/articles.jsonl.gz --documents 100000

With ``--characters`` of each article its opening only, for runs with the model, which else
take hours.  Runs ``argmine annotate`` on the documents and notes, every few seconds, how many
are done and what the largest of its processes holds.  Writes JSON.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
from itertools import cycle
from pathlib import Path
from typing import Any


def main() -> None:
    """Make the documents, run, watch, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--characters", type=int, help="of each article; all if absent")
    parser.add_argument("--layers", default="segments,figures")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--every", type=float, default=10.0, help="seconds")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "in.jsonl.gz"
        write(given.corpus, path, given.documents, given.characters)
        command = [sys.executable, "-m", "argmine", "annotate", str(path), "--layers", given.layers]
        more = ["--out", f"{place}/out.jsonl.zst", "--workers", str(given.workers)]
        begun = time.monotonic()
        process = subprocess.Popen([*command, *more])
        points = watch(process, Path(place), begun, given.every)
        report = json.loads((Path(place) / "out.jsonl.zst.run.json").read_text())
    found = {
        "documents": report["documents"],
        "set_aside": report["failures"],
        "segments": sum(report["counts"]["segments"].values()),
        "seconds": round(time.monotonic() - begun),
        "workers": given.workers,
        "layers": given.layers,
        "characters": given.characters,
        "points": points,
    }
    print(json.dumps(found, indent=1))
    if given.out:
        given.out.write_text(json.dumps(found, indent=1) + "\n")


def write(corpus: Path, path: Path, number: int, longest: int | None) -> None:
    """Write so many documents: those of the corpus again and again, a sentence put before."""
    with gzip.open(corpus, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
        for n, row in zip(range(number), cycle(rows), strict=False):
            text = f"Copy {n} cost ${n + 1:,} on day {n % 365 + 1}.\n\n{row['text'][:longest]}"
            file.write(json.dumps({"id": f"{n}", "text": text}, ensure_ascii=False) + "\n")


def watch(
    process: subprocess.Popen[bytes], place: Path, begun: float, every: float
) -> list[dict[str, Any]]:
    """Return what is done and held at moments of a run, until it ends."""
    points = []
    while process.poll() is None:
        time.sleep(every)
        try:
            done = json.loads((place / "out.jsonl.zst.state.json").read_text())["items"]
            held = max(memory(pid) for pid in family(process.pid))
        except (OSError, ValueError):  # it is just beginning, or just ending
            continue
        seconds = round(time.monotonic() - begun)
        points.append({"seconds": seconds, "documents": done, "megabytes": held})
    if process.returncode:
        sys.exit(process.returncode)
    return points


def family(pid: int) -> list[int]:
    """Return a process and those it has started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *map(int, children)]


def memory(pid: int) -> int:
    """Return the megabytes that a process holds."""
    status = Path(f"/proc/{pid}/status").read_text()
    [line] = [line for line in status.splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) // 1024


if __name__ == "__main__":
    main()
