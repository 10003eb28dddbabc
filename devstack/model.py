"""The model that plays in the demo: one's own, as the environment names it, else the emulator's offline interviewer."""

from collections.abc import Mapping

from devstack.errors import LaunchError

OPENAI = "https://api.openai.com/v1"
# Plays when only a key is given: it calls tools, and an evening costs cents.
DEFAULT_MODEL = "gpt-4.1-mini"
# How programs find their way out of a guarded network.
_WAY_OUT = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy", "SSL_CERT_FILE")


def own_model(environ: Mapping[str, str]) -> dict[str, str]:
    """The settings that reach it; empty when neither a key nor a server was given. Raises LaunchError."""
    key, base_url, name = (environ.get(f"OPENAI_{what}", "").strip() for what in ("API_KEY", "BASE_URL", "MODEL"))
    if not key and not base_url:
        return {}
    if base_url and not base_url.startswith(("http://", "https://")):
        raise LaunchError(f"OPENAI_BASE_URL must begin with http:// or https://, unlike {base_url!r}.")
    if base_url and not name:
        raise LaunchError("OPENAI_BASE_URL is set: name one of that server's models in OPENAI_MODEL.")
    return {
        # A server on one's own machine asks for no key, but the client insists on sending one.
        "OPENAI_API_KEY": key or "none",
        "OPENAI_BASE_URL": base_url or OPENAI,
        "OPENAI_MODEL": name or DEFAULT_MODEL,
        **_way_out(environ),
    }


def _way_out(environ: Mapping[str, str]) -> dict[str, str]:
    """Proxies are for the model alone: everything else is on this machine."""
    found = {name: environ[name] for name in _WAY_OUT if environ.get(name)}
    if not found:
        return {}
    near = ",".join(filter(None, (environ.get("NO_PROXY") or environ.get("no_proxy"), "127.0.0.1,localhost")))
    return {**found, "NO_PROXY": near, "no_proxy": near}


def who_plays(own: Mapping[str, str], environ: Mapping[str, str]) -> str:
    """A line for the start."""
    if own:
        return f"The matchmaker's model is {own['OPENAI_MODEL']} at {own['OPENAI_BASE_URL']}."
    told = "The matchmaker's model is the emulator's offline interviewer, a stand-in"
    if environ.get("OPENAI_MODEL"):
        return f"{told}: OPENAI_MODEL says nothing without OPENAI_API_KEY or OPENAI_BASE_URL."
    return f"{told}. Set OPENAI_API_KEY, or OPENAI_BASE_URL and OPENAI_MODEL, for one of your own."
