"""The service: one route for signed-in customers, one for the load balancer.

    uvicorn --factory app.main:create
"""

import time
from collections import defaultdict, deque
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Request
from openai import OpenAI
from pydantic import BaseModel, ConfigDict, Field
from starlette.middleware.sessions import SessionMiddleware

from . import agent, audit, guard
from .intent import intent_of
from .retrieval import Index
from .settings import MAX_QUESTION, QUESTIONS_PER_MINUTE, secret


class Question(BaseModel):
    model_config = ConfigDict(extra="forbid")
    text: str = Field(min_length=1, max_length=MAX_QUESTION)


class Answer(BaseModel):
    html: str
    notice: str = "You are talking to an AI assistant. It can be wrong."


class Quota:
    """So many questions a minute for each customer."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._asked: dict[str, deque[float]] = defaultdict(deque)

    def take(self, customer: str, now: float) -> bool:
        asked = self._asked[customer]
        while asked and now - asked[0] > 60:
            asked.popleft()
        if len(asked) >= self._limit:
            return False
        asked.append(now)
        return True


def signed_in(request: Request) -> str:
    """The customer of this session; the shop's own sign-in page sets it."""
    customer = request.session.get("customer")
    if not customer:
        raise HTTPException(401, "please sign in")
    return customer


def create() -> FastAPI:
    app = FastAPI(title="support-bot", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(
        SessionMiddleware, secret_key=secret("session"), https_only=True, same_site="strict"
    )
    client = OpenAI(api_key=secret("openai"))
    index = Index(client)
    quota = Quota(QUESTIONS_PER_MINUTE)

    @app.get("/healthz")
    def healthz() -> dict:
        return {"ok": True}

    @app.post("/api/chat")
    def chat(asked: Question, customer: Annotated[str, Depends(signed_in)]) -> Answer:
        if not quota.take(customer, time.monotonic()):
            raise HTTPException(429, "please wait a minute")
        try:
            text = guard.question(asked.text)
            intent = intent_of(text)
            answer = guard.answer(agent.answer(client, index, text, intent, customer))
        except guard.Blocked as blocked:
            return Answer(html=str(blocked))
        audit.record(customer, text, intent, answer)
        return Answer(html=answer)

    return app
