"""One module of tables per language."""
