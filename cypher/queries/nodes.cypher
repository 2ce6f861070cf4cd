// answers: The nodes with the given ids, each in the column of its type; an unknown id has a row without a node
// parameter ids (strings): ids
// column id (string): the id
// column paper (node): the node, if it is a paper
// column author (node): the node, if it is an author
// column organization (node): the node, if it is an organization
// column venue (node): the node, if it is a venue
// column category (node): the node, if it is a category
// column benchmark (node): the node, if it is a benchmark
// column dataset (node): the node, if it is a dataset
// column model (node): the node, if it is a model
// column method (node): the node, if it is a method
// column task (node): the node, if it is a task
// column repository (node): the node, if it is a repository
// column result (node): the node, if it is a result
// example: ids = benchmark/mteb, 2210.07316
UNWIND $ids AS id
OPTIONAL MATCH (paper:Paper {id: id})
OPTIONAL MATCH (author:Author {id: id})
OPTIONAL MATCH (organization:Organization {id: id})
OPTIONAL MATCH (venue:Venue {id: id})
OPTIONAL MATCH (category:Category {id: id})
OPTIONAL MATCH (benchmark:Benchmark {id: id})
OPTIONAL MATCH (dataset:Dataset {id: id})
OPTIONAL MATCH (model:Model {id: id})
OPTIONAL MATCH (method:Method {id: id})
OPTIONAL MATCH (task:Task {id: id})
OPTIONAL MATCH (repository:Repository {id: id})
OPTIONAL MATCH (result:Result {id: id})
RETURN id, paper, author, organization, venue, category, benchmark, dataset,
  model, method, task, repository, result
ORDER BY id
