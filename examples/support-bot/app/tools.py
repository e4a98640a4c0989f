"""What the assistant may do: look up an order of the customer who is signed in, and refund it."""

import json
import re

import httpx

from .settings import ORDERS_URL, PAYMENTS_URL, UPSTREAM_TIMEOUT, secret

ORDER = re.compile(r"FH-\d{6}")

# "human": a refund waits in the queue of the support desk. "none": it is paid at once.
REFUND_APPROVAL = "none"

SCHEMAS = [
    {
        "type": "function",
        "function": {
            "name": "order_lookup",
            "description": "Status, items and delivery date of one order of this customer.",
            "parameters": {
                "type": "object",
                "properties": {"order": {"type": "string", "pattern": ORDER.pattern}},
                "required": ["order"],
                "additionalProperties": False,
            },
        },
    },
    {
        "type": "function",
        "function": {
            "name": "refund",
            "description": "Refunds one order of this customer in full. Can't be taken back.",
            "parameters": {
                "type": "object",
                "properties": {
                    "order": {"type": "string", "pattern": ORDER.pattern},
                    "reason": {"type": "string", "maxLength": 200},
                },
                "required": ["order", "reason"],
                "additionalProperties": False,
            },
        },
    },
]


class Refused(Exception):
    """The call is not allowed, with words that the model may see."""


def call(name: str, arguments: str, customer: str) -> str:
    """Runs one tool for one customer. What the model wrote is checked before anything leaves."""
    try:
        values = json.loads(arguments)
    except json.JSONDecodeError as error:
        raise Refused("the arguments are not JSON") from error
    order = values.get("order") if isinstance(values, dict) else None
    if not isinstance(order, str) or not ORDER.fullmatch(order):
        raise Refused("an order number looks like FH-123456")
    if name == "order_lookup":
        return json.dumps(_order(order, customer))
    if name == "refund":
        return _refund(order, str(values.get("reason", ""))[:200], customer)
    raise Refused("there is no such tool")


def _order(order: str, customer: str) -> dict:
    answer = httpx.get(
        f"{ORDERS_URL}/customers/{customer}/orders/{order}",
        headers={"Authorization": f"Bearer {secret('orders-read')}"},
        timeout=UPSTREAM_TIMEOUT,
    )
    if answer.status_code == 404:
        raise Refused("this customer has no such order")
    return answer.raise_for_status().json()


def _refund(order: str, reason: str, customer: str) -> str:
    _order(order, customer)  # Whose order it is is for the order service to say, not for the model.
    queue = "approvals" if REFUND_APPROVAL == "human" else "refunds"
    httpx.post(
        f"{PAYMENTS_URL}/{queue}",
        json={"order": order, "customer": customer, "reason": reason},
        headers={
            "Authorization": f"Bearer {secret('payments-refund')}",
            "Idempotency-Key": f"support-bot-{order}",
        },
        timeout=UPSTREAM_TIMEOUT,
    ).raise_for_status()
    return "waiting for a colleague" if queue == "approvals" else "refunded"
