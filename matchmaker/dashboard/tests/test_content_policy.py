from django.test import Client


def policy(client: Client, path: str) -> dict[str, list[str]]:
    header = client.get(path).headers["Content-Security-Policy"]
    return {name: values for name, *values in (part.split() for part in header.split(";"))}


def test_it_lets_the_admins_theme_evaluate_expressions(client: Client, db: None) -> None:
    admin = policy(client, "/admin/login/")

    assert admin["script-src"] == ["'self'", "'unsafe-eval'"]
    assert "'unsafe-inline'" in admin["style-src"]


def test_it_is_strict_everywhere_else(client: Client) -> None:
    elsewhere = policy(client, "/healthz")

    assert elsewhere["script-src"] == ["'self'"]
    assert elsewhere["style-src"] == ["'self'"]
    assert elsewhere["frame-ancestors"] == ["'none'"]
