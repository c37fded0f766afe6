"""Where the pipeline's order runs: on this machine (`local`)."""
