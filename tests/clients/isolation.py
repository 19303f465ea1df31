"""Keeps the clients that these tests drive away from the configuration of whoever runs them."""

import atexit
import os
import pathlib
import sys
import tempfile

from emulator import skip

ACCOUNT = "111122223333"  # as an access key: the emulator takes 12 digits for the account
REGION = "us-east-1"


def isolate():
    """Cuts this process and its children off from the user's settings.

    Returns a scratch directory, which is their home and is gone when the program ends.
    """
    scratch = tempfile.TemporaryDirectory(prefix="synthetics-local-")
    atexit.register(scratch.cleanup)
    home = pathlib.Path(scratch.name)
    # Where Terraform finds its providers is the machine's business, the rest would change answers.
    kept = {"TF_CLI_CONFIG_FILE", "TF_PLUGIN_CACHE_DIR"}
    for name in list(os.environ):
        if name.startswith(("AWS_", "BOTO", "TF_")) and name not in kept:
            del os.environ[name]
    os.environ.update(
        HOME=str(home),
        TMPDIR=str(home),
        AWS_CONFIG_FILE=str(home / "no-config"),
        AWS_SHARED_CREDENTIALS_FILE=str(home / "no-credentials"),
        AWS_EC2_METADATA_DISABLED="true",
        AWS_ACCESS_KEY_ID=ACCOUNT,
        AWS_SECRET_ACCESS_KEY="secret",
        AWS_DEFAULT_REGION=REGION,
        AWS_PAGER="",
        NO_PROXY="127.0.0.1,localhost",
        no_proxy="127.0.0.1,localhost",
    )
    return home


def require_boto3():
    """Goes on in a Python that has boto3: this one, else Debian's, else the test is skipped."""
    try:
        import boto3  # noqa: F401
    except ImportError:
        system = "/usr/bin/python3"
        if sys.prefix == "/usr" or not os.path.exists(system):
            skip("no Python with boto3")
        os.execv(system, [system, *sys.argv])
