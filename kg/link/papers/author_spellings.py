"""Spellings of one author's name that differ only by hyphens, blanks, points or apostrophes."""

from collections import defaultdict

import polars as pl

from kg.union_find import UnionFind


def one_id_for_spellings(found: pl.DataFrame) -> dict[str, str]:
    """Ids of authors that stand for another spelling of the same name, each with the id that counts.

    Two spellings with the same letters are one name where the family name, the last word, is the same (Xiao-Ming Li and
    Xiaoming Li), or where a co-author is (Al-Habashi and Alhabashi): without either, the same letters may be two names
    (Zhou Hanlin and Zhouhan Lin). Authors whom one paper lists side by side are never one. The spelling of most papers
    counts, of equals the first in the alphabet.

    Args:
        found: `source` and `target` of every author of every paper.
    """
    edges = found.select("source", "target").unique()
    letters = edges.select("target").unique().with_columns(letters=pl.col("target").str.replace_all("-", ""))
    several = letters.filter(pl.col("letters").is_duplicated())
    if several.is_empty():
        return {}
    papers = _sets(edges.filter(pl.col("target").is_in(several["target"].implode())), "target", "source")
    near = edges.filter(pl.col("source").is_in(list(set().union(*papers.values()))))
    authors = _sets(near, "source", "target")
    joined: UnionFind[str] = UnionFind()
    for ids in several.sort("target").group_by("letters", maintain_order=True).agg("target")["target"].to_list():
        for place, one in enumerate(ids):
            for other in ids[:place]:
                if papers[one].isdisjoint(papers[other]) and (
                    one.rpartition("-")[2] == other.rpartition("-")[2]
                    or not _co_authors(one, papers, authors).isdisjoint(_co_authors(other, papers, authors))
                ):
                    joined.join(one, other)
    together: dict[str, list[str]] = defaultdict(list)
    for identifier in several["target"]:
        together[joined.find(identifier)].append(identifier)
    counts = {
        identifier: min(ids, key=lambda each: (-len(papers[each]), each))
        for ids in together.values()
        for identifier in ids
    }
    return {identifier: into for identifier, into in counts.items() if identifier != into}


def _sets(rows: pl.DataFrame, key: str, value: str) -> dict[str, set[str]]:
    return {each: set(values) for each, values in rows.group_by(key).agg(value).iter_rows()}


def _co_authors(author: str, papers: dict[str, set[str]], authors: dict[str, set[str]]) -> set[str]:
    return set().union(*(authors[paper] for paper in papers[author])) - {author}
