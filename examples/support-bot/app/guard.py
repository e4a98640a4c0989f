"""Screens what goes in and what comes out. If a screen can't decide, the answer is no."""

import html
import re

from .settings import MAX_QUESTION

TAKES_OVER = re.compile(
    r"ignore (all|any|the|your)? ?(previous|earlier|above) (instructions|rules)"
    r"|you are now|system prompt|</page>",
    re.IGNORECASE,
)
CARD_NUMBER = re.compile(r"\b(?:\d[ -]?){13,19}\b")


class Blocked(Exception):
    """The text may not pass, with words for the customer."""


def question(text: str) -> str:
    """The question, cut of what must not go to a hosted model."""
    if not text.strip() or len(text) > MAX_QUESTION:
        raise Blocked(f"Please ask in 1 to {MAX_QUESTION} characters.")
    if TAKES_OVER.search(text):
        raise Blocked("I can't help with that. You can ask me about your orders.")
    return CARD_NUMBER.sub("[card number removed]", text)


def context(text: str) -> bool:
    """Whether a passage of a help page may be shown to the model."""
    return not TAKES_OVER.search(text)


def answer(text: str) -> str:
    """The answer as HTML. The model never writes markup of its own."""
    if CARD_NUMBER.search(text):
        raise Blocked("Something went wrong with this answer. A colleague will write to you.")
    return html.escape(text, quote=True).replace("\n", "<br>")
