"""Taking something out, bringing it back, and saying whether what was heard is right."""

from collections.abc import Callable
from functools import partial

from django import forms
from django.http import HttpResponse

from conversations_app.own_page.changing import Refused, changing
from conversations_app.own_page.door import Visit
from conversations_app.own_page.telling import tell
from sessions_app import own_words

SECTION = "kept"
NOT_FOUND = "That button is from an older page. Here is how things are now."


class IdForm(forms.Form):
    """Which row a button is about."""

    id = forms.IntegerField(min_value=1, max_value=2**63 - 1)


def id_in(visit: Visit) -> int:
    form = IdForm(visit.request.POST)
    if not form.is_valid():
        raise Refused(NOT_FOUND)
    return int(form.cleaned_data["id"])


def _change(change: Callable[..., None], done: str, *, told: str, adds: bool) -> Callable[[Visit], HttpResponse]:
    def handle(visit: Visit) -> HttpResponse:
        fact_id = id_in(visit)
        with changing(visit, adds=adds) as session:
            change(session=session, person=visit.person, fact_id=fact_id, at=visit.at)
            tell(session, visit, told)
        return visit.back_to(SECTION, done)

    return handle


forget = _change(
    own_words.take_out,
    "Taken out. You can bring it back for a day.",
    told="took something out on their own page",
    adds=False,
)
bring_back = _change(own_words.bring_back, "It's back.", told="brought something back on their own page", adds=True)
agree = _change(
    own_words.agree_to, "Thanks, that counts now.", told="agreed to what was heard, on their own page", adds=True
)
let_quote = _change(
    partial(own_words.let_quote, is_allowed=True),
    "Thanks: it may stand on the profile in your words, with your name.",
    told="let their praise be quoted, on their own page",
    adds=True,
)
do_not_quote = _change(
    partial(own_words.let_quote, is_allowed=False),
    "It stands on no profile any more.",
    told="no longer lets their praise be quoted, on their own page",
    adds=False,
)


def undo(visit: Visit) -> HttpResponse:
    act_id = id_in(visit)
    with changing(visit) as session:
        own_words.undo(session=session, person=visit.person, act_id=act_id, at=visit.at)
        tell(session, visit, "undid their last change on their own page")
    return visit.back_to(SECTION, "Undone: it's as it was before.")
