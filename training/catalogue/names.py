"""Judges whether an identifier is a name as papers write it, and turns some identifiers into such names."""

import re

from entry import key
from texts import title_name

GENERIC = {
    key(name)
    for name in (
        "LSTM|BiLSTM|GRU|RNN|CNN|MLP|DNN|GNN|Transformer|Attention|Ensemble|Baseline|Linear|Logistic|Encoder|Decoder|"
        "Autoencoder|AutoEncoder|Diffusion|SGD|SFT|NLP|LLM|VLM|API|Reward|Dummy|Random|Base|Custom|Example|Finetune|"
        "Transfer Learning|Mixed Precision Training|FP16|Dataset|Benchmark|VisionEncoderDecoder|EncoderDecoder|"
        "SpeechEncoderDecoder|VisionTextDualEncoder|Naive|Cumulative|Replay|Pop|ItemKNN|GradientDescent|ReLU|"
        "Semantic FPN|Strong Baselines|Softmax|Wikipedia|Reddit|Twitter|GitHub|arXiv|Classification|Retrieval|"
        "Translation|Summarization|Question Answering|QA|NER|ASR|OCR|Math|Code|Chat|Dialogue|GAN|SVM|PCA|KNN"
    ).split("|")
}
STARTS = re.compile(
    r"(?:Beyond|Solving|Revisiting|Rethinking|Towards?|Going|Making|How|Is|Are|What|Why|Learning|Training|Improving|"
    r"Exploring|Evaluating|The|A|An|On|From|Best|Us)\b",
)
NOT_NAMES = re.compile(
    r"For[A-Z]| For |\b(?:in|for|of|with|and|as|by)\b|\d{2,}x\d{2,}|-half$|Dataset$| Family$| Model$|"
    r" Baseline$| Literal$|"
    r"Trainer|^Backdoor|^Poisoning|Attack$|^Imagenet2012|Corrupted$|^Carlini|Whitebox|Blackbox|Attention$|Predictor$|"
    r"^Copernicus-Bench |-Referral|Referral$|Swin$|-japanese|Task Notes|[`\u2014\u2013:()!?\[\]/&$^]|ing$| Bench$|"
    r"^Nano[A-Z]|\bFairness|"
    r"^Amazon |^Anthropic |^Cohere |^Palmyra|^Jais-|^Quyen|-adapted-|PT-BR|CPT|\bv\d+|\bbeta\b|Preview|Turbo$|\bBeta$"
)
LANGUAGES = (
    "Arabic|Bengali|Bulgarian|Catalan|Chinese|Croatian|Czech|Danish|Dutch|English|Estonian|Finnish|French|German|Greek|"
    "Hebrew|Hindi|Hungarian|Indonesian|Italian|Japanese|Korean|Latvian|Norwegian|Persian|Polish|Portuguese|Romanian|"
    "Russian|Slovak|Spanish|Swedish|Tamil|Telugu|Thai|Turkish|Ukrainian|Urdu|Vietnamese"
)


def words(identifier: str) -> list[str]:
    """The words of a camel-case identifier."""
    return re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", identifier)


def is_coined(name: str) -> bool:
    """Whether a name looks coined: not one plain word, and not a run of plain capitalised words."""
    if not 2 <= len(key(name)) <= 50 or key(name) in GENERIC or not name[0].isalnum():
        return False
    if re.search(rf"\b(?:{LANGUAGES})\b", name) or "_" in name or len(name.split()) > 4:
        return False
    if STARTS.match(name) or NOT_NAMES.search(name):
        return False
    if re.fullmatch(r"[A-Za-z]?[a-z]+(?:[ -][A-Za-z]?[a-z]+)*", name):
        return False
    if re.fullmatch(r"[A-Z]?[a-z]*", name) or name.isdigit():
        return False
    return not re.fullmatch(r"\d[\d.]*[A-Za-z]?", name)


def is_acronym(name: str) -> bool:
    """Whether a name is a bare acronym of up to four letters, which may mean anything."""
    return bool(re.fullmatch(r"[A-Z]{2,4}", name))


def is_identifier(name: str) -> bool:
    """Whether a name is camel case made of plain words, as programmers write but papers seldom do (StanfordCars)."""
    parts = words(name)
    return " " not in name and len(parts) > 1 and all(len(part) > 2 and part[1:].islower() for part in parts)


def written_name(identifier: str, title: str | None, text: str = "") -> str | None:
    """The written name of an identifier: from the title's head, else from the text, else itself.

    The head counts where its letters are the identifier's; the identifier itself where it is coined and either the
    title or the text has it, or it cannot be mistaken for camel case.
    """
    head = title_name(title)
    if head and key(head) == key(identifier):
        return head
    wanted = key(identifier)
    for word in re.findall(r"[A-Za-z0-9][\w+-]*(?: [A-Z0-9][\w+-]*)?", f"{title or ''} . {text}"):
        if key(word) == wanted and is_coined(word):
            return str(word)
    return identifier if is_coined(identifier) and not is_identifier(identifier) else None
