"""What people do with their telephones. Each module registers its actions in `sandbox.people.registry`."""

from sandbox.people import gathering, pressing, ruling, sharing, writing

__all__ = ["gathering", "pressing", "ruling", "sharing", "writing"]
