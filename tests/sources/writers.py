"""The same papers as files of every format, written as their sources write them. The abstracts are our own."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from email.utils import format_datetime
from typing import Any
from xml.sax.saxutils import escape

import pyarrow
from pyarrow import parquet


@dataclass(frozen=True)
class Written:
    """What is known of a paper; a format that has no place for a thing leaves it out."""

    title: str
    abstract: str
    authors: tuple[str, ...]
    day: date
    arxiv: str
    doi: str | None = None
    openalex: str = ""
    s2: str = ""
    cites: tuple[str, ...] = ()
    """arXiv ids."""


BERT = Written(
    "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding",
    "An encoder learns to fill gaps in text, and is then tuned for one task after another. We try it on GLUE.",
    ("Jacob Devlin", "Ming-Wei Chang", "Kenton Lee", "Kristina Toutanova"),
    date(2018, 10, 11),
    "1810.04805",
    "10.18653/v1/n19-1423",
    "W2896457183",
    "df2b0e26d0599ce3e70df8a9da02e51594e0e992",
    ("1804.07461",),
)
GLUE = Written(
    "GLUE: A Multi-Task Benchmark and Analysis Platform for Natural Language Understanding",
    "Nine tasks of understanding English are put together, so that one model can be asked for all of them.",
    ("Alex Wang", "Amanpreet Singh", "Julian Michael", "Felix Hill", "Omer Levy", "Samuel R. Bowman"),
    date(2018, 4, 20),
    "1804.07461",
    "10.18653/v1/w18-5446",
    "W2799054028",
    "93b8da28d006415866bf48f9a6e06b5242129195",
)
MTEB = Written(
    "MTEB: Massive Text Embedding Benchmark",
    "Text embeddings are compared on many tasks and in many languages; none of them wins everywhere. BERT is one.",
    ("Niklas Muennighoff", "Nouamane Tazi", "Loïc Magne", "Nils Reimers"),
    date(2022, 10, 13),
    "2210.07316",
    None,
    "W4306312389",
    "ac6b6dd30d3ec6b4a8ca5b1bcd1a0b3d2a9e6a52",
    ("1810.04805", "1804.07461"),
)
PAPERS = (BERT, GLUE, MTEB)


def json_lines(papers: Sequence[Written]) -> bytes:
    return b"".join(_json(record) + b"\n" for record in map(_plain, papers))


def json_array(papers: Sequence[Written]) -> bytes:
    return json.dumps(list(map(_plain, papers)), indent=2, ensure_ascii=False).encode()


def _plain(paper: Written) -> dict[str, Any]:
    return {
        "id": paper.arxiv,
        "title": paper.title,
        "abstract": paper.abstract,
        "authors": list(paper.authors),
        "published": paper.day.isoformat(),
        "doi": paper.doi,
        "references": list(paper.cites),
    }


def arxiv_snapshot(papers: Sequence[Written]) -> bytes:
    return b"".join(
        _json(
            {
                "id": paper.arxiv,
                "submitter": paper.authors[0],
                "authors": ", ".join(paper.authors),
                "title": _broken(paper.title),
                "doi": paper.doi,
                "categories": "cs.CL",
                "abstract": f"  {_broken(paper.abstract)}\n",
                "versions": [{"version": "v1", "created": _rfc(paper.day)}],
                "update_date": "2024-01-01",
                "authors_parsed": [[*reversed(name.rsplit(" ", 1)), ""] for name in paper.authors],
            }
        )
        + b"\n"
        for paper in papers
    )


def arxiv_atom(papers: Sequence[Written]) -> bytes:
    entries = "".join(
        f"""  <entry>
    <id>http://arxiv.org/abs/{paper.arxiv}v2</id>
    <updated>{paper.day}T17:59:59Z</updated>
    <published>{paper.day}T17:59:59Z</published>
    <title>{escape(_broken(paper.title))}</title>
    <summary>  {escape(_broken(paper.abstract))}
</summary>
{"".join(f"    <author><name>{escape(name)}</name></author>" for name in paper.authors)}
    {f'<arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">{escape(paper.doi)}</arxiv:doi>' if paper.doi else ""}
    <link href="http://arxiv.org/abs/{paper.arxiv}v2" rel="alternate" type="text/html"/>
    <category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>
  </entry>
