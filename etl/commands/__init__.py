"""Commands: one file a command of the command line; each says what it did and leaves with a status."""
