"""What citegraph knows before it reads: its catalogue, word lists and cue patterns."""
