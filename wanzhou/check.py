"""`./check`: every gate, then every test; the exit code is 0 only when all of them pass."""

import os
import subprocess
import sys
from pathlib import Path

BIN = Path(sys.executable).parent
PURE = (
    "indicators/judging/*",
    "indicators/comparison.py",
    "indicators/differences.py",
    "projects/cells.py",
    "projects/differences.py",
    "projects/dues.py",
    "projects/setbacks.py",
    "indicators/cells.py",
    "indicators/checks/*",
    "indicators/dictation.py",
    "projects/stages.py",
    "projects/counting.py",
    "projects/likeness.py",
    "projects/lights.py",
    "wanzhou/kernel/numerals.py",
    "wanzhou/kernel/wording.py",
    "wanzhou/site/charts/*",
)
DJLINT = [sys.executable, "-m", "djlint", "--lint", "--quiet"]
GATES: dict[str, list[str]] = {
    "ruff check": [str(BIN / "ruff"), "check"],
    "ruff format": [str(BIN / "ruff"), "format", "--check"],
    "mypy --strict": [sys.executable, "-m", "mypy"],
    "import-linter": [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
    "djlint": [*DJLINT, "templates", "--extend-exclude", "templates/public"],
    "djlint, public pages": [*DJLINT, "templates/public", "--profile", "jinja"],
    "migrations": [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
}
TESTS = [sys.executable, "-m", "pytest", "-n", "auto", "--dist", "loadfile"]
MEASURED = ["--cov", "--cov-report=", "--cov-fail-under=95"]
PURE_COVERED = [sys.executable, "-m", "coverage", "report", f"--include={','.join(PURE)}", "--fail-under=100"]


def passes(name: str, command: list[str]) -> bool:
    print(f"== {name}", flush=True)
    return subprocess.run(command, check=False).returncode == 0


def main(arguments: list[str]) -> None:
    """Run everything, or the tests that the arguments choose, which cannot be measured as a whole."""
    failed = [name for name, command in GATES.items() if not passes(name, command)]
    if not passes("tests", [*TESTS, *(arguments or MEASURED)]):
        failed.append("tests")
    if not arguments:
        pure = subprocess.run(PURE_COVERED, capture_output=True, text=True, check=False)
        if pure.returncode:
            print(pure.stdout)
            failed.append("coverage of the pure modules")
    if failed:
        sys.exit(f"not passed: {', '.join(failed)}")


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUTF8", "1")
    main(sys.argv[1:])
