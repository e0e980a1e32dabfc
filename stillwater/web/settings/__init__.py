"""What a person chose about the pages themselves, their keys, their backups, and the end of it."""
