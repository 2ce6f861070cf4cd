// Neo4j's name for an edge's type.
CREATE MACRO type(edge) AS label(edge)
