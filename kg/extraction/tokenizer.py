"""A tokenizer that keeps the field's names whole: GPT-4o, CIFAR-10, Llama-3.1-8B, k-NN, wav2vec2, GPT-3.5-turbo."""

import re
from collections.abc import Callable

from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

# What stands before a word: brackets, quotes, LaTeX and Markdown marks.
# A long run of marks is one token: taken off one by one it would cost time quadratic in its length.
_RUN = r"[^\w\s]{8,}"
_PREFIXES = (
    _RUN,
    r"\\(?:text(?:bf|it|sc|tt|sf|rm|sl)?|emph|mathrm|mathbf|mathcal|underline|textsc|em|bf|it)\{",
    r"[\(\[\{<\"'`“”‘’«»*_~,;:$…—–|]",
    r"\.\.\.",
    r"(?<![\w])-(?=[A-Za-z])",
    # What relates a compound to the thing that its second part names: near-NVFP4, post-RoPE.
    r"(?:near|non|post|sub|all|any|single|per|both|most)-(?=[A-Z][\w.]*[A-Z\d])",
)
# What stands after one: the same, sentence marks, and the ends of compounds that are no part of a name.
_COMPOUND_ENDS = (
    "based|like|style|styled|tuned|trained|pretrained|generated|driven|powered|enhanced|augmented|assisted|guided|aware"
    "|only|inspired|compatible|derived|equipped|optimized|distilled|finetuned|type|series|family|class|level|specific"
    "|related|native|enabled|initialized|compressed|annotated|labeled|labelled|supervised|centric|agnostic|free|oriented|inspired|integrated|informed|conditioned|judged|focused"
)
_SUFFIXES = (
    _RUN,
    r"[\)\]\}>\"'`“”‘’«»*_~,;:!?$…—–|%]",
    r"(?<=\.)\.",
    r"(?<=[\w\)\]%+*'’\"])\.",
    r"['’][sS]\b",
    rf"(?<=\w)-(?i:{_COMPOUND_ENDS})",
    # A dash that lost its spaces: "BrowseComp-the first".
    r"(?<=\w)-(?:the|an?|our|we|which|this|that|these|it|and|or|with|while)",
    r"(?<=[A-Z0-9])-(?!(?:base|large|small|tiny|mini|nano|turbo|instruct|chat|preview|bench|eval|medium|xlarge|light|lite|hard|challenge)\b)[a-z]{4,}",
    r"\^\{?[\w*†‡]+\}?",
)
_DASHED = (
    "benchmark|benchmarks|dataset|datasets|model|models|method|methods|framework|frameworks|baseline|baselines|tasks"
    "|algorithms|approaches|components|modules|categories|architectures|systems|domains|languages|techniques"
).split("|")
"""Words that a dash follows, not a hyphen, where a capital comes next."""
# What joins two words: slashes, dashes and brackets inside of a run of characters.
_INFIXES = (
    r"(?<=[\w\)\]])/(?=[A-Za-z\(])",
    r"—|–(?=[A-Za-z])|--+|…|\.\.\.",
    r"[\(\)\[\]\{\}\"“”,;|=]+(?=\w)",
    r"(?<=\w)[\(\)\[\]\{\}\"“”;|=]+",
    r"(?<=\w)[:!?]+(?=[A-Za-z])",
    r"(?<=[a-z]{2})\.(?=[A-Z][a-z])",
    r"~",
    # The same within a word: "on four benchmarks-GSM8K, MATH-500".
    *(rf"(?<=\b{noun})-(?=[A-Z])" for noun in _DASHED),
    # Sizes and versions that share the name before them: Llama-3.2-1B/3B, CIFAR-10/100, LLaMA-3.1/3.2.
    r"(?<=\d[BM])/(?=\d)|(?<=[A-Za-z-]\d)/(?=\d)|(?<=[A-Za-z-]\d\d)/(?=\d)|(?<=\d\.\d)/(?=\d\.\d)",
)
_URL = re.compile(r"(?:https?://|www\.)\S+|\S+\.(?:com|org|io|net|ai|edu|gov|dev)/\S+", re.IGNORECASE)


@registry.tokenizers("citegraph.tokenizer.v1")
def create_tokenizer() -> Callable[[Language], Tokenizer]:
    """The factory that a pipeline's config names under `[nlp.tokenizer]`."""

    def make(nlp: Language) -> Tokenizer:
        return Tokenizer(
            nlp.vocab,
            prefix_search=compile_prefix_regex(_PREFIXES).search,
            suffix_search=compile_suffix_regex(_SUFFIXES).search,
            infix_finditer=compile_infix_regex(_INFIXES).finditer,
            url_match=_URL.match,
        )

    return make
