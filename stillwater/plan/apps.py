from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "stillwater.plan"
    label = "plan"
