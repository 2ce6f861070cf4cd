"""Records with one id or title are one paper only if nothing speaks against it."""

import itertools
import random
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linked_graph import link, link_corrected
from linking_records import extraction

from kg.link import Analysis, explain_name
from kg.link.corrections import Overrides
from kg.link.papers.paper_linker import PaperLinker
from kg.schema import Extraction
from kg.text.keys import name_key

DOI = "10.5555/978-1-23"
BOOK = extraction("bk", title="Handbook of Folding Science", year=2020, doi=DOI, kind="book")
CRANES = extraction("c1", title="Folding Cranes with Neural Nets", year=2020, doi=DOI, authors=("Ann Vass",))
BOATS = extraction("c2", title="Folding Boats with Rule Systems", year=2020, doi=DOI, authors=("Cy Parr",))


def papers_of(*records: Extraction) -> list[set[str]]:
    """The ids of the records of each paper."""
    papers = linked(records)
    keys = {record.id: papers.key_of_record(record.id) for record in records}
    return [{one for one in keys if keys[one] == key} for key in dict.fromkeys(keys.values())]


def linked(records: Sequence[Extraction]) -> PaperLinker:
    papers = PaperLinker(Analysis.of(records).tables["records"])
    papers.merge()
    return papers


def record(number: int, **fields: Any) -> Extraction:
    return extraction(f"r{number}", **{"title": "On the Folding of Cranes", **fields})


@pytest.mark.parametrize("kind", ["chapter", "article", None])
def test_a_book_and_its_chapters_with_its_doi_are_papers_of_their_own(kind: str | None) -> None:
    chapters = [chapter.model_copy(update={"kind": kind}) for chapter in (CRANES, BOATS)]
    graph = link([BOOK, *chapters])
    assert {row["title"] for row in graph.nodes["Paper"].values()} == {BOOK.title, CRANES.title, BOATS.title}
    assert graph.nodes["Paper"][DOI]["title"] == BOOK.title
    assert all(name_key(DOI) in row["keys"] for row in graph.nodes["Paper"].values())
    assert {edge.source: edge.target for edge in graph.edges["AUTHORED_BY"]} == {
        "title/folding-cranes-with-neural-nets": "author/ann-vass",
        "title/folding-boats-with-rule-systems": "author/cy-parr",
    }


def test_the_doi_leads_to_the_book_and_a_title_beside_it_to_the_chapter() -> None:
    chapters = [chapter.model_copy(update={"kind": "chapter"}) for chapter in (CRANES, BOATS)]
    citing = extraction("2401.00001", references=(DOI, f"{DOI}\t{BOATS.title}"))
    graph = link([*chapters, BOOK, citing])
    assert {edge.target for edge in graph.edges["CITES"]} == {DOI, "title/folding-boats-with-rule-systems"}


@pytest.mark.parametrize("shared", [{"doi": "10.1000/x"}, {}])
@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"authors": ("Ann Vass",)}, {"authors": ("Cy Parr",)}, False),
        ({"authors": ("Ann Vass",)}, {"authors": ("Vass, A.", "Cy Parr")}, True),
        ({"authors": ("Ann Vass",)}, {}, True),
        ({"authors": ("Иван Петров",)}, {"authors": ("Ivan Petrov",)}, True),
        ({"authors": ("OpenAI",)}, {"authors": ("Ann Vass",)}, True),
        ({"kind": "book"}, {"kind": "chapter"}, False),
        ({"kind": "proceedings"}, {"kind": "article"}, False),
        ({"kind": "book"}, {"kind": "thesis"}, True),
        ({"kind": "report"}, {"kind": "article"}, True),
        ({"kind": "chapter"}, {"kind": "article"}, True),
        ({"arxiv_id": "2401.00001"}, {"arxiv_id": "2402.00002"}, False),
        ({"arxiv_id": "2401.00001"}, {"arxiv_id": "2402.00002", "authors": ("Ann Vass",)}, False),
        ({"arxiv_id": "2401.00001"}, {}, True),
    ],
)
def test_what_speaks_against_one_paper(
    shared: dict[str, str], one: dict[str, Any], other: dict[str, Any], same: bool
) -> None:
    assert len(papers_of(record(1, **shared, **one), record(2, **shared, **other))) == (1 if same else 2)


def test_authors_submit_a_work_to_arxiv_twice() -> None:
    ours = {"authors": ("Ann Vass",)}
    assert papers_of(record(1, arxiv_id="2401.00001", **ours), record(2, arxiv_id="2405.00002", **ours)) == [
        {"r1", "r2"}
    ]
    other = {"doi": "10.1000/x", "authors": ("Ann Vass",)}
    apart = papers_of(
        record(1, arxiv_id="2401.00001", **other), record(2, arxiv_id="2405.00002", title="Boats", **other)
    )
    assert apart == [{"r1"}, {"r2"}]


def test_one_arxiv_id_is_one_paper_whatever_else() -> None:
    one = record(1, arxiv_id="2401.00001", authors=("Ann Vass",), kind="book")
    other = record(2, arxiv_id="2401.00001", authors=("Cy Parr",), kind="chapter", title="Boats")
    assert papers_of(one, other) == [{"r1", "r2"}]


def test_an_id_of_a_catalogue_joins_but_for_two_arxiv_ids() -> None:
    known = {"ids": ("openalex:W42",)}
    vass, parr = {"authors": ("Ann Vass",)}, {"authors": ("Cy Parr",)}
    assert len(papers_of(record(1, **known, **vass), record(2, title="Boats", **known, **parr))) == 1
    assert len(papers_of(record(1, **known, arxiv_id="2401.00001"), record(2, **known, arxiv_id="2402.00002"))) == 2


