// answers: Number of edges of each type that has any
// column relation (string): edge type
// column edges (integer): number of edges
MATCH ()-[r]->()
RETURN type(r) AS relation, count(r) AS edges
ORDER BY edges DESC, relation
