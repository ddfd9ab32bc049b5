"""Code lists: short stable codes of the data dictionary (DOMAIN.md section 2), with words in the catalogues."""

from __future__ import annotations

from collections.abc import Iterator


class CodeList:
    """One list: its name is the context of its labels in the catalogues; order is the order on the form.

    Always written out as ``CodeList("name", "CODE", "CODE", ...)``: the catalogues are checked against the source.
    """

    def __init__(self, name: str, *entries: str) -> None:
        self.name = name
        self.entries = entries

    def __contains__(self, entry: object) -> bool:
        return entry in self.entries

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)
