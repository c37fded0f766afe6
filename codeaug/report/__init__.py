"""What a person sees: progress, tables, and the whole story of one variant."""
