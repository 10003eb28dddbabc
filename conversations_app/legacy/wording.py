"""What people of an imported session read when it goes on here."""

from conversations_app.outbox.wording import listed


def moved_in(left_behind: list[str], *, link: str) -> str:
    """`left_behind`: people we may not write to first; `link` brings them back."""
    absent = ""
    if left_behind and link:
        absent = f"I can't message {listed(left_behind)} first. They're back as soon as they text me: {link}\n"
    return (
        f"We have moved to a new system. Your group is here, with everyone in it and everything you said. Just keep writing.\n"
        f"{absent}Before I use the old profile, I need a yes from the person it's about. Who is that?"
    )
