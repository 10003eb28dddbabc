"""What `make demo EXIT=1` prints of the approved profile."""

from scenario_runner.profile_text import WIDTH, profile_as_text

CONTENT = {
    "first_name": "Ines",
    "age": 31,
    "area": "Porto",
    "bio": "I build tables. " * 12,
    "answers": [{"prompt": "Our first hour could be:", "text": "A ferry to anywhere."}],
    "photos": [{"id": 4, "alt": "Ines"}, {"id": 2, "alt": "Ines with others"}],
    "facts": [
        {"field": "intention", "label": "Looking for", "values": ["long_term"], "words": ["Something long-term"]}
    ],
    "friends": [{"text": "She lent me her last dry socks", "by": "Marco"}],
}


def test_it_reads_like_the_page():
    lines = profile_as_text(CONTENT).splitlines()

    assert lines[0] == "Ines, 31, Porto"
    assert all(len(line) <= WIDTH for line in lines)
    assert lines[lines.index("Our first hour could be:") + 1] == "  A ferry to anywhere."
    assert "  “She lent me her last dry socks” (Marco)" in lines
    assert "  1. Ines, the main photo" in lines
    assert lines[-1] == "  Looking for  Something long-term"


def test_it_leaves_out_what_is_not_there():
    text = profile_as_text({**CONTENT, "answers": [], "photos": [], "facts": [], "friends": []})

    assert "friends" not in text
    assert "Photos" not in text
