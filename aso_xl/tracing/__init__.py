"""根拠: from which cells a printed figure comes, who delivered them, and how it was computed."""
