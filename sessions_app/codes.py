"""Session codes: six characters without look-alikes, letters and digits, so that no word and no number is one."""

import re
import secrets

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_DIGITS = set("23456789")
# The older app's codes have five or six characters of the whole alphabet.
CODE = re.compile(r"^[A-Z0-9]{5,6}$")
_STANDING_ALONE = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9]{5,6}(?![A-Za-z0-9])")


def new_code() -> str:
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(6))
        # Letters alone could spell a word, and digits alone could be an answer such as a height or a year.
        if _DIGITS & set(code) and not code.isdigit():
            return code


def code_in(text: str) -> str:
    """The first word that could be a code, in capitals, or nothing: what was copied may have more around it."""
    found = _STANDING_ALONE.search(text)
    return found[0].upper() if found else ""
