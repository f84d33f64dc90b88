"""What is kept of figures: counts, and nothing about anybody."""

from storage.core.declared_data import Declared

PERSONAL_DATA = Declared("Figures", nothing={"public_figures": "period first_day after_day published_at content"})
