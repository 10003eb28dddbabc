"""The score of one evening: every metric, counted."""

from collections import Counter

from scenario_runner.evaluation import metrics
from scenario_runner.evaluation.evening import Evening
from scenario_runner.evaluation.score import Score
from scenario_runner.runner import Result


def measure(evening: Evening, *, file: str, result: Result) -> Score:
    wrong = [reply.step for reply in evening.replies if reply.mark == "quiet" and reply.lines]
    missed = [reply.step for reply in evening.replies if reply.mark == "speak" and not reply.in_all]
    return Score(
        file=file,
        title=result.title,
        language=evening.language,
        code=result.code,
        stopped=result.stopped,
        failures=[failure for failure in result.failures if failure != result.stopped],
        fields=metrics.fields(evening),
        wrong_speak=metrics.wrong_speak(evening),
        missed_speak=metrics.missed_speak(evening),
        wrong_steps=wrong,
        missed_steps=missed,
        bot_share=metrics.bot_share(evening),
        repeats=metrics.repeats(evening),
        before_consent=metrics.before_consent(evening),
        authority=metrics.authority(evening),
        questions=len(evening.asked),
        facts=sum(kept.is_shown for kept in evening.kept),
        plain_lines=sum(turn.is_plain_line for turn in evening.turns),
        turns=len(evening.turns),
        calls=sum(turn.calls for turn in evening.turns),
        refused=dict(Counter(refused for turn in evening.turns for refused in turn.refused)),
        errors=[turn.error for turn in evening.turns if turn.error],
        tokens_in=sum(turn.tokens - turn.tokens_out for turn in evening.turns),
        tokens_out=sum(turn.tokens_out for turn in evening.turns),
        reply_seconds=metrics.reply_seconds(evening),
    )
