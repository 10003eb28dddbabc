import pytest
from twilio.base.exceptions import TwilioRestException

from conversations_app.gateway.errors import AccountTrouble, TwilioRefused, translated


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (400, 21612, "our number cannot reach that phone (Twilio 21612)"),
        (400, 21617, "the text was over 1,600 characters (Twilio 21617)"),
        (400, 64999, "Twilio refused (Twilio 64999)"),
    ],
)
def test_a_refused_text_is_explained_as_one_that_did_not_arrive(status: int, code: int, words: str) -> None:
    meant = translated(TwilioRestException(status, "/Messages.json", "no", code))

    assert isinstance(meant, TwilioRefused)
    assert meant.words == words


def test_a_number_that_is_not_ours_is_the_accounts_trouble() -> None:
    assert isinstance(translated(TwilioRestException(403, "/Participants", "no", 50413)), AccountTrouble)
