"""What citegraph knows beforehand: the catalogue, who introduced its entries, word lists and cue patterns."""
