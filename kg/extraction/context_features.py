"""Features that names and relations share: the words around a name, and which sentence a token is in."""

from spacy.tokens import Doc

from kg.extraction.contexts import Context


def add_words(features: dict[str, float], context: Context, reach: int) -> tuple[list[str], list[str]]:
    """Adds the words next to a name as features.

    Args:
        features: where they are added.
        context: the surroundings of the name.
        reach: how many words before it are taken; after it, four.

    Returns:
        All words before and after it.
    """
    before, after = context.before.split(), context.after.split()
    for distance, word in enumerate(reversed(before[-reach:])):
        features[f"b{distance}={word}"] = 1
    for distance, word in enumerate(after[:4]):
        features[f"a{distance}={word}"] = 1
    if len(before) > 1:
        features["b01=" + " ".join(before[-2:])] = 1
    if len(before) > 2:
        features["b012=" + " ".join(before[-3:])] = 1
    if len(after) > 1:
        features["a01=" + " ".join(after[:2])] = 1
    return before, after


def sentence_numbers(doc: Doc) -> list[int]:
    """For each token the number of its sentence, from 0."""
    numbers, number = [], -1
    for token in doc:
        number += bool(token.is_sent_start)
        numbers.append(max(number, 0))
    return numbers
