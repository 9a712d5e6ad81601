"""The strategy, its figures and what they come to: pure, without files and without Office."""
