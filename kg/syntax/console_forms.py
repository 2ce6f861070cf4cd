"""The forms besides reading statements that a console takes: EXPLAIN, PROFILE, and CALL and SHOW of the schema.

CALL and SHOW are never sent to an engine. A statement within a form, or what follows its YIELD, stays text, which the
guard judges like any other. Which procedures are answered is for `kg.queries.schema_statements`.
"""

from dataclasses import dataclass
from typing import Literal

from kg.errors import NotUnderstoodError, RefusedError
from kg.syntax.parser import MAX_LENGTH
from kg.syntax.tokens import Token, position, tokenise

_LISTS = {
    **dict.fromkeys(("INDEX", "INDEXES"), "INDEXES"),
    **dict.fromkeys(("CONSTRAINT", "CONSTRAINTS"), "CONSTRAINTS"),
    **dict.fromkeys(("FUNCTION", "FUNCTIONS"), "FUNCTIONS"),
    **dict.fromkeys(("PROCEDURE", "PROCEDURES"), "PROCEDURES"),
}
_AFTER_CALL = frozenset({"WHERE", "RETURN", "WITH", "MATCH", "OPTIONAL", "UNWIND"})
_AFTER_SHOW = frozenset({"WHERE", "RETURN", "ORDER", "SKIP", "OFFSET", "LIMIT"})


@dataclass(frozen=True, slots=True)
class PlanStatement:
    """`EXPLAIN statement` or `PROFILE statement`."""

    how: Literal["EXPLAIN", "PROFILE"]
    statement: str
    """What is to be explained; nothing is checked of it yet."""


@dataclass(frozen=True, slots=True)
class SchemaStatement:
    """`CALL name() YIELD …` or `SHOW name YIELD …`."""

    kind: Literal["CALL", "SHOW"]
    name: str
    """A procedure as it is written, or the plural of a list in capitals."""
    items: tuple[tuple[str, str], ...] | None
    """Columns of YIELD, each with its name in the answer; None where there is no YIELD, or `YIELD *`."""
    everything: bool
    """Whether it says `YIELD *`."""
    rest: str
    """What stands behind the items: conditions, order and RETURN as in Cypher; nothing is checked of it yet."""
    returns: bool
    """Whether the rest has its own RETURN."""


def parse_console_form(statement: str) -> PlanStatement | SchemaStatement | None:
    """One of these forms; None for anything else, which the parser of reading statements judges.

    Raises:
        RefusedError: it begins like one of them, and does more or something else; the message names the rule.
        NotUnderstoodError: it is none, and the message says where.
    """
    if len(statement) > MAX_LENGTH:
        return None
    found = tokenise(statement)
    match found[0].word:
        case "EXPLAIN":
            return PlanStatement("EXPLAIN", statement[found[0].end :].strip())
        case "PROFILE":
            return PlanStatement("PROFILE", statement[found[0].end :].strip())
        case "CALL" if found[1].kind in ("word", "quoted"):
            return _Form(statement, found).call()
        case "SHOW":
            return _Form(statement, found).show()
    return None


class _Form:
    def __init__(self, statement: str, found: list[Token]) -> None:
        self._text = statement
        # A last semicolon is left out.
        self._tokens = [*found[:-2], found[-1]] if found[-2].text == ";" else found
        self._end = found[-2].start if found[-2].text == ";" else len(statement)
        self._at = 1

    def call(self) -> SchemaStatement:
        """What follows CALL."""
        names = [self._name("a procedure")]
        while self._symbol("."):
            names.append(self._name("a name"))
        name = ".".join(names)
        brackets = self._symbol("(")
        if brackets and not self._symbol(")"):
            raise RefusedError(f"rule 'clauses': {name} is refused, as no procedure that is answered takes arguments")
        items, everything = self._yield()
        form = self._with_rest("CALL", name, items, everything, _AFTER_CALL if items else frozenset())
        if form.rest and not brackets:
            raise NotUnderstoodError(f"write {name}() with brackets where more than YIELD follows")
        return form

    def show(self) -> SchemaStatement:
        """What follows SHOW."""
        everything = self._token.word == "ALL"
        self._at += everything
        name = _LISTS.get(self._token.word)
        if name is None or (everything and name == "PROCEDURES"):
            raise RefusedError(
                f"rule 'clauses': SHOW {self._token.text} is refused: SHOW INDEXES, SHOW CONSTRAINTS, SHOW FUNCTIONS "
                "and SHOW PROCEDURES are answered"
            )
        self._at += 1
        items, everything = self._yield()
        allowed = _AFTER_SHOW if items or everything else frozenset({"WHERE"})
        return self._with_rest("SHOW", name, items, everything, allowed)

    @property
    def _token(self) -> Token:
        return self._tokens[self._at]

    def _symbol(self, text: str) -> bool:
        """Takes a symbol if it comes next, and says whether it did."""
        found = self._token.kind == "symbol" and self._token.text == text
        self._at += found
        return found

    def _name(self, what: str) -> str:
        token = self._token
        if token.kind not in ("word", "quoted"):
            raise NotUnderstoodError(f"{position(self._text, token.start)}: {what} is expected")
        self._at += 1
        return token.text if token.kind == "word" else token.text[1:-1].replace("``", "`")

    def _yield(self) -> tuple[tuple[tuple[str, str], ...] | None, bool]:
        """The columns of YIELD, if it comes next, and whether they are `*`."""
        if self._token.word != "YIELD":
            return None, False
        self._at += 1
        if self._symbol("*"):
            return None, True
        items: list[tuple[str, str]] = []
        while not items or self._symbol(","):
            column = name = self._name("a column")
            if self._token.word == "AS":
                self._at += 1
                name = self._name("a name")
            if name in (known for _, known in items):
                raise NotUnderstoodError(f"YIELD names {name} twice: give one of them another name with AS")
            items.append((column, name))
        return tuple(items), False

    def _with_rest(
        self,
        kind: Literal["CALL", "SHOW"],
        name: str,
        items: tuple[tuple[str, str], ...] | None,
        everything: bool,
        allowed: frozenset[str],
    ) -> SchemaStatement:
        token = self._token
        if token.text == ";":
            raise RefusedError("rule 'one statement': remove what follows the semicolon")
        if token.kind != "end" and token.word not in allowed:
            raise RefusedError(
                f"rule 'clauses': {token.text} ({position(self._text, token.start)}) is refused after this {kind}"
                + (f": {', '.join(sorted(allowed))} may follow" if allowed else "")
            )
        rest = self._text[token.start : self._end].strip() if token.kind != "end" else ""
        return SchemaStatement(kind, name, items, everything, rest, self._returns())

    def _returns(self) -> bool:
        """Whether RETURN stands outside all brackets."""
        depth = 0
        for before, token in zip(self._tokens[self._at - 1 :], self._tokens[self._at :], strict=False):
            depth += (token.text in ("(", "[", "{")) - (token.text in (")", "]", "}"))
            if token.word == "RETURN" and not depth and before.text != "." and before.word != "AS":
                return True
        return False
