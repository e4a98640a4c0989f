"""What differs between environments. Secrets come from files that the platform mounts, never from here."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

CHAT_MODEL = "gpt-5.4"
SMALL_MODEL = "gpt-4o-mini-2024-07-18"
EMBEDDING_MODEL = "text-embedding-3-small"

ENVIRONMENT = os.environ.get("ENVIRONMENT", "staging")
ORDERS_URL = os.environ.get("ORDERS_URL", "https://orders.internal.example.org")
PAYMENTS_URL = os.environ.get("PAYMENTS_URL", "https://payments.internal.example.org")
LOG_FILE = Path(os.environ.get("LOG_FILE", "/var/log/support-bot/chats.jsonl"))

MAX_QUESTION = 2_000  # characters
MAX_STEPS = 6  # calls of the chat model for one question
QUESTIONS_PER_MINUTE = 30  # for one customer
UPSTREAM_TIMEOUT = 20.0  # seconds


def secret(name: str) -> str:
    """The secret `name`, as mounted by the platform."""
    return (Path(os.environ.get("SECRETS", "/run/secrets")) / name).read_text().strip()


def prompt(name: str) -> str:
    """The text of prompts/`name`.md."""
    return (ROOT / "prompts" / f"{name}.md").read_text(encoding="utf-8")
