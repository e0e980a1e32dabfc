"""Measuring what identity and reading know."""
