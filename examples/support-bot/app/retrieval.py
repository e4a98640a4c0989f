"""Finds the parts of the help pages that a question is about.

The pages are written by our staff and by the delivery partners, so what comes back is data, not instructions:
`as_context` fences it, and prompts/answer.md says what the fence means.
"""

import re
from dataclasses import dataclass

import numpy as np
from openai import OpenAI

from .settings import EMBEDDING_MODEL, ROOT

BEST = 4  # passages for one question


@dataclass(frozen=True)
class Passage:
    """A section of a help page."""

    page: str
    heading: str
    text: str


def passages() -> list[Passage]:
    """Every section of docs/help, in the order of the files."""
    found = []
    for path in sorted((ROOT / "docs" / "help").glob("*.md")):
        sections = re.split(r"^## +", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for section in sections[1:]:
            heading, _, text = section.partition("\n")
            found.append(Passage(path.stem, heading.strip(), text.strip()))
    return found


class Index:
    """Passages with their embeddings, in memory: the help pages are few."""

    def __init__(self, client: OpenAI) -> None:
        self._client = client
        self._passages = passages()
        self._vectors = self._embed([f"{p.heading}\n{p.text}" for p in self._passages])

    def search(self, question: str) -> list[Passage]:
        """The passages nearest to the question, best first."""
        scores = self._vectors @ self._embed([question])[0]
        return [self._passages[i] for i in np.argsort(-scores)[:BEST]]

    def _embed(self, texts: list[str]) -> np.ndarray:
        answer = self._client.embeddings.create(model=EMBEDDING_MODEL, input=texts)
        vectors = np.array([item.embedding for item in answer.data], dtype=np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def as_context(found: list[Passage]) -> str:
    """The passages as one fenced block. A page can't close the fence early."""
    parts = []
    for passage in found:
        text = passage.text.replace("</page>", "")
        parts.append(f'<page name="{passage.page}" section="{passage.heading}">\n{text}\n</page>')
    return "\n".join(parts)
