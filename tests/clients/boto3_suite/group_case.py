"""What the tests of groups share."""

from boto3_suite.case import Case, arn_of


class GroupCase(Case):
    def create_group(self, name="shop", client=None, **members):
        return (client or self.client).create_group(Name=name, **members)["Group"]

    def get_group(self, identifier="shop", client=None):
        return (client or self.client).get_group(GroupIdentifier=identifier)["Group"]

    def associate(self, group="shop", canary="checkout"):
        answer = self.client.associate_resource(GroupIdentifier=group, ResourceArn=arn_of(canary))
        self.assertEqual(set(answer), {"ResponseMetadata"})

    def disassociate(self, group="shop", canary="checkout"):
        call = self.client.disassociate_resource
        answer = call(GroupIdentifier=group, ResourceArn=arn_of(canary))
        self.assertEqual(set(answer), {"ResponseMetadata"})

    def members(self, group="shop", client=None):
        """The ARNs of a group's canaries."""
        client = client or self.client
        return client.list_group_resources(GroupIdentifier=group)["Resources"]

    def groups_of(self, canary="checkout"):
        """The names of a canary's groups."""
        listed = self.client.list_associated_groups(ResourceArn=arn_of(canary))["Groups"]
        return [group["Name"] for group in listed]
