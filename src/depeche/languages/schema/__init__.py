"""The entry types of a language folder, one file a phenomenon. Each field is a key of the YAML."""
