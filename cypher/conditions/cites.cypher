// holds: The paper has a reference to another paper
// parameter paper (string): key of the cited paper
// example: paper = 2210.07316
MATCH (p)-[:CITES {inferred: false}]->(:Paper {id: $paper})
