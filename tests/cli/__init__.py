"""The commands, from options to exit codes."""
