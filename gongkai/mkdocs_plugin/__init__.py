"""MkDocs at the rim: nothing else imports it."""
