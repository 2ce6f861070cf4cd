// holds: The paper cites another paper, by a reference or by using what that one introduces
// parameter paper (string): key of the cited paper
// example: paper = 2210.07316
MATCH (p)-[:CITES]->(:Paper {id: $paper})
