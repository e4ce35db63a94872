"""The preview: a server that makes each page when it is asked for."""
