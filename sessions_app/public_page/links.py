"""The link that its owner gives to whomever they like: one at a time, for thirty days, revocable at once."""

from datetime import datetime, timedelta

from django.conf import settings

from sessions_app.models import LockedSession, Session, ShareLink, nonce_in

LASTS = timedelta(days=30)


def share_link(session: LockedSession, at: datetime) -> ShareLink:
    """The one in use. What has expired stays closed, unless it is renewed: then there is a new one."""
    usable = link_in_use(session, at)
    if usable is not None:
        return usable
    ShareLink.objects.filter(session=session).revoke(at)
    return ShareLink.objects.create(session=session, created_at=at, expires_at=at + LASTS)


def offer_first(session: LockedSession, at: datetime) -> None:
    """A profile that is approved for the first time comes with its link. Whoever closed theirs gets none unasked."""
    if not ShareLink.objects.filter(session=session).exists():
        share_link(session, at)


def link_in_use(session: Session, at: datetime) -> ShareLink | None:
    return ShareLink.objects.usable(at).filter(session=session).first()


def renew(session: LockedSession, at: datetime) -> ShareLink:
    """Thirty days more from now, for the same address even if it has expired meanwhile; a new one if there is none."""
    link = ShareLink.objects.filter(session=session, revoked_at=None).first()
    if link is None:
        return share_link(session, at)
    link.expires_at = at + LASTS
    link.save(update_fields=["expires_at"])
    return link


def revoke(session: LockedSession, at: datetime) -> bool:
    """False if there was none."""
    return ShareLink.objects.filter(session=session).revoke(at) > 0


def let_preview_show_photo(session: LockedSession, *, shows: bool) -> None:
    """Whether a chat that previews the link may show the main photo beside the first name."""
    ShareLink.objects.filter(session=session, revoked_at=None).update(preview_shows_photo=shows)


def address_of(link: ShareLink) -> str:
    return f"{settings.PUBLIC_BASE_URL}/p/{link.token}"


def link_of(token: str, at: datetime) -> ShareLink | None:
    """What a token opens now."""
    nonce = nonce_in(token, ShareLink.purpose)
    if nonce is None:
        return None
    return ShareLink.objects.usable(at).filter(nonce=nonce).select_related("session").first()
