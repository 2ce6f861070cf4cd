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


def csl_json(papers: Sequence[Written]) -> bytes:
    return _json(
        [
            {
                "id": paper.s2,
                "type": "article-journal",
                "title": paper.title,
                "abstract": paper.abstract,
                "author": [dict(zip(("given", "family"), name.rsplit(" ", 1), strict=True)) for name in paper.authors],
                "issued": {"date-parts": [[paper.day.year, paper.day.month, paper.day.day]]},
                "container-title": "Journal of Folding",
                "DOI": paper.doi,
                "URL": f"https://arxiv.org/abs/{paper.arxiv}",
            }
            for paper in papers
        ]
    )


def crossref(papers: Sequence[Written]) -> bytes:
    return _json({"status": "ok", "message-type": "work-list", "message": {"items": list(map(_crossref_work, papers))}})


def _crossref_work(paper: Written) -> dict[str, Any]:
    return {
        "DOI": paper.doi or f"10.48550/arXiv.{paper.arxiv}",
        "member": "78",
        "type": "proceedings-article",
        "title": [paper.title],
        "container-title": ["Proceedings of Folding"],
        "abstract": paper.abstract.replace("&", "&amp;").replace("<", "&lt;"),
        "author": [
            {**dict(zip(("given", "family"), name.rsplit(" ", 1), strict=True)), "sequence": "first", "affiliation": []}
            for name in paper.authors
        ],
        "issued": {"date-parts": [[paper.day.year, paper.day.month, paper.day.day]]},
        "created": {"date-parts": [[2024, 1, 1]], "date-time": "2024-01-01T00:00:00Z"},
        "resource": {"primary": {"URL": f"https://arxiv.org/abs/{paper.arxiv}"}},
        "reference": [
            {"key": "1", "DOI": f"10.48550/arXiv.{arxiv}", "article-title": _cited(arxiv).title}
            for arxiv in paper.cites
        ],
        "is-referenced-by-count": 7,
    }


def zotero(papers: Sequence[Written]) -> bytes:
    return _json(
        [
            {
                "key": f"AAAA{number:04}",
                "version": 7,
                "library": {"type": "user", "name": "Ann Vass"},
                "data": {
                    "key": f"AAAA{number:04}",
                    "itemType": "preprint",
                    "title": paper.title,
                    "abstractNote": paper.abstract,
                    "creators": [
                        {
                            "creatorType": "author",
                            **dict(zip(("firstName", "lastName"), name.rsplit(" ", 1), strict=True)),
                        }
                        for name in paper.authors
                    ],
                    "date": paper.day.isoformat(),
                    "DOI": paper.doi or "",
                    "archiveID": f"arXiv:{paper.arxiv}",
                },
            }
            for number, paper in enumerate(papers)
        ]
    )


def dblp_json(papers: Sequence[Written]) -> bytes:
    hits = [
        {
            "@score": "1",
            "info": {
                "authors": {"author": [{"@pid": "1/2", "text": name} for name in paper.authors]},
                "title": f"{paper.title}.",
                "venue": "CoRR",
                "volume": f"abs/{paper.arxiv}",
                "year": str(paper.day.year),
                "type": "Informal and Other Publications",
                "key": f"journals/corr/abs-{paper.arxiv}",
                "doi": paper.doi,
            },
        }
        for paper in papers
    ]
    return _json({"result": {"query": "folding", "hits": {"@total": "3", "hit": hits}}})


def arxiv_daily(papers: Sequence[Written]) -> bytes:
    rows = {
        paper.arxiv: f"|**{paper.day}**|**{paper.title}**|{paper.authors[0]} et.al.|"
        f"[{paper.arxiv}](http://arxiv.org/abs/{paper.arxiv})|**[link](https://github.com/vass/fold)**|\n"
        for paper in papers
    }
    return _json({"Folding": rows})


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


