"""One small class per command."""
