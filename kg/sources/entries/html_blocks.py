"""The blocks of a page in HTML that may hold papers: headings, paragraphs, items of lists, tables."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from kg.sources.entries.markdown_blocks import Block, Heading, Item, MarkdownTable, Paragraph
from kg.sources.entries.runs import RunWriter, TextRun, plain_text

_PASSED_OVER = {
    "script",
    "style",
    "nav",
    "footer",
    "head",
    "svg",
    "button",
    "select",
    "template",
    "noscript",
    "-comment",
}
_LISTS = {"ul", "ol", "menu"}
_INLINE = set(
    "a abbr b big bdi br center cite code em font i img kbd label mark math nobr q s small span strong sub sup time"
    " tt u var wbr -text".split()
)
_BLOCKS = "p, div, ul, ol, table, li, dl, h1, h2, h3, h4, h5, h6, section"
# What the class of an element says about its text, and the label by which entries know it.
_CLASSES = tuple(
    (re.compile(pattern, re.IGNORECASE), label)
    for pattern, label in (
        (r"(?:^|[\s_-])(?:p)?title(?![a-z-]*(?:page|bar))", "Title"),
        (r"author", "Authors"),
        (r"abstract(?!-?(?:link|full|button|toggle))|^mathjax$", "Abstract"),
        (r"subjects", "Subjects"),
        (r"(?:^|[\s_-])(?:venue|journal|booktitle|conference-name|periodical)", "Venue"),
    )
)
_ENTRY = re.compile(
    r"(?:^|[\s_-])(?:paper|publication|pub|pubs|article|poster|note|bibitem|csl-entry|entry)s?(?:$|[\s_-](?:item|card|row|entry|content|box|details?)?)",
    re.IGNORECASE,
)
_DEEPEST = 200


def html_blocks(text: str) -> list[Block]:
    """The blocks of a page or part of one; they have no lines."""
    tree = LexborHTMLParser(text)
    return list(_blocks(tree.body, 0)) if tree.body else []


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _blocks(node: LexborNode, depth: int) -> Iterator[Block]:
    if depth > _DEEPEST:
        return
    loose = RunWriter()
    for child in _children(node):
        tag = child.tag or ""
        if tag in _PASSED_OVER:
            continue
        if tag in _INLINE and not _holds_blocks(child):
            _write(child, loose, depth)
            continue
        if any(run.text.strip() for run in loose.runs):
            yield Paragraph(None, loose.runs)
        loose = RunWriter()
        yield from _of_element(child, tag, depth)
    if any(run.text.strip() for run in loose.runs):
        yield Paragraph(None, loose.runs)


def _holds_blocks(node: LexborNode) -> bool:
    return node.tag != "-text" and node.css_first(_BLOCKS) is not None


def _of_element(node: LexborNode, tag: str, depth: int) -> Iterator[Block]:
    if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
        yield Heading(None, int(tag[1]), _runs(node, depth))
    elif tag in {"p", "blockquote", "summary", "figcaption", "caption"} and not _holds_blocks(node):
        is_entry = _ENTRY.search(node.attributes.get("class") or "")
        yield Item(None, [_runs(node, depth)]) if is_entry else Paragraph(None, _runs(node, depth))
    elif tag in _LISTS:
        for child in _children(node):
            if child.tag == "li":
                yield _item(child, depth + 1)
            else:
                yield from _blocks(child, depth + 1) if child.tag != "-text" else ()
    elif tag == "dl":
        yield from _definitions(node, depth)
    elif tag == "table" and node.css_first("table table") is None:
        yield from _table(node, depth)
    elif _is_entry(node):
        yield Item(None, [_runs(node, depth)])
    else:
        yield from _blocks(node, depth + 1)


def _is_entry(node: LexborNode) -> bool:
    """Whether an element is one paper: its class says so, and none within it is one."""
    if not _ENTRY.search(node.attributes.get("class") or ""):
        return False
    titles = authors = 0
    for one in node.css("[class]"):
        name = one.attributes.get("class") or ""
        if (
            one.mem_id != node.mem_id
            and _ENTRY.search(name)
            and one.tag in {"div", "article", "section", "li", "p", "tr"}
        ):
            inner = one.css_first("a, p, span, b, strong")
            if inner is not None and _label(name) is None:
                return False
        titles += _label(name) == "Title"
        authors += _label(name) == "Authors"
    return titles <= 1 and authors <= 1 and node.css_first("li, table, dl") is None


def _item(node: LexborNode, depth: int) -> Item:
    """An item with the items of the lists within it."""
    item = Item(None)
    writer = RunWriter()
    for child in _children(node):
        tag = child.tag or ""
        if tag in _LISTS and depth < _DEEPEST:
            item.items += [_item(one, depth + 1) for one in _children(child) if one.tag == "li"]
        elif tag not in _PASSED_OVER:
            _write(child, writer, depth)
    item.runs.append(writer.runs)
    return item


def _definitions(node: LexborNode, depth: int) -> Iterator[Block]:
    """One item for each term with what is said of it, up to the next term."""
    item: Item | None = None
    for child in _children(node):
        if child.tag == "dt" or (child.tag == "dd" and item is None):
            if item:
                yield item
            item = Item(None, [_runs(child, depth)])
        elif child.tag == "dd" and item:
            item.runs.append(_runs(child, depth))
        elif child.tag in {"div", "h3", "h2"}:
            if item:
                yield item
            item = None
            yield from _of_element(child, child.tag or "", depth + 1)
    if item:
        yield item


def _table(node: LexborNode, depth: int) -> Iterator[Block]:
    """A table, its first row or the row of `th` being the header."""
    rows = []
    for row in node.css("tr"):
        cells = [child for child in _children(row) if child.tag in {"td", "th"}]
        rows.append((any(cell.tag == "th" for cell in cells) and all(cell.tag == "th" for cell in cells), cells))
    rows = [row for row in rows if row[1]]
    if not rows:
        return
    runs = [(header, [_runs(cell, depth) for cell in cells]) for header, cells in rows]
    if max(len(cells) for _, cells in runs) == 1:
        yield from (Item(None, cells) for _, cells in runs)
        return
    head = next((cells for header, cells in runs if header), runs[0][1])
    body: list[tuple[int | None, list[list[TextRun]]]] = [
        (None, cells) for header, cells in runs if not header and cells is not head
    ]
    yield MarkdownTable(None, head, body)


def _runs(node: LexborNode, depth: int) -> list[TextRun]:
    writer = RunWriter()
    for child in _children(node):
        _write(child, writer, depth)
    return writer.runs


def _write(node: LexborNode, writer: RunWriter, depth: int) -> None:
    """Writes an element's text as runs, with a label before it where its class says what it is."""
    tag = node.tag or ""
    if tag == "-text":
        writer.text(re.sub(r"\s+", " ", node.text_content or ""))
        return
    if tag in _PASSED_OVER or depth > _DEEPEST:
        return
    label = _label(node.attributes.get("class") or "")
    block = tag not in _INLINE
    if label and not _begins_with(node, label):
        writer.line_break()
        writer.text(f"{label}: ")
    elif block or tag == "br":
        writer.line_break()
    if tag == "a":
        writer.link(node.attributes.get("href") or "")
    writer.strong += tag in {"b", "strong"}
    writer.emphasis += tag in {"i", "em", "cite"}
    for child in _children(node):
        _write(child, writer, depth + 1)
    writer.strong -= tag in {"b", "strong"}
    writer.emphasis -= tag in {"i", "em", "cite"}
    if tag == "a":
        writer.link_end()
    if block or label:
        writer.line_break()


def _label(name: str) -> str | None:
    return next((label for pattern, label in _CLASSES if pattern.search(name)), None) if name else None


def _begins_with(node: LexborNode, label: str) -> bool:
    text = node.text(deep=True, strip=True)[:40].lower()
    return text.startswith((label.lower(), label.lower().rstrip("s") + ":")) or not plain_text([TextRun(text)])
