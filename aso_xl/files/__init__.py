"""Files: nothing overwritten, nothing half-written, the masters before kept."""
