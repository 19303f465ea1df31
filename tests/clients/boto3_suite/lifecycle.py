"""The state machine: what each call does in each state."""

from boto3_suite.case import NEW_RUNTIME, Case

CALLS = ["start_canary", "stop_canary", "update_canary", "delete_canary"]

# Section 4's table; every other cell is a conflict. There is no way into ERROR yet.
ALLOWED = {
    "CREATING": set(),
    "READY": {"start_canary", "update_canary", "delete_canary"},
    "STARTING": set(),
    "RUNNING": {"stop_canary", "update_canary"},
    "UPDATING": set(),
    "STOPPING": set(),
    "STOPPED": {"start_canary", "update_canary", "delete_canary"},
    "DELETING": set(),
}

# What a canary is in while that which the call asked for is under way.
STATE_AFTER = {
    "start_canary": "STARTING",
    "stop_canary": "STOPPING",
    "update_canary": "UPDATING",
    "delete_canary": "DELETING",
}

MESSAGE = {
    "start_canary": "Canary is not in a startable state",
    "stop_canary": "Canary is not in a stoppable state",
    "update_canary": "Canary is in a state that can't be modified: {}",
    "delete_canary": "Canary is in a state that can't be deleted: {}",
}


class Lifecycle(Case):
    def call(self, operation, name):
        members = {"SuccessRetentionPeriodInDays": 7} if operation == "update_canary" else {}
        getattr(self.client, operation)(Name=name, **members)

    def bring_into(self, state, name):
        if state == "CREATING":
            self.create(name)
        elif state in ("READY", "UPDATING", "STARTING", "DELETING"):
            self.create_ready(name)
        elif state in ("RUNNING", "STOPPING"):
            self.create_running(name)
        else:
            self.create_stopped(name)
        for operation, after in STATE_AFTER.items():
            if after == state:
                self.call(operation, name)
        self.assertEqual(self.get(name)["Status"]["State"], state)

    def test_every_call_in_every_state(self):
        for state, allowed in ALLOWED.items():
            for operation in CALLS:
                with self.subTest(state=state, operation=operation):
                    name = f"{operation}-{state}".lower()[:21]
                    self.bring_into(state, name)
                    if operation in allowed:
                        self.call(operation, name)
                        after = self.get(name)["Status"]["State"]
                        self.assertEqual(after, STATE_AFTER[operation])
                    else:
                        call = getattr(self.client, operation)
                        message = self.refused("ConflictException", call, Name=name)
                        self.assertEqual(message, MESSAGE[operation].format(state))
                        self.assertEqual(self.get(name)["Status"]["State"], state)
                    self.settle()

    def test_status_of_a_new_canary(self):
        pending = {"State": "CREATING", "StateReasonCode": "CREATE_PENDING"}
        self.assertEqual(self.create()["Status"], pending)
        self.assertEqual(self.get()["Status"], pending)

    def test_steady_states_have_no_reason_and_no_code(self):
        self.assertEqual(self.create_ready("a")["Status"], {"State": "READY"})
        self.assertEqual(self.create_running("b")["Status"], {"State": "RUNNING"})
        self.assertEqual(self.create_stopped("c")["Status"], {"State": "STOPPED"})

    def test_starting_and_stopping_have_no_reason_and_no_code(self):
        self.create_ready()
        self.client.start_canary(Name="checkout")
        self.assertEqual(self.get()["Status"], {"State": "STARTING"})
        self.settle()
        self.client.stop_canary(Name="checkout")
        self.assertEqual(self.get()["Status"], {"State": "STOPPING"})

    def test_an_update_returns_to_the_state_before(self):
        steady = {"READY": self.create_ready, "RUNNING": self.create_running}
        for state, create in {**steady, "STOPPED": self.create_stopped}.items():
            with self.subTest(state):
                name = state.lower()
                create(name)
                self.client.update_canary(Name=name, FailureRetentionPeriodInDays=1)
                pending = {"State": "UPDATING", "StateReasonCode": "UPDATE_PENDING"}
                self.assertEqual(self.get(name)["Status"], pending)
                self.settle()
                self.assertEqual(self.get(name)["Status"], {"State": state})

    def test_a_canary_is_listed_until_it_is_gone(self):
        self.create_ready()
        self.client.delete_canary(Name="checkout")
        deleting = {"State": "DELETING", "StateReasonCode": "DELETE_IN_PROGRESS"}
        self.assertEqual(self.get()["Status"], deleting)
        listed = self.client.describe_canaries()["Canaries"]
        self.assertEqual([canary["Status"] for canary in listed], [deleting])
        self.settle()
        message = self.refused("ResourceNotFoundException", self.client.get_canary, Name="checkout")
        self.assertIn("Canary not found", message)
        self.assertEqual(self.client.describe_canaries()["Canaries"], [])

    def test_a_name_is_free_again_once_its_canary_is_gone(self):
        first = self.create_running()
        self.client.stop_canary(Name="checkout")
        self.settle()
        self.client.delete_canary(Name="checkout", DeleteLambda=True)
        with self.assertRaises(self.client.exceptions.ValidationException):
            self.create()
        self.settle()
        second = self.create_ready(RuntimeVersion=NEW_RUNTIME)
        self.assertNotEqual(second["Id"], first["Id"])
        self.assertEqual(self.runs(), [])
        self.assertEqual(second["Tags"], {})
