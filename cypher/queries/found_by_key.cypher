// answers: Papers and entities whose name, alias, title or id has one of the given normal forms
// parameter keys (strings): normal forms: letters and digits in lower case
// column node (node): the paper or entity
// column key (string): the form that it was found by
// example: keys = mteb, massivetextembeddingbenchmark
MATCH (n:Paper|Benchmark|Dataset|Model|Method)
UNWIND n.keys AS key
WITH n, key
WHERE key IN $keys
RETURN n AS node, key
ORDER BY n.id, key
