"""What people do with their telephones. Each module registers its actions in `sandbox.people.registry`."""

from sandbox.people import gathering, operating, pressing, ruling, sharing, writing

__all__ = ["gathering", "operating", "pressing", "ruling", "sharing", "writing"]
