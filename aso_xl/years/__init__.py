"""The years of a plan: a round confirmed, reopened, its record restored, and the next one begun."""
