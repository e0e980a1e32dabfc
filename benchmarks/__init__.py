"""Measurements behind ./bench: one module a part, one table each."""
