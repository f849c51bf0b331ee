"""The page: pure renderers, thin handlers, components, and one file of wiring."""
