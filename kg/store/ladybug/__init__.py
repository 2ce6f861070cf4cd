"""The graph embedded in this process, in a LadybugDB database file."""
