"""Kill -9 ``ontherecord index`` at random moments, and prove each time that the index opens whole, old or new.

  python benchmarks/kill_index.py [--runs 200] [--seed 1]

Before each run the folder of transcripts changes, so that there is something to write. After each kill every digest is
compared, every transcript and passage is read, and what the index holds must be exactly what it held before the run or
exactly what it would hold after it.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from index.parse import parse_file
from index.search import open_index
from index.store import check_files, current_generation, read_manifest

SAMPLES = Path(__file__).parent.parent / "data" / "transcripts"


def change(folder: Path, number: int) -> None:
    """Let a different set of files, with different words, lie in ``folder``."""
    for path in sorted(SAMPLES.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        (folder / path.name).write_text(f"{text}\n\nThis is version {number} of the text.\n", encoding="utf-8")
    extra = folder / f"extra-{number % 3}.txt"
    if extra.exists():
        extra.unlink()
    else:
        text = next(SAMPLES.glob("2014*.txt")).read_text(encoding="utf-8")
        extra.write_text(text.replace("20 Nov. 2014", f"{number % 3 + 1} Dec. 2014"), encoding="utf-8")


def wanted(folder: Path) -> dict[str, str]:
    """What an index of ``folder`` holds: each document's text."""
    return {path.stem: parse_file(path).text for path in folder.glob("*.txt")}


def held(place: Path) -> dict[str, str]:
    """What the index holds, once every file, transcript and passage of it is proved. Raises where it is not whole."""
    generation = current_generation(place)
    check_files(place, generation, read_manifest(place, generation), digests=True)
    index = open_index(place)
    assert all(index.transcripts[p.doc_id].text[p.start : p.end] == p.text for p in index.passages)
    return {doc_id: transcript.text for doc_id, transcript in index.transcripts.items()}


def command(folder: Path, place: Path) -> list[str]:
    """The command that is killed, run by this interpreter."""
    return [sys.executable, "-m", "qa.cli", "index", str(folder), "--index", str(place)]


def run_once(folder: Path, place: Path, seconds: float) -> str:
    """Start a build and kill it after ``seconds``; how it ended."""
    with subprocess.Popen(command(folder, place), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as child:
        try:
            _, said = child.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
            return "killed"
        return "finished first" if child.returncode == 0 else f"failed ({said.decode(errors='replace')[-200:]})"


def main() -> int:
    """Run and report; exit code 1 when an index was ever not whole, or a build failed by itself."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    chance, outcomes = random.Random(args.seed), Counter[str]()
    with tempfile.TemporaryDirectory() as temporary:
        folder, place = Path(temporary) / "talks", Path(temporary) / "index"
        folder.mkdir()
        change(folder, -1)
        started = time.perf_counter()
        subprocess.run(command(folder, place), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        longest = time.perf_counter() - started
        for number in range(args.runs):
            before = held(place)
            change(folder, number)
            ended = run_once(folder, place, chance.uniform(0, longest))
            after = held(place)
            state = "old" if after == before else "new" if after == wanted(folder) else "NEITHER"
            outcomes[f"{ended}, {state} index"] += 1
    print(f"{args.runs} runs, kills spread over {longest:.1f} s: {dict(outcomes)}")
    return int(any("NEITHER" in outcome or "failed" in outcome for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
