"""What trainers show a class: positions by period, how their wording moved, and a quiz on the record."""
