"""`python -m atlas` is the command `atlas`, also where its script does not stand on the path."""

from .cli import main

if __name__ == "__main__":
    main()
