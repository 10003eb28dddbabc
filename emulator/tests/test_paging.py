"""Pages of a list, followed by the links that the emulator gives."""

import pytest

from emulator.tests.support import ABBY, SMS, TEXTER, WHATSAPP, Bench


@pytest.fixture
def conversation(bench: Bench):
    bench.faults(index_gaps=0)
    made = bench.rest.conversations.v1.conversations.create()
    for n in range(25):
        made.messages.create(body=str(n))
    return made


def path(conversation) -> str:
    return f"/conversations/v1/Conversations/{conversation.sid}/Messages"


def walk(bench: Bench, url: str, link: str) -> list[list[str]]:
    """The bodies of each page, following a link literally."""
    pages = []
    while url:
        answer = bench.call("GET", url).json()
        pages.append([message["body"] for message in answer["messages"]])
        url = answer["meta"][link]
    return pages


def test_it_links_every_next_page_by_an_absolute_url(bench, conversation):
    pages = walk(bench, f"{path(conversation)}?PageSize=10", "next_page_url")

    assert pages == [[str(n) for n in range(10)], [str(n) for n in range(10, 20)], [str(n) for n in range(20, 25)]]


def test_it_links_the_previous_page(bench, conversation):
    last = bench.call("GET", f"{path(conversation)}?PageSize=10&Page=2").json()

    pages = walk(bench, last["meta"]["previous_page_url"], "previous_page_url")

    assert pages == [[str(n) for n in range(10, 20)], [str(n) for n in range(10)]]


def test_it_links_to_its_own_host_with_the_product_as_prefix(bench, conversation):
    meta = bench.call("GET", f"{path(conversation)}?PageSize=10&Order=desc").json()["meta"]

    assert meta["next_page_url"].startswith(
        f"{bench.base}{path(conversation)}?Order=desc&PageSize=10&Page=1&PageToken=PA"
    )
    assert meta["url"] == f"{bench.base}{path(conversation)}?Order=desc&PageSize=10&Page=0"
    assert (meta["previous_page_url"], meta["key"], meta["page"]) == (None, "messages", 0)


def test_it_keeps_the_order_across_pages(bench, conversation):
    pages = walk(bench, f"{path(conversation)}?PageSize=20&Order=desc", "next_page_url")

    assert pages == [[str(n) for n in range(24, 4, -1)], [str(n) for n in range(4, -1, -1)]]


def test_it_does_not_shift_pages_when_messages_arrive(bench, conversation):
    first = bench.call("GET", f"{path(conversation)}?PageSize=20&Order=desc").json()

    conversation.messages.create(body="newer")

    second = bench.call("GET", first["meta"]["next_page_url"]).json()
    assert [message["body"] for message in second["messages"]] == ["4", "3", "2", "1", "0"]


def test_it_clamps_the_page_size(bench, conversation):
    for n in range(25, 110):
        conversation.messages.create(body=str(n))

    answer = bench.call("GET", f"{path(conversation)}?PageSize=1000").json()

    assert (len(answer["messages"]), answer["meta"]["page_size"]) == (100, 100)


def test_it_lists_fifty_to_a_page_by_default(bench, conversation):
    assert bench.call("GET", path(conversation)).json()["meta"]["page_size"] == 50


def test_it_reads_the_query_whatever_the_content_type(bench, conversation):
    answer = bench.call("GET", f"{path(conversation)}?PageSize=3", **{"content-type": "application/json"}).json()

    assert len(answer["messages"]) == 3


@pytest.mark.parametrize("query", ["PageSize=0", "PageSize=x", "Page=-1", "Order=sideways"])
def test_it_refuses_an_invalid_page(bench, conversation, query):
    response = bench.call("GET", f"{path(conversation)}?{query}")

    assert (response.status_code, response.json()["code"]) == (400, 20001)


def test_it_answers_an_empty_page_past_the_end(bench, conversation):
    answer = bench.call("GET", f"{path(conversation)}?Page=9").json()

    assert (answer["messages"], answer["meta"]["next_page_url"]) == ([], None)


def test_it_lets_the_stock_client_page_through_everything(bench, conversation):
    assert [m.body for m in conversation.messages.list(limit=23, page_size=7)] == [str(n) for n in range(23)]


def test_it_links_pages_of_texts_by_relative_urls(bench):
    for n in range(5):
        bench.rest.messages.create(to=TEXTER, from_=SMS, body=str(n))

    assert [text.body for text in bench.rest.messages.list(page_size=2)] == ["4", "3", "2", "1", "0"]


def test_it_filters_conversations_by_state_and_date(bench):
    v1 = bench.rest.conversations.v1
    kept, closed = v1.conversations.create(), v1.conversations.create()
    closed.update(state="closed")
    day = kept.date_created.date().isoformat()

    assert [c.sid for c in v1.conversations.list(state="closed")] == [closed.sid]
    assert len(v1.conversations.list(start_date=day, end_date=day)) == 2
    assert v1.conversations.list(end_date="2020-01-01") == []


def test_it_keeps_the_address_in_the_page_links_of_a_lookup(bench):
    conversation = bench.rest.conversations.v1.conversations.create()
    bench.join(conversation, ABBY, WHATSAPP)

    answer = bench.http.get(
        "/conversations/v1/ParticipantConversations", params={"Address": ABBY}, auth=bench.auth
    ).json()

    assert "Address=whatsapp%3A%2B15550100001&PageSize=50" in answer["meta"]["url"]
