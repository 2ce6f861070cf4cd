"""Answers questions in English by named queries and combinations of conditions; never guesses."""

from kg.defaults import LONGEST_NAME, ROWS
from kg.errors import NotUnderstoodError
from kg.queries.answers import Asked
from kg.questions.grammar import load_grammar
from kg.questions.interpretation import Interpreter
from kg.questions.named_nodes import NamedNodes
from kg.questions.suggestions import Suggestions
from kg.store import GraphReader


def ask(store: GraphReader, question: str, *, limit: int = ROWS) -> Asked:
    """Answers a question.

    Args:
        store: the graph.
        question: in English.
        limit: rows at most, if the question does not say.

    Returns:
        The rows, the statement that gave them, and what the question was taken to mean.

    Raises:
        NotUnderstoodError: a part of the question has no meaning, or names something that is not in the graph; its
            suggestions are the nearest questions that can be answered.
    """
    # Half a surrogate pair, as from a terminal of another encoding, is in no question.
    question = question.encode("utf-8", "ignore").decode()
    if len(question) > LONGEST_NAME:
        raise NotUnderstoodError(f"a question has at most {LONGEST_NAME} characters")
    grammar = load_grammar()
    nodes = NamedNodes(store, grammar)
    interpreter = Interpreter(store, grammar, nodes, limit)
    interpretation = interpreter.interpret(question)
    if interpretation is None:

        def is_understood(text: str) -> bool:
            return Interpreter(store, grammar, nodes, limit).interpret(text) is not None

        raise Suggestions(store, grammar, nodes, is_understood).error(question, interpreter.failures)
    answer = interpretation.answer(store)
    return Asked(
        question=question, understood=interpretation.description, query=interpretation.query, **answer.model_dump()
    )
