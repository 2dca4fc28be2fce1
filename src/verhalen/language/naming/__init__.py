"""Recognisers of what would identify somebody, one subject each; `language.names` puts them together."""
