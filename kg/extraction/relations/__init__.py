"""Deciding what a paper does with each entity."""
