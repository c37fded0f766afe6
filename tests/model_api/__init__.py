"""The parts of the model server of the tests: scripts, ledger, completions, batches, wire."""
