"""The register of templates: an office's own files that packs are made from."""
