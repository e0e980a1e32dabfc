"""A mailbox on a server: looking into it, and keeping what is theirs out of sight."""