def ris(papers: Sequence[Written]) -> bytes:
    records = "".join(
        f"TY  - JOUR\r\n"
        f"{''.join(f'AU  - {_inverted(name)}' + chr(13) + chr(10) for name in paper.authors)}"
        f"TI  - {paper.title}\r\n"
        f"PY  - {paper.day.year}\r\n"
        f"DA  - {paper.day:%Y/%m/%d}\r\n"
        f"{f'DO  - {paper.doi}' + chr(13) + chr(10) if paper.doi else ''}"
        f"UR  - https://arxiv.org/abs/{paper.arxiv}\r\n"
        f"AB  - {paper.abstract}\r\n"
        f"ER  - \r\n\r\n"
        for paper in papers
    )
    return records.encode()


def nbib(papers: Sequence[Written]) -> bytes:
    return "\n".join(
        _tagged(
            "",
            [
                ("PMID- ", str(37000000 + number)),
                ("DP  - ", f"{paper.day:%Y %b} {paper.day.day}"),
                ("TI  - ", f"{paper.title}."),
                *([("LID - ", f"{paper.doi} [doi]")] if paper.doi else []),
                ("AB  - ", paper.abstract),
                *(
                    (tag, text)
                    for name in paper.authors
                    for tag, text in (("FAU - ", _inverted(name)), ("AU  - ", "X Y"))
                ),
                ("PT  - ", "Journal Article"),
                ("JT  - ", "Journal of Paper Cranes"),
            ],
            "      ",
        )
        for number, paper in enumerate(papers)
    ).encode()


def endnote_tagged(papers: Sequence[Written]) -> bytes:
    return "\n".join(
        _tagged(
            "",
            [
                ("%0 ", "Journal Article"),
                ("%T ", paper.title),
                *(("%A ", _inverted(name)) for name in paper.authors),
                ("%D ", str(paper.day.year)),
                *([("%R ", paper.doi)] if paper.doi else []),
                ("%U ", f"https://arxiv.org/abs/{paper.arxiv}"),
                ("%X ", paper.abstract),
            ],
            "",
        )
        for paper in papers
    ).encode()


def web_of_science(papers: Sequence[Written]) -> bytes:
    records = "\n".join(
        _tagged(
            "",
            [
                ("PT ", "J"),
                ("AU ", "\n   ".join(map(_inverted, paper.authors))),
                ("AF ", "\n   ".join(map(_inverted, paper.authors))),
                ("TI ", _broken(paper.title).replace("\n  ", "\n   ")),
                ("SO ", "JOURNAL OF PAPER CRANES"),
                ("AB ", paper.abstract),
                *([("CR ", "\n   ".join(f"Vass A, 2018, CRANES, DOI {_cited(one).doi}" for one in paper.cites))]),
                ("PY ", str(paper.day.year)),
                *([("DI ", paper.doi)] if paper.doi else []),
                ("UT ", f"WOS:00{paper.day:%Y%m%d}"),
                ("ER", ""),
            ],
            "   ",
        )
        for paper in papers
    )
    return f"FN Clarivate Analytics Web of Science\nVR 1.0\n{records}\nEF\n".encode()


def _tagged(before: str, fields: Sequence[tuple[str, str]], indent: str) -> str:
    """Lines with tags; with an indent, long values go on in further lines."""
    lines = []
    for tag, value in fields:
        if indent and "\n" not in value:
            words = value.split(" ")
            value = f"\n{indent}".join(" ".join(words[at : at + 9]) for at in range(0, len(words), 9))
        lines.append(f"{before}{tag}{value}\n")
    return "".join(lines)


