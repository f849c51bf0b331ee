"""Adding transcripts while the page runs: files are staged, read, looked at, joined, and taken out again."""
