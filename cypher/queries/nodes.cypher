// answers: The nodes with the given ids
// parameter ids (strings): ids
// column node (node): the node
// example: ids = benchmark/mteb, 2210.07316
MATCH (n:Paper|Author|Organization|Benchmark|Dataset|Model|Method|Task|Repository|Result)
WHERE n.id IN $ids
RETURN n AS node
ORDER BY n.id
