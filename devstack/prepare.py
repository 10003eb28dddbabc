"""Before the product starts: migrations and a superuser, in one process, as loading Django takes a second."""

import os

import django
from django.contrib.auth import get_user_model
from django.core.management import call_command


def main() -> None:
    django.setup()
    call_command("migrate", interactive=False, verbosity=1)
    password = os.environ.get("ADMIN_PASSWORD")
    if password:
        make_superuser(os.environ["ADMIN_NAME"], password, is_new=os.environ.get("ADMIN_PASSWORD_IS_NEW") == "true")


def make_superuser(name: str, password: str, *, is_new: bool) -> None:
    """Somebody's own password is left alone, unless we have just made up the one that we will print."""
    user = get_user_model().objects.filter(username=name).first()
    if user is None:
        get_user_model().objects.create_superuser(name, password=password)
    elif is_new:
        user.set_password(password)
        user.save(update_fields=["password"])


if __name__ == "__main__":
    main()
