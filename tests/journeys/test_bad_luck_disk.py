"""A full disk says so and loses nothing: on real small disks, mounted where nobody else sees them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ALONE = ["unshare", "--mount", "--propagation", "private", *(() if os.geteuid() == 0 else ("--map-root-user",))]


def can_mount() -> bool:
    if shutil.which("unshare") is None:
        return False
    tried = [*ALONE, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not can_mount(), reason="this machine lets nobody mount a small disk")
def test_a_full_disk_says_so_and_loses_nothing(tmp_path: Path) -> None:
    command = [*ALONE, sys.executable, "-m", "tests.journeys.full_disk", str(tmp_path / "programme")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "everything went on" in done.stdout
