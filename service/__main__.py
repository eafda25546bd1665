"""`python -m service` is `notecoach`."""

from service.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