def dblp_xml(papers: Sequence[Written]) -> bytes:
    records = "".join(
        f'<article publtype="informal" key="journals/corr/abs-{paper.arxiv.replace(".", "-")}" mdate="2024-01-01">\n'
        f"{''.join(f'<author>{escape(name)}</author>' + chr(10) for name in paper.authors)}"
        f"<title>{escape(paper.title)}.</title>\n<year>{paper.day.year}</year>\n"
        f"<volume>abs/{paper.arxiv}</volume>\n<journal>CoRR</journal>\n"
        f"{_doi(paper, 'ee', before='https://doi.org/')}</article>\n"
        for paper in papers
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE dblp SYSTEM "dblp.dtd">\n<dblp>\n{records}</dblp>\n'.encode()


def acl_anthology(papers: Sequence[Written]) -> bytes:
    volumes = "".join(
        f'<volume id="v{number}" type="proceedings"><meta><booktitle>Proceedings of Paper Cranes</booktitle>'
        f"<month>{paper.day:%B}</month><year>{paper.day.year}</year></meta>\n"
        f'<frontmatter><url hash="0">x.0</url></frontmatter>\n<paper id="1"><title>{escape(paper.title)}</title>\n'
        f"{''.join(_first_last(name) for name in paper.authors)}<abstract>{escape(paper.abstract)}</abstract>"
        f"{_doi(paper, 'doi')}</paper></volume>\n"
        for number, paper in enumerate(papers)
    )
    return f"<?xml version='1.0' encoding='UTF-8'?>\n<collection id=\"2031.crane\">\n{volumes}</collection>\n".encode()


def _doi(paper: Written, tag: str, attribute: str = "", value: str = "doi", before: str = "") -> str:
    """An element with the DOI, if there is one."""
    more = f' {attribute}="{value}"' if attribute else ""
    return f"<{tag}{more}>{before}{escape(paper.doi)}</{tag}>" if paper.doi else ""


def _first_last(name: str) -> str:
    first, _, last = name.rpartition(" ")
    return f"<author><first>{escape(first)}</first><last>{escape(last)}</last></author>\n"


def oai_arxiv(papers: Sequence[Written]) -> bytes:
    return _oai(
        papers,
        lambda paper: (
            f'<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>{paper.arxiv}</id><created>{paper.day}</created>'
            f"<updated>2024-01-01</updated><authors>{''.join(map(_keyname, paper.authors))}</authors>"
            f"<title>{escape(_broken(paper.title))}</title><categories>cs.CL cs.AI</categories>"
            f"{_doi(paper, 'doi')}<abstract>  {escape(_broken(paper.abstract))}\n</abstract></arXiv>"
        ),
    )


def oai_arxiv_raw(papers: Sequence[Written]) -> bytes:
    return _oai(
        papers,
        lambda paper: (
            f'<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>{paper.arxiv}</id><submitter>X Y</submitter>'
            f'<version version="v1"><date>{_rfc(paper.day)}</date><size>9kb</size></version>'
            f'<version version="v2"><date>Mon, 1 Jan 2024 12:00:00 GMT</date><size>9kb</size></version>'
            f"<title>{escape(_broken(paper.title))}</title><authors>{escape(', '.join(paper.authors))}</authors>"
            f"<categories>cs.CL</categories>{_doi(paper, 'doi')}"
            f"<abstract>{escape(_broken(paper.abstract))}</abstract></arXivRaw>"
        ),
    )


def oai_dublin_core(papers: Sequence[Written]) -> bytes:
    return _oai(
        papers,
        lambda paper: (
            '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(_broken(paper.title))}</dc:title>'
            f"{''.join(f'<dc:creator>{escape(_inverted(name))}</dc:creator>' for name in paper.authors)}"
            f"<dc:subject>Computer Science - Computation and Language</dc:subject>"
            f"<dc:description>{escape(_broken(paper.abstract))}</dc:description>"
            f"<dc:description>Comment: 9 pages</dc:description><dc:date>{paper.day}</dc:date><dc:date>2024-01-01</dc:date>"
            f"<dc:type>text</dc:type><dc:identifier>http://arxiv.org/abs/{paper.arxiv}</dc:identifier>"
            f"{_doi(paper, 'dc:identifier', before='doi:')}</oai_dc:dc>"
        ),
    )


def _oai(papers: Sequence[Written], metadata: Callable[[Written], str]) -> bytes:
    records = "".join(
        f"<record>\n<header><identifier>oai:arXiv.org:{paper.arxiv}</identifier><datestamp>2024-01-01</datestamp>"
        f"<setSpec>cs</setSpec></header>\n<metadata>{metadata(paper)}</metadata>\n</record>\n"
        for paper in papers
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">\n'
    return f"{head}<ListRecords>\n{records}</ListRecords>\n</OAI-PMH>\n".encode()


def _keyname(name: str) -> str:
    first, _, last = name.rpartition(" ")
    return f"<author><keyname>{escape(last)}</keyname><forenames>{escape(first)}</forenames></author>"


def arxiv_rss(papers: Sequence[Written]) -> bytes:
    items = "".join(
        f"<item><title>{escape(paper.title)}</title><link>https://arxiv.org/abs/{paper.arxiv}</link>"
        f"<description>arXiv:{paper.arxiv}v1 Announce Type: new \nAbstract: {escape(paper.abstract)}</description>"
        f'<guid isPermaLink="false">oai:arXiv.org:{paper.arxiv}v1</guid><category>cs.CL</category>'
        f"<pubDate>{_rfc(paper.day)}</pubDate><arxiv:announce_type>new</arxiv:announce_type>"
        f"<dc:creator>{escape(', '.join(paper.authors))}</dc:creator>"
        f"{_doi(paper, 'arxiv:DOI')}</item>\n"
        for paper in papers
    )
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss xmlns:arxiv="http://arxiv.org/schemas/atom" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel><title>cs.CL updates on arXiv.org</title>\n'
    )
    return f"{head}{items}</channel></rss>\n".encode()


def pubmed_xml(papers: Sequence[Written]) -> bytes:
    articles = "".join(
        f'<PubmedArticle><MedlineCitation><PMID Version="1">{37000000 + number}</PMID><Article><Journal><JournalIssue>'
        f"<PubDate><Year>{paper.day.year}</Year><Month>{paper.day:%b}</Month><Day>{paper.day.day}</Day></PubDate>"
        f"</JournalIssue><Title>Journal of Paper Cranes</Title></Journal>"
        f"<ArticleTitle>{escape(paper.title)}.</ArticleTitle>"
        f"<Abstract><AbstractText>{escape(paper.abstract)}</AbstractText></Abstract>"
        f"<AuthorList>{''.join(map(_lastname, paper.authors))}</AuthorList></Article></MedlineCitation><PubmedData>"
        f"<ArticleIdList>{_doi(paper, 'ArticleId', 'IdType')}</ArticleIdList>"
        f"<ReferenceList>{''.join(map(_pubmed_reference, paper.cites))}</ReferenceList></PubmedData></PubmedArticle>\n"
        for number, paper in enumerate(papers)
    )
    return f'<?xml version="1.0" ?>\n<PubmedArticleSet>\n{articles}</PubmedArticleSet>\n'.encode()


def _lastname(name: str) -> str:
    first, _, last = name.rpartition(" ")
    return f"<Author><LastName>{escape(last)}</LastName><ForeName>{escape(first)}</ForeName></Author>"


def _pubmed_reference(arxiv: str) -> str:
    doi = f'<ArticleId IdType="doi">{_cited(arxiv).doi}</ArticleId>'
    return f"<Reference><Citation>Vass A. 2018.</Citation><ArticleIdList>{doi}</ArticleIdList></Reference>"


def endnote_xml(papers: Sequence[Written]) -> bytes:
    records = "".join(
        f'<record><database name="x.enl">x.enl</database><ref-type name="Journal Article">17</ref-type>'
        f"<contributors><authors>{''.join(f'<author>{_styled(_inverted(name))}</author>' for name in paper.authors)}"
        f"</authors></contributors><titles><title>{_styled(paper.title)}</title></titles>"
        f"<dates><year>{_styled(str(paper.day.year))}</year></dates>"
        f"{_doi(paper, 'electronic-resource-num')}"
        f"<abstract>{_styled(paper.abstract)}</abstract><urls><related-urls>"
        f"<url>{_styled(f'https://arxiv.org/abs/{paper.arxiv}')}</url></related-urls></urls></record>"
        for paper in papers
    )
    return f'<?xml version="1.0" encoding="UTF-8" ?><xml><records>{records}</records></xml>'.encode()


def _styled(text: str) -> str:
    return f'<style face="normal" font="default" size="100%">{escape(text)}</style>'


def tei(papers: Sequence[Written]) -> bytes:
    documents = "".join(
        f'<TEI xml:space="preserve">\n<teiHeader xml:lang="en">\n<fileDesc><titleStmt>'
        f'<title level="a" type="main">{escape(paper.title)}</title></titleStmt>\n<sourceDesc><biblStruct><analytic>'
        f"{''.join(map(_persname, paper.authors))}</analytic>\n"
        f'<monogr><imprint><date type="published" when="{paper.day}">{paper.day}</date></imprint></monogr>'
        f'<idno type="MD5">0123456789ABCDEF</idno><idno type="arXiv">arXiv:{paper.arxiv}v1[cs.CL]</idno>'
        f"{_doi(paper, 'idno', 'type', 'DOI')}</biblStruct></sourceDesc></fileDesc>\n"
        f"<profileDesc><abstract><div><p>{escape(paper.abstract)}</p></div></abstract></profileDesc></teiHeader>\n"
        f"<text><back><listBibl><biblStruct><analytic><title>What It Cites</title></analytic></biblStruct></listBibl>"
        f"</back></text></TEI>\n"
        for paper in papers
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">\n'
    return f"{head}{documents}</teiCorpus>\n".encode()


def _persname(name: str) -> str:
    first, _, last = name.rpartition(" ")
    forename = f'<forename type="first">{escape(first)}</forename>'
    return f"<author><persName>{forename}<surname>{escape(last)}</surname></persName></author>"


def jats(papers: Sequence[Written]) -> bytes:
    articles = "".join(
        f'<article article-type="research-article"><front><journal-meta><journal-title>Cranes</journal-title>'
        f"</journal-meta><article-meta>{_doi(paper, 'article-id', 'pub-id-type')}"
        f"<title-group><article-title>{escape(paper.title)}</article-title></title-group><contrib-group>"
        f"{''.join(map(_contributor, paper.authors))}</contrib-group><pub-date pub-type='epub'><day>{paper.day.day}</day>"
        f"<month>{paper.day.month}</month><year>{paper.day.year}</year></pub-date>"
        f"<abstract><title>Abstract</title><p>{escape(paper.abstract)}</p></abstract></article-meta></front>"
        f"<body><p>Text.</p></body></article>\n"
        for paper in papers
    )
    return f'<?xml version="1.0"?>\n<pmc-articleset>\n{articles}</pmc-articleset>\n'.encode()


def _contributor(name: str) -> str:
    first, _, last = name.rpartition(" ")
    name = f"<name><surname>{escape(last)}</surname><given-names>{escape(first)}</given-names></name>"
    return f'<contrib contrib-type="author">{name}</contrib>'


def _inverted(name: str) -> str:
    first, _, last = name.rpartition(" ")
    return f"{last}, {first}"


WRITERS: dict[str, tuple[Callable[[Sequence[Written]], bytes], ...]] = {
    "arxiv": (arxiv_snapshot,),
    "arxiv-atom": (arxiv_atom,),
    "arxiv-mails": (arxiv_mail,),
    "arxiv-pages": (arxiv_search,),
    "arxiv-daily": (arxiv_daily,),
    "bibtex": (bibtex,),
    "crossref": (crossref,),
    "csl-json": (csl_json,),
    "csv": (comma_separated, tab_separated),
    "daily-papers": (daily_papers,),
    "html": (html_list, html_table),
    "id-list": (id_lines,),
    "dblp-json": (dblp_json,),
    "json": (json_lines, json_array),
    "listing": (listing,),
    "markdown": (markdown_table, markdown_list),
    "openalex": (openalex_page, openalex_lines),
    "openreview": (openreview, openreview_first, conference),
    "parquet": (parquet_table,),
    "semantic-scholar": (semantic_scholar_page, semantic_scholar_lines),
    "web-of-science": (web_of_science,),
    "tei": (tei,),
    "ris": (ris,),
    "pubmed-xml": (pubmed_xml,),
    "oai-pmh": (oai_arxiv, oai_arxiv_raw, oai_dublin_core),
    "nbib": (nbib,),
    "jats": (jats,),
    "enw": (endnote_tagged,),
    "endnote-xml": (endnote_xml,),
    "dblp-xml": (dblp_xml,),
    "arxiv-rss": (arxiv_rss,),
    "acl-anthology": (acl_anthology,),
    "zotero": (zotero,),
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
