"""Trains the models of results on annotated papers and writes them into the package.

python -m training.results ../shared/gold    # all annotated papers: the models that ship
"""

import argparse
from pathlib import Path

from kg.extract import pipeline
from training.join import __main__ as join
from training.results.models import train


def main() -> None:
    """Trains on all annotated papers; `python -m training.join` measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, help="folder with NAME.gold.jsonl and NAME.papers.jsonl")
    parser.add_argument("--out", type=Path, default=Path(pipeline.__file__).parent / "model")
    args = parser.parse_args()
    train(join.read(args.gold, "gold"), join.read(args.gold, "papers"), args.out, join.train)


if __name__ == "__main__":
    main()
