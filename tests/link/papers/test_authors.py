"""A name is one node; it says how many people it may be, and its spellings are one."""

from collections.abc import Iterable

from linked_graph import link, link_corrected
from linking_records import extraction

from kg.link.corrections import Overrides
from kg.schema import Extraction


def written(*lists: Iterable[str], **fields: object) -> list[Extraction]:
    """A paper for each list of authors."""
    return [
        extraction(f"2401.{number:05}", authors=tuple(names), **fields) for number, names in enumerate(lists, start=1)
    ]


def groups(records: Iterable[Extraction], author: str) -> dict[str, object]:
    """The group of each of an author's papers."""
    edges = link(records).edges["AUTHORED_BY"]
    return {edge.source[-1]: edge.properties["group"] for edge in edges if edge.target == author}


def test_papers_without_a_common_co_author_are_groups() -> None:
    records = written(
        ["Wen Li", "Ada Vass"],
        ["Wen Li", "Bo Shaw"],
        ["Bo Shaw", "Wen Li", "Cy Olm"],
        ["Cy Olm", "Wen Li"],
        ["Wen Li"],
    )
    assert groups(records, "author/wen-li") == {"1": 2, "2": 1, "3": 1, "4": 1, "5": 3}
    author = link(records).nodes["Author"]["author/wen-li"]
    assert (author["groups"], author["largest"]) == (3, 3)
    assert groups(records[::-1], "author/wen-li") == groups(records, "author/wen-li")


def test_a_common_organisation_joins_papers_of_a_name() -> None:
    records = written(["Wen Li", "Ada Vass"], ["Wen Li", "Bo Shaw"], organizations=("Olm Institute",))
    assert groups(records, "author/wen-li") == {"1": 1, "2": 1}


def test_groups_are_those_of_the_corrected_graph() -> None:
    records = written(["Wen Li", "Ada Vass"], ["Wen Li", "Ada Vass"], ["A-da Vass"])
    assert link(records).nodes["Author"]["author/wen-li"]["groups"] == 1
    entry = (
        "- remove: AUTHORED_BY\n  from: '2401.00002'\n  to: author/a-da-vass\n  who: Bo\n  why: She is another one.\n"
    )
    corrected = link_corrected(records, Overrides.parse(entry))
    assert corrected.warnings == []
    assert corrected.graph.nodes["Author"]["author/wen-li"]["groups"] == 2


def test_spellings_with_one_family_name_are_one_author() -> None:
    graph = link(written(["Xiao-Ming Oru"], ["Xiaoming Oru"], ["Xiaoming Oru"], ["J. P. Vass"], ["JP Vass"]))
    assert set(graph.nodes["Author"]) == {"author/xiaoming-oru", "author/j-p-vass"}
    author = graph.nodes["Author"]["author/xiaoming-oru"]
    assert (author["name"], author["aliases"]) == ("Xiaoming Oru", ["Xiao-Ming Oru"])
    assert (author["former"], author["keys"]) == (["author/xiao-ming-oru"], ["authorxiaomingoru"])
    assert sum(edge.target == "author/xiaoming-oru" for edge in graph.edges["AUTHORED_BY"]) == 3


def test_the_same_letters_alone_do_not_make_one_author() -> None:
    apart = written(["Oru Hanlin"], ["Oruhan Lin"])
    assert len(link(apart).nodes["Author"]) == 2
    joined = written(["Omar Al-Vass", "Bo Shaw"], ["Omar Alvass", "Bo Shaw"])
    assert set(link(joined).nodes["Author"]) == {"author/omar-al-vass", "author/bo-shaw"}


def test_authors_of_one_paper_stay_two() -> None:
    assert len(link(written(["Jun-Yu Li", "Junyu Li"], ["Junyu Li"])).nodes["Author"]) == 2
