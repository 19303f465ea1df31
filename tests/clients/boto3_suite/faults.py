"""What boto3 does when the service misbehaves. Its clients are not watched: strict.py refuses retries."""

from botocore import exceptions
from botocore.config import Config

from boto3_suite.case import SESSION, Case
from isolation import ACCOUNT, REGION

THROTTLED = {"status": 429, "code": "TooManyRequestsException", "message": "Rate exceeded"}


class Faults(Case):
    def make_hardy_client(self, **config):
        client = SESSION.client(
            "synthetics",
            endpoint_url=self.emulator.url,
            region_name=REGION,
            aws_access_key_id=ACCOUNT,
            aws_secret_access_key="secret",
            config=Config(**config),
        )
        self.addCleanup(client.close)
        return client

    def add(self, fault, **members):
        rule = {"match": {"operation": "DescribeCanaries"}, "fault": fault, **members}
        status, _, body = self.emulator.request("POST", "/_emulator/faults", rule)
        self.assertEqual(status, 201, body)

    def hits(self):
        _, _, body = self.emulator.request("GET", "/_emulator/faults")
        return [rule["hits"] for rule in body["faults"]]

    def assert_succeeds_in_the_end(self, retries):
        client = self.make_hardy_client(retries={"mode": "standard", "max_attempts": 5})
        answer = client.describe_canaries()
        self.assertEqual(answer["Canaries"], [])
        self.assertEqual(answer["ResponseMetadata"]["RetryAttempts"], retries)
        self.assertEqual(self.hits(), [retries])

    def test_three_throttled_calls_and_then_success(self):
        self.add(THROTTLED, times=3)
        self.assert_succeeds_in_the_end(3)

    def test_a_reset_connection_is_tried_again(self):
        self.add({"connection": "reset"}, times=1)
        self.assert_succeeds_in_the_end(1)

    def test_an_answer_that_is_cut_is_no_success(self):
        self.add({"connection": "close"})
        client = self.make_hardy_client(retries={"total_max_attempts": 1})
        with self.assertRaises(exceptions.HTTPClientError):
            client.describe_canaries()
        self.assertEqual(self.hits(), [1])

    def test_an_error_without_retries_has_its_name_and_words(self):
        self.add(THROTTLED)
        client = self.make_hardy_client(retries={"total_max_attempts": 1})
        with self.assertRaises(client.exceptions.TooManyRequestsException) as caught:
            client.describe_canaries()
        self.assertEqual(caught.exception.response["Error"]["Message"], "Rate exceeded")

    def test_a_hanging_call_ends_with_the_clients_own_timeout(self):
        self.add({"connection": "hang"})
        client = self.make_hardy_client(read_timeout=1, retries={"total_max_attempts": 1})
        with self.assertRaises(exceptions.ReadTimeoutError):
            client.describe_canaries()
        self.assertEqual(self.hits(), [1])

    def test_a_broken_intermediary_is_tried_again(self):
        self.add({"status": 502, "body": "<html>Bad gateway"}, times=2)
        self.assert_succeeds_in_the_end(2)
