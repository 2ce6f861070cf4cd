"""The formats that come with citegraph, one module each."""
