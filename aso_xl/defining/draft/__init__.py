"""A draft of a definition from the tables that a strategy prints."""
