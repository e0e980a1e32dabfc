from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "stillwater.vault"
    label = "vault"
