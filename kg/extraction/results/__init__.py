"""Finding figures on benchmarks: value, metric, benchmark and system."""
