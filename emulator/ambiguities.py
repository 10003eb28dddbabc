"""Where Twilio's documentation is silent or contradicts itself: each point can be set either way."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Rate = Annotated[float, Field(ge=0, le=1)]
ErrorCode = Annotated[str, Field(pattern=r"^\d{5}$")]
HttpStatus = Annotated[int, Field(ge=400, le=599)]


class Group(BaseModel):
    model_config = ConfigDict(extra="forbid", protected_namespaces=())


class Ambiguities(Group):
    """Each default is the likelier reading, by the documentation or the one account we have seen."""

    also_messaging_webhook: bool | Literal["own"] = False
    """Call the Messaging webhook for bound pairs too; "own": only one that is set on the number itself."""
    carrier_messages: Literal["service", "account"] = "service"
    """Whose webhook gets onMessageAdded for a phone's message, when the service has one of its own."""
    scoped_webhooks: Literal["added", "instead"] = "added"
    """Whether a conversation's own webhooks are called beside the service's, or in their place."""
    pre_hook_for_rest: bool = False
    """Ask the pre-event hook about REST's messages too, when X-Twilio-Webhook-Enabled is true."""
    webhook_retries: int = Field(default=0, ge=0, le=5)
    """How often a failed post-event is sent again, with a rising RetryCount."""
    idempotency_header: bool = True
    """Whether Conversations webhooks carry I-Twilio-Idempotency-Token."""
    media_keys: Literal["Sid", "MediaSid"] = "Sid"
    whatsapp_source: str = Field(default="WHATSAPP", pattern=r"^[A-Za-z]{1,20}$")
    unknown_fields: bool = False
    """Add undocumented fields to webhooks."""
    status_callbacks_of_conversations: bool = False
    """Call the messaging service's StatusCallback for the copies of a conversation's messages too."""

    inactive_inbound: Literal["reactivates", "messaging"] = "reactivates"
    """A text to an inactive conversation wakes it, or goes to the Messaging webhook."""
    captured_texts_listed: bool = True
    """Whether a text captured by a conversation is in the Messages list as well."""
    captions: bool = True
    """Whether the caption of a conversation's photo reaches the phones."""
    media_auth: bool = False
    """Whether media of texts requires the account's credentials."""
    lookup_of_closed: bool = True
    """Whether ParticipantConversations lists closed conversations."""
    index_gaps: Rate = 0.02
    """Chance that a conversation's message index skips numbers."""

    keywords_in_conversation: bool = True
    """Whether STOP and the other keywords also become messages of the conversation."""
    keyword_answers: bool = True
    """Whether Twilio answers keywords with a text of its own."""
    whatsapp_keywords: bool = False
    """Whether Twilio handles keywords on WhatsApp as it does on SMS."""
    yes_opts_in: bool = True
    """Whether YES of somebody who opted out counts as START, which it does not on toll-free numbers."""
    opt_out_of: Literal["number", "service"] = "number"
    """What STOP opts out of: the number it was sent to, or all numbers of its messaging service."""
    advanced_opt_out: bool = False
    """Add OptOutType to the Messaging webhook."""

    pair_limit: Literal["none", "queue", "fail"] = "none"
    """More than one WhatsApp message in six seconds to one person: later ones wait, or fail with 63018."""
    template_approval: Literal["approved", "pending", "rejected"] = "approved"
    """What WhatsApp decides, immediately, about a template submitted for approval."""
    strict_page_size: bool = False
    """Refuse a PageSize above the list's maximum, instead of capping it."""
    error_statuses: dict[ErrorCode, HttpStatus] = Field(default_factory=dict)
    """The HTTP status of error codes for which none is documented."""
