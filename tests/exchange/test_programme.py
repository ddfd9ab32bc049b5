"""The start of trust: so many different roots must have signed it."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from helpdesk.centre.founding import found
from helpdesk.core.errors import Fault
from helpdesk.exchange.programme import read_programme, write_programme


def test_the_threshold_counts_roots_and_not_spellings(tmp_path: Path) -> None:
    founding = found("Tests", practice=True)
    path = tmp_path / "programme.json"
    write_programme(path, founding.programme, founding.roots[:2])
    assert read_programme(path) == founding.programme
    write_programme(path, founding.programme, founding.roots[1:2])
    with pytest.raises(Fault, match=r"programme\.threshold"):
        read_programme(path)
    (root,) = founding.roots[:1]
    twice = msgspec.structs.replace(founding.programme, roots=(root.public.hex(), root.public.hex().upper()))
    write_programme(path, twice, [root])
    with pytest.raises(Fault, match=r"programme\.threshold"):
        read_programme(path)


def test_a_root_that_is_not_named_counts_for_nothing(tmp_path: Path) -> None:
    founding, other = found("Tests", practice=True), found("Tests", practice=True)
    path = tmp_path / "programme.json"
    write_programme(path, founding.programme, [founding.roots[0], *other.roots])
    with pytest.raises(Fault, match=r"programme\.threshold"):
        read_programme(path)
