"""WebDataset's own reader, with its own decoding."""

from __future__ import annotations

from itertools import zip_longest

from codeaug.formats.consumers import Request, Tally


def load(request: Request) -> Tally:
    import webdataset

    tally = Tally()
    for split, files in request.splits.items():
        tally.rows_in += request.counts[split]
        found = webdataset.WebDataset(files, shardshuffle=False, empty_check=False).decode()
        pairs = zip_longest(request.rows(split), found)
        for number, (ours, theirs) in enumerate(pairs, start=1):
            tally.rows_kept += theirs is not None
            if ours is not None and theirs is not None and theirs["json"] != ours:
                tally.mismatch(split, number, repr(ours), repr(theirs["json"]))
    return tally
