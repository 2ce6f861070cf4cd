"""Trains word vectors on abstracts and writes them into `kg/extraction/model`.

    python -m training.vectors ../shared/gold ../shared/corpus/*.jsonl.gz

Skip-gram with negative sampling (Mikolov et al. 2013, arXiv:1310.4546), by gensim, on the tokens of citegraph's own
tokenizer. Annotated papers are left out, so that they measure how the models do on new papers.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from gensim.models import Word2Vec

from kg import sources
from kg.extraction import pipeline
from kg.extraction.vectors import FILE, WordVectors
from kg.text.keys import title_key
from training.join.__main__ import read

WIDTH = 64
"""Numbers of a vector."""
WINDOW = 4
LEAST_COUNT = 5
NEGATIVE = 6
PASSES = 3
SAMPLE = 1e-4
SEED = 1


def texts(inputs: list[Path], without: set[str]) -> Iterator[list[str]]:
    """The words of each paper in lower case, without papers whose title's key is in `without`."""
    extractor = pipeline.Extractor.load("rules")
    for paper in sources.read(inputs, print):
        if title_key(paper.title) not in without:
            doc = extractor.nlp.make_doc(f"{paper.title}\n\n{paper.abstract}")
            yield [token.lower_ for token in doc if not token.is_space]


def main() -> None:
    """Reads the papers, trains the vectors and writes them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, help="folder with NAME.papers.jsonl, whose papers are left out")
    parser.add_argument("inputs", type=Path, nargs="+", help="papers to learn from")
    parser.add_argument("--out", type=Path, default=Path(pipeline.__file__).parent / "model" / FILE)
    args = parser.parse_args()
    annotated = {title_key(record["title"]) for record in read(args.gold, "papers").values()}
    # One worker: with more, gensim's result differs from run to run.
    model = Word2Vec(
        list(texts(args.inputs, annotated)),
        vector_size=WIDTH,
        window=WINDOW,
        min_count=LEAST_COUNT,
        negative=NEGATIVE,
        epochs=PASSES,
        sample=SAMPLE,
        sg=1,
        seed=SEED,
        workers=1,
        hashfxn=lambda word: sum(ord(ch) * 31**place for place, ch in enumerate(word)) & 0xFFFFFFFF,
    ).wv
    vectors = model.vectors / np.linalg.norm(model.vectors, axis=1, keepdims=True)
    WordVectors(tuple(model.index_to_key), vectors.astype(np.float32)).save(args.out)


if __name__ == "__main__":
    main()
