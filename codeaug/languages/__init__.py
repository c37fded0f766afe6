"""What a language is: one file each, data and a few functions."""
