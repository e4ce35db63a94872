"""What writes into a site's content for editors: new items, imports, repairs. Nothing else does."""
