"""Results: figures on named benchmarks, each with value, metric and system."""
