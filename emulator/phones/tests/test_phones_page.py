"""The page of phones, as somebody in front of it sees it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from emulator.phones.tests.visit import HANDHELD, Visit
from emulator.tests.support import ABBY, LENA, SECOND_WHATSAPP, TEXTER, WHATSAPP, Bench, Reply, receiving, wait_until

pytestmark = pytest.mark.browser

# One red pixel.
PHOTO = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


@pytest.fixture
def group(visit: Visit) -> Visit:
    """Abby and Lena on WhatsApp share a conversation with a texter, and the page is open."""
    people = {ABBY: "Abby", LENA: "Lena", TEXTER: "Sam"}
    visit.bench.group(*people)
    for address, name in people.items():
        visit.bench.phone(address, name)
    visit.open()
    return visit


def arrive(bench: Bench, address: str, *bodies: str, number: str = WHATSAPP) -> None:
    messages = [{"direction": "in", "body": body} for body in bodies]
    bench.control("POST", f"/phones/{address}/history", {"with": number, "messages": messages})


def attach(visit: Visit, name: str) -> None:
    photo: Any = {"name": "me.png", "mimeType": "image/png", "buffer": PHOTO}
    visit.phone(name).locator("input[type=file]").set_input_files(photo)


def test_it_runs_without_errors_or_requests_to_other_hosts(group):
    group.write("Abby", "hello, see https://example.org")
    group.sees("Lena", "hello")

    group.page.locator("#add-phone").click()

    assert group.problems == []
    assert {url for url in group.requests if not url.startswith(group.bench.base)} == set()


def test_it_explains_itself_when_the_world_is_empty(visit):
    visit.open()

    expect(visit.page.get_by_text("an AI matchmaker joins them")).to_be_visible()


def test_it_sets_up_three_friends_with_start_typed_on_the_first(visit):
    visit.open()

    visit.page.get_by_role("button", name="Set up three friends").click()

    expect(visit.page.get_by_role("article")).to_have_count(3)
    expect(visit.box("Abby")).to_have_value("start")


def test_it_offers_the_code_of_a_new_group_to_the_other_friends(visit):
    visit.open()
    visit.page.get_by_role("button", name="Set up three friends").click()
    expect(visit.box("Abby")).to_have_value("start")
    abby = str(visit.phone("Abby").get_attribute("data-address"))

    arrive(visit.bench, abby, "*Matchmaker:* Welcome! Your friends can write: join ABC234")

    expect(visit.box("Lena")).to_have_value("join ABC234")
    expect(visit.box("Tom")).to_have_value("join ABC234")


def test_it_shows_a_message_on_the_other_phones(group):
    group.write("Abby", "who is hungry?")

    group.sees("Lena", "who is hungry?")
    group.sees("Sam", "who is hungry?")


def test_it_shows_the_author_their_message_once_as_sent(group):
    group.write("Abby", "only once")
    group.sees("Lena", "only once")

    mine = group.written("Abby").filter(has_text="only once")
    expect(mine).to_have_count(1)
    expect(mine.get_by_label("Sent")).to_be_visible()


def test_it_marks_a_message_that_the_pre_event_webhook_rejected(group):
    with receiving() as receiver:
        receiver.answers["/pre"] = Reply(status=403)
        group.bench.configure_webhooks(receiver, "onMessageAdd")

        group.write("Abby", "doomed")

        expect(group.written("Abby").filter(has_text="Rejected by the pre-event webhook")).to_have_count(1)
        expect(group.page.locator(".chip.is-bad")).to_contain_text("403")


def test_it_gives_the_text_back_when_sending_fails(group):
    too_long = "x" * (32 * 1024 + 1)

    group.write("Abby", too_long)

    expect(group.page.locator(".toast")).to_contain_text("32 KB")
    expect(group.box("Abby")).to_have_value(too_long)


def test_it_adds_a_phone(visit):
    visit.open()
    visit.page.get_by_role("button", name="Add a single phone").click()
    visit.page.get_by_label("Name").fill("Noor")
    visit.page.get_by_role("radio", name="SMS").check()
    visit.page.get_by_role("button", name="Add the phone").click()

    expect(visit.phone("Noor")).to_be_visible()
    expect(visit.box("Noor")).to_have_value("start")
    assert [(phone["name"], phone["channel"]) for phone in visit.bench.control("GET", "/phones")] == [("Noor", "sms")]


def test_it_sends_a_photo_to_the_other_phones(group):
    attach(group, "Abby")
    group.page.get_by_role("button", name="Send as Abby").click()

    photo = group.arrived("Lena").get_by_role("img", name="Photo")
    expect(photo).to_have_js_property("naturalWidth", 1)


def test_it_sends_a_sample_photo_that_can_be_enlarged(group):
    group.page.get_by_role("button", name="Add a photo as Abby").click()
    group.page.get_by_role("button", name="Sample photo: climbing").click()
    group.page.get_by_role("button", name="Send as Abby").click()

    group.arrived("Lena").get_by_role("button", name="Enlarge the photo").click()

    enlarged = group.page.get_by_role("dialog", name="Photo").get_by_role("img")
    expect(enlarged).to_have_js_property("naturalWidth", 1080)
    expect(group.page.get_by_role("group", name="Photos to send as Abby")).to_be_hidden()


def test_it_opens_links_in_a_tab_of_their_own(group):
    group.write("Abby", "look: http://127.0.0.1:8000/p/abc_def.")

    link = group.arrived("Lena").get_by_role("link")
    expect(link).to_have_attribute("href", "http://127.0.0.1:8000/p/abc_def")
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("rel", "noopener noreferrer")


def test_it_escapes_html_in_names_and_messages(visit):
    visit.bench.phone(ABBY, "<img src=x onerror=alert(1)>")
    arrive(visit.bench, ABBY, "*<b>Eve</b>:* <script>alert(1)</script><img src=x>")

    visit.open()

    expect(visit.page.get_by_role("heading", name="<img src=x onerror=alert(1)>")).to_be_visible()
    expect(visit.page.locator(".bubble")).to_contain_text("<script>alert(1)</script><img src=x>")
    expect(visit.page.locator("article img")).to_have_count(0)
    assert visit.problems == []


def test_it_renders_whatsapp_markup_on_whatsapp_only(group):
    group.write("Abby", "this is *bold* and _slanted_")

    group.sees("Lena", "this is bold and slanted")
    group.sees("Sam", "this is *bold* and _slanted_")


@pytest.fixture(scope="module")
def draw(browser: BrowserContext, bench: Bench) -> Iterator[Callable[[str], str]]:
    """A text as WhatsApp's markup makes it, in HTML."""
    page = browser.new_page()
    page.goto(f"{bench.base}/phones")
    script = """async (text) => {
        const { richText } = await import("/phones/static/js/markup.js");
        const box = document.createElement("p");
        box.append(...richText(text, { markup: true }));
        return box.innerHTML;
    }"""
    yield lambda text: str(page.evaluate(script, text))
    page.close()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("*a* _b_ ~c~ `d`", "<strong>a</strong> <em>b</em> <s>c</s> <code>d</code>"),
        ("*a _b_*", "<strong>a <em>b</em></strong>"),
        ("2*3*4 and * a * and *a\nb*", "2*3*4 and * a * and *a\nb*"),
        ("```*a*\n_b_```", "<code>*a*\n_b_</code>"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("****", "****"),
    ],
)
def test_it_renders_markup_as_whatsapp_does(draw, text, shown):
    assert draw(text) == shown


