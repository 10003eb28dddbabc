"""Who gets a conversation's message, and what becomes of each copy."""

import pytest

from emulator.tests.support import ABBY, LENA, SAM, SECOND_WHATSAPP, TEXTER, Bench, wait_until


@pytest.fixture
def group(bench: Bench):
    return bench.group(ABBY, LENA, TEXTER)


def receipts(message) -> dict[str, tuple[str, int]]:
    """(status, error code) by participant, once every receipt has come to its end."""

    def ended():
        found = message.delivery_receipts.list()
        return found if found and all(receipt.status not in (None, "sent") for receipt in found) else None

    return {r.participant_sid: (r.status, r.error_code) for r in wait_until(ended, "the receipts")}


def sid_of(group, address: str) -> str:
    return next(str(p.sid) for p in group.participants.list() if p.messaging_binding["address"] == address)


def test_it_delivers_a_message_to_every_other_phone(bench, group):
    bench.say(ABBY, "who is in?")

    assert bench.bodies(LENA) == bench.bodies(TEXTER) == ["who is in?"]


def test_it_shows_the_writer_their_own_message_once(bench, group):
    result = bench.say(ABBY, "who is in?")

    items = [item for item in bench.thread(ABBY) if item["body"] == "who is in?"]
    assert [(item["id"], item["direction"], item["status"]) for item in items] == [(result["id"], "out", "sent")]


def test_it_sends_a_rest_message_to_everyone_but_its_author(bench, group):
    group.messages.create(body="for the others", author=LENA)

    assert bench.bodies(ABBY) == bench.bodies(TEXTER) == ["for the others"]
    assert bench.bodies(LENA) == []


def test_it_sends_to_each_phone_from_its_own_proxy_number(bench, group):
    bench.phone(SAM)
    bench.say(SAM, "hello", to=SECOND_WHATSAPP)
    bench.join(group, SAM, SECOND_WHATSAPP)

    group.messages.create(body="Welcome")

    assert bench.thread(SAM, number=SECOND_WHATSAPP)[-1]["body"] == "Welcome"
    assert bench.thread(SAM) == []


def test_it_sends_no_text_to_an_added_phone(bench, group):
    group.messages.create(body="before")
    bench.phone(SAM)
    bench.say(SAM, "hello")

    bench.join(group, SAM)

    assert bench.bodies(SAM) == []


def test_it_creates_a_receipt_for_phones_but_not_chat_participants(bench, group):
    group.participants.create(identity="web")

    message = group.messages.create(body="Hi")

    expected = {sid_of(group, address): ("delivered", 0) for address in (ABBY, LENA, TEXTER)}
    assert receipts(message) == expected
    assert message.fetch().delivery == {
        "total": 3,
        "sent": "all",
        "delivered": "all",
        "read": "none",
        "failed": "none",
        "undelivered": "none",
    }


def test_it_marks_messages_read_when_a_whatsapp_user_writes_next(bench, group):
    message = group.messages.create(body="Hi")
    receipts(message)

    bench.say(LENA, "hello")
    bench.say(TEXTER, "hello")

    assert receipts(message)[sid_of(group, LENA)] == ("read", 0)
    assert receipts(message)[sid_of(group, TEXTER)] == ("delivered", 0)
    assert message.fetch().delivery["read"] == "some"
    shown = {item["body"]: item["status"] for item in bench.thread(LENA)}
    assert shown["Hi"] == "read"


def test_a_long_body_from_a_phone_is_accepted_and_reaches_no_other_phone(bench, group):
    bench.say(ABBY, "a" * 1601)

    message = group.messages.list()[0]
    assert len(message.body) == 1601
    assert set(receipts(message).values()) == {("failed", 21617)}
    assert bench.bodies(LENA) == []


def test_a_fault_fails_receipts_at_the_given_rate(bench, group):
    bench.faults(receipts={"63024": 1})

    message = group.messages.create(body="Hi")

    assert set(receipts(message).values()) == {("undelivered", 63024)}
    assert bench.bodies(ABBY) == []


def test_it_delivers_photos_to_the_other_phones(bench, group):
    bench.say(ABBY, "us", media=[{"content_type": "image/png", "filename": "us.png", "data": "aGVsbG8="}])

    item = bench.thread(LENA)[-1]
    assert (item["body"], item["media"][0]["content_type"]) == ("us", "image/png")
    assert bench.http.get(item["media"][0]["url"]).content == b"hello"


def test_it_allows_uploaded_media_only_once(bench, group):
    upload = f"/mcs/v1/Services/{group.chat_service_sid}/Media"
    media = bench.http.post(
        upload, params={"Filename": "a.png"}, content=b"png", headers={"content-type": "image/png"}, auth=bench.auth
    ).json()

    message = group.messages.create(media_sid=media["sid"])

    assert (message.body, message.media[0]["filename"]) == (None, "a.png")
    assert bench.http.get(bench.thread(LENA)[-1]["media"][0]["url"]).content == b"png"
    fetched = bench.call("GET", f"{upload}/{media['sid']}").json()
    assert fetched["message_sid"] == message.sid
    assert bench.http.get(fetched["links"]["content_direct_temporary"]).content == b"png"
    assert (
        bench.http.get("/mcs" + fetched["links"]["content"], auth=bench.auth, follow_redirects=True).content == b"png"
    )
    again = bench.call("POST", f"/conversations/v1/Conversations/{group.sid}/Messages", {"MediaSid": media["sid"]})
    assert (again.status_code, again.json()["code"]) == (409, 50508)


def test_it_keeps_a_persons_photo_in_the_media_service(bench, group):
    bench.say(ABBY, "", media=[{"content_type": "image/png", "filename": "us.png", "data": "aGVsbG8="}])

    sid = group.messages.list()[-1].media[0]["sid"]
    content = f"/mcs/v1/Services/{group.chat_service_sid}/Media/{sid}/Content"

    assert bench.http.get(content).status_code == 401
    assert bench.http.get(content, auth=bench.auth, follow_redirects=True).content == b"hello"


def test_it_leaves_a_deleted_photo_on_the_handsets(bench, group):
    bench.say(ABBY, "", media=[{"content_type": "image/png", "filename": "us.png", "data": "aGVsbG8="}])
    sid = group.messages.list()[-1].media[0]["sid"]
    path = f"/mcs/v1/Services/{group.chat_service_sid}/Media/{sid}"

    assert bench.call("DELETE", path).status_code == 204

    assert [bench.call("GET", gone).status_code for gone in (path, f"{path}/Content")] == [404, 404]
    assert bench.http.get(bench.thread(LENA)[-1]["media"][0]["url"]).content == b"hello"


def test_it_keeps_messages_of_a_removed_participant(bench, group):
    bench.say(ABBY, "bye")
    group.participants(sid_of(group, ABBY)).delete()

    group.messages.create(body="after")

    assert [message.body for message in group.messages.list()] == ["bye", "after"]
    assert bench.bodies(ABBY) == []


def test_it_reactivates_an_inactive_conversation(bench, group):
    group.update(state="inactive")

    bench.say(ABBY, "still there?")

    assert group.fetch().state == "active"
    assert bench.bodies(LENA) == ["still there?"]
