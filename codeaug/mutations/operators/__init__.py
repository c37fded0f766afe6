"""One file per idea of a fault, with the three languages in it."""
