"""The first page of a person: whether anything needs them, and whether all is watched."""