def test_it_links_a_url_without_the_full_stop_after_it(visit):
    visit.bench.phone(ABBY, "Abby")
    arrive(visit.bench, ABBY, "*Lena:* see https://example.org/a_b_c.")

    visit.open()

    expect(visit.arrived("Abby").get_by_role("link")).to_have_attribute("href", "https://example.org/a_b_c")


def test_it_marks_the_matchmakers_messages(visit):
    visit.bench.phone(ABBY, "Abby")
    arrive(visit.bench, ABBY, "*Matchmaker:* What do you do on Sundays?", "*Lena:* › Matchmaker: she sleeps")

    visit.open()

    expect(visit.arrived("Abby")).to_have_count(2)
    expect(visit.phone("Abby").locator(".from-matchmaker")).to_have_count(1)


def test_it_does_not_scroll_away_from_old_messages(visit):
    visit.bench.phone(ABBY, "Abby")
    arrive(visit.bench, ABBY, *(f"line {number}" for number in range(60)))
    visit.open()
    log = visit.page.get_by_role("log")
    log.evaluate("log => { log.scrollTop = 0 }")

    arrive(visit.bench, ABBY, "news")

    visit.page.get_by_role("button", name="1 new messages, go to the end").wait_for()
    assert log.evaluate("log => log.scrollTop") == 0


