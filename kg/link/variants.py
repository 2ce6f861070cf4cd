"""Which model or benchmark is a version, size or descendant of which."""

import re

from kg.names import name_key

# One trailing part of a model's name that makes it a variant of what stands before it.
_PART = re.compile(
    r"[\s_:-]*(?:\d+(?:\.\d+)?[BMbmkK]|\d+[x×]\d+[Bb]|v?\d+(?:\.\d+)*o?|Instruct|Chat|Base|base|Large|large|Small|small|Tiny|tiny|XL|XXL"
    r"|mini|Mini|nano|Nano|Pro|Flash|Turbo|Ultra|Sonnet|Opus|Haiku|Thinking|Preview|Coder|Math|VL|Vision|Omni|Lite|Max|Plus|Medium"
    r"|Distill|Zero|R1|it|hf|preview|turbo|instruct|chat|Audio)$"
)
_BENCHMARK_PART = re.compile(
    r"[\s_:-]*(?:Pro|Plus|\+|Hard|Verified|Lite|Live|v\d+(?:\.\d+)*|Multilingual|Multimodal|Challenge|Easy|Diamond|Redux|XL|Mini|V)$"
)


def parents(name: str, type_: str) -> list[str]:
    """Normal forms of the names that a name may be a variant of, nearest first.

    "Llama-3.1-8B-Instruct" gives those of "Llama-3.1-8B", "Llama-3.1" and "Llama"; "FinMTEB" gives that of "MTEB".
    """
    part = _PART if type_ == "Model" else _BENCHMARK_PART
    found = []
    shorter = name
    while (match := part.search(shorter)) and match.start() > 1:
        shorter = shorter[: match.start()]
        found.append(name_key(shorter))
    if type_ == "Benchmark":
        # A prefix before a benchmark's capitals makes a descendant: FinMTEB, C-Eval is none.
        prefixed = re.fullmatch(r"[A-Z][a-z]{1,6}([A-Z]{4,})", name)
        if prefixed:
            found.append(name_key(prefixed.group(1)))
    return [key for key in found if len(key) > 1]
