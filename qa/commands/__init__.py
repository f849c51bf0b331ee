"""The commands, one a file: each has ``add_arguments(parser)`` and ``run(args)``, which returns the exit code."""