"""
        for paper in papers
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
    return f"{head}  <title>ArXiv Query</title>\n  <id>http://arxiv.org/api/x</id>\n{entries}</feed>\n".encode()


def openalex_page(papers: Sequence[Written]) -> bytes:
    return _json({"meta": {"count": 3, "page": 1}, "results": list(map(_work, papers)), "group_by": []})


def openalex_lines(papers: Sequence[Written]) -> bytes:
    return b"".join(_json(_work(paper)) + b"\n" for paper in papers)


def _work(paper: Written) -> dict[str, Any]:
    index: dict[str, list[int]] = {}
    for position, word in enumerate(paper.abstract.split(" ")):
        index.setdefault(word, []).append(position)
    return {
        "id": f"https://openalex.org/{paper.openalex}",
        "doi": f"https://doi.org/{paper.doi}" if paper.doi else None,
        "title": paper.title,
        "display_name": paper.title,
        "publication_year": paper.day.year,
        "publication_date": paper.day.isoformat(),
        "ids": {"openalex": f"https://openalex.org/{paper.openalex}"},
        "primary_location": {"landing_page_url": f"https://arxiv.org/abs/{paper.arxiv}"},
        "locations": [{"landing_page_url": None}, {"landing_page_url": f"http://arxiv.org/abs/{paper.arxiv}"}],
        "authorships": [
            {"author": {"id": None, "display_name": name}, "institutions": [{"display_name": "Google"}]}
            for name in paper.authors
        ],
        "referenced_works": [f"https://openalex.org/{_cited(arxiv).openalex}" for arxiv in paper.cites],
        "abstract_inverted_index": index,
        "cited_by_count": 12,
    }


def semantic_scholar_page(papers: Sequence[Written]) -> bytes:
    return _json({"total": 3, "offset": 0, "data": list(map(_s2, papers))})


def semantic_scholar_lines(papers: Sequence[Written]) -> bytes:
    return b"".join(_json(_s2(paper)) + b"\n" for paper in papers)


def _s2(paper: Written) -> dict[str, Any]:
    return {
        "paperId": paper.s2,
        "externalIds": {"ArXiv": paper.arxiv, "DOI": paper.doi, "CorpusId": 52967399},
        "url": f"https://www.semanticscholar.org/paper/{paper.s2}",
        "title": paper.title,
        "abstract": paper.abstract,
        "year": paper.day.year,
        "publicationDate": paper.day.isoformat(),
        "citationCount": 1,
        "authors": [{"authorId": "1", "name": name} for name in paper.authors],
        "citations": [{"paperId": "f" * 40, "title": "One That Cites It"}],
        "references": [
            {"paperId": _cited(arxiv).s2, "title": _cited(arxiv).title, "externalIds": {"ArXiv": arxiv}}
            for arxiv in paper.cites
        ],
    }


def daily_papers(papers: Sequence[Written]) -> bytes:
    return _json(
        [
            {
                "paper": {
                    "id": paper.arxiv,
                    "authors": [{"_id": "x", "name": name, "hidden": False} for name in paper.authors],
                    "publishedAt": f"{paper.day}T00:00:00.000Z",
                    "title": paper.title,
                    "summary": paper.abstract,
                    "upvotes": 12,
                },
                "publishedAt": "2024-01-01T00:00:00.000Z",
                "title": paper.title,
                "numComments": 3,
                "submittedBy": {"name": "somebody"},
            }
            for paper in papers
        ]
    )


def openreview(papers: Sequence[Written]) -> bytes:
    return _openreview(papers, lambda value: {"value": value})


def openreview_first(papers: Sequence[Written]) -> bytes:
    return _openreview(papers, lambda value: value)


def _openreview(papers: Sequence[Written], wrap: Callable[[object], object]) -> bytes:
    notes: list[dict[str, Any]] = []
    for number, paper in enumerate(papers):
        notes.append(
            {
                "id": f"note{number}",
                "forum": f"note{number}",
                "pdate": int(1000 * (paper.day - date(1970, 1, 1)).total_seconds()),
                "invitations": ["TMLR/-/Submission"],
                "content": {
                    "title": wrap(paper.title),
                    "authors": wrap(list(paper.authors)),
                    "abstract": wrap(paper.abstract),
                },
            }
        )
        review = {"title": wrap("A review"), "review": wrap("We liked it.")}
        notes.append({"id": f"review{number}", "forum": f"note{number}", "content": review})
    return _json({"notes": notes, "count": len(notes)})


def conference(papers: Sequence[Written]) -> bytes:
    return _json(
        {
            "count": len(papers),
            "results": [
                {
                    "id": number,
                    "name": paper.title,
                    "authors": [{"id": 1, "fullname": name, "institution": "Google"} for name in paper.authors],
                    "abstract": paper.abstract,
                    "decision": "Accept (poster)",
                    "virtualsite_url": "/virtual/2024/poster/1",
                    "sourceurl": f"https://openreview.net/forum?id=note{number}",
                }
                for number, paper in enumerate(papers)
            ],
        }
    )


def bibtex(papers: Sequence[Written]) -> bytes:
    entries = "".join(
        f"""@article{{{paper.arxiv},
    title = {{{_tex(paper.title)}}},
    author = "{" and ".join(map(_tex, paper.authors))}",
    year = {paper.day.year},
    month = {paper.day:%b},
    eprint = {{{paper.arxiv}}},
    archivePrefix = {{arXiv}},
    {f"doi = {{{paper.doi}}}," if paper.doi else ""}
    abstract = {{{_tex(paper.abstract)}}}
}}

