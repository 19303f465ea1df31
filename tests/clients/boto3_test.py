"""boto3 against the built program: the suite in boto3_suite/, every answer checked by strict.py."""

import sys
import unittest

from isolation import isolate, require_boto3

TOPICS = [
    "shapes",
    "lifecycle",
    "timelines",
    "schedules",
    "cron",
    "retries",
    "code",
    "dry_runs",
    "defaults",
    "updates",
    "refusals",
    "features",
    "listings",
    "runs",
    "retention",
    "runtimes",
    "runtime_list",
    "tags",
    "groups",
    "group_members",
    "group_regions",
    "group_listings",
    "scopes",
    "promises",
    "faults",
    "told",
]


def main():
    require_boto3()
    isolate()
    suite = sys.argv[1:] or [f"boto3_suite.{topic}" for topic in TOPICS]
    ended = unittest.main(module=None, argv=[sys.argv[0], *suite], exit=False)

    import botocore
    from boto3_suite.case import NOT_CHECKED

    print(f"botocore {botocore.__version__} on Python {sys.version.split()[0]}")
    if NOT_CHECKED:
        print("not checked, unknown to this botocore:", ", ".join(sorted(NOT_CHECKED)))
    sys.exit(not ended.result.wasSuccessful() or ended.result.testsRun == 0)


if __name__ == "__main__":
    main()
