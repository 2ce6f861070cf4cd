"""Parses a statement into its tree, by recursive descent with precedence climbing.

Only clauses that read are known, so any other clause, even one that an engine learns tomorrow, is refused.
"""

import math
import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Final, Literal, TypeVar

from kg.errors import NotUnderstoodError, RefusedError
from kg.syntax import tree
from kg.syntax.tokens import Token, position, string_value, tokenise

MAX_LENGTH = 10_000
"""Characters of a statement."""

MAX_DEPTH = 40
"""Expressions within expressions."""

# fmt: off
_REFUSED_WORDS = frozenset({
    "ALTER", "ANALYZE", "ATTACH", "BEGIN", "CALL", "CHECKPOINT", "COMMENT", "COMMIT", "COPY", "CREATE", "CYPHER",
    "DEALLOCATE", "DELETE", "DENY", "DETACH", "DROP", "DRYRUN", "ENABLE", "EXPLAIN", "EXPORT", "EXTENSION", "FILTER",
    "FOREACH", "GRANT", "IMPORT", "INSERT", "INSTALL", "LET", "LOAD", "MACRO", "MERGE", "NEXT", "NODETACH", "PROFILE",
    "REALLOCATE", "REMOVE", "RENAME", "REVOKE", "ROLLBACK", "SET", "SHOW", "START", "STOP", "TERMINATE",
    "TRANSACTION", "UNINSTALL", "UPDATE", "USE", "USING", "YIELD",
})
"""Words that begin what does more than read, or call procedures, in any dialect of Cypher; they may be names too."""

_AFTER_NAME = frozenset({
    "AND", "AS", "ASC", "CONTAINS", "DESC", "ELSE", "END", "ENDS", "IN", "IS", "LIMIT", "MATCH", "OR", "ORDER",
    "RETURN", "SKIP", "STARTS", "THEN", "UNWIND", "WHEN", "WHERE", "WITH", "XOR",
})

_TYPE_WORDS = frozenset({
    "ANY", "ARRAY", "BOOL", "BOOLEAN", "DATE", "DATETIME", "DURATION", "EDGE", "FLOAT", "INT", "INTEGER", "LIST",
    "LOCAL", "MAP", "NODE", "NOTHING", "NULL", "PATH", "PATHS", "POINT", "PROPERTY", "RELATIONSHIP", "SIGNED", "STRING",
    "TIME", "TIMESTAMP", "VALUE", "VARCHAR", "VERTEX", "ZONE", "ZONED",
})
"""Words of which the names of types are made."""
# fmt: on
_FIRST_WORDS = "MATCH, OPTIONAL MATCH, WITH, UNWIND, CALL { } or RETURN"
_COMPARISONS = frozenset({"=", "<>", "<", "<=", ">", ">="})
_PRECEDENCE: Final = {"OR": 1, "XOR": 2, "AND": 3, "+": 7, "-": 7, "||": 7, "*": 8, "/": 8, "%": 8, "^": 9}
_NOT, _COMPARED, _TESTED = 4, 5, 6
_QUANTIFIERS = frozenset({"ALL", "ANY", "NONE", "SINGLE"})
_SUBQUERIES = frozenset({"EXISTS", "COUNT", "COLLECT"})
_CONSTANTS: Final = {"TRUE": True, "FALSE": False, "NULL": None, "NAN": math.nan, "INF": math.inf, "INFINITY": math.inf}
_NORMAL_FORMS = frozenset({"NFC", "NFD", "NFKC", "NFKD"})
_AFTER_IS = frozenset({"NOT", "NULL", "TYPED", "NORMALIZED"}) | _NORMAL_FORMS
"""Words after IS that are no labels."""

_TRIMMED: Final = {"BOTH": "btrim", "LEADING": "ltrim", "TRAILING": "rtrim"}
_TOO_LARGE = 2**63
_ODD_INTEGER = re.compile(r"0[\d_]|.*(?:__|_$)")

_T = TypeVar("_T")


@lru_cache(maxsize=256)
def parse(statement: str) -> tree.Query:
    """Parses one reading statement; programs send the same ones again, with other parameters.

    Returns:
        Its tree.

    Raises:
        RefusedError: it is too long or too deep, more than one, or has a clause that does more than read; the message
            names the rule.
        NotUnderstoodError: it is no statement; the message says where.
    """
    if len(statement) > MAX_LENGTH:
        raise RefusedError(f"rule 'size': a statement has at most {MAX_LENGTH:,} characters")
    found = tokenise(statement)
    if all(token.text == ";" for token in found[:-1]):
        raise NotUnderstoodError("the statement is empty")
    return _Parser(statement, found).statement()


