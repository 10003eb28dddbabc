"""Splits a text into clauses and says of each whom it is about and how it is meant: only then can a fact be told from talk
about somebody else, a wish, the past or a joke."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from emulator.llm.reading.lexicon import KIN, RELATIVES, THINGS

ANY_CASE = re.IGNORECASE


class Subject(StrEnum):
    PRIMARY = "primary"
    SPEAKER = "speaker"
    OTHER = "other"


class Mood(StrEnum):
    QUESTION = "question"
    IF = "if"
    WISH = "wish"
    PAST = "past"
    FUTURE = "future"
    REPORTED = "reported"
    JOKE = "joke"


# Words that may stand before a subject.
LEADS = frozenset(
    ["for", "with", "from", "of", "when", "if", "after", "before", "while", "whenever", "like", "to", "once"]
)
# Said so, the thing is not so.
UNREAL = frozenset({Mood.QUESTION, Mood.IF, Mood.WISH, Mood.REPORTED, Mood.JOKE})


@dataclass(frozen=True)
class Clause:
    text: str
    sentence: str
    subject: Subject
    moods: frozenset[Mood] = frozenset()

    @property
    def is_so(self) -> bool:
        """Told as true, now or then."""
        return not self.moods & UNREAL

    @property
    def is_now(self) -> bool:
        return self.is_so and not self.moods & {Mood.PAST, Mood.FUTURE}


@dataclass(frozen=True)
class Speaker:
    """Who wrote a text, seen from the profile: whether it is about them, and how the people there are called."""

    is_primary: bool
    primary_name: str
    other_names: Sequence[str] = ()
    language: str = "en"


_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+|(?<=[.!?…])(?=[A-Z])|\s+(?=(?:lol|haha+)\s+no\b)")
# A new clause starts where a subject or a verb follows a comma or a connecting word; lists ("x, y and z") stay whole.
_SUBJECT_WORDS = (
    r"i|i'm|i've|i'd|i'll|im|ive|she|she's|she'd|she'll|shes|he|he's|he'd|he'll|hes|they|they're|they've|they'll|we|we're|we've|you|you're|u|it|it's|"
    r"that|that's|there|there's|my|her|his|their|our|your|nobody|everyone|everybody|somebody|someone"
)
_VERB_WORDS = (
    r"am|is|are|was|were|has|have|haven't|had|got|do|does|don't|dont|doesn't|didn't|not|never|always|live|lives|living|work|works|working|"
    r"study|studies|studying|teach|teaches|love|loves|like|likes|enjoy|enjoys|adore|adores|hate|hates|speak|speaks|"
    r"play|plays|into|obsessed|from|based|born|can't|can|will|want|wants|looking|hoping|saving|learning|"
    r"smoke|smokes|drink|drinks|eat|eats|went|go|goes|yes|no|who|which|lost|forgot|slept|turned|made|moved|moving|"
    r"runs|bakes|cooks|reads|sings|paints|climbs|swims|writes|collects|"
    r"ran|brought|carried|drove|taught|sat|stayed|took|came|barely|hardly|rarely|just"
)
_BARE_NUMBER = r"\d{2}(?=\s*(?:[,.!;]|$|and\b))"
_BREAK = re.compile(
    r"\s*(?:[;–—]|,?\s\b(?:but|although|though|because|bc|cause|cos|cuz|whereas|while)\b|\s-\s|[()])\s*|,\s+(?=(?:when|if|since|so)\b)",
    ANY_CASE,
)
_LEAD = r"(?:(?:also|really|just|currently|now|then|honestly|definitely|sometimes|mostly|yes|yeah|secretly)\s+)?"
_FILLERS = re.compile(
    r"^(?:(?:honestly|well|so|yeah|yep|yes|yup|ok(?:ay)?|hi|hey|hello|hiya|all|everyone|everybody|guys|um+|uh+|er+m*|oh+|and|but|also|anyway|tbh|ngl|"
    r"actually|a*(?:ha)+h?|lol|omg|plus|then|btw|fyi|sure|right|true|cool|mostly|basically|obviously|definitely|really|for the record|"
    r"just|currently|personally|for me|fun fact|confession|no|nope|nah|to be fair|to be honest|i think|i guess|i mean|you know|like|"
    r"the thing is|let's see|well technically|fine|god|because|since|so yeah)\b[\s,.!:–—…-]*)+",
    ANY_CASE,
)
_DENIAL = re.compile(
    r"\b(?:not|no|nor|never|none|hate|hates|hated|loathe|loathes|can't|cant|cannot|don't|dont|doesn't|doesnt|didn't|won't|wouldn't|isn't|aren't|ain't|"
    r"haven't|hasn't|no longer|stopped|quit|gave up|without|almost|nearly|except|allergic|sick of|tired of|scared of|afraid of|terrified of|bored of|bad at|"
    r"hardly|barely|rarely|neither|instead of|rather than|anything but|nobody|minus|pretends?|pretending|fake)\b",
    ANY_CASE,
)
_NO_DENIAL = re.compile(
    r"^\W*no,? (?=(?:i|i'm|im|she|he|it|we|they|my)\b)|\b(?:who doesn't|no doubt|why not|can't (?:wait|live without|get enough|stop|resist|help)|never (?:miss(?:es)?|without|say no to|skips?)|not only|not gonna lie)\b",
    ANY_CASE,
)
_DENIED_AFTER = re.compile(
    r"^[\s,]*(?:(?:is|are|was|isn't|aren't)\s+)?(?:bores?|boring|not (?:my|her|his|for)\b|isn't (?:my|her|his|for)\b|isn't me|sucks?|no thanks|is hell|never again|makes? me (?:sick|sad|want to))",
    ANY_CASE,
)
_IF = re.compile(r"\b(?:if|unless|imagine|suppose|assuming|in case)\b", ANY_CASE)
_NO_IF = re.compile(
    r"\bif (?:you (?:ask|must|want|like|count|need|can call)|i'm (?:being )?(?:honest|lucky)|im honest|i may|that (?:counts|helps|matters)|it (?:helps|matters|counts)|you're (?:picky|asking|curious|wondering)|"
    r"anyone|anybody|not|only|possible|the weather|there's|there is)\b|\bonly if\b|\beven if\b",
    ANY_CASE,
)
_WISH = re.compile(
    r"\b(?:wish(?:es)?|would(?:n't)?|could(?:n't)?|should(?:n't)?|might|may(?=\s+\w+ (?:up|to))|dream(?:s|ing)? of|fantasi[sz]e|hope to|hoping to|used to want|pretend|supposed to|rather be|planning on|thinking (?:of|about)|"
    r"considering|maybe i'll|someday|as if|almost)\b|\b(?:i|she|he|they|we|you|who|that)'d\b",
    ANY_CASE,
)
_NO_WISH = re.compile(
    r"\b(?:i'd say|i would say|i'd call|who'd have thought|i'd be lying|i should (?:say|mention|add)|you should (?:see|hear|know)|couldn't (?:live|do) without|would never|'d never miss)\b",
    ANY_CASE,
)
_FUTURE = re.compile(
    r"\b(?:going to (?!bed|church|gigs|festivals|concerts|the|therapy)|gonna|will|one day|some day|someday|next (?:week|month|year|summer|spring|autumn|winter)|soon|moving to|about to|"
    r"turning|signed up for|starting)\b|\b(?:i|she|he|we|they)'ll\b",
    ANY_CASE,
)
_PAST_VERBS = (
    r"was|were|wasn't|weren't|had|did|didn't|used to|went|got into trouble|ran|swam|sang|wrote|drew|knew|grew|spent|took|made|came|fell (?:off|in|into|down|over|for|asleep|out|from)|lost|drove|ate|built|bought|broke|met|"
    r"told|thought|said|saw|sat|slept|won|woke|left|gave|found|felt|kept|brought|caught|taught|threw|rode|stole|sold|sent|wore|began|flew|drank|hid|paid|held|stood|spoke|forgot|stuck|got (?:locked|lost|stuck|caught|chased|\w+ed)"
)
_PAST = re.compile(
    rf"\b(?:{_PAST_VERBS})\b|\b(?:i|she|he|they|we|you|who)\s+(?:\w+ly\s+|once\s+|even\s+|just\s+|never\s+|also\s+)*(?!need\b|feed\b|read\b|speed\b)\w{{2,}}ed\b"
    r"|\b(?:back (?:in|when)|years ago|ages ago|when (?:i|she|he) (?:was|were)|as a (?:kid|child|teenager|student)|growing up|in (?:my|her|his) (?:twenties|thirties|teens|youth)|"
    r"in a (?:past|former|previous) life|ex-|no longer|not any ?more|not anymore|not these days)\b",
    ANY_CASE,
)
# What began then and goes on: "I've had her since", "just turned 40", "I moved to Leeds".
_STILL = re.compile(
    r"\b(?:i've|she's|he's|have|has|they've)\s+(?:\w+\s+)?(?:been|had|got|made|adopted|taken|started|lived|worked|played)\b|\bturned\b|\bmoved\b|\bborn and (?:raised|bred)\b|\bgot (?:a|an|two|three|into)\b|\badopted\b|\btook up\b|\bstarted\b|\bsettled\b|\bended up\b|\braised\b|\bobsessed\b|\baddicted\b",
    ANY_CASE,
)
_REPORTED = re.compile(
    r"\b(?:says?|said|tells?|told|thinks?|thought|reckons?|claims?|claimed|believes?|believed|pretends?|pretending|pretended|swears?|heard|voted?|votes?|"
    r"calls? me|call me|asked|asks|joked|convinced|wants? me to)\b",
    ANY_CASE,
)
_OWN_WORD = re.compile(
    r"\bi(?:'d| would| don't| do| dont| really| honestly)* (?:say|think|thought|guess|reckon|swear|mean|believe|told you|said)\b|\b(?:she|he|they) (?:told|tells) (?:me|us)\b|\bto be said\b|\bthat said\b|\b(?:call me)\b",
    ANY_CASE,
)
_JOKE = re.compile(
    r"\b(?:jk|j/k|just kidding|kidding|just joking|joking|said no ?one ever|said nobody ever|in (?:my|her|his) (?:dreams|head)|obviously not|allegedly|was a joke|not true|or so (?:she|he) says|"
    r"a million|a thousand|thousands of|billion|professional (?:napper|worrier|overthinker|procrastinator|snacker)|full-time (?:idiot|disaster|mess)|part-time (?:idiot|disaster|mess|superhero))\b",
    ANY_CASE,
)
_TAKEN_BACK = re.compile(
    r"^\W*(?:(?:ok|okay|lol|ha(?:ha)+|no|well)\W+)*(?:no (?:s?he|i|it|they) (?:do|does|is|am|has|have|was)(?:n't|n’t)\b|jk\b|just kidding|kidding\b|joking\b|just joking|i'm kidding|im kidding|not really\b|i wish\b|that's a lie|or not\b)",
    ANY_CASE,
)
_TAG = re.compile(
    r",?\s*(?:right|huh|eh|no|innit|isn't (?:it|she|he)|aren't (?:i|you)|am i right|you know|ok|okay|deal)\s*\?+$",
    ANY_CASE,
)
_QUOTED = re.compile(r"[\"“”][^\"“”]{12,}[\"“”]")
# A friend who leaves the subject out means the person they talk about: "loves pottery", "never forgets a birthday".
_THIRD_PERSON = re.compile(
    r"^(?:(?:also|and|always|never|secretly|literally|really|still|even|just|only)\s+)*(?!is\b|has to\b|was\b|this\b|yes\b|guess\b|thanks\b|as\b|less\b|unless\b|always\b|sometimes\b|lots\b|"
    r"days\b|us\b|miss\b|kiss\b|pass\b|cross\b|bless\b|across\b|happens\b|looks\b|sounds\b|seems\b|means\b|makes (?:sense|me)|depends\b|let's\b|its\b|plus\b|congrats\b|cheers\b|sorry\b|drinks\b|vibes\b|goals\b|rules\b|"
    r"matters\b|works for\b|guys\b|girls\b|folks\b|ladies\b|friends\b|perhaps\b|besides\b|towards\b|series\b)[a-z]{2,}(?<!s)s\s+\w",
    re.ASCII,
)


def sentences(text: str) -> list[str]:
    return [part.strip() for part in _SENTENCE.split(text) if part and part.strip()]


def without_fillers(text: str) -> str:
    return _FILLERS.sub("", text).strip()


def clauses_of(text: str, speaker: Speaker) -> list[Clause]:
    """Every clause, in order."""
    return [clause for group in clauses_by_sentence(text, speaker) for clause in group]


def clauses_by_sentence(text: str, speaker: Speaker) -> Iterator[list[Clause]]:
    tracker = _Tracker(speaker, is_addressed=_is_addressed(text, speaker))
    parts = sentences(text)
    for index, sentence in enumerate(parts):
        tracker.start_sentence()
        is_taken_back = index + 1 < len(parts) and _TAKEN_BACK.match(parts[index + 1])
        spoken = _QUOTED.sub(" ", sentence)
        yield list(_clauses(sentence, spoken, speaker, tracker, is_joke=bool(is_taken_back)))


def _clauses(sentence: str, spoken: str, speaker: Speaker, tracker: "_Tracker", *, is_joke: bool) -> Iterator[Clause]:
    whole = _moods_of_sentence(sentence) | ({Mood.JOKE} if is_joke else set())
    chunks = _chunks(spoken, (speaker.primary_name, *speaker.other_names))
    before, is_reported = "", False
    for index, chunk in enumerate(chunks):
        subject = tracker.subject_of(chunk)
        moods = set(whole)
        if sentence.endswith("?") and index == len(chunks) - 1 and not _TAG.search(sentence):
            moods.add(Mood.QUESTION)
        is_reported = is_reported or _is_reported(before)
        if is_reported:
            moods.add(Mood.REPORTED)
        yield Clause(chunk.strip(" ,.!?…"), sentence, subject, frozenset(moods | _moods_of(chunk, speaker.language)))
        before = chunk


def _moods_of_sentence(sentence: str) -> set[Mood]:
    moods = {Mood.JOKE} if _JOKE.search(sentence) else set()
    opens_with_if = re.match(r"^\W*(?:\w+\s+)?(?:if|imagine|unless)\b", sentence, ANY_CASE)
    if opens_with_if and not _NO_IF.search(sentence):
        moods.add(Mood.IF)
    return moods


def _moods_of(chunk: str, language: str) -> set[Mood]:
    moods: set[Mood] = set()
    if language != "en":
        # "Ich suche was": the words of the tables mean something else elsewhere.
        return moods
    if _IF.search(_NO_IF.sub("", chunk)) and re.match(r"^\W*(?:\w+\s+)?if\b", chunk, ANY_CASE):
        moods.add(Mood.IF)
    if _WISH.search(_NO_WISH.sub("", chunk)):
        moods.add(Mood.WISH)
    if _FUTURE.search(chunk):
        moods.add(Mood.FUTURE)
    if _PAST.search(_STILL.sub("", chunk)):
        moods.add(Mood.PAST)
    # "My mum says I'm picky": within one clause the word comes before a second subject.
    if _is_reported(chunk) and re.search(
        rf"{_REPORTED.pattern}.*\b(?:i'm|im|i|she|she's|he|he's)\b", chunk, ANY_CASE
    ):
        moods.add(Mood.REPORTED)
    return moods


def _is_reported(chunk: str) -> bool:
    return bool(_REPORTED.search(_OWN_WORD.sub("", chunk)))


def is_denied(clause: str, start: int, end: int | None = None) -> bool:
    """Whether a no stands before what was found at `start`, or a "bores me" after its end."""
    before = _NO_DENIAL.sub("", clause[:start])
    return bool(_DENIAL.search(before)) or (end is not None and bool(_DENIED_AFTER.match(clause[end:])))


def _is_addressed(text: str, speaker: Speaker) -> bool:
    """Whether a friend's "you" means the primary person: they are named and nobody else is, or nobody else is there."""
    words = {word.casefold() for word in re.findall(r"\w+", text)}
    others = {name.casefold() for name in speaker.other_names}
    if words & others:
        return False
    return speaker.primary_name.casefold() in words or len(speaker.other_names) <= 1


