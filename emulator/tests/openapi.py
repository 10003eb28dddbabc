"""Holds answers against Twilio's own OpenAPI files."""

import json
import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker

from emulator.tests.support import LocalTwilioHttp

_PRODUCTS = {
    "conversations": ("conversations_v1",),
    "api": ("api_v2010",),
    "messaging": ("messaging_v1", "messaging_v2"),
    "content": ("content_v1", "content_v2"),
}

formats = FormatChecker(formats=[])
formats.checks("uri", raises=ValueError)(lambda value: value is None or "://" in value or value.startswith("/"))
formats.checks("date-time", raises=ValueError)(lambda value: value is None or bool(datetime.fromisoformat(value)))
formats.checks("date-time-rfc-2822", raises=ValueError)(
    lambda value: value is None or bool(parsedate_to_datetime(value))
)


class Spec:
    """Every operation of the products that the emulator has, by product, method and path."""

    def __init__(self, folder: Path) -> None:
        self._documents = {
            product: [_as_json_schema(json.loads((folder / f"twilio_{name}.json").read_text())) for name in names]
            for product, names in _PRODUCTS.items()
        }
        self.checked: set[tuple[str, str]] = set()

    def check(self, product: str, method: str, path: str, status: int, body: str) -> None:
        """Fails unless the status is the operation's, and the body has all its fields, each of its kind."""
        document, template, responses = self._operation(product, method, path)
        assert str(status) in responses, f"{method} {template} answered {status}, Twilio answers {list(responses)}"
        self.checked.add((method, template))
        content = responses[str(status)].get("content")
        if content is None:
            assert body == "", f"{method} {template} answers no body"
            return
        schema = {"components": document["components"], **content["application/json"]["schema"]}
        answer = json.loads(body)
        Draft202012Validator(schema, format_checker=formats).validate(answer)
        _check_complete(schema, schema, answer, f"{method} {template}")

    def _operation(self, product: str, method: str, path: str) -> tuple[dict[str, Any], str, dict[str, Any]]:
        """The document, path template and answers of what was called."""
        for document in self._documents[product]:
            for template, operations in document["paths"].items():
                pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template))
                if re.fullmatch(pattern, path) and method.lower() in operations:
                    return document, template, operations[method.lower()]["responses"]
        raise AssertionError(f"Twilio has no {method} {path}")


class CheckedTwilioHttp(LocalTwilioHttp):
    """A client's transport that holds every answer against the specification."""

    def __init__(self, base: str, spec: Spec) -> None:
        super().__init__(base)
        self._spec = spec

    def request(self, method, url, **kwargs):
        response = super().request(method, url, **kwargs)
        parts = urlsplit(url)
        product = (parts.hostname or "").split(".")[0]
        if product in _PRODUCTS:
            self._spec.check(product, method, parts.path, response.status_code, response.text or "")
        return response


def _as_json_schema(node: Any) -> Any:
    """OpenAPI 3.0's `nullable` said in JSON Schema's way."""
    if isinstance(node, list):
        return [_as_json_schema(item) for item in node]
    if not isinstance(node, dict):
        return node
    schema = {name: _as_json_schema(value) for name, value in node.items()}
    if schema.pop("nullable", False) is True and isinstance(schema.get("type"), str):
        schema["type"] = [schema["type"], "null"]
    return schema


def _check_complete(document: dict[str, Any], schema: dict[str, Any], answer: Any, where: str) -> None:
    """Twilio always sends every field, and no other."""
    if "$ref" in schema:
        target: Any = document
        for step in schema["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        schema = target
    properties = schema.get("properties")
    if isinstance(answer, dict) and properties:
        assert set(answer) == set(properties), f"{where}: {set(answer) ^ set(properties)}"
        for name, value in answer.items():
            _check_complete(document, properties[name], value, f"{where} {name}")
    if isinstance(answer, list) and "items" in schema:
        for item in answer:
            _check_complete(document, schema["items"], item, where)
