"""Whether a stranger's statement only reads the graph.

The statement is cut into tokens, and each word is judged by where it stands. Where an operand is expected, a word is a
name or a function; where an operator or a clause is expected, it must be one of those listed here. What is not listed
is refused, so a clause or function that an engine learns tomorrow is refused as well.

The engines have their own guard behind this one (`kg.store.guard`, Neo4j's plan), and read-only transactions.
"""

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from kg.errors import NotUnderstoodError, RefusedError

MAX_LENGTH = 10_000
"""Characters of a statement."""

MAX_DEPTH = 50
"""Brackets within brackets."""

_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+|//[^\r\n]*|/\*.*?\*/)
    | (?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
    | (?P<quoted>`[^`]*`)
    | (?P<parameter>\$(?:[A-Za-z_]\w*|\d+))
    | (?P<number>0[xo][0-9A-Fa-f]+|\d+(?:\.(?!\.)\d+)?(?:[eE][+-]?\d+)?)
    | (?P<word>[A-Za-z_]\w*)
    | (?P<symbol>\.\.|=~|<>|<=|>=|[-+*/%^=<>|&!:.,;(){}\[\]])""",
    re.DOTALL | re.VERBOSE | re.ASCII,
)

# fmt: off
_CLAUSES = frozenset({"MATCH", "OPTIONAL", "RETURN", "UNWIND", "WITH"})
# What may stand where an operator or the next clause is expected, and whether an operand follows.
_OPERATORS = {
    **dict.fromkeys((
        "AND", "AS", "BY", "CONTAINS", "ELSE", "IN", "IS", "LIMIT", "MATCH", "OR", "ORDER", "RETURN", "SKIP", "THEN",
        "UNWIND", "WHEN", "WHERE", "WITH", "XOR",
    ), True),
    **dict.fromkeys(("ASC", "ASCENDING", "DESC", "DESCENDING", "END", "SHORTEST", "TRAIL", "ACYCLIC"), False),
}
_PREFIXES = frozenset({"CASE", "DISTINCT", "NOT", "WHEN"})
_SUBQUERIES = frozenset({"COLLECT", "COUNT", "EXISTS"})
_SECOND = {"OPTIONAL": {"MATCH"}, "ORDER": {"BY"}, "STARTS": {"WITH"}, "ENDS": {"WITH"}}
_REFUSED = frozenset({
    "ALTER", "ANALYZE", "ATTACH", "BEGIN", "CALL", "CHECKPOINT", "COMMENT", "COMMIT", "COPY", "CREATE", "CYPHER",
    "DEALLOCATE", "DELETE", "DENY", "DETACH", "DROP", "DRYRUN", "ENABLE", "EXPLAIN", "EXPORT", "EXTENSION", "FINISH",
    "FOREACH", "GRANT", "IMPORT", "INSERT", "INSTALL", "LOAD", "MACRO", "MERGE", "NODETACH", "PROFILE", "REMOVE",
    "RENAME", "REVOKE", "ROLLBACK", "SET", "SHOW", "START", "STOP", "TERMINATE", "TRANSACTION", "UNINSTALL", "UPDATE",
    "USE", "USING", "YIELD",
})
_FUNCTIONS = frozenset({
    # of graphs
    "allshortestpaths", "elementid", "endnode", "id", "keys", "label", "labels", "length", "nodes", "offset",
    "properties", "relationships", "rels", "shortestpath", "startnode", "type",
    # over rows and lists
    "all", "any", "avg", "coalesce", "collect", "count", "exists", "head", "isempty", "last", "list_contains",
    "list_sort", "max", "min", "none", "nullif", "percentilecont", "percentiledisc", "single", "size", "stdev",
    "stdevp", "sum", "tail",
    # of text
    "ends_with", "left", "levenshtein", "lower", "ltrim", "regexp_matches", "reverse", "right", "rtrim", "split",
    "starts_with", "substring", "tolower", "toupper", "trim", "upper",
    # of numbers and types
    "abs", "cast", "ceil", "ceiling", "exp", "floor", "log", "log10", "round", "sign", "sqrt", "toboolean",
    "tofloat", "tointeger", "tostring",
})
# fmt: on
_BEFORE_LABEL = (":", "|", "&", "!")
_CLOSING = {")": "(", "]": "[", "}": "{"}


class _Expected(Enum):
    CLAUSE = auto()
    OPERAND = auto()
    OPERATOR = auto()


class _Token(NamedTuple):
    kind: str
    text: str
    start: int

    @property
    def word(self) -> str:
        """The word in capitals; of anything else, an empty text."""
        return self.text.upper() if self.kind == "word" else ""


_END = _Token("end", "", -1)


def check(statement: str) -> frozenset[str]:
    """Passes a single statement that only reads the graph.

    Returns:
        Names of the parameters that it uses.

    Raises:
        RefusedError: it would do something else, or might; the message names the rule.
        NotUnderstoodError: it is no statement.
    """
    if len(statement) > MAX_LENGTH:
        raise RefusedError(f"rule 'size': a statement has at most {MAX_LENGTH:,} characters")
    tokens = list(_tokens(statement))
    if tokens and tokens[-1].text == ";":
        tokens.pop()
    if not tokens:
        raise NotUnderstoodError("the statement is empty")
    _Judge(statement, tokens).judge()
    return frozenset(token.text[1:] for token in tokens if token.kind == "parameter")


class _Judge:
    """Goes through the tokens once, knowing what may stand next."""

    def __init__(self, statement: str, tokens: list[_Token]) -> None:
        self._statement = statement
        self._tokens = [*tokens, _END]
        self._open: list[str] = []
        self._expected = _Expected.CLAUSE

    def judge(self) -> None:
        previous = _END
        for position, token in enumerate(self._tokens[:-1]):
            following = self._tokens[position + 1]
            second = _SECOND.get(previous.word)
            if second and self._expected is _Expected.CLAUSE and token.word not in second:
                raise self._refusal(token)
            if token.kind == "word":
                self._word(token, previous, following)
            elif token.kind == "symbol":
                self._symbol(token, previous)
            else:
                self._operand(token, following)
            previous = token
        if self._open:
            raise NotUnderstoodError(f"a bracket {self._open[-1][-1]} is not closed")
        if self._expected is _Expected.CLAUSE:
            raise NotUnderstoodError("the statement breaks off")

    def _word(self, token: _Token, previous: _Token, following: _Token) -> None:
        if previous.text == ".":
            if following.text == "(":
                raise self._function(self._chain(token))
            self._expected = _Expected.OPERATOR
        elif previous.text in _BEFORE_LABEL and self._open[-1:] != ["{"] and following.text != "(":
            self._expected = _Expected.OPERATOR
        elif self._expected is _Expected.CLAUSE:
            self._clause(token, previous)
        elif self._expected is _Expected.OPERATOR:
            self._operator(token, previous)
        elif following.text == ":" or (previous.word == "AS" and following.text != "("):
            # A map's key or a node's variable; a new name.
            self._expected = _Expected.OPERATOR
        else:
            self._name(token, following)

    def _clause(self, token: _Token, previous: _Token) -> None:
        word = token.word
        if previous.word in _SECOND:
            self._expected = _Expected.OPERAND
        elif previous.word == "UNION" and word in ("ALL", "DISTINCT"):
            return
        elif word not in _CLAUSES:
            raise self._refusal(token)
        elif word != "OPTIONAL":
            self._expected = _Expected.OPERAND

    def _operator(self, token: _Token, previous: _Token) -> None:
        word = token.word
        if word in _SECOND or word == "UNION":
            self._expected = _Expected.CLAUSE
        elif word in _OPERATORS:
            self._expected = _Expected.OPERAND if _OPERATORS[word] else _Expected.OPERATOR
        elif previous.text == "*" and word == "ALL":
            return
        else:
            raise self._refusal(token)

    def _name(self, token: _Token, following: _Token) -> None:
        word = token.word
        if word in _PREFIXES:
            return
        if word in _SUBQUERIES and following.text == "{":
            return
        # A variable of that name would be followed by an operator.
        clause = following.kind not in ("symbol", "end") and following.word not in _OPERATORS
        if word in _REFUSED and (clause or following.text == "{"):
            raise self._refusal(token)
        if following.text == "(" and word.lower() not in _FUNCTIONS:
            raise self._function(token.text)
        self._expected = _Expected.OPERATOR

    def _symbol(self, token: _Token, previous: _Token) -> None:
        text = token.text
        if text == ";":
            raise RefusedError("rule 'one statement': remove what follows the semicolon")
        if text in "([{":
            self._bracket(text, previous)
        elif text in _CLOSING:
            if not self._open or self._open.pop()[-1] != _CLOSING[text]:
                raise NotUnderstoodError(f"the bracket {text} closes none")
            self._expected = _Expected.OPERATOR
        elif self._expected is _Expected.CLAUSE:
            raise self._unknown(token)
        elif text == "*" and (previous.word in ("RETURN", "WITH", "DISTINCT") or self._open[-1:] == ["-["]):
            self._expected = _Expected.OPERATOR
        else:
            self._expected = _Expected.OPERAND

    def _bracket(self, text: str, previous: _Token) -> None:
        subquery = text == "{" and previous.word in _SUBQUERIES
        if self._expected is _Expected.CLAUSE and not (text == "(" and self._open[-1:] == ["subquery {"]):
            raise self._unknown(_Token("symbol", text, self._after(previous)))
        edge = text == "[" and previous.text == "-"
        self._open.append("subquery {" if subquery else "-[" if edge else text)
        if len(self._open) > MAX_DEPTH:
            raise RefusedError(f"rule 'size': at most {MAX_DEPTH} brackets lie within each other")
        self._expected = _Expected.CLAUSE if subquery else _Expected.OPERAND

    def _operand(self, token: _Token, following: _Token) -> None:
        if self._expected is _Expected.CLAUSE:
            raise self._unknown(token)
        if token.kind == "quoted" and following.text == "(":
            raise self._function(token.text)
        self._expected = _Expected.OPERATOR

    def _function(self, name: str) -> RefusedError:
        return RefusedError(f"rule 'functions': {name} is not among the functions allowed here")

    def _refusal(self, token: _Token) -> RefusedError | NotUnderstoodError:
        if token.word in _REFUSED:
            return RefusedError(f"rule 'clauses': {token.word} is refused, as statements may only read the graph")
        return self._unknown(token)

    def _unknown(self, token: _Token) -> NotUnderstoodError:
        line = self._statement.count("\n", 0, max(token.start, 0)) + 1
        begin = f"a statement begins with {', '.join(sorted(_CLAUSES))}"
        return NotUnderstoodError(f"line {line}: {token.text!r} is no clause or operator that may stand here; {begin}")

    def _chain(self, token: _Token) -> str:
        """A function's name with its namespaces."""
        name = token.text
        index = self._tokens.index(token)
        while index >= 2 and self._tokens[index - 1].text == ".":
            name = f"{self._tokens[index - 2].text}.{name}"
            index -= 2
        return name

    def _after(self, token: _Token) -> int:
        return token.start + len(token.text)


def _tokens(statement: str) -> Iterator[_Token]:
    """The tokens but white space and comments.

    Raises:
        RefusedError: the engines might read the characters otherwise than this module.
        NotUnderstoodError: a text or a comment does not end, or a character has no meaning outside a text.
    """
    if re.search(r"\\[uU]", statement):
        raise RefusedError("rule 'characters': write a character itself, not as a \\u escape")
    for odd in re.finditer(r"[^\S \t\r\n]|[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]", statement):
        raise RefusedError(f"rule 'characters': U+{ord(odd[0]):04X} is no plain space, tab or line end")
    place = 0
    while place < len(statement):
        found = _TOKEN.match(statement, place)
        if not found:
            raise _stray(statement, place)
        if found.lastgroup and found.lastgroup != "space":
            yield _Token(found.lastgroup, found[0], place)
        place = found.end()


def _stray(statement: str, place: int) -> RefusedError | NotUnderstoodError:
    character = statement[place]
    line = statement.count("\n", 0, place) + 1
    if character in "'\"`":
        return NotUnderstoodError(f"line {line}: the {character} is not closed")
    if not character.isascii():
        return RefusedError(f"rule 'characters': {character!r} (line {line}) may stand in a text or in backticks only")
    return NotUnderstoodError(f"line {line}: {character!r} has no meaning here")
