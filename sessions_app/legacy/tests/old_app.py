"""Values as the older app wrote them, of invented people."""

import json
from pathlib import Path
from typing import Any

BEGAN = "2026-11-01T10:00:00.000Z"
LATER = "2026-11-01T11:00:00.000Z"
DUMPS = Path(__file__).parent / "samples"
SAMPLES = sorted(DUMPS.glob("sample-*.jsonl"))

ABBY, LENA, SAM = "+15550100301", "+15550100302", "+15550100303"


def person(number: Any, name: Any = "Abby", role: str = "friend", **more: Any) -> dict[str, Any]:
    return {"phoneNumber": number, "name": name, "joinedAt": BEGAN, "role": role, **more}


def said(text: Any, number: str = ABBY, name: str = "Abby", **more: Any) -> dict[str, Any]:
    return {"role": "user", "content": text, "sender": name, "phoneNumber": number, **more}


def answered(text: Any, **more: Any) -> dict[str, Any]:
    return {"role": "assistant", "content": text, **more}


def value(code: str = "OLDAB2", **changes: Any) -> dict[str, Any]:
    """A session of Abby, who started it, and Lena."""
    return {
        "sessionId": code,
        "createdAt": BEGAN,
        "createdBy": ABBY,
        "conversationSid": None,
        "participants": [person(ABBY, "Abby", "creator"), person(LENA, "Lena")],
        "primaryUser": None,
        "stage": "collecting",
        "data": {"photos": [], "interests": [], "preferences": {}},
        "messages": [answered("Hey Abby!"), said("me!"), answered("How old are you?"), said("27")],
        "actions": [{"timestamp": LATER, "type": "update_stage"}],
        **changes,
    }


def key(name: str, kept: Any, kind: str = "string") -> dict[str, Any]:
    text = kept if isinstance(kept, str) else json.dumps(kept, ensure_ascii=False)
    return {"key": name, "type": kind, "ttl": -1, "value": text}


def session_key(code: str = "OLDAB2", **changes: Any) -> dict[str, Any]:
    return key(f"session:{code}", value(code, **changes))


def write_dump(path: Path, *keys: dict[str, Any] | str) -> Path:
    """Texts are put in as they are: lines that no key stands in."""
    lines = (item if isinstance(item, str) else json.dumps(item, ensure_ascii=False) for item in keys)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path
