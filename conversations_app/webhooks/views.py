"""Twilio's webhooks: verify, parse, store, answer. Nothing else happens in the request, as Twilio waits five seconds."""

from abc import abstractmethod
from collections.abc import Callable
from typing import Any

import structlog
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from conversations_app.gateway.payloads import (
    REF,
    ConversationRemoved,
    DeliveryUpdated,
    Fields,
    InboundText,
    Malformed,
    MessageAdded,
    ParticipantAdded,
    ParticipantRemoved,
    StateUpdated,
    StatusUpdate,
    fields_of,
)
from conversations_app.inbound import inbox
from conversations_app.models import InboxEvent
from conversations_app.webhooks import pre_event
from conversations_app.webhooks.middleware import publish_unchanged
from conversations_app.webhooks.signature import HasTwilioSignature, count_unsigned, is_signed, is_utf8

log = structlog.get_logger()

# A kind that is not listed here is recorded and then ignored.
_FORMS: dict[str, Callable[[Fields], object]] = {
    "onMessageAdded": MessageAdded.parse,
    "onDeliveryUpdated": DeliveryUpdated.parse,
    "onConversationStateUpdated": StateUpdated.parse,
    "onConversationRemoved": ConversationRemoved.parse,
    "onParticipantAdded": ParticipantAdded.parse,
    "onParticipantRemoved": ParticipantRemoved.parse,
}


class TemporarilyUnavailable(APIException):
    """Our fault, not the sender's. Periodic jobs fetch the event even if Twilio does not retry."""

    status_code = 503
    default_detail = "Not stored; try again."


@method_decorator(csrf_exempt, name="dispatch")
class TwilioWebhook(APIView):
    permission_classes = [HasTwilioSignature]
    kind: InboxEvent.Kind
    # Valid TwiML that does nothing; Conversations only looks at the status.
    empty_answer = "<Response/>"

    def dispatch(self, request: HttpRequest, *args: Any, **more: Any) -> HttpResponseBase:
        """Twilio only posts. Whoever opens the address in a browser is no sign of a wrong token, so it is not
        counted."""
        if request.method != "POST":
            plain = "This address is for Twilio's webhooks, which use POST. There is nothing to see here."
            return HttpResponseNotAllowed(["POST"], plain, content_type="text/plain; charset=utf-8")
        return super().dispatch(request, *args, **more)

    def post(self, request: Request) -> HttpResponse:
        try:
            return self._keep(request)
        except DatabaseError as error:
            log.error("webhook_not_stored", kind=self.kind, error=type(error).__name__)
            raise TemporarilyUnavailable from None

    def _keep(self, request: Request) -> HttpResponse:
        fields: Fields = {}
        event_type = ""
        try:
            if not is_utf8(request._request):
                raise Malformed("Body", "is not UTF-8")
            fields = fields_of(request._request.POST) | self.added(request)
            event_type = self.event_type(fields)
            subject = self.check(event_type, fields)
        except Malformed as problem:
            # Kept for staff, and answered 400: the sender could only repeat it.
            inbox.record_malformed(kind=self.kind, event_type=event_type, fields=fields, problem=problem)
            return Response({"field": problem.field, "error": str(problem)}, status=400)
        inbox.record(kind=self.kind, event_type=event_type, fields=fields, subject=subject)
        return HttpResponse(self.empty_answer, content_type="text/xml")

    def added(self, request: Request) -> Fields:
        """Fields from the query string, which Twilio's signature covers as well."""
        return {}

    @abstractmethod
    def event_type(self, fields: Fields) -> str: ...

    @abstractmethod
    def check(self, event_type: str, fields: Fields) -> str:
        """Raises Malformed; returns the subject whose events keep their order, or nothing."""


class ConversationEvents(TwilioWebhook):
    kind = InboxEvent.Kind.CONVERSATION

    def event_type(self, fields: Fields) -> str:
        return inbox.event_type_of(fields)

    def check(self, event_type: str, fields: Fields) -> str:
        parse = _FORMS.get(event_type)
        if parse is not None:
            parse(fields)
        return ""


class InboundTexts(TwilioWebhook):
    """Messages to our numbers. Replies go out by REST, so the answer to Twilio holds none."""

    kind = InboxEvent.Kind.MESSAGING

    def event_type(self, fields: Fields) -> str:
        return "inbound"

    def check(self, event_type: str, fields: Fields) -> str:
        text = InboundText.parse(fields)
        return inbox.subject_of(text.sender, text.to)


class TextStatuses(TwilioWebhook):
    kind = InboxEvent.Kind.STATUS

    def event_type(self, fields: Fields) -> str:
        return "status"

    def check(self, event_type: str, fields: Fields) -> str:
        StatusUpdate.parse(fields)
        return ""

    def added(self, request: Request) -> Fields:
        ref = request.query_params.get("ref", "")
        return {REF: ref} if ref else {}


@csrf_exempt
@require_POST
def before_message(request: HttpRequest) -> HttpResponse:
    """onMessageAdd: put the author's name in front. Stores nothing, and answers 200 on every path."""
    # A plain view: REST framework would answer errors with 4xx, and then Twilio destroys the message.
    if not is_signed(request):
        pre_event.run_in_background(count_unsigned)
        return publish_unchanged()
    return pre_event.answer(request.POST)
