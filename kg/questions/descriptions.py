"""Words for what a question was taken to mean."""

from collections.abc import Iterable, Sequence

from kg.queries.answers import Found


def described(node: Found) -> str:
    """A node by type and name."""
    return f"the {node.label.lower()} {node.name}" if node.label != "Paper" else f"the paper “{node.name}”"


def article(label: str) -> str:
    """A type of node with its article."""
    return f"{'an' if label[0] in 'AEIOU' else 'a'} {label.lower()}"


def either(labels: Iterable[str]) -> str:
    """Types of nodes, joined by or."""
    *others, last = dict.fromkeys(article(label) for label in labels)
    return f"{', '.join(others)} or {last}" if others else last


def plural(types: Iterable[str]) -> str:
    """Types of nodes in the plural, joined by and."""
    names = [f"{label.lower()}s" for label in types]
    return ", ".join([*names[:-2], " and ".join(names[-2:])])


def besides(others: Sequence[Found]) -> str:
    """That other nodes of the same name were not meant."""
    if not others:
        return ""
    return f"; not {', '.join(f'{described(other)} ({other.id})' for other in others[:3])}"


def respelt(slips: dict[str, str]) -> str:
    """That slips of the pen were put right."""
    return "".join(f"; “{word}” read as “{meant}”" for word, meant in slips.items())
