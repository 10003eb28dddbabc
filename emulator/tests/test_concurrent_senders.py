"""Many people writing at once."""

from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor

from emulator.tests.support import ABBY, LENA, SAM, json_reply, wait_until

PHONES = (ABBY, LENA, SAM)


def test_it_keeps_sixty_messages_written_at_once(bench, receiver):
    group = bench.group(*PHONES)
    bench.configure_webhooks(receiver, "onMessageAdd", "onMessageAdded")
    receiver.answers["/pre"] = lambda request: json_reply(
        body=f"{request.form['Author'][-1]}: {request.form['Body']}"
    )
    work = [(PHONES[n % 3], f"m{n:02d}") for n in range(60)]

    with ThreadPoolExecutor(max_workers=60) as pool:
        results = list(pool.map(lambda item: bench.say(*item), work))

    assert all(result["outcome"] == "published" for result in results)
    messages = group.messages.list()
    wait_until(lambda: len(receiver.events("onMessageAdded")) == 60)
    assert Counter(message.body[3:] for message in messages) == Counter(body for _, body in work)
    indexes = [message.index for message in messages]
    assert indexes == sorted(set(indexes))
    assert {request.form["MessageSid"] for request in receiver.events("onMessageAdded")} == {m.sid for m in messages}
    for phone in PHONES:
        others = [message.body for message in messages if message.author != phone]
        assert bench.bodies(phone) == others


def test_it_keeps_one_phones_messages_in_order(bench, receiver):
    group = bench.group(ABBY, LENA)
    bench.configure_webhooks(receiver, "onMessageAdd")

    with ThreadPoolExecutor(max_workers=20) as pool:
        list(pool.map(lambda n: bench.say(ABBY, str(n)), range(20)))

    written = bench.bodies(ABBY, direction="out")[1:]
    assert [message.body for message in group.messages.list()] == written
    assert [request.form["Body"] for request in receiver.at("/pre")] == written


def test_it_keeps_conversations_apart(bench):
    groups = {}
    for phone in PHONES:
        groups[phone] = bench.group(phone)

    with ThreadPoolExecutor(max_workers=30) as pool:
        list(pool.map(lambda n: bench.say(PHONES[n % 3], str(n)), range(30)))

    stored = defaultdict(set)
    for phone, group in groups.items():
        stored[phone] = {int(message.body) % 3 for message in group.messages.list()}
    assert stored == {phone: {n} for n, phone in enumerate(PHONES)}
