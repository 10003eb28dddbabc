"""The media service (mcs/v1): files for messages, uploaded before the message that carries them."""

from typing import Any

from starlette.responses import RedirectResponse, Response

from emulator.clock import to_seconds
from emulator.entities import Media
from emulator.errors import invalid, not_found
from emulator.rest.endpoint import RestCall, created, no_content, ok
from emulator.serializers import media_url

_MAX_NAME = 256


def upload(call: RestCall) -> Response:
    """The raw file as the body, its type as Content-Type, its name as `Filename` in the query."""
    content_type = call.request.headers.get("content-type", "").partition(";")[0].strip()
    if "/" not in content_type or content_type.startswith("multipart/"):
        raise invalid("The file's own type is required as Content-Type")
    if not call.body:
        raise invalid("The request has no body")
    name = call.request.query_params.get("Filename", "")[:_MAX_NAME] or None
    media = Media(content_type, name, call.body, call.world.now(), service_sid=call.service.sid)
    call.world.media[media.sid] = media
    return created(_as_json(call, media))


def fetch(call: RestCall) -> Response:
    return ok(_as_json(call, _get_or_404(call)))


def fetch_content(call: RestCall) -> Response:
    """The file lies on another host, which wants no credentials."""
    return RedirectResponse(media_url(call.world, _get_or_404(call)))


def delete(call: RestCall) -> Response:
    _get_or_404(call).is_deleted = True
    return no_content()


def _get_or_404(call: RestCall) -> Media:
    """Of the service in the path; a phone's photo belongs to its conversation's service."""
    media = call.world.media.get(call.path["media"])
    if media is None or media.is_deleted or media.service_sid not in (None, call.service.sid):
        raise not_found(f"/Services/{call.service.sid}/Media/{call.path['media']}")
    return media


def _as_json(call: RestCall, media: Media) -> dict[str, Any]:
    path = f"/v1/Services/{call.service.sid}/Media/{media.sid}"
    return {
        "sid": media.sid,
        "service_sid": call.service.sid,
        "account_sid": call.world.account.sid,
        "date_created": to_seconds(media.created),
        "date_upload_updated": to_seconds(media.created),
        "date_updated": to_seconds(media.created),
        "size": len(media.data),
        "content_type": media.content_type,
        "filename": media.filename,
        "author": None,
        "category": "media",
        "message_sid": media.used_by,
        "channel_sid": None,
        "url": path,
        "links": {"content": f"{path}/Content", "content_direct_temporary": media_url(call.world, media)},
        "is_multipart_upstream": False,
    }
