// holds: The paper is filed under a category
// parameter category (string): id of the category
// example: category = category/cs.cl
MATCH (p)-[:IN_CATEGORY]->(:Category {id: $category})
