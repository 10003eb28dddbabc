"""Display names: what stands in front of a person's messages, so nobody may pass for somebody else."""

import re
import unicodedata
from collections.abc import Iterable

from matchmaker.addresses import without_numbers

MAX_NAME_LENGTH = 30
FALLBACK = "Friend"
_MARKUP = str.maketrans("", "", "*_~`:")
# Letters of other scripts that read as Latin ones, enough to keep a name from reading as the matchmaker's.
_LOOK_ALIKES = str.maketrans(
    "АаВЕеКкМмНОоРрСсТтХхуІіЅѕЈјαΑΒΕΖΗΙΚΜΝΟοΡΤΥΧһ01|$@3",
    "aabeekkmmhooppccttxxyiissjjaabezhikmnooptyxhollsae",
)


def clean_display_name(name: str, *, reserved: Iterable[str] = ()) -> str:
    """One line, no markup, no invisible marks, at most thirty characters; `FALLBACK` when nothing is left.

    `reserved`: names that nobody may use, such as the matchmaker's; compared by how they look.
    """
    visible = "".join(
        char if _is_visible(char) else " " for char in unicodedata.normalize("NFC", without_numbers(name))
    )
    cleaned = re.sub(r"\s+", " ", visible.translate(_MARKUP)).strip()[:MAX_NAME_LENGTH].strip()
    if not any(char.isalnum() for char in cleaned) and not _is_emoji_name(cleaned):
        return FALLBACK
    is_a_link = re.search(r"https?|www\.|/", cleaned, re.IGNORECASE)
    return FALLBACK if is_a_link or _reads_as_ours(cleaned, reserved) else cleaned


def _reads_as_ours(name: str, reserved: Iterable[str]) -> bool:
    looks = skeleton(name)
    ours = {skeleton(word) for word in ("matchmaker", *reserved)}
    squeezed = looks.replace(" ", "")
    return looks in {"system", "staff"} or any(word in looks or word in squeezed for word in ours)


def distinct_name(name: str, taken: Iterable[str]) -> str:
    """`Sam`, then `Sam (2)`: the name that nobody in the group reads as another's."""
    looks = {skeleton(other) for other in taken}
    candidate, number = name, 1
    while skeleton(candidate) in looks:
        number += 1
        suffix = f" ({number})"
        candidate = name[: MAX_NAME_LENGTH - len(suffix)].rstrip() + suffix
    return candidate


def is_made_up(name: str) -> bool:
    """We gave it, for want of a better one: `Friend`, or the number behind a name that was taken."""
    return re.fullmatch(rf"{FALLBACK}|.* \(\d+\)", name) is not None


def skeleton(name: str) -> str:
    """How a name looks: case, accents, width and common look-alikes of other scripts taken away."""
    decomposed = unicodedata.normalize("NFKD", name.translate(_LOOK_ALIKES))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char) and _is_visible(char))
    return re.sub(r"\s+", " ", plain.casefold().translate(_LOOK_ALIKES)).strip()


def _is_visible(char: str) -> bool:
    """Not a line break, a control or a direction mark; a joiner stays, since emoji families and Indic names need it."""
    return char == "\u200d" or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _is_emoji_name(text: str) -> bool:
    return any(unicodedata.category(char) == "So" for char in text)
