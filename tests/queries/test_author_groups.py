"""Answers about authors use the groups of a name's papers, and say so."""

from collections.abc import Iterator

import pytest
from linked_graph import link
from linking_records import extraction
from written_stores import in_folder, on_server

from kg.queries import find, run, show
from kg.questions import ask
from kg.store import GraphReader

AUTHORS = (
    ["Wen Li", "Ada Vass"],
    ["Wen Li", "Ada Vass"],
    ["Wen Li", "Bo Shaw"],
    ["Wen Li"],
    ["Xiao-Ming Oru", "Cy Olm"],
    ["Xiaoming Oru", "Cy Olm"],
    ["Xiaoming Oru", "Cy Olm", "Bo Shaw"],
)


def _graph():
    return link(
        extraction(f"2401.{number:05}", authors=tuple(names), year=2024, tasks=("text embedding",))
        for number, names in enumerate(AUTHORS, start=1)
    )


@pytest.fixture(scope="module", params=["ladybug", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphReader]:
    if request.param == "ladybug":
        with in_folder(tmp_path_factory.mktemp("authors"), _graph()) as store:
            yield store
    else:
        with on_server(request.getfixturevalue("neo4j_uri"), _graph()) as store:
            yield store


def test_top_authors_are_ranked_by_their_largest_group(written: GraphReader) -> None:
    answer = run(written, "top_authors", since=0, until=9999, limit=3)
    columns = ("name", "papers", "under_name", "groups")
    assert [tuple(row[name] for name in columns) for row in answer.rows] == [
        ("Cy Olm", 3, 3, 1),
        ("Xiaoming Oru", 3, 3, 1),
        ("Ada Vass", 2, 2, 1),
    ]
    assert answer.note is None
    assert "Wen Li has 4 papers under this name, in 3 groups" in str(ask(written, "top 10 authors").note)


def test_who_works_on_a_task_is_ranked_by_the_largest_group(written: GraphReader) -> None:
    answer = ask(written, "who works on text embedding")
    (row,) = (row for row in answer.rows if row["name"] == "Wen Li")
    assert (row["papers"], row["under_name"], row["groups"]) == (2, 4, 3)
    assert [row["name"] for row in answer.rows][:2] == ["Cy Olm", "Xiaoming Oru"]


def test_co_authors_say_which_group_they_are_of(written: GraphReader) -> None:
    answer = run(written, "coauthors", author="author/wen-li")
    assert [(row["name"], row["papers"], row["group"]) for row in answer.rows] == [
        ("Ada Vass", 2, 1),
        ("Bo Shaw", 1, 2),
    ]
    assert answer.note == (
        "Wen Li has 4 papers under this name, in 3 groups without a common co-author or organisation; largest 2: "
        "they may be several people's"
    )
    assert run(written, "coauthors", author="author/cy-olm").note is None


def test_a_count_of_a_names_papers_says_how_many_people_it_may_be(written: GraphReader) -> None:
    answer = ask(written, "how many papers by Wen Li")
    assert list(answer.rows[0].values()) == [4]
    assert "in 3 groups" in str(answer.note)
    properties = show(written, "Wen Li").properties
    assert (properties["groups"], properties["largest"]) == (3, 2)


@pytest.mark.parametrize("name", ["author/xiao-ming-oru", "Xiao-Ming Oru", "xiaoming oru", "author/xiaoming-oru"])
def test_every_spelling_and_its_id_find_the_author(written: GraphReader, name: str) -> None:
    assert [node.id for node in find(written, name)] == ["author/xiaoming-oru"]
    assert len(show(written, name).papers) == 3
