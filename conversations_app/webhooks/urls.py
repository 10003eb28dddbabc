from django.urls import path

from conversations_app.webhooks import views

# No trailing slash and no redirect: Twilio signs the address it was given.
urlpatterns = [
    path("conversations", views.ConversationEvents.as_view()),
    path("conversations/pre", views.before_message),
    path("sms", views.InboundTexts.as_view()),
    path("sms/status", views.TextStatuses.as_view()),
]
