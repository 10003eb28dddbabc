"""Message templates that WhatsApp approves one by one: Twilio's Content API."""

import re
from dataclasses import dataclass
from typing import Any

from conversations_app.gateway.client import calls_twilio, client

APPROVED = "approved"
# Placeholders may be numbered or named: {{1}}, {{first_name}}.
_PLACE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


@dataclass(frozen=True)
class Template:
    """`status`: WhatsApp's word on it (approved, pending, rejected, …), with the reason of a rejection."""

    sid: str
    body: str
    variables: tuple[str, ...]
    status: str
    reason: str

    @property
    def is_approved(self) -> bool:
        return self.status == APPROVED

    def filled(self, values: dict[str, str]) -> str:
        """As a phone shows it."""
        return _PLACE.sub(lambda place: values.get(place[1], ""), self.body)


@calls_twilio
def fetch_template(sid: str) -> Template:
    content = client().content.v1.contents(sid)
    found = content.fetch()
    # Asked anew each time: Meta can pause a template or switch it off long after it was approved.
    approval = content.approval_fetch().fetch().whatsapp or {}
    body = _body(found.types or {})
    return Template(
        sid=sid,
        body=body,
        # Sent without a value for one of its places, a template fails (63028). Twilio lists those with a sample value
        # only, so the words are searched too.
        variables=tuple(sorted({*(found.variables or {}), *_PLACE.findall(body)})),
        status=str(approval.get("status") or "unsubmitted"),
        reason=str(approval.get("rejection_reason") or ""),
    )


def _body(types: dict[str, Any]) -> str:
    """A template may come as several types for channels of different abilities; each holds the words."""
    bodies = (str(kind.get("body") or "") for kind in types.values() if isinstance(kind, dict))
    return next((body for body in bodies if body), "")
