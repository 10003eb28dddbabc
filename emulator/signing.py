"""X-Twilio-Signature, as Twilio computes it."""

import base64
import hashlib
import hmac
from collections.abc import Mapping


def sign(token: str, url: str, params: Mapping[str, str]) -> str:
    """HMAC-SHA1 over the URL as it is called and each parameter's name and value, sorted by name."""
    signed = url.partition("#")[0] + "".join(name + params[name] for name in sorted(params))
    digest = hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()
