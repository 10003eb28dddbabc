"""Sends webhooks: signs and logs each one, and applies the faults."""

import asyncio
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Literal
from urllib.parse import urlencode, urlsplit

import httpx

from emulator.clock import to_millis
from emulator.connection_overrides import retry_count, retry_policy
from emulator.request_log import Kind, WebhookEntry
from emulator.signing import sign
from emulator.world import World

_READ_AT_MOST = 64 * 1024
_RECORDED_BODY = 2_000
_AT_ONCE = 20
"""Webhooks in flight at a time; the pre-event webhook does not wait for others."""
_OVERTAKEN_WITHIN_S = 2.0
_RETRIED_AFTER_S = 0.2
_UNKNOWN = {"ChannelMetadata": '{"type": "emulated", "data": {}}', "NotYetDocumented": "1"}


@dataclass(frozen=True)
class Webhook:
    kind: Kind
    event_type: str
    url: str
    params: dict[str, str]
    method: str = "POST"
    token: str = field(default_factory=lambda: str(uuid.uuid4()))
    """The same on each attempt to deliver it."""

    @property
    def by_get(self) -> bool:
        return self.method == "GET"

    def retried(self, times: int) -> "Webhook":
        return replace(self, params=self.params | {"RetryCount": str(times)})

    def copy(self) -> "Webhook":
        """An accidental duplicate: nothing marks it as a repetition."""
        return Webhook(self.kind, self.event_type, self.url, self.params, self.method)