def test_it_switches_between_a_phones_numbers(visit):
    visit.bench.phone(ABBY, "Abby")
    arrive(visit.bench, ABBY, "from the first")
    arrive(visit.bench, ABBY, "from the second", number=SECOND_WHATSAPP)
    visit.open()
    visit.sees("Abby", "from the first")

    visit.phone("Abby").get_by_label("Number that Abby is chatting with").select_option(SECOND_WHATSAPP)

    visit.sees("Abby", "from the second")
    expect(visit.arrived("Abby")).to_have_count(1)


def test_it_shows_one_group_at_a_time_when_there_are_several(visit):
    for address, name, code in ((ABBY, "Abby", "ABC234"), (LENA, "Lena", "XYZ789")):
        visit.bench.phone(address, name)
        arrive(visit.bench, address, f"Your friends can write: join {code}")
    visit.open()

    visit.page.get_by_label("Group", exact=True).select_option("ABC234")

    expect(visit.phone("Abby")).to_be_visible()
    expect(visit.phone("Lena")).to_have_count(0)


def test_it_shows_how_long_a_whatsapp_window_is_open(group):
    window = group.phone("Abby").locator(".window")
    expect(window).to_contain_text("open for 23 h 59 m")
    expect(group.phone("Sam").locator(".window")).to_be_hidden()

    group.bench.control("POST", "/clock", {"advance": "25h"})
    expect(window).to_have_text("window closed")
    group.write("Abby", "back again")

    expect(window).to_contain_text("open for 23 h 59 m")
    expect(group.phone("Lena").locator(".window")).to_have_text("window closed")


def test_it_ticks_messages_by_their_receipts(group):
    group.write("Abby", "did you see this?")
    on_whatsapp, by_sms = (group.arrived(name).filter(has_text="see this") for name in ("Lena", "Sam"))
    expect(on_whatsapp.get_by_label("Delivered")).to_be_visible()

    group.write("Lena", "yes")
    group.write("Sam", "so did I")

    expect(on_whatsapp.get_by_label("Read")).to_be_visible()
    expect(by_sms.get_by_label("Delivered")).to_be_visible()


def test_it_shows_failed_messages_and_why(group):
    group.bench.faults(receipts_for={LENA: "63024"})

    group.write("Abby", "all but one")

    lost = group.arrived("Lena").filter(has_text="all but one")
    expect(lost).to_contain_text("Never arrived: not a WhatsApp user (63024)")
    expect(group.phone("Lena")).to_contain_text("Texts to this phone fail: not a WhatsApp user.")
    group.sees("Sam", "all but one")


def test_it_switches_a_phone_off_and_on(group):
    def choose(outcome: str) -> None:
        group.page.get_by_role("button", name="Texts to Sam").click()
        group.page.get_by_role("radio", name=outcome).check()
        group.page.get_by_role("button", name="Save").click()
        expect(group.page.get_by_role("dialog")).to_have_count(0)

    choose("the phone is off")
    group.write("Abby", "wake up")
    waiting = group.arrived("Sam").filter(has_text="wake up")
    expect(waiting).to_contain_text("Waiting: the phone is off")

    choose("as usual")

    expect(waiting.get_by_label("Delivered")).to_be_visible()
    expect(waiting).to_have_count(1)


def test_it_shows_a_typing_indicator_until_a_message_arrives(group):
    sid = group.bench.rest.messages.list(from_=ABBY, limit=1)[0].sid

    group.bench.rest.messaging.v2.typing_indicator.create(channel="whatsapp", message_id=sid)

    expect(group.phone("Abby")).to_contain_text("typing…")
    expect(group.written("Abby").get_by_label("Read")).to_be_visible()
    group.write("Lena", "here I am")
    expect(group.phone("Abby")).not_to_contain_text("typing…")


def test_it_switches_an_ambiguity(group):
    group.page.get_by_text("Where Twilio's docs are unclear").click()

    group.page.get_by_label("STOP on WhatsApp").select_option("works as it does on SMS")
    group.page.get_by_role("button", name="Back to normal").wait_for()

    assert group.bench.control("GET", "/faults")["whatsapp_keywords"] is True


