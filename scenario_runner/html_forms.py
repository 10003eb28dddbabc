"""HTML as a person meets it: filling in a form by the names of its fields, and reading a page."""

from collections.abc import Iterator

from lxml.html import FormElement, HtmlElement

_UNSEEN = {"script", "style", "template", "noscript", "head"}
_IN_LINE = {
    "a",
    "abbr",
    "b",
    "bdi",
    "cite",
    "code",
    "em",
    "i",
    "kbd",
    "mark",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "time",
}


class CannotFill(Exception):
    """What the form lacks, in words."""


# --- reading ----------------------------------------------------------------------------------------------------------


def visible_text(page: HtmlElement) -> str:
    """What a person reads, a line for each block."""
    lines = (" ".join(line.split()) for line in "".join(_pieces(page)).split("\n"))
    return "\n".join(line for line in lines if line)


def _pieces(node: HtmlElement) -> Iterator[str]:
    if isinstance(node.tag, str) and node.tag not in _UNSEEN and node.get("hidden") is None:
        edge = "" if node.tag in _IN_LINE else "\n"
        yield edge + _in_one_line(node.text)
        for child in node:
            yield from _pieces(child)
        yield edge
    yield _in_one_line(node.tail)


def _in_one_line(text: str | None) -> str:
    return (text or "").replace("\n", " ")


# --- filling in -------------------------------------------------------------------------------------------------------


def fill(form: FormElement, name: str, values: tuple[str, ...]) -> None:
    """Options are chosen by their value or by what stands beside them; what is no option is written, where there is room
    for words of one's own. Raises CannotFill."""
    fields = fields_called(form, name)
    if not fields:
        raise CannotFill(f"the page does not ask for {name}")
    left = _enter(form, fields, values)
    if left:
        _in_own_words(form, name, left)


def fields_called(form: FormElement, name: str) -> list[HtmlElement]:
    return [field for field in form.xpath(".//input | .//select | .//textarea") if field.get("name") == name]


def _enter(form: FormElement, fields: list[HtmlElement], values: tuple[str, ...]) -> tuple[str, ...]:
    """What found no place."""
    if all(field.get("type") == "checkbox" for field in fields) and set(values) <= {"true", "false"}:
        for field in fields:
            field.checked = "true" in values
        return ()
    if any(field.get("type") in ("radio", "checkbox") for field in fields):
        return _tick(form, fields, values)
    if fields[0].tag == "select":
        return _select(fields[0], values)
    if len(fields) == 1:
        fields[0].value = ", ".join(values)
        return ()
    fitting = [*values[: len(fields)], *[""] * (len(fields) - len(values))]
    for field, value in zip(fields, fitting, strict=True):
        field.value = value
    return values[len(fields) :]


def _tick(form: FormElement, choices: list[HtmlElement], values: tuple[str, ...]) -> tuple[str, ...]:
    left = list(values)
    for choice in choices:
        told = _folded(choice.get("value", ""), *_labels(form, choice))
        chosen = [value for value in left if value.casefold() in told]
        choice.checked = bool(chosen)
        left = [value for value in left if value not in chosen]
    return tuple(left)


def _select(field: HtmlElement, values: tuple[str, ...]) -> tuple[str, ...]:
    left = list(values)
    for option in field.xpath(".//option"):
        told = _folded(option.get("value", ""), option.text_content())
        chosen = [value for value in left if value.casefold() in told]
        if chosen:
            option.set("selected", "selected")
        else:
            option.attrib.pop("selected", None)
        left = [value for value in left if value not in chosen]
    return tuple(left)


def _in_own_words(form: FormElement, name: str, words: tuple[str, ...]) -> None:
    own = [field for field in form.xpath(".//input | .//textarea") if _is_for_words_on(field, name)]
    if not own:
        raise CannotFill(f"the page offers no {name} {', '.join(words)}")
    own[0].value = ", ".join(words)


def _is_for_words_on(field: HtmlElement, name: str) -> bool:
    is_text = field.tag == "textarea" or field.get("type", "text") == "text"
    return is_text and str(field.get("name", "")).startswith(f"{name}_")


def _labels(form: FormElement, field: HtmlElement) -> Iterator[str]:
    for label in field.xpath("ancestor::label"):
        yield label.text_content()
    for label in form.xpath(".//label"):
        if field.get("id") and label.get("for") == field.get("id"):
            yield label.text_content()


def _folded(*texts: str) -> set[str]:
    return {" ".join(text.split()).casefold() for text in texts} - {""}
