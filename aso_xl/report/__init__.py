"""The report: what it says (content, blocks) and how it becomes a Word document (word)."""
