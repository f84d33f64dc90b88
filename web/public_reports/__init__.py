"""Reports that staff have released, as web pages and as a feed."""
