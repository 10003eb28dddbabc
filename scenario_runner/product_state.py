"""What the product's database says: was a message processed, is work still pending, who is in the group."""

from typing import NamedTuple

from django.db import transaction
from django.db.models import Q, QuerySet

from conversations_app.commands import parsing
from conversations_app.inbound import conversation_events
from conversations_app.models import Binding, Delivery, InboxEvent, Message, Turn
from matchmaker import clock
from matchmaker.addresses import channel_of
from sessions_app import actions, versions
from sessions_app.models import Draft, Participant, Photo, Question, Session
from sessions_app.public_page import links
from sessions_app.versions.content import Content

_ABOUT_MESSAGES = (
    "onMessageAdded",
    "onConversationStateUpdated",
    "onParticipantRemoved",
    "inbound",
)


class OpenQuestion(NamedTuple):
    """`age`: that one, where it asks whether somebody is just so old."""

    id: int
    topic: str
    address: str
    age: int | None


class WordsSoFar(NamedTuple):
    """The newest message of the session and the newest text to a single phone, by id."""

    message: int
    text: int


class ProductState:
    """`addresses`: the people of the play. `session`: theirs, once somebody has started it."""

    def __init__(self, addresses: list[str]) -> None:
        self.addresses = addresses
        self.session: Session | None = None
        self._last_delivery = Delivery.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    def was_processed(self, sid: str) -> bool:
        """By Twilio's message sid: it is in a transcript, or its webhook was processed."""
        done = InboxEvent.objects.filter(key=f"inbound:{sid}").exclude(state=InboxEvent.State.WAITING)
        return Message.objects.filter(Q(sid=sid) | Q(messaging_sid=sid)).exists() or done.exists()

    def note_on(self, sid: str) -> str:
        """What the product noted about that webhook."""
        event = InboxEvent.objects.filter(key=f"inbound:{sid}").first()
        return event.note if event else "its webhook never arrived"

    def session_of(self, address: str) -> Session | None:
        """The open session in which that phone is, or is being added."""
        held = Binding.objects.held().filter(address=address).order_by("-pk")
        binding = held.select_related("participant__session").first()
        return binding.participant.session if binding else None

    def bound(self) -> set[str]:
        """The addresses that Twilio has in the group's Conversation now."""
        bindings = Binding.objects.filter(participant__session=self.session, state=Binding.State.BOUND)
        return set(bindings.values_list("address", flat=True))

    def names(self) -> dict[str, str]:
        """The name in front of each address's messages now."""
        people = Participant.objects.filter(session=self.session).select_related("contact")
        return {person.contact.address: person.name for person in people}

    def is_command(self, address: str, text: str) -> bool:
        """Whether the product will treat it as a command rather than a message to the group."""
        people = Participant.objects.present().filter(session=self.session, contact__address=address)
        person = people.select_related("contact", "session").first()
        if person is not None:
            return conversation_events.command_of(person, text) is not None
        command = parsing.command_in(text, channel=channel_of(address))
        return command is not None and parsing.is_real_command(command)

    def matchmaker_messages(self) -> QuerySet[Message]:
        said = Message.objects.filter(session=self.session, kind=Message.Kind.MATCHMAKER, state=Message.State.SENT)
        return said.order_by("pk")

    def last_of_matchmaker(self) -> int:
        """The newest decided message, sent or not; 0 before the first."""
        decided = Message.objects.filter(session=self.session, kind=Message.Kind.MATCHMAKER)
        return decided.order_by("-pk").values_list("pk", flat=True).first() or 0

    def open_question(self) -> OpenQuestion | None:
        question = (
            Question.objects.filter(session=self.session, closed_at=None).select_related("asked_to__contact").last()
        )
        if question is None or question.asked_to is None:
            return None
        age = question.settles.get("age") if question.to_make_sure else None
        return OpenQuestion(question.pk, question.topic, question.asked_to.contact.address, age)

    def words_so_far(self) -> WordsSoFar:
        newest = Message.objects.filter(session=self.session).order_by("-pk").values_list("pk", flat=True).first()
        text = Delivery.objects.order_by("-pk").values_list("pk", flat=True).first()
        return WordsSoFar(newest or 0, text or 0)

    def words_since(self, before: WordsSoFar) -> tuple[tuple[str, ...], int, float | None]:
        """What the matchmaker wrote to the group since then; how much in all, with announcements and texts to single
        phones; and how many seconds after the last person's line its first one came. On the wall clock: the product's
        may have been advanced."""
        messages = Message.objects.filter(session=self.session, pk__gt=before.message).order_by("pk")
        heard = messages.filter(kind__in=[Message.Kind.PERSON, Message.Kind.COMMAND]).last()
        read = messages.outgoing().filter(state=Message.State.SENT)
        ours = list(read.filter(kind=Message.Kind.MATCHMAKER))
        texts = Delivery.objects.filter(contact__address__in=self.addresses, pk__gt=before.text, message=None).count()
        in_all = len(ours) + read.filter(kind=Message.Kind.ANNOUNCEMENT).count() + texts
        answers = [message for message in ours if heard and message.created_at > heard.created_at]
        seconds = (answers[0].created_at - heard.created_at).total_seconds() if answers and heard else None
        return tuple(message.body for message in ours), in_all, seconds

    def under_way(self) -> str:
        """What is pending, in words; empty when the pipeline is idle. Checked in the order in which work flows."""
        return self._being_read() or self.being_sent()

    def _being_read(self) -> str:
        if self._waiting_webhooks().exists():
            return "a webhook is waiting to be processed"
        if Photo.objects.filter(session=self.session, state=Photo.State.ARRIVING).exists():
            return "a photo is being fetched"
        if self.session and self._turns_ahead(self.session).exists():
            return "a turn of the matchmaker is due"
        if Turn.objects.filter(session=self.session, state=Turn.State.OPEN).exists():
            return "the matchmaker is thinking"
        return ""

    def being_sent(self) -> str:
        of_theirs = Binding.objects.filter(address__in=self.addresses)
        if of_theirs.filter(state=Binding.State.BINDING).exists():
            return "a phone is being added to the group"
        if of_theirs.filter(state=Binding.State.UNBINDING).exists():
            return "a phone is being taken out of the group"
        if Message.objects.filter(session=self.session, state=Message.State.WAITING).exists():
            return "a message is waiting to be sent"
        if Delivery.objects.filter(contact__address__in=self.addresses, state=Delivery.State.WAITING).exists():
            return "a text to one phone is waiting to be sent"
        return ""

    def _turns_ahead(self, session: Session) -> QuerySet[Session]:
        ahead = Session.objects.filter(pk=session.pk, status=Session.Status.ACTIVE)
        return ahead.filter(turn_due_at__isnull=False)

    def _waiting_webhooks(self) -> QuerySet[InboxEvent]:
        sids = list(self.session.conversations.values_list("sid", flat=True)) if self.session else []
        of_ours = Q(payload__ConversationSid__in=[sid for sid in sids if sid]) | Q(payload__From__in=self.addresses)
        waiting = InboxEvent.objects.filter(state=InboxEvent.State.WAITING, event_type__in=_ABOUT_MESSAGES)
        return waiting.filter(of_ours)

    def photo_number(self, sid: str) -> int | None:
        """What the group calls the first photo of that message; None if it was not kept."""
        photos = Photo.objects.filter(Q(message__sid=sid) | Q(message__messaging_sid=sid), session=self.session)
        return photos.exclude(number=None).values_list("number", flat=True).first()

    def photos_chosen(self) -> int:
        return Photo.objects.chosen().filter(session=self.session).count()

    def bio(self) -> str:
        picked = Draft.objects.filter(session=self.session, kind=Draft.Kind.BIO, state=Draft.State.PICKED)
        return picked.values_list("text", flat=True).first() or ""

    def bios(self) -> dict[int, str]:
        """Those that stand, by number."""
        drafts = Draft.objects.standing().filter(session=self.session, kind=Draft.Kind.BIO)
        return dict(drafts.values_list("number", "text"))

    def approved_profile(self) -> Content | None:
        version = versions.approved(self.session) if self.session else None
        return version.content if version else None

    def share_address(self) -> str:
        """Where strangers see the profile, which its owner may share once it is approved; empty before."""
        if self.session is None or self.approved_profile() is None:
            return ""
        with transaction.atomic():
            return links.address_of(links.share_link(actions.lock_session(self.session.pk), clock.now()))

    def new_messages(self, after: int) -> list[Message]:
        """Our sent messages to the group with a higher id."""
        ours = Message.objects.outgoing().filter(session=self.session, state=Message.State.SENT, pk__gt=after)
        return list(ours.select_related("author").order_by("pk"))

    def new_texts(self) -> list[Delivery]:
        """What went to single phones since the last look."""
        sent = Delivery.objects.filter(
            contact__address__in=self.addresses, state=Delivery.State.SENT, pk__gt=self._last_delivery
        )
        found = list(sent.select_related("contact").order_by("pk"))
        self._last_delivery = max([self._last_delivery, *(text.pk for text in found)])
        return found
