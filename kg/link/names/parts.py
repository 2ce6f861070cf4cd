"""The parts of a name: its head, and the versions, sizes and variant words that follow.

"Llama-3.1-8B-Instruct" has the head `llama`, the numbers 3.1 and 8b, and the word `instruct`.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_GREEK = {
    chr(code): unicodedata.name(chr(code)).split()[-1].lower()
    for code in (*range(0x391, 0x3AA), *range(0x3B1, 0x3CA))
    if unicodedata.name(chr(code), "")
}
_SYMBOLS = str.maketrans({**_GREEK, "ς": "sigma", "×": "x", "∞": "inf", "ø": "o", "ł": "l"})

_BRACES = str.maketrans("", "", "\\{}")

_PLURAL = re.compile(r"(?<=[A-Z])s$")
_PLUS = re.compile(r"(?:(?<=[a-z0-9])(?=P)|[\s_-])[Pp]lus\b")
_STAR = re.compile(r"(?<=\w)\*")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s$")
_APOSTROPHES = re.compile(r"['’`]")
_VERSION_MARK = re.compile(r"(?<=[A-Z\d])v(?=\d)|(?:(?<![A-Za-z])|(?<=[A-Za-z]{4}))[vV](?=\d)")
_HYPHENATED_VERSION = re.compile(r"(?<=[^\d.]\d)[-_](?=\d(?![\d.bmkt]))")
_POINT_ZERO = re.compile(r"(?:\.0)+(?=[a-z]*$)")

_TOKEN = re.compile(
    r"\d+x\d+(?:\.\d+)?[bm](?![^\W_])"  # experts: 8x7b
    r"|(?<![^\W_])[a-z]\d+(?:\.\d+)*b?(?![^\W_])"  # r1, k2, b0, a22b
    r"|\d+(?:\.\d+)*[bmkto](?![^\W_])"  # sizes: 7b; 4o
    r"|\d+(?:\.\d+)*"
    r"|[^\W\d_]+"
    r"|\++"
)

_WORDS = frozenset(
    "instruct chat base large small tiny mini nano micro medium huge giant xl xxl xs pro flash turbo ultra lite light"
    " max plus sonnet opus haiku thinking preview coder math vl v vision omni audio video image next reasoner reasoning"
    " instant distill distilled zero it hf uncased cased multilingual seg pose live air exp speciale terminus scout"
    " maverick guard high low medium oss onevision ov embed embedding reranker dpo sft rl en zh + ++".split()
)
_WORDS_OF_DATA = frozenset(
    "pro hard verified lite live multilingual multimodal challenge easy diamond redux extended mini tiny small large"
    " full test dev val cn en zh c r a o p sketch + ++".split()
)

# Names of their own that look like a version.
_FAMILIES = frozenset("t5 e5".split())

# Size letters mean a word after these heads: ViT-B is ViT-Base, Swin-T is Swin-Tiny.
_LETTER_SIZES = {"b": "base", "l": "large", "s": "small", "t": "tiny", "h": "huge"}
_LETTER_SIZED = frozenset("vit deit swin beit convnext dino dinov cait".split())
_YOLO_SIZES = frozenset("n s m l x".split())

# A maker's name is dropped before the maker's own families: "Meta Llama 3" is Llama 3, but MetaCLIP is not CLIP.
_MAKERS = {
    "openai": frozenset("gpt chatgpt o1 o3 o4 whisper clip sora codex".split()),
    "google": frozenset("gemini gemma palm bert t5 imagen veo bard".split()),
    "meta": frozenset(["llama"]),
    "anthropic": frozenset(["claude"]),
    "alibaba": frozenset(["qwen"]),
    "microsoft": frozenset(["phi"]),
    "nvidia": frozenset(["nemotron"]),
    "ibm": frozenset(["granite"]),
    "amazon": frozenset(["nova", "titan"]),
    "xai": frozenset(["grok"]),
}

# Yearly series, for which a number of two digits is a year: AIME24 is AIME 2024.
_YEARLY = frozenset(
    "aime amc hmmt imo ipho usamo cnmo smt wmt iwslt semeval conll trec clef brats isic icdar dcase mot davis voc"
    " bioasq ilsvrc ntire isles endovis sighan nist interspeech voxsrc ego imagenet".split()
)


def without_possessive(name: str) -> str:
    """A name without the possessive that it ends with: BERT's is BERT, Humanity's Last Exam stays."""
    return _POSSESSIVE.sub("", name)


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name in lower case.

    Attributes:
        head: what the name is called by, as tokens.
        numbers: the versions and sizes after the head, in order.
        words: the variant words after the head, in any order.
    """

    head: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """All parts as one string, whatever the order of words: "Claude 4 Sonnet" is "Claude Sonnet 4"."""
        return joined((*self.head, *sorted(self.words), *self.numbers))


