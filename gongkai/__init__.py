"""Gongkai (公开): disclosure bulletin boards that tell the truth, on time."""

__version__ = "0.1.0"
