from django.urls import path

from conversations_app.own_page import door, views

urlpatterns = [
    path("<str:token>", views.page, name="own_page"),
    path("<str:token>/<slug:what>", views.button, name="own_page_button"),
    # Links are cut, and copied with more than there is of them.
    path("<anything:anything>", door.gone),
]
