// holds: The paper comes from an organisation
// parameter organization (string): id of the organisation
// example: organization = organization/contextual-ai
MATCH (p)-[:AFFILIATED_WITH]->(:Organization {id: $organization})
