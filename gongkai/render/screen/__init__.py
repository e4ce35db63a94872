"""Screens on the wall."""
