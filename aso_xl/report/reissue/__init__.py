"""Re-issuing: the figures of a document that staff have edited brought up to date, prose untouched."""
