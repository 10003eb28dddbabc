"""A run as tables, and two runs compared."""

from collections.abc import Iterator, Sequence

from scenario_runner.evaluation.score import Evaluation, FieldScore, Score, by_field, figures, precision, recall

_SHARES = ("recall", "precision", "wrong-speak", "missed-speak", "bot share", "calls refused")
_PER_SCENARIO = {
    "recall, heard": "heard",
    "precision, heard": "prec.",
    "recall, confirmed": "conf.",
    "precision, confirmed": "prec.",
    "wrong-speak": "wrong",
    "missed-speak": "missed",
    "bot share": "ours",
    "repeats": "repeats",
    "facts before consent": "early",
    "authority violations": "author.",
    "plain lines of code": "plain",
    "calls refused": "refused",
    "expectations missed": "expect.",
    "reply time, median s": "reply s",
}


def report(run: Evaluation) -> str:
    parts = [
        f"Model: {run.model}. {len(run.scenarios)} scenarios.",
        _scenarios(run),
        *_languages(run),
        _fields(run),
        _totals(run),
        *filter(None, [_details(run)]),
    ]
    return "\n\n".join(parts)


def _scenarios(run: Evaluation) -> str:
    return table([_head("scenario"), *(_row(run, score.file, [score]) for score in run.scenarios)])


def _languages(run: Evaluation) -> list[str]:
    """Beside each other, where there is more than one."""
    spoken = list(dict.fromkeys(score.language for score in run.scenarios))
    rows = [_row(run, one, [score for score in run.scenarios if score.language == one]) for one in spoken]
    return [table([_head("language"), *rows])] if len(rows) > 1 else []


def _head(name: str) -> list[str]:
    return [name, *_PER_SCENARIO.values()]


def _row(run: Evaluation, name: str, scores: list[Score]) -> list[str]:
    found = figures(run, scores)
    return [name, *(shown(figure, found[figure]) for figure in _PER_SCENARIO)]


def _fields(run: Evaluation) -> str:
    rows = [["field", "expected", "heard", "prec.", "confirmed", "prec."]]
    for slug, counts in by_field(run.scenarios).items():
        rows.append([slug, str(counts.expected), *_field_shares(counts)])
    return table(rows)


def _field_shares(counts: FieldScore) -> list[str]:
    shares = [
        measure([counts], confirmed=confirmed) for confirmed in (False, True) for measure in (recall, precision)
    ]
    return [percent(share) for share in shares]


def _totals(run: Evaluation) -> str:
    return table([["in all", ""], *([name, shown(name, value)] for name, value in _all_figures(run).items())])


def _details(run: Evaluation) -> str:
    """Everything that somebody has to look at, by scenario."""
    return "\n".join(f"{score.file}: {line}" for score in run.scenarios for line in _to_look_at(score))


def _to_look_at(score: Score) -> Iterator[str]:
    if score.stopped:
        yield score.stopped
    yield from score.failures
    if score.wrong_steps:
        yield f"Spoke where silence was right, after step {_listed(score.wrong_steps)}."
    if score.missed_steps:
        yield f"Silent where somebody waited, after step {_listed(score.missed_steps)}."
    yield from (f"Repeat: {repeat}." for repeat in score.repeats)
    yield from (f"Stored before consent: {field}." for field in score.before_consent)
    yield from (f"Authority: {violation}." for violation in score.authority)
    yield from (f"Refused {times}×: {call}" for call, times in score.refused.items())
    yield from (f"A turn failed: {error}" for error in score.errors)


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))


# --- two runs ---------------------------------------------------------------------------------------------------------


def comparison(before: Evaluation, now: Evaluation) -> str:
    """Over the scenarios that both runs played."""
    files = {score.file for score in before.scenarios} & {score.file for score in now.scenarios}
    if not files:
        return "The two runs have no scenario in common."
    earlier, later = _only(before, files), _only(now, files)
    return "\n\n".join(
        [
            f"{before.model} → {now.model}, {len(files)} scenarios in both.",
            table([["in all", "before", "now", "difference"], *_differences(earlier, later, only_changes=False)]),
            *_changed_fields(earlier, later),
            *_changed_scenarios(earlier, later),
        ]
    )


def _only(run: Evaluation, files: set[str]) -> Evaluation:
    return run.model_copy(update={"scenarios": [score for score in run.scenarios if score.file in files]})


def _differences(before: Evaluation, now: Evaluation, *, only_changes: bool) -> Iterator[list[str]]:
    earlier, later = _all_figures(before), _all_figures(now)
    for name, value in later.items():
        if value != earlier[name] or not only_changes:
            yield [name, shown(name, earlier[name]), shown(name, value), difference(name, earlier[name], value)]


def _changed_fields(before: Evaluation, now: Evaluation) -> list[str]:
    earlier, later = by_field(before.scenarios), by_field(now.scenarios)
    rows = [
        [slug, *_field_shares(earlier.get(slug, FieldScore())), *_field_shares(later.get(slug, FieldScore()))]
        for slug in dict.fromkeys([*later, *earlier])
        if earlier.get(slug) != later.get(slug)
    ]
    names = ["heard", "prec.", "conf.", "prec."]
    head = ["field", *(f"{name} before" for name in names), *(f"{name} now" for name in names)]
    return [table([head, *rows])] if rows else []


def _changed_scenarios(before: Evaluation, now: Evaluation) -> list[str]:
    rows = []
    for score in now.scenarios:
        one = {score.file}
        changes = _differences(_only(before, one), _only(now, one), only_changes=True)
        rows += [[score.file, *change] for change in changes if not change[0].startswith(("reply", "tokens", "cost"))]
    return [table([["scenario", "figure", "before", "now", "difference"], *rows])] if rows else []


# --- how figures are written ------------------------------------------------------------------------------------------


def _all_figures(run: Evaluation) -> dict[str, float | None]:
    return figures(run, run.scenarios)


def shown(name: str, value: float | None) -> str:
    if value is None:
        return "–"
    if name.startswith(_SHARES):
        return percent(value)
    if "$" in name:
        return f"{value:.4f}"
    return f"{value:.0f}" if float(value).is_integer() or name.startswith("tokens") else f"{value:.1f}"


def percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"


def difference(name: str, before: float | None, now: float | None) -> str:
    if before is None or now is None or before == now:
        return ""
    sign = "+" if now > before else "−"
    if name.startswith(_SHARES):
        return f"{sign}{abs(now - before) * 100:.1f} points"
    return sign + shown(name, abs(now - before))


def table(rows: list[list[str]]) -> str:
    """The first row is the head. The first column is flush left, the others flush right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(_cell(row, column, widths[column]) for column in range(len(row))).rstrip() for row in rows]
    return "\n".join([lines[0], "  ".join("─" * width for width in widths), *lines[1:]])


def _cell(row: list[str], column: int, width: int) -> str:
    return f"{row[column]:<{width}}" if column == 0 else f"{row[column]:>{width}}"
