"""What people have taken out: forgetting a person, withdrawing a consent, starting over, and leaving by the panic word.

Our rows change in one transaction under the session's lock. What has to go at Twilio and in the photo storage becomes
due work, done by `elsewhere`.
"""

from conversations_app.erasing.forgetting import drop_interview, forget_me, withdraw_consent

__all__ = ["drop_interview", "forget_me", "withdraw_consent"]
