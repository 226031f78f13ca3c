"""From a plan record to documents that look like the real thing."""
