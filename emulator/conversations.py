"""The life of a conversation: state, timers, participants and messages, and the events they cause."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from emulator.carrier import Carrier
from emulator.conversation_webhooks import ConversationWebhooks, Tasks
from emulator.entities import (
    Conversation,
    ConversationState,
    DeliveryOf,
    Draft,
    Message,
    Participant,
    Text,
)
from emulator.errors import TwilioError
from emulator.limits import MAX_ON_PHONES, MAX_PARTICIPANTS
from emulator.payloads import (
    conversation_fields,
    message_fields,
    participant_fields,
    removed,
    state_fields,
    updated,
)
from emulator.world import World


@dataclass(frozen=True)
class Cause:
    """Why something changes: whether webhooks are called, and with which Source."""

    source: str = "API"
    notifies_webhooks: bool = True


@dataclass
class Conversations:
    world: World
    conversation_webhooks: ConversationWebhooks
    carrier: Carrier

    # --- conversations

    def add(self, conversation: Conversation, cause: Cause) -> None:
        self.world.conversations[conversation.sid] = conversation
        self.restart_timers(conversation)
        if cause.notifies_webhooks:
            fields = conversation_fields(conversation)
            self.conversation_webhooks.send(conversation, "onConversationAdded", fields, source=cause.source)

    def changed(self, conversation: Conversation, cause: Cause) -> None:
        conversation.updated = self.world.now()
        if cause.notifies_webhooks:
            fields = conversation_fields(conversation)
            self.conversation_webhooks.send(conversation, "onConversationUpdated", fields, source=cause.source)

    def change_state(self, conversation: Conversation, state: ConversationState, cause: Cause, reason: str) -> Tasks:
        """Change its state; closing is final and releases the bindings."""
        before = conversation.state
        if before == state:
            return []
        conversation.state, conversation.updated = state, self.world.now()
        if state == "closed":
            self._free(conversation.participants.values())
        self.restart_timers(conversation)
        if not cause.notifies_webhooks:
            return []
        fields = state_fields(conversation, before, reason)
        return self.conversation_webhooks.send(
            conversation, "onConversationStateUpdated", fields, source=cause.source
        )

    def remove(self, conversation: Conversation, cause: Cause) -> None:
        if cause.notifies_webhooks:
            fields = removed(conversation_fields(conversation), self.world.now())
            self.conversation_webhooks.send(conversation, "onConversationRemoved", fields, source=cause.source)
        self._free(conversation.participants.values())
        del self.world.conversations[conversation.sid]

    def restart_timers(self, conversation: Conversation) -> None:
        """Something happened: restart its timers."""
        now, timers = self.world.now(), conversation.timers
        timers.inactive_at = _due(now, timers.inactive_after if conversation.state == "active" else None)
        timers.closed_at = _due(now, timers.closed_after if conversation.state != "closed" else None)

    def run_timers(self) -> Tasks:
        """Change the state of every conversation whose timer ran out; the tasks end when the webhooks were answered."""
        now = self.world.now()
        tasks: Tasks = []
        for conversation in list(self.world.conversations.values()):
            inactive_at, closed_at = conversation.timers.inactive_at, conversation.timers.closed_at
            if inactive_at and inactive_at <= now:
                tasks += self.change_state(conversation, "inactive", Cause(), "TIMER")
                # Both timers count from the last message: becoming inactive does not restart the other one.
                conversation.timers.closed_at = closed_at
            if closed_at and closed_at <= now:
                tasks += self.change_state(conversation, "closed", Cause(), "TIMER")
        return tasks

    # --- participants

    def add_participant(self, conversation: Conversation, participant: Participant, cause: Cause) -> None:
        """Raises TwilioError when a limit, or a binding in another conversation, prevents it."""
        self.check_room(conversation, participant)
        conversation.participants[participant.sid] = participant
        self.bind(conversation, participant)
        conversation.updated = self.world.now()
        if cause.notifies_webhooks:
            fields = participant_fields(conversation, participant)
            self.conversation_webhooks.send(conversation, "onParticipantAdded", fields, source=cause.source)

    def participant_changed(self, conversation: Conversation, participant: Participant, cause: Cause) -> None:
        participant.updated = self.world.now()
        if cause.notifies_webhooks:
            fields = updated(participant_fields(conversation, participant), participant.updated)
            if participant.last_read_index is not None:
                fields["LastReadMessageIndex"] = str(participant.last_read_index)
            self.conversation_webhooks.send(conversation, "onParticipantUpdated", fields, source=cause.source)

    def remove_participant(self, conversation: Conversation, participant: Participant, cause: Cause) -> None:
        del conversation.participants[participant.sid]
        self._free([participant])
        conversation.updated = self.world.now()
        if cause.notifies_webhooks:
            fields = updated(participant_fields(conversation, participant), participant.updated)
            self.conversation_webhooks.send(
                conversation, "onParticipantRemoved", removed(fields, self.world.now()), source=cause.source
            )

    def bind(self, conversation: Conversation, participant: Participant) -> None:
        if participant.binding:
            self.world.bindings[participant.binding.pair] = (conversation, participant)

    def rebind(self, conversation: Conversation, participant: Participant, proxy_address: str) -> None:
        """Onto another of our numbers."""
        if participant.binding:
            self._free([participant])
            participant.binding.proxy_address = proxy_address
            self.bind(conversation, participant)

    def _free(self, participants: Iterable[Participant]) -> None:
        """Release their bindings, unless another conversation holds one by now."""
        for participant in participants:
            holder = self.world.holder_of(participant.binding.pair) if participant.binding else None
            if participant.binding and holder and holder[1] is participant:
                del self.world.bindings[participant.binding.pair]

    def check_room(self, conversation: Conversation, participant: Participant) -> None:
        if participant.binding:
            holder = self.world.holder_of(participant.binding.pair)
            if holder:
                raise TwilioError(50416, conversation=holder[0].sid)
            if len(conversation.on_phones) >= MAX_ON_PHONES:
                raise TwilioError(50418)
        if len(conversation.participants) >= MAX_PARTICIPANTS:
            raise TwilioError(50417)

    # --- messages

    def publish_from_phone(self, conversation: Conversation, sender: Participant, draft: Draft) -> Message:
        """Publish a phone's message that the pre-event webhook let through."""
        cause = Cause(sender.source)
        if conversation.state == "inactive":
            self.change_state(conversation, "active", cause, "EVENT")
        return self.publish(conversation, draft, cause, written_by=sender)

    def publish(
        self,
        conversation: Conversation,
        draft: Draft,
        cause: Cause,
        *,
        written_by: Participant | None = None,
    ) -> Message:
        """Give it the next index, send it to every phone except its author's, and call the webhooks."""
        author = written_by or participant_named(conversation, draft.author)
        now = self.world.now()
        message = Message(
            index=self._next_index(conversation),
            author=draft.author,
            body=draft.body or None,
            media=draft.media,
            attributes=draft.attributes,
            participant_sid=author.sid if author else None,
            created=now,
            updated=now,
            content=draft.content,
        )
        conversation.messages[message.sid] = message
        for media in draft.media:
            media.used_by = message.sid
        conversation.updated = now
        self.restart_timers(conversation)
        self._fan_out(conversation, message, author)
        if cause.notifies_webhooks:
            fields = message_fields(conversation, message)
            self.conversation_webhooks.send(conversation, "onMessageAdded", fields, source=cause.source)
        return message

    def message_changed(self, conversation: Conversation, message: Message, cause: Cause) -> None:
        message.updated = self.world.now()
        if cause.notifies_webhooks:
            fields = updated(message_fields(conversation, message), message.updated)
            self.conversation_webhooks.send(conversation, "onMessageUpdated", fields, source=cause.source)

    def remove_message(self, conversation: Conversation, message: Message, cause: Cause) -> None:
        del conversation.messages[message.sid]
        if cause.notifies_webhooks:
            fields = updated(message_fields(conversation, message), message.updated)
            self.conversation_webhooks.send(
                conversation, "onMessageRemoved", removed(fields, self.world.now()), source=cause.source
            )

    def _next_index(self, conversation: Conversation) -> int:
        """Indexes rise, but Twilio skips some now and then."""
        if conversation.messages and self.world.chances.hit(self.world.faults.index_gaps):
            conversation.next_index += self.world.chances.pick(1, 2)
        index = conversation.next_index
        conversation.next_index += 1
        return index

    def _fan_out(self, conversation: Conversation, message: Message, author: Participant | None) -> None:
        if not (message.body or message.media or message.content):
            return  # nothing that a channel would take
        for participant in conversation.on_phones:
            if participant is not author and participant.name != message.author:
                self._send_to(conversation, message, participant)

    def _send_to(self, conversation: Conversation, message: Message, participant: Participant) -> None:
        if participant.binding is None:
            return
        captionless = message.media and not message.content and not self.world.faults.captions
        text = Text(
            sender=participant.binding.proxy_address,
            recipient=participant.binding.address,
            body="" if captionless else message.body or "",
            media=message.media,
            direction="outbound-api",
            status="queued",
            created=message.created,
            updated=message.created,
            messaging_service_sid=conversation.messaging_service_sid,
            status_callback=self._status_callback(conversation),
            content=message.content,
        )
        receipt = self.carrier.receipt(participant.sid, text)
        message.receipts[receipt.sid] = receipt
        text.delivery_of = DeliveryOf(conversation, message, receipt)
        self.carrier.send(text)

    def _status_callback(self, conversation: Conversation) -> str | None:
        service = self.world.account.messaging_services.get(conversation.messaging_service_sid or "")
        return service.status_callback if service and self.world.faults.status_callbacks_of_conversations else None


def participant_named(conversation: Conversation, author: str) -> Participant | None:
    """Whose address or identity the author of a message is."""
    return next((person for person in conversation.participants.values() if person.name == author), None)


def _due(now: datetime, after: timedelta | None) -> datetime | None:
    return now + after if after else None
