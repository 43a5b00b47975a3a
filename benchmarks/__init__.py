"""Time and memory of the commands, measured as a user meets them: as whole processes."""
