"""The Django app of initiatives: it is the authority that the register mechanism asks."""

from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "mainstay.initiatives"
    label = "initiatives"

    def ready(self) -> None:
        # Imports here, because models exist only once the apps are loaded.
        from mainstay.initiatives import overview
        from mainstay.initiatives.authority import Appointments
        from mainstay.register.access import use_authority

        use_authority(Appointments())
        overview.add_to_pages()