"""
        for paper in papers
    )
    return f"% a bibliography\n\n{entries}".encode()


def _tex(text: str) -> str:
    return "".join(f"\\{ch}" if ch in "&%_#" else ch for ch in text).replace("ï", '{\\"\\i}')


def comma_separated(papers: Sequence[Written]) -> bytes:
    return _table(papers, ",", "\r\n")


def tab_separated(papers: Sequence[Written]) -> bytes:
    return _table(papers, "\t", "\n")


def _table(papers: Sequence[Written], delimiter: str, end: str) -> bytes:
    text = io.StringIO()
    rows = csv.writer(text, delimiter=delimiter, lineterminator=end)
    rows.writerow(["arXiv ID", "Title", "Abstract", "Authors", "Published", "DOI", "References", "Notes"])
    for paper in papers:
        authors, cites = "; ".join(paper.authors), "; ".join(paper.cites)
        row = [paper.arxiv, paper.title, paper.abstract, authors, paper.day, paper.doi, cites, 'a "note"']
        rows.writerow(row)
    return text.getvalue().encode()


def parquet_table(papers: Sequence[Written]) -> bytes:
    table = pyarrow.table(
        {
            "arxiv_id": [paper.arxiv for paper in papers],
            "title": [paper.title for paper in papers],
            "abstract": [paper.abstract for paper in papers],
            "authors": [list(paper.authors) for paper in papers],
            "published": [paper.day for paper in papers],
            "doi": [paper.doi for paper in papers],
            "references": [list(paper.cites) for paper in papers],
            "embedding": [[0.5, 0.25] for _ in papers],
        }
    )
    buffer = io.BytesIO()
    parquet.write_table(table, buffer)
    return buffer.getvalue()


def listing(papers: Sequence[Written]) -> bytes:
    head = "Get trending papers in your email inbox!\n\nSubscribe\n\nDaily Papers\n\n"
    body = "".join(
        f"{paper.title}\n\n{paper.abstract}\n\n · {len(paper.authors)} authors\n·\n{paper.day:%b} {paper.day.day}, "
        f"{paper.day.year}\n\n"
        for paper in papers
    )
    return (head + body).encode()


def markdown_table(papers: Sequence[Written]) -> bytes:
    rows = "".join(
        f"|**{paper.day}**|**{paper.title}**|{', '.join(paper.authors)}"
        f"|[{paper.arxiv}](http://arxiv.org/abs/{paper.arxiv})|{paper.doi or 'null'}|{paper.abstract}|\n"
        for paper in papers
    )
    return f"# Papers\n\n|Publish Date|Title|Authors|PDF|DOI|Abstract|\n|---|---|---|---|---|---|\n{rows}".encode()


def markdown_list(papers: Sequence[Written]) -> bytes:
    items = "".join(
        f"- **{paper.title}.** *{', '.join(paper.authors)}.* [[paper](https://arxiv.org/abs/{paper.arxiv})]\n"
        f"  - Date: {paper.day}\n{f'  - DOI: {paper.doi}' if paper.doi else ''}\n  - Abstract: {paper.abstract}\n"
        for paper in papers
    )
    return f"# Papers that we liked\n\n{items}".encode()


def html_list(papers: Sequence[Written]) -> bytes:
    """As saved from arXiv's lists, with days and DOIs added."""
    items = "".join(
        f"""<dt><a name="item{number}">[{number}]</a> <a href="https://arxiv.org/abs/{paper.arxiv}" title="Abstract">
        arXiv:{paper.arxiv}</a> [<a href="https://arxiv.org/pdf/{paper.arxiv}">pdf</a>]</dt>
        <dd><div class="meta"><div class="list-title mathjax"><span class="descriptor">Title:</span>
          {escape(paper.title)}
        </div><div class="list-authors">{", ".join(f'<a href="/a/{n}">{name}</a>' for n, name in enumerate(paper.authors))}
        </div><div>Date: {paper.day}</div>{f"<div>DOI: {paper.doi}</div>" if paper.doi else ""}
        <p class="mathjax">{escape(paper.abstract)}</p></div></dd>
        """
        for number, paper in enumerate(papers, 1)
    )
    return (
        f"<!DOCTYPE html><html><head><title>x</title></head><body><h1>New</h1><dl>{items}</dl></body></html>".encode()
    )


