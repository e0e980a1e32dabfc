"""Plan: what holds, what waits, and changing it by small forms or as text."""
