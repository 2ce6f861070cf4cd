"""Which names mean one entity."""
