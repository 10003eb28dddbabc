"""How long a text is for Twilio, and into how many SMS it is cut: by GSM 03.38 where it can, else in UCS-2."""

from collections.abc import Iterator

from emulator.addresses import channel_of
from emulator.entities import Text

# One septet each, and two where an escape stands in front.
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")
# A text of several SMS has a header in each, which takes seven septets or three UCS-2 characters.
_GSM_ALONE, _GSM_IN_SEVERAL = 160, 153
_UCS2_ALONE, _UCS2_IN_SEVERAL = 70, 67


def length(body: str) -> int:
    """In UTF-16, where an emoji takes two or more: Twilio's limit is reached earlier by such characters (21617)."""
    return len(body.encode("utf-16-le", "surrogatepass")) // 2


def count(body: str) -> int:
    """An escaped or double-width character is never cut in two, so a segment may stay shorter than it could be."""
    is_gsm = _BASIC.union(_EXTENDED).issuperset(body)
    alone, in_several = (_GSM_ALONE, _GSM_IN_SEVERAL) if is_gsm else (_UCS2_ALONE, _UCS2_IN_SEVERAL)
    sizes = list(_septets(body) if is_gsm else map(length, body))
    if sum(sizes) <= alone:
        return 1
    segments, used = 1, 0
    for size in sizes:
        if used + size > in_several:
            segments, used = segments + 1, 0
        used += size
    return segments


def _septets(body: str) -> Iterator[int]:
    return (2 if char in _EXTENDED else 1 for char in body)


def num_segments(text: Text) -> int:
    """Only SMS is cut; a text of a messaging service has none before a sender is assigned."""
    if text.status == "accepted":
        return 0
    return count(text.body) if channel_of(text.recipient) == "sms" and not text.media else 1
