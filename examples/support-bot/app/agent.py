"""Answers one question: search, ask the model, let it call tools, a fixed number of times."""

import openai

from . import guard, retrieval, tools
from .settings import CHAT_MODEL, MAX_STEPS, SMALL_MODEL, UPSTREAM_TIMEOUT, prompt

# What a tool is good for; the other intents never see one.
WITH_TOOLS = {"where-is-my-order", "refund", "cancel", "damaged"}


def answer(client: openai.OpenAI, index: retrieval.Index, question: str, intent: str, customer: str) -> str:
    """The answer in plain text."""
    pages = [page for page in index.search(question) if guard.context(page.text)]
    messages = [
        {"role": "system", "content": prompt("answer")},
        {"role": "user", "content": f"{retrieval.as_context(pages)}\n\nQuestion: {question}"},
    ]
    options = {}
    if intent in WITH_TOOLS:
        messages.insert(1, {"role": "system", "content": prompt("agent")})
        options = {"tools": tools.SCHEMAS}
    for _ in range(MAX_STEPS):
        said = _ask(client, messages, options)
        if not said.tool_calls:
            return said.content or ""
        messages.append(said.model_dump(exclude_none=True))
        for wanted in said.tool_calls:
            messages.append(
                {
                    "role": "tool",
                    "tool_call_id": wanted.id,
                    "content": _run(wanted.function, customer),
                }
            )
    return "I could not finish this. A colleague will write to you."


def _ask(client: openai.OpenAI, messages: list, options: dict):
    try:
        return _complete(client, CHAT_MODEL, messages, options)
    except (openai.APITimeoutError, openai.RateLimitError, openai.InternalServerError):
        # The small model answers from the help pages; it never gets a tool.
        return _complete(client, SMALL_MODEL, messages, {})


def _complete(client: openai.OpenAI, model: str, messages: list, options: dict):
    done = client.chat.completions.create(
        model=model, messages=messages, timeout=UPSTREAM_TIMEOUT, **options
    )
    return done.choices[0].message


def _run(wanted, customer: str) -> str:
    try:
        return tools.call(wanted.name, wanted.arguments, customer)
    except tools.Refused as refusal:
        return f"refused: {refusal}"
