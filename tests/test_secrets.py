"""No secret in the tree: whatever git keeps is searched for what tokens and keys look like."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.support import ROOT

LOOKS_LIKE_ONE = re.compile(
    r"""
    (?<![\w:-])\d{8,10}:[A-Za-z0-9_-]{35}(?![\w-])      # a bot of Telegram
    | -----BEGIN\ [A-Z ]*PRIVATE\ KEY-----
    | (?<!\w)(?:AKIA|ASIA)[A-Z0-9]{16}(?!\w)            # Amazon
    | (?<!\w)gh[pousr]_[A-Za-z0-9]{36}                  # GitHub
    | (?<!\w)github_pat_\w{60,}
    | (?<!\w)glpat-[\w-]{20}                            # GitLab
    | (?<!\w)xox[abeoprs]-[\w-]{10,}                    # Slack
    | (?<!\w)AIza[\w-]{35}                              # Google
    | (?<!\w)sk-[A-Za-z0-9_-]{32,}
    | (?<!\w)pypi-[\w-]{50,}
    | (?<!\w)eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}   # a JSON web token
    """,
    re.VERBOSE,
)


def found_in(text: str) -> list[str]:
    """What looks like a secret."""
    return LOOKS_LIKE_ONE.findall(text)


def test_nothing_in_the_tree_looks_like_one() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("this is no checkout")
    files = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    told = {
        str(path.relative_to(ROOT)): found
        for path in files
        if path.is_file() and (found := found_in(path.read_bytes().decode("utf-8", "replace")))
    }
    assert len(files) > 500
    assert told == {}


@pytest.mark.parametrize(
    "made",
    [
        "123456789" + ":" + "A" * 35, "-----BEGIN " + "RSA PRIVATE KEY-----", "AKIA" + "ABCDEFGH12345678",
        "ghp" + "_" + "a" * 36, "github" + "_pat_" + "a" * 70, "glpat" + "-" + "a" * 20, "xoxb" + "-1234567890-x",
        "AIza" + "b" * 35, "sk" + "-" + "c" * 40, "pypi" + "-" + "d" * 60,
        "eyJ" + "h" * 20 + "." + "eyJ" + "p" * 20 + "." + "s" * 20,
    ],
)  # fmt: skip
def test_what_would_be_found(tmp_path: Path, made: str) -> None:
    assert found_in(f'TOKEN = "{made}"\n')
