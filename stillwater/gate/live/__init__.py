"""Live mailboxes: who they are of, what is looked at, and what goes out of sight."""
