#!/usr/bin/env python
"""Django's command line, which joins the private PostgreSQL for commands that need a database."""

import os
import sys

from django.core.management import execute_from_command_line

from wanzhou.kernel import localpg
from wanzhou.kernel.postgresql import Unavailable

WITHOUT_DATABASE = {
    "judge",
    "help",
    "version",
    "collectstatic",
    "findstatic",
    "compilemessages",
    "makemessages",
}


def main(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wanzhou.settings")
    command = arguments[1] if len(arguments) > 1 else "help"
    asks_for_help = {"-h", "--help", "--version"} & set(arguments[1:])
    if command not in WITHOUT_DATABASE and not asks_for_help:
        try:
            localpg.ensure()
        except Unavailable as reason:
            sys.exit(str(reason))
    execute_from_command_line(arguments)


if __name__ == "__main__":
    main(sys.argv)
