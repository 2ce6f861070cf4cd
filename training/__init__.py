"""Making of the catalogue and the models; not needed to use citegraph."""
