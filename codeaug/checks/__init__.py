"""One function each, cheap to dear: `(Trial) -> Finding`; none raises for a bad variant."""
