"""The TwiML with which a Messaging webhook may answer: messages to send back."""

from dataclasses import dataclass
from xml.etree import ElementTree


class InvalidTwiml(Exception):
    """The answer is not TwiML; the text says why."""


@dataclass(frozen=True)
class Reply:
    body: str
    to: str | None
    media_urls: list[str]


def parse_replies(content_type: str, answer: str) -> list[Reply]:
    """What the answer asks to send; raises InvalidTwiml. An empty answer sends nothing, plain text sends itself."""
    if not answer.strip():
        return []
    if content_type == "text/plain":
        return [Reply(answer.strip(), None, [])]
    if content_type not in ("text/xml", "application/xml"):
        raise InvalidTwiml(f"12300: content type {content_type or '(none)'} is not TwiML")
    try:
        root = ElementTree.fromstring(answer)
    except ElementTree.ParseError as error:
        raise InvalidTwiml(f"12100: {error}") from error
    if root.tag != "Response":
        raise InvalidTwiml("12100: the root element is not Response")
    return [_reply(element) for element in root if element.tag in ("Message", "Sms")]


def _reply(element: ElementTree.Element) -> Reply:
    body = element.find("Body")
    text = (body.text if body is not None else element.text) or ""
    media = [(item.text or "").strip() for item in element.findall("Media")]
    return Reply(text.strip(), element.get("to"), media)
