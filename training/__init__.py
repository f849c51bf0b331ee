"""How the shipped models were made: one command per model, seeded, resumable, on a CPU or a GPU.

Nothing here is needed to run the product. ``docs/training.md`` says how to use it; ``index/models`` holds what it made.
"""
