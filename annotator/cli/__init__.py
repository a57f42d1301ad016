"""The command line: a thin way to the session. What is heavy is imported by the command that needs it."""