def test_a_record_that_agrees_with_two_that_disagree_joins_the_one_with_its_title_or_none() -> None:
    doi = {"doi": DOI}
    cranes = record(1, title="Cranes", authors=("Ann Vass",), **doi)
    boats = record(2, title="Boats", authors=("Cy Parr",), **doi)
    assert papers_of(cranes, boats, record(3, title="Boats", **doi)) == [{"r1"}, {"r2", "r3"}]
    assert papers_of(cranes, boats, record(3, title="Hats", **doi)) == [{"r1"}, {"r2"}, {"r3"}]


def test_lists_that_name_some_of_the_authors_join_by_the_one_that_names_all() -> None:
    found = papers_of(
        record(1, authors=("Ann Vass",)), record(2, authors=("Ann Vass", "Cy Parr")), record(3, authors=("Cy Parr",))
    )
    assert found == [{"r1", "r2", "r3"}]


def test_two_papers_with_one_title_have_keys_of_their_own() -> None:
    found = linked([record(1, authors=("Ann Vass",), year=2021), record(2, authors=("Cy Parr",), year=2019)])
    assert found.key_of_record("r2") == "title/on-the-folding-of-cranes"
    assert found.key_of_record("r1") == "title/on-the-folding-of-cranes-2"


@pytest.mark.parametrize("named", [("r1", "r2"), (DOI, "title/folding-cranes-with-neural-nets"), ("bk", "c1")])
def test_corrections_join_what_was_kept_apart(named: tuple[str, str]) -> None:
    records = [record(1, authors=("Ann Vass",)), record(2, authors=("Cy Parr",)), BOOK, CRANES, BOATS]
    overrides = Overrides.parse(f"- merge: ['{named[0]}']\n  into: '{named[1]}'\n  who: Ada\n  why: They are.\n", "x")
    corrected = link_corrected(records, overrides)
    assert corrected.warnings == []
    assert len(corrected.graph.nodes["Paper"]) == 4


FIELDS = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["On the Folding of Cranes", "On the Folding of Boats", "Cranes", "Boats"]),
        "doi": st.sampled_from([None, "10.1000/a", "10.1000/b"]),
        "arxiv_id": st.sampled_from([None, None, "2401.00001", "2402.00002"]),
        "ids": st.sampled_from([(), (), ("openalex:W1",), ("openalex:W2",)]),
        "authors": st.lists(st.sampled_from(["Ann Vass", "Vass, A.", "Cy Parr", "Di Moss"]), max_size=2).map(tuple),
        "kind": st.sampled_from([None, None, "book", "chapter", "thesis"]),
        "year": st.sampled_from([None, 2019, 2020]),
    }
)


@settings(max_examples=200)
@given(st.lists(FIELDS, min_size=2, max_size=9), st.randoms())
def test_the_order_of_records_makes_no_difference(fields: list[dict[str, Any]], chance: random.Random) -> None:
    records = [extraction(f"r{number}", **each) for number, each in enumerate(fields)]
    shuffled = chance.sample(records, len(records))
    one, other = linked(records), linked(shuffled)
    assert [one.key_of_record(each.id) for each in records] == [other.key_of_record(each.id) for each in records]
    assert one.table.drop("record").equals(other.table.drop("record"))
    # Nobody is lost: every record leads to a paper, and every paper that is kept apart says why.
    assert len(set(one.papers)) == one.table.height
    for here, there in itertools.permutations(one.papers, 2):
        shared = {
            known
            for row in one.records(here)
            for known in row["identities"]
            if any(known in each["identities"] for each in one.records(there))
        }
        reasons = {
            refusal.sharing.identity for refusal in one.refusals(here) if one.key_of_place(refusal.group) == there
        }
        assert reasons == shared


def test_an_id_that_very_many_papers_share_is_settled_in_bounded_time() -> None:
    many = [record(n, title=f"Work number {n} on cranes", doi=DOI, authors=(f"Vass{n:x} Ann",)) for n in range(3000)]
    assert len(linked(many).papers) == 3000


def test_an_explanation_shows_records_that_were_joined_and_papers_that_were_not() -> None:
    chapter, other = (each.model_copy(update={"kind": "chapter"}) for each in (CRANES, BOATS))
    again = extraction("c1-again", title=CRANES.title, authors=("Vass, A.",), source="bibtex")
    explained = explain_name([BOOK, chapter, other, again], CRANES.title)
    (paper,) = explained.papers
    assert paper.id == "title/folding-cranes-with-neural-nets"
    assert {each.id: [shared.cause for shared in each.shared] for each in paper.records} == {
        "c1": ["same title"],
        "c1-again": ["same title"],
    }
    causes = {other.title: [(reason.cause, reason.detail) for reason in other.reasons] for other in paper.apart}
    assert causes == {
        BOOK.title: [("another kind", "chapter here, book there")],
        BOATS.title: [("other authors", "Ann Vass here, Cy Parr there")],
    }
    assert {other.shared.detail for other in paper.apart} == {f"doi:{DOI}"}


def test_every_paper_with_an_id_is_explained() -> None:
    assert [paper.title for paper in explain_name([BOOK, CRANES, BOATS], DOI).papers] == [
        BOOK.title,
        BOATS.title,
        CRANES.title,
    ]
