"""Twilio's refusals, translated once into what they mean for us. Codes: Twilio's error dictionary."""

import json
import re
from typing import Any

import requests
from twilio.base.exceptions import TwilioException, TwilioRestException

from conversations_app.gateway import delivery_errors


class GatewayError(Exception):
    """A call to Twilio that did not do what it should.

    `permanent`: trying again changes nothing. `surely_not_accepted`: Twilio did nothing, so trying again doubles
    nothing. `words` are for staff.
    """

    permanent = True
    surely_not_accepted = True

    def __init__(self, words: str, *, code: int = 0) -> None:
        super().__init__(words)
        self.words, self.code = words, code


class TwilioRefused(GatewayError):
    """Twilio understood, and will not do it."""


class NotFoundAtTwilio(TwilioRefused):
    pass


class NameTaken(TwilioRefused):
    """A Conversation of this unique name exists already."""


class ConversationClosed(TwilioRefused):
    pass


class OptedOut(TwilioRefused):
    pass


class PairTaken(TwilioRefused):
    """This phone and this number of ours are together in another open Conversation."""

    def __init__(self, words: str, *, code: int, conversation_sid: str) -> None:
        super().__init__(words, code=code)
        self.conversation_sid = conversation_sid


class TryLater(GatewayError):
    """Twilio is busy and did nothing."""

    permanent = False


class AccountTrouble(GatewayError):
    """Nothing is sent for anybody until the account, the service or one of our numbers is fixed."""

    permanent = False


class Unclear(GatewayError):
    """No answer, or an ambiguous one: check whether it was done before retrying."""

    permanent = False
    surely_not_accepted = False


class UnclearButOver(Unclear):
    """Twilio answered with an error of its own, so the outcome is unknown but the call has ended."""


_MEANINGS: dict[int, tuple[type[GatewayError], str]] = {
    20003: (AccountTrouble, "Twilio does not accept our account SID and token"),
    # A Conversation of another service answers this too, so a wrong service looks like deleted groups.
    20404: (NotFoundAtTwilio, "Twilio knows no such thing in this service"),
    50300: (NotFoundAtTwilio, "Twilio knows no such conversation"),
    50350: (NotFoundAtTwilio, "Twilio knows no such conversation"),
    50430: (NotFoundAtTwilio, "that person is not in the conversation"),
    50432: (NotFoundAtTwilio, "that person is not in the conversation"),
    # An older code for the same.
    50307: (NameTaken, "a conversation of that name exists"),
    50353: (NameTaken, "a conversation of that name exists"),
    50377: (ConversationClosed, "the conversation is closed for good"),
    50417: (TwilioRefused, "the conversation is full"),
    # Phones are counted apart: a Conversation may hold a thousand people, of whom fifty on phones.
    50418: (TwilioRefused, "the conversation has fifty phones, the most that Twilio allows"),
    50422: (TwilioRefused, "the conversation is full"),
    # Of somebody on web chat; of a phone it is 50416, with this Conversation's own sid.
    50433: (TwilioRefused, "that person is in the conversation already"),
    # Twilio or the carrier may know of a STOP that never reached us, so it counts as one said to us.
    21610: (OptedOut, "that person has opted out with STOP"),
    50504: (TwilioRefused, "the text is over 1,600 characters"),
    50407: (TwilioRefused, "Twilio does not take that address"),
    # Not this message's fault: it waits, and goes out once the number is put right.
    50413: (AccountTrouble, "our number does not belong to this Twilio account"),
    50415: (AccountTrouble, "our number is no WhatsApp sender"),
}
# Too many calls at once, two changes to the same thing, or one to a text that is still on its way: Twilio carried out
# none of them.
_BUSY_CODES = {20009, 20429, 50063, 50074, 50391, 50419, 50213, 50349, 50449}
_CONVERSATION_SID = re.compile(r"CH[0-9a-fA-F]{32}")


def translated(error: Exception) -> GatewayError:
    """What an exception of the twilio package, or of the HTTP library under it, means for us."""
    if isinstance(error, TwilioRestException):
        return _from_refusal(error)
    # No connection was made, so the request never left us. Any later failure leaves open what Twilio did.
    if isinstance(error, requests.ConnectTimeout):
        return TryLater("Twilio could not be reached")
    if isinstance(error, requests.ConnectionError) and "NewConnectionError" in repr(error):
        return TryLater("Twilio could not be reached")
    if isinstance(error, requests.RequestException):
        return Unclear(f"Twilio gave no answer ({type(error).__name__})")
    if isinstance(error, TwilioException) and (refusal := _from_refused_list(error)):
        return refusal
    if isinstance(error, TwilioException):
        return Unclear("Twilio's answer could not be read")
    raise error


def _from_refused_list(error: TwilioException) -> GatewayError | None:
    """A refused list call raises a plain TwilioException, with the raw response as its second argument."""
    answer: Any = error.args[1] if len(error.args) > 1 else None
    if not isinstance(getattr(answer, "status_code", None), int):
        return None
    try:
        body = json.loads(answer.text)
        code, message = int(body["code"]), str(body["message"])
    except (ValueError, KeyError, TypeError):
        code, message = 0, ""
    return _from_refusal(TwilioRestException(answer.status_code, "", message, code))


def _from_refusal(error: TwilioRestException) -> GatewayError:
    code = error.code or 0
    # Twilio names the Conversation that holds the pair in the sentence only.
    if code == 50416:
        blocking = _CONVERSATION_SID.search(error.msg or "")
        return PairTaken(
            "this phone is in another group on the same number of ours",
            code=code,
            conversation_sid=blocking.group() if blocking else "",
        )
    if error.status == 429 or code in _BUSY_CODES:
        return TryLater("Twilio is busy", code=code)
    if error.status >= 500:
        # A proxy's 502, 503 or 504 says nothing about whether the call behind it is still running.
        kind = UnclearButOver if error.status == 500 else Unclear
        return kind(f"Twilio had an error of its own ({error.status})", code=code)
    # A refused login or permission is the account's trouble, and hits every message alike.
    if error.status in {401, 403} and code not in _MEANINGS:
        return AccountTrouble(f"Twilio does not let us do this (Twilio {code or error.status})", code=code)
    if code in _MEANINGS:
        meaning, words = _MEANINGS[code]
    else:
        meaning = NotFoundAtTwilio if error.status == 404 else TwilioRefused
        words = delivery_errors.in_words(str(code)) if delivery_errors.is_known(code) else "Twilio refused"
    return meaning(f"{words} (Twilio {code or error.status})", code=code)
