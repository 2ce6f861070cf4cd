"""Training of the model of relations: on annotated papers, and on single entities of further papers that were judged."""
