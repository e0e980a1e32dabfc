"""The record of access: who opened, exported, loosened or changed what, and when."""
