"""ContentSid and ContentVariables of a call that sends: the filled-in template, or the error of the API that was called."""

from emulator.entities import Media
from emulator.errors import TwilioError
from emulator.limits import MAX_CONTENT_VARIABLES, MAX_VARIABLE_NAME, MAX_VARIABLE_VALUE
from emulator.messaging_webhook import linked_media
from emulator.rest.endpoint import RestCall
from emulator.safe_json import InvalidJson, read_object
from emulator.templates import Content, Template, filled

# What Conversations can carry, of all that a template can be.
_IN_CONVERSATIONS = frozenset(
    f"twilio/{name}" for name in ("text", "media", "location", "quick-reply", "call-to-action", "list-picker", "card")
)


def content_of_message(call: RestCall) -> Content | None:
    """For a message of a conversation; None when it names no template."""
    template = _template(call, missing=50528, unknown=50526)
    if template is None:
        return None
    if template.content_type not in _IN_CONVERSATIONS:
        raise TwilioError(50542, type=template.content_type)
    variables = _variables(call, unreadable=50527)
    _check_lengths(variables)
    return filled(template, variables)


def content_of_text(call: RestCall) -> Content | None:
    """For a single text; None when it names no template."""
    template = _template(call, missing=21654, unknown=21655)
    if template is None:
        return None
    variables = _variables(call, unreadable=21656)
    if not all(variables.values()):
        raise TwilioError(21656)
    return filled(template, variables)


def media_of(call: RestCall, content: Content) -> list[Media]:
    return [linked_media(call.world, url) for url in content.media_urls]


def _template(call: RestCall, *, missing: int, unknown: int) -> Template | None:
    sid = call.form.text("ContentSid")
    if sid is None and call.form.text("ContentVariables"):
        raise TwilioError(missing)
    template = call.world.account.templates.get(sid or "")
    if sid and template is None:
        raise TwilioError(unknown, sid=sid)
    return template


def _variables(call: RestCall, *, unreadable: int) -> dict[str, str]:
    text = call.form.text("ContentVariables")
    try:
        variables = read_object(text) if text else {}
    except InvalidJson as error:
        raise TwilioError(unreadable) from error
    if not all(isinstance(value, str) for value in variables.values()):
        raise TwilioError(unreadable)
    return variables


def _check_lengths(variables: dict[str, str]) -> None:
    for name, value in variables.items():
        if len(name) > MAX_VARIABLE_NAME:
            raise TwilioError(50540, name=name)
        if len(value) > MAX_VARIABLE_VALUE:
            raise TwilioError(50541, name=name)
    if len(variables) > MAX_CONTENT_VARIABLES:
        raise TwilioError(50529)
