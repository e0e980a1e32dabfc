"""Archives that people hold: mailbox files and folders, read item by item."""
