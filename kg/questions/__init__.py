"""Questions in English: what they may look like, what they mean, which query answers them."""

from kg.questions.english import ask

__all__ = ["ask"]
