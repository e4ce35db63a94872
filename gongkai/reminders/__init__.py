"""Reminders: a digest to the group chat of each department that answers for something.

What was told is on record before it is sent, so that nothing is sent twice, whatever breaks off.
"""
