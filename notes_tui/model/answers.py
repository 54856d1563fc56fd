"""What a service says about works, before anything of it is taken over."""

from __future__ import annotations

from dataclasses import dataclass

from notes_tui.model.item import Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceWork:
    """One work as a service describes it."""

    source: str
    """The service: ``arxiv``, ``crossref`` or ``openalex``."""
    reference: Reference
    pdf: str = ""
    """Where a copy lies that may be read by everybody; empty where the service names none."""
