"""The fixed split of annotated papers: one in five is held out, and nobody looks at it while writing rules."""

import argparse
import hashlib
import json
from pathlib import Path

SETS = ("dev", "xtrain")
"""Names of the annotated sets."""

FOLDS = 5
"""One paper in so many is held out."""


def is_aside(paper_id: str) -> bool:
    """Whether the annotated paper of this id is held out for measuring (one in five, by SHA-256 of the id)."""
    return int(hashlib.sha256(paper_id.encode()).hexdigest(), 16) % FOLDS == 0


def main() -> None:
    """Writes papers and annotations of all sets into a folder: `aside.*`, those held out, and `look.*`, the others."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("gold", type=Path, help="folder with NAME.gold.jsonl and NAME.papers.jsonl")
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    for kind in ("gold", "papers"):
        parts: dict[bool, list[str]] = {False: [], True: []}
        for name in SETS:
            for line in (args.gold / f"{name}.{kind}.jsonl").read_text(encoding="utf-8").splitlines():
                if line.strip():
                    parts[is_aside(json.loads(line)["id"])].append(line)
        for aside, lines in parts.items():
            path = args.out / f"{'aside' if aside else 'look'}.{kind}.jsonl"
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
