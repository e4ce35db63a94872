"""A group of factories on one page: what each has published, and whether it can be believed.

Nothing is believed because a factory says so: its figures have to be those of its manifest, its
manifest the last of its chain, and its chain has to go on from where it was seen before.
"""
