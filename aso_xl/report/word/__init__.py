"""How a report looks: its blocks as WordprocessingML."""
