"""The session with AWS CLI version 1."""

from aws_cli_session import main

if __name__ == "__main__":
    main(1)
