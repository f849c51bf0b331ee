"""What the command line offers, one command a file: each has ``add_arguments(parser)`` and ``run(args) -> exit code``."""
