// answers: All authors, organizations, venues, categories, tasks and repositories, page by page, with the number of papers of each
// parameter after (string): id of the last node of the page before; empty for the first page
// parameter limit (integer): rows at most
// column id (string): id of the node
// column label (string): Author, Organization, Venue, Category, Task or Repository
// column name (string): its name
// column aliases (strings): other names of a venue or task, other spellings of an author
// column keys (strings): normal forms of other ids and names by which an author, venue or task is found
// column papers (integer): number of papers with an edge to it
// example: after = author/m, limit = 10
MATCH (n:Author|Organization|Venue|Category|Task|Repository)
WHERE n.id > $after
WITH n ORDER BY n.id LIMIT $limit
OPTIONAL MATCH (n)<-[:AUTHORED_BY|AFFILIATED_WITH|PUBLISHED_IN|IN_CATEGORY|ADDRESSES|HAS_CODE|LINKS_TO]-(p:Paper)
RETURN n.id AS id,
  CASE
    WHEN n.id STARTS WITH 'author/' THEN 'Author'
    WHEN n.id STARTS WITH 'organization/' THEN 'Organization'
    WHEN n.id STARTS WITH 'venue/' THEN 'Venue'
    WHEN n.id STARTS WITH 'category/' THEN 'Category'
    WHEN n.id STARTS WITH 'task/' THEN 'Task'
    ELSE 'Repository'
  END AS label, n.name AS name, n.aliases AS aliases, n.keys AS keys, count(DISTINCT p) AS papers
ORDER BY id
