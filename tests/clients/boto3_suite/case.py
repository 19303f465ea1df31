"""What the tests with boto3 share: an emulator with a frozen clock, strict clients, a canary."""

import datetime
import unittest

import boto3
import botocore
import botocore.config

from emulator import Emulator
from isolation import ACCOUNT, REGION
from strict import MODEL_IS_CURRENT, STATUS_OF, Strict
from zips import make_zip

START = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
ROLE = f"arn:aws:iam::{ACCOUNT}:role/canary"
OLD_RUNTIME = "syn-nodejs-puppeteer-9.1"  # has EngineArn and SourceLocationArn (3.3)
NEW_RUNTIME = "syn-nodejs-puppeteer-11.0"  # has EngineConfigs only

# Loading the service's model takes most of a client's making: one session keeps it.
SESSION = boto3.session.Session()

NOT_CHECKED = set()  # members that this botocore is too old to know

needs_current_model = unittest.skipUnless(
    MODEL_IS_CURRENT, f"the model of botocore {botocore.__version__} is too old for it"
)

CODE = {"Handler": "checkout.handler", "ZipFile": make_zip("nodejs/node_modules/checkout.js")}
BAD_CODE = {"Handler": "checkout.handler", "ZipFile": make_zip("src/checkout.js")}


def at(**time):
    """An instant by its distance from the start of the clock."""
    return START + datetime.timedelta(**time)


def arn_of(name, account=ACCOUNT, region=REGION):
    return f"arn:aws:synthetics:{region}:{account}:canary:{name}"


def creation(name="checkout", **members):
    """The members of a CreateCanary request; None leaves one out."""
    request = {
        "Name": name,
        "Code": CODE,
        "ArtifactS3Location": "s3://artifacts/checkout",
        "ExecutionRoleArn": ROLE,
        "Schedule": {"Expression": "rate(1 minute)"},
        "RuntimeVersion": OLD_RUNTIME,
        **members,
    }
    return {member: value for member, value in request.items() if value is not None}


def pages_of(call, member, **arguments):
    """All pages of a listing, each as the list of what is on it."""
    pages = []
    while True:
        page = call(**arguments)
        pages.append(page[member])
        if "NextToken" not in page:
            return pages
        assert page["NextToken"] != arguments.get("NextToken"), "the page leads to itself"
        arguments["NextToken"] = page["NextToken"]


def runs_of(client, name="checkout"):
    """All runs of a canary, the newest first."""
    pages = pages_of(client.get_canary_runs, "CanaryRuns", Name=name)
    return [run for page in pages for run in page]


class Case(unittest.TestCase):
    options = ()

    def setUp(self):
        self.emulator = self.start(*self.options)
        self.strict = Strict(NOT_CHECKED)
        self.client = self.make_client()

    def start(self, *options, seed=1):
        clock = ("--clock", "2026-01-01T00:00:00Z")
        return self.enterContext(Emulator(*clock, "--seed", str(seed), *options))

    def make_client(self, account=ACCOUNT, region=REGION, emulator=None, **config):
        client = SESSION.client(
            "synthetics",
            endpoint_url=(emulator or self.emulator).url,
            region_name=region,
            aws_access_key_id=account,
            aws_secret_access_key="secret",
            config=botocore.config.Config(**config),
        )
        self.addCleanup(client.close)
        return self.strict.watch(client)

    def make_careless_client(self):
        """A client that leaves it to the server to check what it sends."""
        return self.make_client(parameter_validation=False)

    def settle(self):
        self.emulator.advance(until="settled")

    def advance(self, seconds):
        self.emulator.advance(seconds=seconds)

    def create(self, name="checkout", **members):
        return self.client.create_canary(**creation(name, **members))["Canary"]

    def create_ready(self, name="checkout", **members):
        self.create(name, **members)
        self.settle()
        return self.get(name)

    def create_running(self, name="checkout", **members):
        self.create_ready(name, **members)
        self.client.start_canary(Name=name)
        self.settle()
        return self.get(name)

    def create_stopped(self, name="checkout", **members):
        self.create_running(name, **members)
        self.client.stop_canary(Name=name)
        self.settle()
        return self.get(name)

    def get(self, name="checkout"):
        return self.client.get_canary(Name=name)["Canary"]

    def update(self, **members):
        """Changes the canary and gives it as it is once that is done."""
        self.client.update_canary(Name="checkout", **members)
        self.settle()
        return self.get()

    def runs(self, name="checkout"):
        return runs_of(self.client, name)

    def refused(self, code, call, **arguments):
        """The message with which a call is refused."""
        with self.assertRaises(getattr(call.__self__.exceptions, code)) as caught:
            call(**arguments)
        response = caught.exception.response
        self.assertEqual(response["Error"]["Code"], code)
        self.assertEqual(response["ResponseMetadata"]["HTTPStatusCode"], STATUS_OF[code])
        return response["Error"]["Message"]