def joined(pieces: tuple[str, ...]) -> str:
    """The pieces as one string, with hyphens only between numbers, so that 3 and 1.8B differ from 3.1 and 8B."""
    text = ""
    for piece in pieces:
        text += f"-{piece}" if text[-1:].isdigit() and piece[:1].isdigit() else piece
    return text


@lru_cache(maxsize=100_000)
def tokens(name: str) -> tuple[str, ...]:
    """The words and numbers of a name in lower case.

    Greek letters are spelled out; accents, a possessive at the end, apostrophes, the v of versions and a version's `.0`
    are dropped; "Plus" becomes `+`, and a star after a letter the word "star".
    """
    text = unicodedata.normalize("NFKD", name.translate(_SYMBOLS))
    text = "".join(ch for ch in text if not unicodedata.combining(ch))
    text = _PLUS.sub("+", _PLURAL.sub("", without_possessive(text.strip())))
    text = _VERSION_MARK.sub(" ", _APOSTROPHES.sub("", _THOUSANDS.sub("", _STAR.sub("star", text))))
    text = _HYPHENATED_VERSION.sub(".", text.translate(_BRACES).casefold())
    return tuple(_POINT_ZERO.sub("", token) for token in _TOKEN.findall(text))


@lru_cache(maxsize=100_000)
def parts_of_system(name: str) -> NameParts:
    """The parts of a model's or method's name."""
    found = tokens(name)
    if len(found) > 1 and found[1] in _MAKERS.get(found[0], ()):
        found = found[1:]
    if not found:
        return NameParts(())
    found = (found[0], *(_sized(found[0], token) for token in found[1:]))
    distilled = bool({"distill", "distilled"} & set(found))
    end = len(found)
    while end > 1 and _is_name(found[: end - 1]) and _may_follow(found, end - 1, _WORDS, distilled):
        end -= 1
    return _split(found, end)


@lru_cache(maxsize=100_000)
def parts_of_data(name: str) -> NameParts:
    """The parts of a benchmark's or dataset's name."""
    found = tokens(name)
    if len(found) > 1 and found[0] == "the":
        found = found[1:]
    found = tuple(
        f"20{token}" if position and found[position - 1] in _YEARLY and _is_year(token) else token
        for position, token in enumerate(found)
    )
    end = len(found)
    while end > 1 and _is_name(found[: end - 1]) and _may_follow(found, end - 1, _WORDS_OF_DATA, False):
        end -= 1
    return _split(found, end)


def _split(found: tuple[str, ...], end: int) -> NameParts:
    tail = found[end:]
    numbers = tuple(token for token in tail if any(ch.isdigit() for ch in token))
    return NameParts(found[:end], numbers, frozenset(tail) - set(numbers))


def _is_name(head: tuple[str, ...]) -> bool:
    """Whether a head can be a name without what follows: it has two letters, or a letter and a digit such as o1."""
    return sum(ch.isalpha() for token in head for ch in token) > 1 or any(ch.isdigit() for ch in head[0][1:])


def _may_follow(found: tuple[str, ...], place: int, words: frozenset[str], distilled: bool) -> bool:
    """Whether the token at this place may be a version, size or variant word after a head."""
    token = found[place]
    if token in words or any(ch.isdigit() for ch in token):
        return token not in _FAMILIES
    if len(token) == 1:
        return found[0].startswith("yolo") and token in _YOLO_SIZES
    # The model that was distilled into is part of the variant, not of the head: R1-Distill-Qwen.
    return distilled and found[place - 1] in {"distill", "distilled"}


def _sized(head: str, token: str) -> str:
    """The token, with a size letter spelled out where the head uses such letters."""
    return _LETTER_SIZES.get(token, token) if head in _LETTER_SIZED else token


def _is_year(token: str) -> bool:
    return len(token) == 2 and token.isdigit() and int(token) <= 30
