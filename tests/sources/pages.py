"""Listings in every layout, made from papers that are known, so that reading must give exactly these again."""

from dataclasses import dataclass, replace
from datetime import date
from statistics import median

from hypothesis import strategies as st

NOUNS = (
    "Sparse Graphs,Dense Retrieval,nuScenes,GPT-4o,Protein Folding,MTEB,Kernel Methods,3D Scenes,Low-Rank Maps".split(
        ","
    )
)
LINKS = ("for", "with", "beyond", "without", "under", "via")
OPENINGS = ("We study", "This work examines", "Here we propose a way to measure", "Little is known about")
LATEX = (
    "$\\alpha$-stable noise",
    "an 18\\% gain",
    "\\textbf{bold} claims",
    "O(n \\log n) steps",
    "V\\&L tasks",
    "the {\\em old} way",
)
ENDS = ("on five tasks", "in practice", "at a tenth of the cost", "across many languages", "(see the appendix)")
FURNITURE_TITLES = ("Subscribe", "Daily Papers", "Subscribers and Their Habits", "new", "New York Taxi Rides")
ORGANIZATIONS = {
    "TheFinAI The Fin AI": "The Fin AI",
    "nvidia NVIDIA": "NVIDIA",
    "Stanford University": "Stanford University",
}
PAGE_TOP = (
    "new",
    "Get trending papers in your email inbox!",
    "Subscribe",
    "Daily Papers",
    "byAK and the research community",
)


@dataclass(frozen=True)
class Listed:
    """A paper as a page shows it."""

    title: str
    paragraphs: tuple[str, ...]
    authors: int | None = None
    organization: str | None = None
    day: date | None = None
    with_year: bool = True
    upvotes: int | None = None

    @property
    def abstract(self) -> str:
        return " ".join(self.paragraphs)


@dataclass(frozen=True)
class Layout:
    """How a page shows papers."""

    top: str = "lines"
    metadata: bool = True
    dot: bool = True
    one_line: bool = False
    upvotes: str = "after"
    blank: str = "all"
    newline: str = "\n"
    bom: bool = False
    page_date: str | None = "Dec 4"


@st.composite
def titles(draw: st.DrawFn) -> str:
    if draw(st.integers(0, 9)) == 0:
        return draw(st.sampled_from(FURNITURE_TITLES))
    words = draw(st.lists(st.sampled_from(NOUNS), min_size=2, max_size=draw(st.sampled_from([2, 3, 4, 12]))))
    text = f" {draw(st.sampled_from(LINKS))} ".join(words)
    prefix = draw(st.sampled_from(["", "", "LoRA++: ", '"Why?": ', "Is It True? ", "[Re] "]))
    return (prefix + text)[:240].strip() + draw(st.sampled_from(["", "", "", "?", "!", ".", "..."]))


@st.composite
def sentences(draw: st.DrawFn) -> str:
    noun = draw(st.sampled_from(NOUNS))
    middle = draw(st.sampled_from([noun, draw(st.sampled_from(LATEX))]))
    ends = " and ".join(draw(st.lists(st.sampled_from(ENDS), min_size=2, max_size=4, unique=True)))
    return f"{draw(st.sampled_from(OPENINGS))} {noun.lower()} and {middle} {ends}."


@st.composite
def papers(draw: st.DrawFn, layout: Layout) -> Listed:
    body = " ".join(draw(st.lists(sentences(), min_size=3, max_size=12)))
    paper = Listed(draw(titles()), (body,))
    if not layout.metadata:
        return paper
    more = draw(st.sampled_from([(), (), (" ".join(draw(st.lists(sentences(), min_size=2, max_size=5))),)]))
    organization = draw(st.sampled_from([None, None, *ORGANIZATIONS]))
    return replace(
        paper,
        paragraphs=paper.paragraphs + more,
        organization=organization,
        authors=None if organization else draw(st.integers(1, 400)),
        day=draw(st.dates(date(1995, 1, 1), date(2026, 1, 1))),
        with_year=draw(st.booleans()),
        upvotes=draw(st.one_of(st.none(), st.integers(1, 999))),
    )


layouts = st.builds(
    Layout,
    top=st.sampled_from(["none", "lines", "glued"]),
    metadata=st.booleans(),
    dot=st.booleans(),
    one_line=st.booleans(),
    upvotes=st.sampled_from(["after", "before", "line"]),
    blank=st.sampled_from(["all", "none", "between"]),
    newline=st.sampled_from(["\n", "\r\n"]),
    bom=st.booleans(),
    page_date=st.sampled_from([None, "Dec 4", "Dec 4, 2025"]),
)


def telling(listed: list[Listed], layout: Layout) -> bool:
    """Whether one sees that these are papers: the page says so, or most titles are longer than headings are."""
    titles = [paper.title for paper in listed]
    long = median(map(len, titles)) >= 15 and median(len(title.split()) for title in titles) >= 3
    return layout.metadata or layout.top == "lines" or long


def _metadata(paper: Listed, layout: Layout) -> list[str]:
    assert paper.day
    when = f"{paper.day:%b} {paper.day.day}" + (f", {paper.day.year}" if paper.with_year else "")
    if paper.upvotes is not None and layout.upvotes != "line":
        when = f"{when} {paper.upvotes}" if layout.upvotes == "after" else f"{paper.upvotes} {when}"
    lines = [paper.organization] if paper.organization else []
    if paper.authors is not None:
        lines.append(f"  • {paper.authors} author{'s' if paper.authors > 1 else ''}")
    if layout.one_line and not paper.organization:
        lines = [" · ".join([*lines, when])]
    else:
        lines += ["·", when] if layout.dot else [when]
    return lines + ([str(paper.upvotes)] if paper.upvotes is not None and layout.upvotes == "line" else [])


def render(listed: list[Listed], layout: Layout) -> bytes:
    """The page as a file."""
    blocks: list[list[str]] = []
    if layout.top == "lines":
        blocks += [[line] for line in (*PAGE_TOP, *([layout.page_date] if layout.page_date else []))]
    for paper in listed:
        title = ("Subscribe" if layout.top == "glued" and paper is listed[0] else "") + paper.title
        metadata = _metadata(paper, layout) if layout.metadata else []
        if layout.blank == "between":
            blocks.append([title, *paper.paragraphs, *metadata])
        else:
            blocks += [[title], *([paragraph] for paragraph in paper.paragraphs), metadata]
    gap = layout.newline * (1 if layout.blank == "none" else 2)
    text = gap.join(layout.newline.join(block) for block in blocks if block)
    return (b"\xef\xbb\xbf" if layout.bom else b"") + text.encode()