def test_it_adds_a_phone_with_a_hidden_number(visit):
    visit.open()
    visit.page.get_by_role("button", name="Add a single phone").click()
    visit.page.get_by_role("radio", name="hidden number").check()
    visit.page.get_by_role("button", name="Add the phone").click()

    expect(visit.phone("Abby")).to_be_visible()
    assert visit.bench.control("GET", "/phones")[0]["address"].startswith("whatsapp:US.")


def test_it_advances_the_clock(group):
    group.page.get_by_role("button", name="+25 hours").click()

    expect(group.page.get_by_text("25 h ahead")).to_be_visible()
    assert group.bench.control("GET", "/clock")["offset_s"] == 25 * 3600


def test_it_switches_faults_on_and_off_again(group):
    group.page.get_by_role("switch", name="arrive twice").check()
    group.page.get_by_role("radio", name="Liar").check()
    group.page.get_by_role("button", name="Back to normal").wait_for()
    faults = group.bench.control("GET", "/faults")

    group.page.get_by_role("button", name="Back to normal").click()

    expect(group.page.get_by_role("switch", name="arrive twice")).not_to_be_checked()
    assert (faults["webhook"]["duplicate"], faults["model"]["model_mode"]) == (0.3, "liar")


def test_it_asks_before_it_resets_the_world(group):
    group.page.get_by_role("button", name="Start over from scratch").click()
    expect(group.page.get_by_role("dialog")).to_be_visible()
    phones_before = len(group.bench.control("GET", "/phones"))

    group.page.get_by_role("button", name="Delete everything").click()

    expect(group.page.get_by_role("button", name="Set up three friends")).to_be_visible()
    assert (phones_before, group.bench.control("GET", "/phones")) == (3, [])


def test_it_shows_a_failed_webhook_and_its_details(visit):
    # Nobody listens on port 9 of loopback.
    visit.bench.control("POST", "/webhook-config", {"number": WHATSAPP, "messaging_url": "http://127.0.0.1:9/sms"})
    visit.bench.phone(ABBY, "Abby")
    visit.open()

    visit.write("Abby", "is anybody there?")
    visit.page.locator(".chip.is-bad").first.click()

    expect(visit.page.get_by_role("dialog")).to_contain_text("is anybody there?")
    expect(visit.page.get_by_role("dialog")).to_contain_text("could not be reached")


def test_it_shows_receipts_only_when_asked(group):
    with receiving() as receiver:
        group.bench.configure_webhooks(receiver, "onMessageAdded", "onDeliveryUpdated", pre=None)
        group.write("Abby", "hello")
        wait_until(lambda: receiver.events("onDeliveryUpdated"), "a receipt")
        expect(group.page.locator(".chip").filter(has_text="onMessageAdded")).to_have_count(1)
        expect(group.page.locator(".chip").filter(has_text="onDeliveryUpdated")).to_have_count(0)

        group.page.get_by_label("show receipts").check()

        expect(group.page.locator(".chip").filter(has_text="onDeliveryUpdated").first).to_be_visible()


def test_it_catches_up_after_a_lost_connection(group, cut_connections):
    group.page.route("**/emulator/events", lambda route: route.abort())
    cut_connections()
    expect(group.page.get_by_text("connecting…")).to_be_visible()

    group.bench.say(LENA, "said meanwhile")
    group.page.unroute("**/emulator/events")

    group.sees("Abby", "said meanwhile")


def test_it_shows_one_phone_at_a_time_on_a_narrow_screen(group):
    group.page.set_viewport_size(HANDHELD)
    expect(group.box("Abby")).to_be_in_viewport()
    expect(group.box("Lena")).not_to_be_in_viewport()

    group.page.get_by_role("navigation").get_by_role("button", name="Lena").click()

    expect(group.box("Lena")).to_be_in_viewport()
    assert group.has_no_overflow()


def test_it_keeps_the_controls_in_a_drawer_on_a_narrow_screen(group):
    group.page.set_viewport_size(HANDHELD)
    expect(group.page.get_by_role("button", name="+25 hours")).to_be_hidden()

    group.page.get_by_role("button", name="Controls", exact=True).click()

    expect(group.page.get_by_role("button", name="+25 hours")).to_be_visible()
    assert group.has_no_overflow()


def test_it_works_by_keyboard_alone(visit):
    visit.open()
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Tab")

    visit.page.keyboard.press("Enter")
    expect(visit.box("Abby")).to_be_focused()
    visit.page.keyboard.press("Enter")

    expect(visit.written("Abby")).to_contain_text("start")
