"""Finding the research tasks that a paper is about, as the field names them."""
