"""Answers and class packs as files: every quote looked up when the file is written, and found again in the file."""
