"""The Django app of register: loads every declaration and keeps the database's own guards in place."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RegisterConfig(AppConfig):
    name = "mainstay.register"
    label = "register"

    def ready(self) -> None:
        # Imports here, because models exist only once the apps are loaded.
        from mainstay.register import checks as _checks  # noqa: F401  # registers the system checks
        from mainstay.register import guards, search_index, spec

        spec.load()
        post_migrate.connect(guards.install_after_migrate, dispatch_uid="register.guards")
        post_migrate.connect(search_index.install_after_migrate, dispatch_uid="register.search_index")
