"""What may leave: pseudonyms, consent, withdrawal, disclosure."""
