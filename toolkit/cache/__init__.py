"""What was found before, so that nothing is checked again that is still the same. Nothing here needs the rules."""