@dataclass(frozen=True)
class Answer:
    """A webhook's answer; without a status there was none (`failure` says why)."""

    entry: WebhookEntry
    status: int | None = None
    content_type: str = ""
    body: str = ""
    failure: Literal["timeout", "unreachable"] | None = None

    @property
    def ok(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def failure_kind(self) -> str:
        """What went wrong, in the terms of a retry policy."""
        if self.status is None:
            return "rt" if self.failure == "timeout" else "ct"
        return f"{self.status // 100}xx"


@dataclass
class WebhookSender:
    world: World
    client: httpx.AsyncClient = field(
        default_factory=lambda: httpx.AsyncClient(
            follow_redirects=False,
            trust_env=False,
            # Drop idle connections before servers do: a webhook must not be lost on a dead one.
            limits=httpx.Limits(max_connections=None, keepalive_expiry=1),
        )
    )

    def __post_init__(self) -> None:
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._overtaken: dict[str, asyncio.Event] = {}

    async def close(self) -> None:
        await self.client.aclose()

    async def send(self, webhook: Webhook) -> Answer:
        """Send it once, and record it with its outcome."""
        async with self._slots:
            answer = await self.ask(webhook)
        self.close_entry(answer, answer.failure or ("answered" if answer.ok else "failed"))
        return answer

    async def send_with_faults(self, webhook: Webhook) -> Answer | None:
        """Send it subject to the faults: late, twice, after the next one, or not at all (None)."""
        faults, chances = self.world.faults.webhook, self.world.chances
        if webhook.kind in faults.muted or chances.hit(faults.drop):
            self._record(webhook, outcome="dropped")
            return None
        twice = chances.hit(faults.duplicate)
        if faults.delay_ms:
            await asyncio.sleep(faults.delay_ms / 1000)
        if chances.hit(faults.reorder):
            await self._let_another_overtake(webhook.url)
        answer = await self.send(webhook)
        self._release(webhook.url)
        if twice:
            await self.send(webhook.copy())
        return await self._retried(webhook, answer)

    async def _retried(self, webhook: Webhook, answer: Answer) -> Answer:
        """Retry after a failure, as often as this kind of webhook is retried."""
        is_event = webhook.kind == "post"
        times = self.world.faults.webhook_retries if is_event else retry_count(webhook.url)
        for count in range(1, times + 1):
            if answer.ok or not (is_event or answer.failure_kind in retry_policy(webhook.url)):
                break
            await asyncio.sleep(_RETRIED_AFTER_S)
            answer = await self.send(webhook.retried(count) if is_event else webhook)
        return answer

    async def ask(self, webhook: Webhook) -> Answer:
        """Send it and wait for the answer; the caller sets the entry's outcome with close_entry()."""
        if self.world.faults.unknown_fields:
            webhook = replace(webhook, params=webhook.params | _UNKNOWN)
        entry = self._record(webhook)
        started = time.monotonic()
        try:
            async with asyncio.timeout(self._timeout_s(webhook.kind)):
                return await self._exchange(webhook, entry)
        except (TimeoutError, httpx.TimeoutException):
            return Answer(entry, failure="timeout")
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            entry.error = str(error) or type(error).__name__
            return Answer(entry, failure="unreachable")
        finally:
            entry.duration_ms = round((time.monotonic() - started) * 1000)

    def close_entry(self, answer: Answer, outcome: str, error: str | None = None) -> None:
        answer.entry.outcome = outcome
        answer.entry.error = error or answer.entry.error
        self.world.webhooks.changed(answer.entry)

    async def _exchange(self, webhook: Webhook, entry: WebhookEntry) -> Answer:
        content = None if webhook.by_get else urlencode(webhook.params)
        async with self.client.stream(
            webhook.method, entry.url, headers=self._headers(webhook, entry), content=content, timeout=None
        ) as response:
            body = await _read(response)
        entry.answer_status = response.status_code
        entry.answer_body = body[:_RECORDED_BODY]
        content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        return Answer(entry, response.status_code, content_type, body)

    def _headers(self, webhook: Webhook, entry: WebhookEntry) -> dict[str, str]:
        headers = {
            "X-Twilio-Signature": entry.signature,
            "I-Twilio-Idempotency-Token": webhook.token,
            "User-Agent": "TwilioProxy/1.1",
            "Accept": "*/*",
        }
        if webhook.kind in ("pre", "post") and not self.world.faults.idempotency_header:
            del headers["I-Twilio-Idempotency-Token"]
        if not webhook.by_get:
            headers["Content-Type"] = "application/x-www-form-urlencoded; charset=UTF-8"
        return headers

    def _record(self, webhook: Webhook, outcome: str = "pending") -> WebhookEntry:
        url, form = _as_called(webhook)
        return self.world.webhooks.add(
            WebhookEntry(
                at=to_millis(self.world.now()),
                kind=webhook.kind,
                event_type=webhook.event_type,
                url=url,
                method=webhook.method,
                params=webhook.params,
                signature=sign(self.world.account.token, url, form),
                outcome=outcome,
                target=webhook.url,
            )
        )

    def _timeout_s(self, kind: Kind) -> float:
        settings = self.world.settings
        conversations = kind in ("pre", "post")
        return settings.conversations_hook_timeout_s if conversations else settings.messaging_hook_timeout_s

    async def _let_another_overtake(self, url: str) -> None:
        """Wait until another webhook was sent there. One that finds another waiting overtakes it instead of waiting too."""
        if url in self._overtaken:
            return
        waiting = self._overtaken[url] = asyncio.Event()
        with suppress(TimeoutError):
            async with asyncio.timeout(_OVERTAKEN_WITHIN_S):
                await waiting.wait()
        if self._overtaken.get(url) is waiting:
            del self._overtaken[url]

    def _release(self, url: str) -> None:
        if url in self._overtaken:
            self._overtaken.pop(url).set()


def _as_called(webhook: Webhook) -> tuple[str, dict[str, str]]:
    """The URL as it is called, and the form that goes with it (none with GET: its fields are in the query)."""
    url = webhook.url.partition("#")[0]
    if not webhook.by_get:
        return url, webhook.params
    return url + ("&" if urlsplit(url).query else "?") + urlencode(webhook.params), {}


async def _read(response: httpx.Response) -> str:
    """The start of the answer: an endless one is cut off."""
    read = bytearray()
    async for part in response.aiter_bytes():
        read += part
        if len(read) >= _READ_AT_MOST:
            break
    return bytes(read[:_READ_AT_MOST]).decode("utf-8", "replace")
