"""Keeps questions and answers for 90 days. The log is personal: people write about themselves."""

import hashlib
import json
from datetime import UTC, datetime, timedelta

from .settings import LOG_FILE

KEPT = timedelta(days=90)


def record(customer: str, question: str, intent: str, answer: str) -> None:
    """Appends one exchange. The customer is kept as a digest only."""
    line = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "customer": hashlib.sha256(customer.encode()).hexdigest()[:16],
        "intent": intent,
        "question": question,
        "answer": answer,
    }
    with LOG_FILE.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")


def expire(now: datetime) -> int:
    """Drops what is older than KEPT and says how many lines. Runs every night."""
    lines = LOG_FILE.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if now - datetime.fromisoformat(json.loads(line)["at"]) <= KEPT]
    LOG_FILE.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")
    return len(lines) - len(kept)