def html_table(papers: Sequence[Written]) -> bytes:
    rows = "".join(
        f"<tr><td><b>{escape(paper.title)}</b></td><td>{', '.join(paper.authors)}</td><td>{paper.day}</td>"
        f"<td><a href='https://arxiv.org/abs/{paper.arxiv}'>arXiv</a></td><td>{paper.doi or '-'}</td>"
        f"<td>{escape(paper.abstract)}</td></tr>"
        for paper in papers
    )
    names = "".join(f"<th>{name}</th>" for name in ("Title", "Authors", "Date", "Link", "DOI", "Abstract"))
    return f"<html><body><table><tr>{names}</tr>{rows}</table></body></html>".encode()


def arxiv_mail(papers: Sequence[Written]) -> bytes:
    entries = "".join(
        f"\\\\\narXiv:{paper.arxiv}\nDate: {paper.day:%a, %-d %b %Y} 03:30:32 GMT   (300kb,D)\n\n"
        f"Title: {_broken(paper.title)}\nAuthors: {_broken(', '.join(paper.authors))}\nCategories: cs.CL cs.AI\n"
        f"{f'DOI: {paper.doi}' + chr(10) if paper.doi else ''}\\\\\n  {_broken(paper.abstract)}\n"
        f"\\\\ ( https://arxiv.org/abs/{paper.arxiv} ,  300kb)\n{'-' * 78}\n"
        for paper in papers
    )
    return f"From: arXiv\nSubject: cs daily\n\nSubmissions received\n{'-' * 78}\n{entries}".encode()


def arxiv_search(papers: Sequence[Written]) -> bytes:
    """Results of arXiv's search as copied from a browser."""
    return "".join(
        f"{number}. arXiv:{paper.arxiv} [pdf, other] cs.CL cs.AI{f' doi {paper.doi}' if paper.doi else ''}\n{paper.title}\n"
        f"Authors: {', '.join(paper.authors)}\nAbstract: {paper.abstract} △ Less\n"
        f"Submitted {paper.day:%-d %B, %Y}; originally announced {paper.day:%B %Y}.\n"
        for number, paper in enumerate(papers, 1)
    ).encode()


def id_lines(papers: Sequence[Written]) -> bytes:
    return "".join(f"https://arxiv.org/abs/{paper.arxiv}\n" for paper in papers).encode()


WRITERS: dict[str, tuple[Callable[[Sequence[Written]], bytes], ...]] = {
    "arxiv": (arxiv_snapshot,),
    "arxiv-atom": (arxiv_atom,),
    "arxiv-mails": (arxiv_mail,),
    "arxiv-pages": (arxiv_search,),
    "bibtex": (bibtex,),
    "csv": (comma_separated, tab_separated),
    "daily-papers": (daily_papers,),
    "html": (html_list, html_table),
    "id-list": (id_lines,),
    "json": (json_lines, json_array),
    "listing": (listing,),
    "markdown": (markdown_table, markdown_list),
    "openalex": (openalex_page, openalex_lines),
    "openreview": (openreview, openreview_first, conference),
    "parquet": (parquet_table,),
    "semantic-scholar": (semantic_scholar_page, semantic_scholar_lines),
}
"""By format the ways in which files of it are written."""


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _cited(arxiv: str) -> Written:
    return next(paper for paper in PAPERS if paper.arxiv == arxiv)


def _broken(text: str) -> str:
    """With its lines broken to a width, as arXiv has them."""
    words = text.split(" ")
    return "\n  ".join(" ".join(words[at : at + 9]) for at in range(0, len(words), 9))


def _rfc(day: date) -> str:
    from datetime import UTC, datetime

    return format_datetime(datetime(day.year, day.month, day.day, 12, tzinfo=UTC), usegmt=True)
