"""Which webhooks a conversation's event calls, and what the pre-event webhook's answer does to a message."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from emulator.entities import Conversation, Draft, ScopedWebhook, WebhookConfig
from emulator.limits import MAX_AUTHOR, MAX_INBOUND_BODY, MAX_SMALL_ATTRIBUTES
from emulator.payloads import Fields, draft_fields, with_media_keys
from emulator.safe_json import InvalidJson, is_json, read_json
from emulator.webhook_sender import Answer, Webhook, WebhookSender
from emulator.world import World

Tasks = list[asyncio.Task[Any]]


@dataclass(frozen=True)
class Verdict:
    """What happened to a draft: `rejected` and `invalid` drop it, every other outcome publishes it."""

    outcome: str
    draft: Draft
    error: str | None = None

    @property
    def published(self) -> bool:
        return self.outcome not in ("rejected", "invalid")


class InvalidAnswer(Exception):
    """The pre-event webhook answered values that Twilio does not accept."""


@dataclass
class ConversationWebhooks:
    world: World
    webhook_sender: WebhookSender

    def send(self, conversation: Conversation, event_type: str, fields: Fields, *, source: str) -> Tasks:
        """Send a post-event to everyone whose filter lists it; the tasks end with their answers."""
        params = self._params(event_type, source, fields)
        return [
            self.world.spawn(self.webhook_sender.send_with_faults(Webhook("post", event_type, url, params, method)))
            for url, method in self._post_targets(conversation, event_type, params)
        ]

    def replay(self, conversation: Conversation, scoped: ScopedWebhook, fields: Fields) -> None:
        """Send one onMessageAdded to one conversation's webhook, as ReplayAfter asks."""
        if _wants(scoped, "onMessageAdded", fields):
            params = self._params("onMessageAdded", "API", fields)
            webhook = Webhook("post", "onMessageAdded", scoped.url or "", params, scoped.method)
            self.world.spawn(self.webhook_sender.send_with_faults(webhook))

    async def ask_before_message(
        self, conversation: Conversation, draft: Draft, *, source: str, participant_sid: str | None
    ) -> Verdict:
        """Ask the pre-event hook about a message."""
        config = self._config(conversation)
        if not config.pre_url or "onMessageAdd" not in config.filters:
            return Verdict("unchanged", draft)
        fields = draft_fields(conversation, draft, participant_sid)
        params = self._params("onMessageAdd", source, fields)
        answer = await self.webhook_sender.ask(Webhook("pre", "onMessageAdd", config.pre_url, params, config.method))
        verdict = judge(answer, draft)
        self.webhook_sender.close_entry(answer, verdict.outcome, verdict.error)
        return verdict

    def _config(self, conversation: Conversation) -> WebhookConfig:
        """The service's hooks replace the account's as soon as any is set."""
        service = self.world.account.services.get(conversation.service_sid)
        return service.webhooks if service and service.webhooks.is_set else self.world.account.webhooks

    def _post_config(self, conversation: Conversation, event_type: str, source: str) -> WebhookConfig:
        """By one report, a phone's message reaches the account's webhook only."""
        from_phone = event_type == "onMessageAdded" and source not in ("API", "SDK")
        if from_phone and self.world.faults.carrier_messages == "account":
            return self.world.account.webhooks
        return self._config(conversation)

    def _post_targets(self, conversation: Conversation, event_type: str, params: Fields) -> Iterator[tuple[str, str]]:
        own = [
            scoped for scoped in conversation.webhooks.values() if scoped.url and _wants(scoped, event_type, params)
        ]
        config = self._post_config(conversation, event_type, params["Source"])
        replaced = own and self.world.faults.scoped_webhooks == "instead"
        if config.post_url and event_type in config.filters and not replaced:
            yield config.post_url, config.method
        for scoped in own:
            yield scoped.url or "", scoped.method

    def _params(self, event_type: str, source: str, fields: Fields) -> Fields:
        """What every event has, and its own fields, spelt as the readings have it."""
        readings = self.world.faults
        common = {
            "AccountSid": self.world.account.sid,
            "EventType": event_type,
            "Source": readings.whatsapp_source if source == "WHATSAPP" else source,
            "RetryCount": "0",
        }
        media = fields.get("Media")
        spelt = {"Media": with_media_keys(media, readings.media_keys)} if media else {}
        return common | fields | spelt


def judge(answer: Answer, draft: Draft) -> Verdict:
    """The five outcomes: unchanged, changed, refused, impossible values, no answer."""
    if answer.failure:
        return Verdict(answer.failure, draft)
    if not answer.ok:
        return Verdict("rejected", draft, f"50056: the webhook answered {answer.status}")
    try:
        changes = _changes(answer)
    except InvalidAnswer as error:
        return Verdict("invalid", draft, str(error))
    if not changes:
        return Verdict("unchanged", draft)
    changed = replace(
        draft,
        author=changes.get("author", draft.author),
        body=changes.get("body", draft.body),
        attributes=changes.get("attributes", draft.attributes),
    )
    return Verdict("changed", changed)


def _changes(answer: Answer) -> dict[str, str]:
    """The body, author and attributes that the answer sets; an answer that is not JSON sets nothing."""
    if not answer.body.strip() or "json" not in answer.content_type:
        return {}
    try:
        wanted = read_json(answer.body)
    except InvalidJson as error:
        raise InvalidAnswer("the answer is not JSON") from error
    if not isinstance(wanted, dict):
        raise InvalidAnswer("the answer is not a JSON object")
    changes = {name: wanted[name] for name in _CHECKS if wanted.get(name) is not None}
    for name, value in changes.items():
        _check(name, value)
    return changes


def _check(name: str, value: object) -> None:
    limit, code = _CHECKS[name]
    if not isinstance(value, str):
        raise InvalidAnswer(f"20001: {name} is not a string")
    if not _is_text(value) or len(value.encode("utf-8", "replace")) > limit:
        raise InvalidAnswer(f"{code}: {name} is too long or not text")
    if name == "author" and not value:
        raise InvalidAnswer("20001: author is empty")
    if name == "attributes" and not is_json(value):
        raise InvalidAnswer("50304: attributes are not valid JSON")


_CHECKS = {
    "body": (MAX_INBOUND_BODY, 50504),
    "author": (MAX_AUTHOR, 50501),
    "attributes": (MAX_SMALL_ATTRIBUTES, 50303),
}


def _is_text(value: str) -> bool:
    """Without lone surrogates, which no wire can carry."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _wants(scoped: ScopedWebhook, event_type: str, fields: Fields) -> bool:
    if scoped.target == "trigger":
        words = fields.get("Body", "").lower()
        return event_type == "onMessageAdded" and any(trigger.lower() in words for trigger in scoped.triggers)
    return scoped.target == "webhook" and event_type in scoped.filters
