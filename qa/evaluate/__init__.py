"""How good retrieval and answers are, against gold."""
