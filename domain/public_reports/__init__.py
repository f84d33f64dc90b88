"""Reports that everybody may see, by a title staff wrote: what may be shown of them, and how."""
