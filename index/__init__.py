"""From files to a searchable index. Knows no questions."""
