"""Filling in forms and reading pages as a person does."""

import lxml.html
import pytest

from scenario_runner.html_forms import CannotFill, fill, visible_text

QUESTIONS = """
<form action="/me/x/questions" method="post">
  <input type="hidden" name="csrfmiddlewaretoken" value="c">
  <label><input type="radio" name="gender" value="woman">Woman</label>
  <label><input type="radio" name="gender" value="man" checked>Man</label>
  <label><input type="radio" name="gender" value="own">In my own words</label><input type="text" name="gender_own">
  <label><input type="checkbox" name="gender_shown">Show it</label>
  <input type="checkbox" name="interested_in" value="women" id="w" checked><label for="w">Women</label>
  <input type="checkbox" name="interested_in" value="men" id="m"><label for="m">Men</label>
  <select name="shows"><option value="owner">Just me</option><option value="together">With others</option></select>
  <input type="text" name="dealbreakers" value="old"><input type="text" name="dealbreakers">
  <textarea name="bio"></textarea>
</form>
"""


def filled(**answers):
    form = lxml.html.fromstring(QUESTIONS)
    for name, values in answers.items():
        fill(form, name, tuple(values))
    return form.form_values()


@pytest.mark.parametrize(
    ("name", "values", "sent"),
    [
        ("gender", ["woman"], [("gender", "woman")]),
        ("gender", ["WOMAN"], [("gender", "woman")]),
        ("gender", ["genderfluid"], [("gender_own", "genderfluid")]),
        ("gender_shown", ["true"], [("gender_shown", "on")]),
        ("interested_in", ["men"], [("interested_in", "men")]),
        ("interested_in", ["Men", "women"], [("interested_in", "women"), ("interested_in", "men")]),
        ("shows", ["With others"], [("shows", "together")]),
        ("dealbreakers", ["smoking"], [("dealbreakers", "smoking"), ("dealbreakers", "")]),
        ("bio", ["I climb."], [("bio", "I climb.")]),
    ],
)
def test_it_fills_in_each_kind_of_field(name, values, sent):
    about = {name, f"{name}_own"} if name == "gender" else {name}

    assert [pair for pair in filled(**{name: values}) if pair[0] in about and pair != ("gender_own", "")] == sent


def test_it_leaves_what_it_does_not_fill_as_it_is():
    sent = dict(filled(bio=["I climb."]))

    assert (sent["csrfmiddlewaretoken"], sent["gender"], sent["interested_in"]) == ("c", "man", "women")


@pytest.mark.parametrize(
    ("name", "values", "told"),
    [
        ("politics", ["none"], "the page does not ask for politics"),
        ("interested_in", ["dragons"], "the page offers no interested_in dragons"),
        ("dealbreakers", ["a", "b", "c"], "the page offers no dealbreakers c"),
    ],
)
def test_it_says_what_the_form_lacks(name, values, told):
    with pytest.raises(CannotFill, match=f"^{told}$"):
        filled(**{name: values})


def test_it_reads_a_page_as_lines():
    page = lxml.html.fromstring(
        "<html><head><title>No</title></head><body><h1>Abby<span>, 27</span></h1>\n<p>Leeds,\n  mostly</p>"
        "<p hidden>secret</p><script>no()</script><!-- no --><ul><li>chips<li>tea</ul></body></html>"
    )

    assert visible_text(page) == "Abby, 27\nLeeds, mostly\nchips\ntea"