class _Parser:
    def __init__(self, statement: str, found: list[Token]) -> None:
        self._text = statement
        self._tokens = found
        self._at = 0
        self._token = found[0]
        self._depth = 0
        # Expressions by the token that they begin at, and the token after them: trying a pattern first stays linear.
        self._parsed: dict[tuple[str, int], tuple[tree.Expression, int]] = {}

    def statement(self) -> tree.Query:
        """Parses everything."""
        query = self._query()
        if self._token.text == ";":
            self._next()
            if self._token.kind != "end":
                raise RefusedError("rule 'one statement': remove what follows the semicolon")
        if self._token.kind != "end":
            raise self._unexpected("the end, or a clause")
        return query

    # Tokens

    def _next(self) -> Token:
        """Takes the next token."""
        token = self._token
        if token.kind != "end":
            self._at += 1
            self._token = self._tokens[self._at]
        return token

    def _go_to(self, place: int) -> None:
        self._at = place
        self._token = self._tokens[place]

    def _ahead(self, steps: int = 1) -> Token:
        return self._tokens[min(self._at + steps, len(self._tokens) - 1)]

    def _end(self) -> int:
        """Offset after the last token taken."""
        return self._tokens[self._at - 1].end

    def _symbol(self, text: str) -> bool:
        """Takes a symbol if it comes next, and says whether it did."""
        if self._token.kind == "symbol" and self._token.text == text:
            self._next()
            return True
        return False

    def _is(self, text: str) -> bool:
        return self._token.kind == "symbol" and self._token.text == text

    def _expect(self, text: str) -> None:
        if not self._symbol(text):
            raise self._unexpected(f"'{text}'")

    def _word(self, *words: str) -> bool:
        """Takes words if they come next, and says whether they did."""
        if all(self._ahead(step).word == word for step, word in enumerate(words)):
            for _ in words:
                self._next()
            return True
        return False

    def _name(self, what: str) -> str:
        """Takes a name, quoted or not; `what` it is called in the message if there is none."""
        if self._token.kind == "word":
            return self._next().text
        if self._token.kind == "quoted":
            name = self._next().text[1:-1].replace("``", "`")
            if name:
                return name
        raise self._unexpected(what)

    def _unexpected(self, expected: str) -> NotUnderstoodError | RefusedError:
        """The error that the next token is not what is expected; a word of a clause that writes is refused."""
        token = self._token
        if token.word in _REFUSED_WORDS and self._ahead().text not in (".", ")", ","):
            return RefusedError(
                f"rule 'clauses': {token.word} ({position(self._text, token.start)}) is refused, as statements may "
                "only read the graph"
            )
        found = repr(token.text) if token.text else "the end"
        return NotUnderstoodError(f"{position(self._text, token.start)}: {found} stands where {expected} is expected")

    def _mistake(self, place: int, message: str) -> NotUnderstoodError:
        """The error of the token at a place."""
        return NotUnderstoodError(f"{position(self._text, self._tokens[place].start)}: {message}")

    def _nested(self, read: Callable[[], _T]) -> _T:
        """Parses a part within another, unless there are too many around it."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise RefusedError(f"rule 'size': at most {MAX_DEPTH} expressions or queries lie within each other")
        try:
            return read()
        finally:
            self._depth -= 1

    # Clauses

    def _query(self) -> tree.Query:
        return self._nested(self._union)

    def _union(self) -> tree.Query:
        start = self._token.start
        queries = [self._single()]
        all_rows = []
        while self._word("UNION"):
            all_rows.append(self._word("ALL"))
            if not all_rows[-1]:
                self._word("DISTINCT")
            queries.append(self._single())
        return tree.Query(start, self._end(), tuple(queries), tuple(all_rows))

    def _single(self) -> tree.SingleQuery:
        start = self._token.start
        clauses: list[tree.Clause] = []
        while clause := self._clause():
            clauses.append(clause)
            if _ends(clause):
                break
        if not clauses:
            raise self._unexpected(_FIRST_WORDS)
        # EXISTS { } and COUNT { } need no RETURN.
        if not (_ends(clauses[-1]) or isinstance(clauses[-1], tree.CallSubquery) or self._is("}")):
            raise self._unexpected("RETURN")
        return tree.SingleQuery(start, self._end(), tuple(clauses))

    def _clause(self) -> tree.Clause | None:
        """The next clause, if one begins here."""
        start = self._token.start
        match self._token.word:
            case "MATCH":
                self._next()
                return self._match(start, False)
            case "OPTIONAL":
                self._next()
                if self._word("MATCH"):
                    return self._match(start, True)
                return self._call(start, True)
            case "UNWIND":
                self._next()
                source = self._expression()
                if not self._word("AS"):
                    raise self._unexpected("AS")
                return tree.Unwind(start, self._end(), source, self._name("a variable"))
            case "WITH":
                self._next()
                return self._rows(start, "WITH")
            case "RETURN":
                self._next()
                return self._rows(start, "RETURN")
            case "CALL":
                return self._call(start, False)
            case "FINISH":
                self._next()
                return tree.Finish(start, self._end())
        return None

    def _match(self, start: int, optional: bool) -> tree.Match:
        paths = [self._path()]
        while self._symbol(","):
            paths.append(self._path())
        where = self._expression() if self._word("WHERE") else None
        return tree.Match(start, self._end(), optional, tuple(paths), where)

    def _call(self, start: int, optional: bool) -> tree.CallSubquery:
        if self._token.word != "CALL" or self._ahead().text not in ("{", "("):
            raise self._unexpected("MATCH, or CALL { }")
        self._next()
        imports: tuple[str, ...] | None = None
        if self._symbol("("):
            imports = ()
            if self._symbol("*"):
                imports = ("*",)
            elif not self._is(")"):
                imports = (self._name("a variable"),)
                while self._symbol(","):
                    imports += (self._name("a variable"),)
            self._expect(")")
        self._expect("{")
        query = self._query()
        self._expect("}")
        if self._token.word == "IN":
            raise RefusedError("rule 'clauses': CALL { } IN TRANSACTIONS is refused")
        return tree.CallSubquery(start, self._end(), optional, query, imports)

    def _rows(self, start: int, clause: Literal["WITH", "RETURN"]) -> tree.ProjectionClause:
        distinct = self._word("DISTINCT")
        if not distinct and self._token.word == "ALL" and self._ahead().text != "(":
            self._next()
        everything = self._symbol("*")
        items: list[tree.ProjectionItem] = []
        if not everything or self._symbol(","):
            items.append(self._item(clause))
            while self._symbol(","):
                items.append(self._item(clause))
        order: list[tree.SortKey] = []
        if self._word("ORDER", "BY"):
            order.append(self._order())
            while self._symbol(","):
                order.append(self._order())
        skip = self._expression() if self._word("SKIP") or self._word("OFFSET") else None
        limit = self._expression() if self._word("LIMIT") else None
        where = self._expression() if clause == "WITH" and self._word("WHERE") else None
        return tree.ProjectionClause(
            start, self._end(), clause, distinct, everything, tuple(items), tuple(order), skip, limit, where
        )

    def _item(self, clause: str) -> tree.ProjectionItem:
        start = self._token.start
        value = self._expression()
        end = self._end()
        if self._word("AS"):
            return tree.ProjectionItem(start, self._end(), value, self._name("a name"), True)
        if isinstance(value, tree.Variable):
            return tree.ProjectionItem(start, end, value, value.name, False)
        if isinstance(value, tree.MapProjection):
            return tree.ProjectionItem(start, end, value, value.of.name, False)
        if clause == "WITH":
            raise self._unexpected("AS and a name")
        return tree.ProjectionItem(start, end, value, self._text[start:end], False)

    def _order(self) -> tree.SortKey:
        start = self._token.start
        value = self._expression()
        descending = self._word("DESC") or self._word("DESCENDING")
        if not descending and not self._word("ASC"):
            self._word("ASCENDING")
        return tree.SortKey(start, self._end(), value, descending)

    # Patterns

    def _path(self) -> tree.PathPattern:
        start = self._token.start
        variable = None
        if self._token.kind in ("word", "quoted") and self._ahead().text == "=":
            variable = self._name("a variable")
            self._next()
        which = self._selector()
        if which:
            elements = self._elements()
        elif self._token.word in ("SHORTESTPATH", "ALLSHORTESTPATHS") and self._ahead().text == "(":
            which = self._next().text.lower()
            self._next()
            elements = self._elements()
            self._expect(")")
        else:
            elements = self._elements()
        return tree.PathPattern(start, self._end(), variable, which, elements)

    def _selector(self) -> str:
        """`SHORTEST 2`, `ALL SHORTEST`, `ANY`, `ANY SHORTEST`."""
        words = ""
        if self._token.word in ("ANY", "ALL", "SHORTEST") and self._ahead().text != "(":
            words = self._next().word
            if words != "SHORTEST" and self._word("SHORTEST"):
                words += " SHORTEST"
            if self._token.kind == "integer":
                words += f" {self._number()}"
            if self._token.word in ("PATH", "PATHS", "GROUP", "GROUPS"):
                words += f" {self._next().word}"
        elif self._token.word in ("ANY", "ALL") and self._ahead().text == "(" and self._ahead(2).text == "(":
            raise self._unexpected("a pattern")
        return words

    def _elements(self) -> tuple[tree.NodePattern | tree.EdgePattern | tree.RepeatedPattern, ...]:
        elements: list[tree.NodePattern | tree.EdgePattern | tree.RepeatedPattern] = [self._node_or_group()]
        while True:
            if self._is("-") or self._is("<"):
                elements.append(self._edge())
                elements.append(self._node_or_group())
            elif self._is("("):
                elements.append(self._node_or_group())
            else:
                return tuple(elements)

    def _node_or_group(self) -> tree.NodePattern | tree.RepeatedPattern:
        if not (self._is("(") and self._ahead().text == "("):
            return self._node()
        return self._nested(self._group)

    def _group(self) -> tree.RepeatedPattern:
        start = self._next().start
        path = self._path()
        where = self._expression() if self._word("WHERE") else None
        self._expect(")")
        hops = self._quantifier()
        return tree.RepeatedPattern(start, self._end(), path, where, hops)

    def _node(self) -> tree.NodePattern:
        start = self._token.start
        self._expect("(")
        variable, labels, properties, where, _ = self._between_brackets(False)
        self._expect(")")
        return tree.NodePattern(start, self._end(), variable, labels, properties, where)

    def _between_brackets(
        self, edge: bool
    ) -> tuple[
        str | None, tree.LabelExpression | None, tree.Expression | None, tree.Expression | None, tree.Hops | None
    ]:
        """Variable, labels, properties, condition and hops between the brackets of a node or an edge."""
        variable = None
        if self._token.kind == "quoted" or (
            self._token.kind == "word" and not (self._token.word in ("IS", "WHERE") and self._ahead().kind != "symbol")
        ):
            variable = self._name("a variable")
        first = self._at
        labels = self._labels(edge) if self._symbol(":") or self._word("IS") else None
        with_colons = any(self._is_old_either(place) for place in range(first, self._at))
        hops = self._stars() if edge and self._is("*") else None
        properties: tree.Expression | None = None
        if self._is("{"):
            properties = self._once("map", self._map)
        elif self._token.kind == "parameter":
            properties = self._atom()
        where = self._expression() if self._word("WHERE") else None
        if with_colons and (variable or properties or where or hops):
            raise self._mistake(first, "types with '|:' between them stand alone in their brackets: write '|'")
        if hops and labels and not _only_alternatives(labels):
            raise self._mistake(first, "before *, types are joined with | only: write !, & or % with {1,3} for *1..3")
        return variable, labels, properties, where, hops

    def _edge(self) -> tree.EdgePattern:
        start = self._token.start
        left = self._symbol("<")
        self._expect("-")
        variable, labels, properties, where, hops = None, None, None, None, None
        if self._symbol("["):
            variable, labels, properties, where, hops = self._between_brackets(True)
            self._expect("]")
        self._expect("-")
        right = self._symbol(">")
        hops = hops or self._quantifier()
        direction: Literal["<", ">", "-"] = "-" if left == right else "<" if left else ">"
        return tree.EdgePattern(start, self._end(), variable, labels, properties, where, hops, direction)

    def _stars(self) -> tree.Hops:
        """`*`, `*2`, `*1..3` in an edge's brackets."""
        start = self._next().start
        low = high = None
        if self._token.kind == "integer":
            low = high = self._number()
        if self._symbol(".."):
            high = self._number() if self._token.kind == "integer" else None
        elif low is None:
            low, high = 1, None
        return tree.Hops(start, self._end(), 1 if low is None else low, high)

    def _quantifier(self) -> tree.Hops | None:
        """`+`, `*`, `{1,3}` after an edge or a group, if there is one."""
        start = self._token.start
        if self._symbol("+"):
            return tree.Hops(start, self._end(), 1, None, True)
        if self._symbol("*"):
            return tree.Hops(start, self._end(), 0, None, True)
        if not self._is("{"):
            return None
        self._next()
        low = high = self._number() if self._token.kind == "integer" else 0
        limit: int | None = high
        if self._symbol(","):
            limit = self._number() if self._token.kind == "integer" else None
        self._expect("}")
        return tree.Hops(start, self._end(), low, limit, True)

    def _number(self) -> int:
        token = self._next()
        if _ODD_INTEGER.match(token.text):
            raise NotUnderstoodError(
                f"{position(self._text, token.start)}: {token.text} is no number: octal is 0o17, and thousands 1_000"
            )
        return _integer(token.text)

    # Labels

    def _labels(self, edge: bool = False) -> tree.LabelExpression:
        """Labels after `:` or IS, which was just taken, in one of the two ways to join them."""
        first = self._at
        labels = self._label()
        either = {place for place in range(first, self._at) if self._is_old_either(place)}
        symbols = {
            token.text
            for place, token in enumerate(self._tokens[first : self._at], first)
            if token.kind == "symbol" and place - 1 not in either
        }
        colon = ":" in symbols
        if (colon or (either and edge)) and symbols & ({"&", "!", "%"} | ({"|"} if colon else set())):
            raise self._mistake(first, "labels are joined with ':' alone or with '&', '|' and '!': write '&' for ':'")
        if colon and self._tokens[first - 1].word == "IS":
            raise self._mistake(first, "after IS, labels are joined with '&', not with ':'")
        if either and not edge:
            raise self._mistake(first, "labels have no ':' after '|': leave it out")
        return labels

    def _is_old_either(self, place: int) -> bool:
        """Whether `|:` stands at a place."""
        return self._tokens[place].text == "|" and self._tokens[place + 1].text == ":"

    def _label(self) -> tree.LabelExpression:
        return self._nested(self._either)

    def _either(self) -> tree.LabelExpression:
        left = self._both()
        while self._is("|"):
            self._next()
            self._symbol(":")
            right = self._both()
            left = tree.EitherLabel(left.start, self._end(), left, right)
        return left

    def _both(self) -> tree.LabelExpression:
        left = self._one_label()
        while self._is("&") or self._is(":"):
            self._next()
            right = self._one_label()
            left = tree.BothLabels(left.start, self._end(), left, right)
        return left

    def _one_label(self) -> tree.LabelExpression:
        start = self._token.start
        if self._symbol("!"):
            of = self._nested(self._one_label)
            return tree.NotLabel(start, self._end(), of)
        if self._symbol("("):
            inner = self._label()
            self._expect(")")
            return inner
        if self._symbol("%"):
            return tree.LabelName(start, self._end(), "%")
        if self._is("$"):
            raise RefusedError("rule 'parameters': a label or a type is no parameter: write it out")
        name = self._name("a label")
        return tree.LabelName(start, self._end(), name)

    # Expressions

    def _expression(self) -> tree.Expression:
        return self._once("expression", lambda: self._nested(lambda: self._climb(0)))

    def _once(self, kind: str, read: Callable[[], tree.Expression]) -> tree.Expression:
        """Parses an expression, or gives it again if one of the kind was parsed at this place before."""
        place = kind, self._at
        if place in self._parsed:
            known, after = self._parsed[place]
            self._go_to(after)
            return known
        value = read()
        self._parsed[place] = value, self._at
        return value

    def _climb(self, least: int) -> tree.Expression:
        """An expression whose operators bind at least so strongly."""
        start = self._token.start
        if self._token.word == "NOT" and least <= _NOT and self._ahead().text not in (".", ")", ","):
            self._next()
            operand = self._nested(lambda: self._climb(_NOT))
            left: tree.Expression = tree.Unary(start, self._end(), "NOT", operand)
        else:
            left = self._signed()
        is_tested = False
        while True:
            token = self._token
            operator = token.word if token.kind == "word" else token.text if token.kind == "symbol" else ""
            precedence = _PRECEDENCE.get(operator, 0)
            if precedence and precedence >= least and not (operator in ("OR", "XOR", "AND") and token.kind != "word"):
                self._next()
                right = self._climb(precedence + 1)
                left = tree.Binary(start, self._end(), operator, left, right)
            elif operator in _COMPARISONS and least <= _COMPARED:
                left = self._compared(start, left)
            elif least <= _TESTED and (tested := self._tested(start, left)):
                if is_tested:
                    where = position(self._text, token.start)
                    raise NotUnderstoodError(
                        f"{where}: {token.text} after another such operator: put one into brackets"
                    )
                left, is_tested = tested, True
            else:
                return left

    def _compared(self, start: int, left: tree.Expression) -> tree.Expression:
        operators = []
        operands = [left]
        while self._token.kind == "symbol" and self._token.text in _COMPARISONS:
            operators.append(self._next().text)
            operands.append(self._climb(_COMPARED + 1))
        return tree.Comparison(start, self._end(), tuple(operators), tuple(operands))

    def _tested(self, start: int, left: tree.Expression) -> tree.Expression | None:
        """`left` with `=~`, `IN`, `STARTS WITH`, `IS NULL` and the like, if one comes next."""
        operator = ""
        if self._symbol("=~"):
            operator = "=~"
        elif self._word("IN"):
            operator = "IN"
        elif self._word("CONTAINS"):
            operator = "CONTAINS"
        elif self._word("STARTS", "WITH"):
            operator = "STARTS WITH"
        elif self._word("ENDS", "WITH"):
            operator = "ENDS WITH"
        elif self._is("::") or self._token.word == "IS":
            return self._is_something(start, left)
        if not operator:
            return None
        right = self._climb(_TESTED + 1)
        return tree.Binary(start, self._end(), operator, left, right)

    def _is_something(self, start: int, left: tree.Expression) -> tree.Expression:
        if self._word("IS", "NULL"):
            return tree.IsNull(start, self._end(), left, False)
        if self._word("IS", "NOT", "NULL"):
            return tree.IsNull(start, self._end(), left, True)
        self._word("IS")
        negated = self._word("NOT")
        if not (self._symbol("::") or self._word("TYPED")):
            raise self._unexpected("NULL, NOT NULL or ::")
        name = self._type()
        return tree.IsType(start, self._end(), left, negated, name)

    def _type(self) -> str:
        """The name of a type: its words and symbols in capitals, with spaces between them."""
        if self._token.word not in _TYPE_WORDS:
            raise self._unexpected("a type")
        words: list[str] = []
        while self._continues_type(words.count("<") - words.count(">")):
            words.append(self._next().text.upper())
        return " ".join(words)

    def _continues_type(self, brackets: int) -> bool:
        """Whether the next token belongs to a type that has so many brackets open."""
        following = self._ahead()
        match self._token.text.upper() if self._token.kind in ("word", "symbol") else "":
            case "NOT":
                return following.word == "NULL"
            case "WITH" | "WITHOUT":
                return following.word == "TIME" and self._ahead(2).word == "ZONE"
            case "|":
                # In a list comprehension, what follows is the value.
                return following.word in _TYPE_WORDS
            case "<":
                return self._ahead(-1).word in ("LIST", "ARRAY", "ANY", "VALUE")
            case ">":
                return brackets > 0
            case "!":
                return True
        return self._token.word in _TYPE_WORDS

    def _signed(self) -> tree.Expression:
        start = self._token.start
        if not (self._is("-") or self._is("+")):
            return self._postfixed()
        sign = self._next().text
        if sign == "-" and self._token.kind == "integer" and _integer(self._token.text) == _TOO_LARGE:
            self._next()
            return tree.Constant(start, self._end(), -_TOO_LARGE)
        # What follows a sign is a value, or a number with a minus.
        negative = self._is("-") and self._ahead().kind in ("integer", "float")
        operand = self._nested(self._signed if negative else self._postfixed)
        return tree.Unary(start, self._end(), sign, operand)

    def _postfixed(self) -> tree.Expression:
        start = self._token.start
        value = self._atom()
        while True:
            if self._symbol("."):
                name = self._name("a property")
                value = tree.PropertyAccess(start, self._end(), value, name)
            elif self._symbol("["):
                value = self._indexed(start, value)
            elif isinstance(value, tree.Variable) and (self._is(":") or self._is_label_after_is()):
                self._next()
                labels = self._labels()
                value = tree.LabelTest(start, self._end(), value, labels)
            else:
                return value

    def _is_label_after_is(self) -> bool:
        following = self._ahead()
        if self._token.word != "IS" or following.word in _AFTER_IS:
            return False
        return following.kind in ("word", "quoted") or following.text in ("(", "!", "%")

    def _indexed(self, start: int, of: tree.Expression) -> tree.Expression:
        low = None if self._is("..") else self._expression()
        if not self._symbol(".."):
            self._expect("]")
            assert low is not None
            return tree.Index(start, self._end(), of, low)
        high = None if self._is("]") and low else self._expression()
        self._expect("]")
        return tree.Slice(start, self._end(), of, low, high)

    def _atom(self) -> tree.Expression:
        token = self._token
        start = token.start
        match token.kind:
            case "integer":
                value = self._number()
                if value >= _TOO_LARGE:
                    raise self._mistake(self._at - 1, f"{token.text} is too large for an integer")
                return tree.Constant(start, self._end(), value)
            case "float":
                self._next()
                number = float(token.text.replace("_", "").rstrip("fFdD"))
                if math.isinf(number):
                    raise self._mistake(self._at - 1, f"{token.text} is too large for a float")
                return tree.Constant(start, self._end(), number)
            case "string":
                self._next()
                return tree.Constant(start, self._end(), string_value(token.text))
            case "parameter":
                self._next()
                return tree.Parameter(start, self._end(), token.text[1:].strip("`"))
            case "symbol":
                return self._bracketed()
            case "word" | "quoted":
                return self._worded()
        raise self._unexpected("a value")

    def _bracketed(self) -> tree.Expression:
        start = self._token.start
        if self._is("("):
            return self._pattern() or self._parenthesis()
        if self._is("{"):
            return self._once("map", self._map)
        if not self._symbol("["):
            raise self._unexpected("a value")
        if self._token.kind in ("word", "quoted") and self._ahead().word == "IN":
            return self._comprehension(start)
        if path := self._path_in_list():
            where = self._expression() if self._word("WHERE") else None
            self._expect("|")
            value = self._expression()
            self._expect("]")
            return tree.PatternComprehension(start, self._end(), path, where, value)
        items = [] if self._is("]") else [self._expression()]
        while self._symbol(","):
            items.append(self._expression())
        self._expect("]")
        return tree.ListOf(start, self._end(), tuple(items))

    def _parenthesis(self) -> tree.Expression:
        self._next()
        value = self._expression()
        self._expect(")")
        return value

    def _comprehension(self, start: int) -> tree.Expression:
        place = self._at
        variable = self._name("a variable")
        self._next()
        source = self._expression()
        if self._is(",") or (self._is("]") and self._ahead(-1).word == "IN"):
            # It is no comprehension, but a list whose first item is `x IN list`.
            self._go_to(place)
            items = [self._expression()]
            while self._symbol(","):
                items.append(self._expression())
            self._expect("]")
            return tree.ListOf(start, self._end(), tuple(items))
        where = self._expression() if self._word("WHERE") else None
        value = self._expression() if self._symbol("|") else None
        self._expect("]")
        return tree.Comprehension(start, self._end(), variable, source, where, value)

    def _path_in_list(self) -> tree.PathPattern | None:
        """The pattern of a pattern comprehension, if one comes next."""
        named = self._token.kind in ("word", "quoted") and self._ahead().text == "=" and self._ahead(2).text == "("
        if not (self._is("(") or named):
            return None
        place = self._at
        try:
            path = self._path()
        except NotUnderstoodError:
            path = None
        if path and len(path.elements) > 1 and (self._is("|") or self._token.word == "WHERE"):
            return path
        self._go_to(place)
        return None

    def _pattern(self) -> tree.Expression | None:
        """A pattern in the place of a value, if one comes next."""
        place, start = self._at, self._token.start
        try:
            self._node()
        except NotUnderstoodError:
            self._go_to(place)
            return None
        edge = (self._is("-") and self._ahead().text in ("-", "[")) or (
            self._is("<") and self._ahead().text == "-" and self._ahead(2).text in ("-", "[")
        )
        self._go_to(place)
        if not edge:
            return None
        elements = self._elements()
        return tree.PatternValue(start, self._end(), tree.PathPattern(start, self._end(), None, "", elements))

    def _map(self) -> tree.Expression:
        return self._nested(self._map_entries)

    def _map_entries(self) -> tree.Expression:
        start = self._next().start
        entries = [] if self._is("}") else [self._entry()]
        while self._symbol(","):
            entries.append(self._entry())
        self._expect("}")
        return tree.MapOf(start, self._end(), tuple(entries))

    def _entry(self) -> tree.MapEntry:
        start = self._token.start
        name = self._name("a key")
        self._expect(":")
        value = self._expression()
        return tree.MapEntry(start, self._end(), name, value)

    def _worded(self) -> tree.Expression:
        token, following = self._token, self._ahead()
        start = token.start
        word = token.word
        if following.text == "{" and word in _SUBQUERIES:
            return self._subquery(start)
        if word == "CASE" and following.text not in (",", ")", "."):
            return self._nested(lambda: self._case(start))
        if following.text == "(":
            return self._called(start)
        if word in _CONSTANTS:
            self._next()
            return tree.Constant(start, self._end(), _CONSTANTS[word])
        if following.text == "." and (function := self._namespaced(start)):
            return function
        if word in _REFUSED_WORDS and not self._used_as_name(following):
            raise self._unexpected("a value")
        name = self._name("a value")
        variable = tree.Variable(start, self._end(), name)
        if self._is("{") and self._ahead().text != "}":
            return self._map_projection(variable)
        return variable

    def _used_as_name(self, following: Token) -> bool:
        """Whether a word that could begin a clause is a variable here, by what comes after it."""
        if following.kind in ("symbol", "end"):
            return following.text != "{"
        return following.word in _AFTER_NAME

    def _map_projection(self, of: tree.Variable) -> tree.Expression:
        self._next()
        entries = [self._projected(of)]
        while self._symbol(","):
            entries.append(self._projected(of))
        self._expect("}")
        return tree.MapProjection(of.start, self._end(), of, tuple(entries))

    def _projected(self, of: tree.Variable) -> tree.MapEntry:
        start = self._token.start
        if self._symbol("."):
            if self._symbol("*"):
                return tree.MapEntry(start, self._end(), "*", of)
            name = self._name("a property")
            end = self._end()
            return tree.MapEntry(start, end, name, tree.PropertyAccess(start, end, of, name))
        name = self._name("a key")
        if self._symbol(":"):
            value = self._expression()
            return tree.MapEntry(start, self._end(), name, value)
        return tree.MapEntry(start, self._end(), name, tree.Variable(start, self._end(), name))

    def _case(self, start: int) -> tree.Expression:
        self._next()
        subject = None if self._token.word == "WHEN" else self._expression()
        whens = []
        while self._token.word == "WHEN":
            began = self._next().start
            conditions = [self._expression()]
            while self._symbol(","):
                conditions.append(self._expression())
            if not self._word("THEN"):
                raise self._unexpected("THEN")
            value = self._expression()
            whens.append(tree.When(began, self._end(), tuple(conditions), value))
        otherwise = self._expression() if self._word("ELSE") else None
        if not whens or not self._word("END"):
            raise self._unexpected("END" if whens else "WHEN")
        return tree.Case(start, self._end(), subject, tuple(whens), otherwise)

    def _subquery(self, start: int) -> tree.Expression:
        kind = self._next().word
        self._next()
        bare = self._token.word not in ("MATCH", "OPTIONAL", "UNWIND", "WITH", "RETURN", "CALL")
        if bare and (self._token.word in _REFUSED_WORDS or kind == "COLLECT"):
            raise self._unexpected("a reading clause")
        query = self._nested(self._bare) if bare else self._query()
        self._expect("}")
        return tree.Subquery(start, self._end(), kind, query)

    def _bare(self) -> tree.Query:
        start = self._token.start
        match = self._match(start, False)
        single = tree.SingleQuery(start, self._end(), (match,))
        return tree.Query(start, self._end(), (single,), ())

    def _called(self, start: int) -> tree.Expression:
        word = self._token.word
        if word in ("SHORTESTPATH", "ALLSHORTESTPATHS"):
            path = self._path()
            return tree.PatternValue(start, self._end(), path)
        if word == "COUNT" and self._ahead(2).text == "*":
            for _ in range(3):
                self._next()
            self._expect(")")
            return tree.CountRows(start, self._end())
        if word in _QUANTIFIERS and self._ahead(3).word == "IN":
            return self._nested(lambda: self._quantified(start))
        if word == "EXISTS":
            self._go_to(self._at + 2)
            pattern = self._pattern()
            if not pattern:
                raise self._unexpected("a pattern; for a property, use IS NOT NULL")
            self._expect(")")
            return pattern
        if word == "REDUCE":
            return self._nested(lambda: self._reduced(start))
        if word == "TRIM":
            return self._nested(lambda: self._trimmed(start))
        if word == "NORMALIZE":
            return self._normalized(start)
        return self._call_of(start, self._name("a function"))

    def _trimmed(self, start: int) -> tree.Expression:
        """`trim(text)`; `trim(BOTH 'x' FROM text)` is `btrim` of one character, or of white space without one."""
        place = self._at
        name = self._name("a function")
        self._expect("(")
        side = self._next().word if self._token.word in _TRIMMED and self._begins_value(self._ahead()) else ""
        plain = self._token.word == "FROM" and self._begins_value(self._ahead())
        distinct = self._word("DISTINCT")
        arguments = [] if plain or self._is(")") else [self._expression()]
        if side or plain or (arguments and self._token.word == "FROM"):
            if not self._word("FROM"):
                raise self._unexpected("FROM")
            name = _TRIMMED[side or "BOTH"]
            arguments.insert(0, self._expression())
            self._check_trimmed(place, name, *arguments[1:])
        while self._symbol(","):
            arguments.append(self._expression())
        self._expect(")")
        return tree.Call(start, self._end(), name, distinct, tuple(arguments))

    def _begins_value(self, token: Token) -> bool:
        """Whether a word before this one is no variable, as the value of `trim` begins here."""
        if token.kind == "word":
            return token.word == "FROM" or token.word not in _AFTER_NAME
        return token.text == "(" if token.kind == "symbol" else token.kind != "end"

    def _check_trimmed(self, place: int, name: str, character: tree.Expression | None = None) -> None:
        match character:
            case tree.Constant(value=str(taken)) if len(taken) != 1:
                raise self._mistake(place, f"trim(… FROM …) takes one character: for several, {name}(text, characters)")
            case None | tree.Constant():
                return
        raise RefusedError(
            f"rule 'dialect': trim(… FROM …) takes one character in quotes here: otherwise use {name}(text, characters)"
        )

    def _normalized(self, start: int) -> tree.Expression:
        """`normalize(text)`, `normalize(text, NFD)`."""
        call = self._nested(lambda: self._call_of(start, self._name("a function")))
        assert isinstance(call, tree.Call)
        if len(call.arguments) < 2:
            return call
        form = call.arguments[1]
        if not isinstance(form, tree.Variable) or self._text[form.start : form.end].upper() not in _NORMAL_FORMS:
            raise NotUnderstoodError(
                f"{position(self._text, form.start)}: a normal form is NFC, NFD, NFKC or NFKD, without quotes"
            )
        named = tree.Constant(form.start, form.end, form.name.upper())
        return replace(call, arguments=(call.arguments[0], named, *call.arguments[2:]))

    def _namespaced(self, start: int) -> tree.Expression | None:
        """`a.b.f(…)`: a function in a namespace, if one comes next."""
        step = 0
        while self._ahead(step).kind in ("word", "quoted") and self._ahead(step + 1).text == ".":
            step += 2
        if self._ahead(step).kind not in ("word", "quoted") or self._ahead(step + 1).text != "(":
            return None
        names = [self._name("a function")]
        while self._symbol("."):
            names.append(self._name("a function"))
        return self._call_of(start, ".".join(names))

    def _call_of(self, start: int, name: str) -> tree.Expression:
        self._expect("(")
        distinct = self._word("DISTINCT")
        arguments = [] if self._is(")") else [self._expression()]
        while self._symbol(","):
            arguments.append(self._expression())
        self._expect(")")
        return tree.Call(start, self._end(), name, distinct, tuple(arguments))

    def _quantified(self, start: int) -> tree.Expression:
        name = self._next().text.lower()
        self._next()
        variable = self._name("a variable")
        self._next()
        source = self._expression()
        where = self._expression() if self._word("WHERE") else None
        self._expect(")")
        return tree.Quantifier(start, self._end(), name, variable, source, where)

    def _reduced(self, start: int) -> tree.Expression:
        self._next()
        self._expect("(")
        accumulator = self._name("a variable")
        self._expect("=")
        initial = self._expression()
        self._expect(",")
        variable = self._name("a variable")
        if not self._word("IN"):
            raise self._unexpected("IN")
        source = self._expression()
        self._expect("|")
        value = self._expression()
        self._expect(")")
        return tree.Reduce(start, self._end(), accumulator, initial, variable, source, value)


def _ends(clause: tree.Clause) -> bool:
    """Whether only UNION may follow a clause."""
    return isinstance(clause, tree.Finish) or (isinstance(clause, tree.ProjectionClause) and clause.clause == "RETURN")


def _only_alternatives(types: tree.LabelExpression) -> bool:
    """Whether types are names with | between them."""
    return all(
        isinstance(part, tree.EitherLabel) or (isinstance(part, tree.LabelName) and part.name != "%")
        for part in types.walk()
    )


def _integer(text: str) -> int:
    text = text.replace("_", "")
    return int(text, 16 if text[:2] == "0x" else 8 if text[:2] == "0o" else 10)
