"""The texts of Programmable Messaging (2010-04-01), both ways, and their media."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from starlette.responses import RedirectResponse, Response

from emulator.carrier import UNSENT
from emulator.clock import parse_moment, to_rfc2822
from emulator.delivery_errors import error_text
from emulator.entities import Media, Text
from emulator.errors import TwilioError, invalid, not_found
from emulator.rest.accounts import VERSION, check_account
from emulator.rest.endpoint import RestCall, no_content, ok
from emulator.rest.paging import legacy_list_response
from emulator.segments import num_segments
from emulator.serializers import media_url


def fetch(call: RestCall) -> Response:
    return ok(text_json(call, _get_or_404(call)))


def update(call: RestCall) -> Response:
    """Take the words out of the record (the handset keeps them), or call off what was not sent yet."""
    text, body, status = _get_or_404(call), call.form.get("Body"), call.form.get("Status")
    if (body, status) == ("", None):
        _check_complete(text)
        text.is_redacted, text.updated = True, call.world.now()
    elif (body, status) == (None, "canceled"):
        if text.status not in UNSENT:
            raise TwilioError(30409)
        call.emulator.carrier.set_status(text, "canceled")
    else:
        raise TwilioError(30400)
    return ok(text_json(call, text))


def delete(call: RestCall) -> Response:
    text = _get_or_404(call)
    _check_complete(text)
    del call.world.texts[text.sid]
    return no_content()


def _check_complete(text: Text) -> None:
    if text.status in UNSENT:
        raise TwilioError(20009)


def list_texts(call: RestCall) -> Response:
    """Newest first, filtered by To, From and DateSent."""
    check_account(call)
    texts = sorted(_filtered(call), key=lambda text: text.created, reverse=True)
    return legacy_list_response(
        call,
        f"/{VERSION}/Accounts/{call.world.account.sid}/Messages.json",
        "messages",
        texts,
        serialize=partial(text_json, call),
    )


def list_media(call: RestCall) -> Response:
    text = _get_or_404(call)
    return legacy_list_response(
        call,
        f"/{VERSION}/Accounts/{call.world.account.sid}/Messages/{text.sid}/Media.json",
        "media_list",
        _kept_media(text),
        serialize=partial(_media_json, call, text),
    )


def fetch_media(call: RestCall) -> Response:
    """To the file itself, which lies on another host and wants no credentials; as JSON when the name ends so."""
    text = _get_or_404(call)
    media = _media_or_404(call, text)
    if call.path["media"].endswith(".json"):
        return ok(_media_json(call, text, media))
    return RedirectResponse(media_url(call.world, media))


def delete_media(call: RestCall) -> Response:
    _media_or_404(call, _get_or_404(call)).is_deleted = True
    return no_content()


def _media_or_404(call: RestCall, text: Text) -> Media:
    name = call.path["media"]
    for media in _kept_media(text):
        if media.sid == name.removesuffix(".json"):
            return media
    raise not_found(f"/Messages/{text.sid}/Media/{name}")


def _kept_media(text: Text) -> list[Media]:
    return [media for media in text.media if not media.is_deleted]


def text_json(call: RestCall, text: Text) -> dict[str, Any]:
    uri = f"/{VERSION}/Accounts/{call.world.account.sid}/Messages/{text.sid}"
    return {
        "sid": text.sid,
        "account_sid": call.world.account.sid,
        "api_version": VERSION,
        "messaging_service_sid": text.messaging_service_sid,
        "from": text.sender,
        "to": text.recipient,
        "body": "" if text.is_redacted else text.body,
        "num_media": str(len(_kept_media(text))),
        "num_segments": str(num_segments(text)),
        "direction": text.direction,
        "status": text.status,
        "error_code": text.error_code,
        "error_message": error_text(text.error_code),
        "price": None,
        "price_unit": "USD",
        "date_created": to_rfc2822(text.created),
        "date_sent": None if text.status in (*UNSENT, "canceled") else to_rfc2822(text.created),
        "date_updated": to_rfc2822(text.updated),
        "uri": f"{uri}.json",
        "subresource_uris": {"media": f"{uri}/Media.json", "feedback": f"{uri}/Feedback.json"},
    }


def _get_or_404(call: RestCall) -> Text:
    check_account(call)
    text = call.world.texts.get(call.path["message"])
    if text is None:
        raise not_found(f"/{VERSION}/Accounts/{call.world.account.sid}/Messages/{call.path['message']}.json")
    return text


def _filtered(call: RestCall) -> Iterable[Text]:
    sender, recipient = call.form.text("From"), call.form.text("To")
    earliest, latest = _sent_between(call)
    with_captured = call.world.faults.captured_texts_listed
    for text in call.world.texts.values():
        if text.captured and not with_captured:
            continue
        if sender not in (None, text.sender) or recipient not in (None, text.recipient):
            continue
        if (earliest and text.created < earliest) or (latest and text.created >= latest):
            continue
        yield text


def _sent_between(call: RestCall) -> tuple[datetime | None, datetime | None]:
    """DateSent is a day, `DateSent>` and `DateSent<` are bounds that count themselves in; a date means its whole day."""
    day, after, before = (_bound(call, name) for name in ("DateSent", "DateSent>", "DateSent<"))
    if day:
        start = day[0].replace(hour=0, minute=0, second=0, microsecond=0)
        return start, start + timedelta(days=1)
    return after[0] if after else None, before[0] + before[1] if before else None


def _bound(call: RestCall, name: str) -> tuple[datetime, timedelta] | None:
    """A moment and how long it lasts: a day, or a second."""
    text = call.form.text(name)
    if text is None:
        return None
    moment = parse_moment(text)
    if moment is None:
        raise invalid(f"{name} must be an ISO 8601 date or time")
    return moment, timedelta(days=1) if len(text) == len("2026-01-31") else timedelta(seconds=1)


def _media_json(call: RestCall, text: Text, media: Media) -> dict[str, Any]:
    uri = f"/{VERSION}/Accounts/{call.world.account.sid}/Messages/{text.sid}/Media/{media.sid}.json"
    return {
        "sid": media.sid,
        "account_sid": call.world.account.sid,
        "parent_sid": text.sid,
        "content_type": media.content_type,
        "date_created": to_rfc2822(media.created),
        "date_updated": to_rfc2822(media.created),
        "uri": uri,
    }
