"""The inbox: opinions from browsers on the intranet, beside a site that works without it."""