def _chunks(sentence: str, names: tuple[str, ...]) -> list[str]:
    inner = _splitter(names)
    chunks = [chunk for part in _BREAK.split(sentence) if part for chunk in inner.split(part) if chunk]
    return [half for chunk in chunks for half in _halves(chunk, names) if half.strip()]


def _halves(chunk: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """ "When my boiler died | she turned up": the second subject begins what is told."""
    match = _subordinate(names).match(chunk)
    return (chunk[: match.end()], chunk[match.end() :]) if match else (chunk,)


@lru_cache(maxsize=64)
def _splitter(names: tuple[str, ...]) -> re.Pattern[str]:
    named = "|".join(re.escape(name) + r"(?:'s)?" for name in names if name)
    starts = "|".join(part for part in (_SUBJECT_WORDS, _VERB_WORDS, _BARE_NUMBER, named) if part)
    return re.compile(
        rf"(?:\s*,(?!\d)\s*(?:and|but|so|plus|or|then)?\s*|(?<!\d)\s+(?:and|but|so|plus|or|&|then)\s+)(?={_LEAD}(?:{starts})(?![\w'-]))",
        ANY_CASE,
    )


@lru_cache(maxsize=64)
def _subordinate(names: tuple[str, ...]) -> re.Pattern[str]:
    named = "|".join(re.escape(name) for name in names if name)
    return re.compile(
        r"^\W*(?:(?:and|but|so|that|yes|once) )?(?:when|if|after|before|while|whenever|every time|last time|the day|the time|the night|since|once|because)\s+"
        rf"(?:\S+\s+){{2,12}}?(?=(?:she|he|i|they|we|{named})(?:'\w+)?\s)",
        ANY_CASE,
    )


class _Tracker:
    """Follows who is being talked about from clause to clause."""

    def __init__(self, speaker: Speaker, *, is_addressed: bool) -> None:
        self.speaker, self.is_addressed = speaker, is_addressed
        self.default = Subject.PRIMARY if speaker.is_primary else Subject.SPEAKER
        self.current = self.default
        # The one last spoken of is this, where the word says so: "my dad was ill, she came".
        self.kin_is = ""
        # Whom "she" means.
        self.last_named = Subject.OTHER if speaker.is_primary else Subject.PRIMARY

    def start_sentence(self) -> None:
        # "Abby is great. Loves pottery." goes on about Abby; the primary person's own sentences fall back to them.
        if self.speaker.is_primary:
            self.current = self.default

    def subject_of(self, chunk: str) -> Subject:
        found = self._find(without_fillers(chunk) or chunk)
        if found is not None:
            self.current = found
        return self.current

    def _find(self, chunk: str) -> Subject | None:
        words = [word.strip('.,!?:;"()*').casefold() for word in chunk.split()[:6]]
        while words and words[0] in LEADS:
            words.pop(0)
        words = words[:5]
        if self._is_about_anothers(words):
            self.last_named = Subject.OTHER
            self.kin_is = next((pronoun for word in words[1:3] for pronoun, kin in KIN.items() if word in kin), "")
            return Subject.OTHER
        for index, word in enumerate(words):
            found = self._subject_word(word, index)
            if found is not None:
                return found
        if not self.speaker.is_primary and _THIRD_PERSON.match(chunk):
            return self.last_named
        return None

    @staticmethod
    def _is_about_anothers(words: list[str]) -> bool:
        """ "My sister", "her ex", "Tom's dog", "a mate of mine": somebody or something with a life of its own."""
        if words[:1] and words[0] in {"my", "her", "his", "their", "our", "a", "this", "the", "your", "that"}:
            kin = {re.sub(r"'s$|s'$", "", word) for word in words[1:3]}
            return bool((RELATIVES | THINGS) & kin) and not (words[0] == "a" and words[1:2] and words[1] in THINGS)
        return False

    def _subject_word(self, word: str, index: int) -> Subject | None:
        is_first = index == 0
        bare = re.sub(r"'(?:s|m|ve|d|ll|re)$", "", word)
        named = self._named(bare) or (self._named(bare.removesuffix("s")) if len(bare) > 3 else None)
        if named is not None:
            self.last_named, self.kin_is = named, ""
            return named
        if bare in {"i", "im", "ive", "id"} or (is_first and bare in {"my", "mine"}):
            return self.default
        if bare in {"she", "he", "they", "shes", "hes"} or (is_first and bare in {"her", "his", "their"}):
            return Subject.OTHER if self.speaker.is_primary else self._whom(bare)
        if bare in {"you", "youre", "u", "ur"} and index < 2:
            return Subject.OTHER if self.speaker.is_primary or not self.is_addressed else Subject.PRIMARY
        if bare == "we" or (
            is_first
            and bare in {"your", "our", "it", "there", "that", "this", "nobody", "everyone", "everybody", "people"}
        ):
            return Subject.OTHER
        return None

    def _whom(self, pronoun: str) -> Subject:
        said = {"she": "she", "shes": "she", "her": "she", "he": "he", "hes": "he", "his": "he"}.get(pronoun, "")
        is_another = bool(self.kin_is and said and said != self.kin_is)
        return Subject.PRIMARY if is_another else self.last_named

    def _named(self, word: str) -> Subject | None:
        if word == self.speaker.primary_name.casefold() and word:
            return Subject.PRIMARY
        if word in {name.casefold() for name in self.speaker.other_names}:
            return Subject.OTHER
        return None
