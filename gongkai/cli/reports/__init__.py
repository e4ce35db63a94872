"""Findings as people and CI read them: a format a module, all made of one ``Report``."""
