#include "tests/support/catch.hpp"
#include "tests/support/emulation.hpp"

using namespace synthetics::tests;
using synthetics::api::Method;

namespace {

std::string Arn(const std::string& canary, const std::string& region = "us-east-1") {
  return "arn:aws:synthetics:" + region + ":123456789012:canary:" + canary;
}

std::string In(const std::string& region, const std::string& account = "123456789012") {
  return "AWS4-HMAC-SHA256 Credential=" + account + "/20260101/" + region +
         "/synthetics/aws4_request";
}

Answer CreateGroup(Emulation& emulation, const std::string& name) {
  return emulation.Post("/group", R"({"Name":")" + name + "\"}");
}

Answer Associate(Emulation& emulation, const std::string& group, const std::string& arn) {
  return emulation.Patch("/group/" + group + "/associate", R"({"ResourceArn":")" + arn + "\"}");
}

Answer Disassociate(Emulation& emulation, const std::string& group, const std::string& arn) {
  return emulation.Patch("/group/" + group + "/disassociate", R"({"ResourceArn":")" + arn + "\"}");
}

std::string ResourcesOf(Emulation& emulation, const std::string& group) {
  return emulation.Post("/group/" + group + "/resources").Text("/Resources");
}

std::string Escaped(const std::string& arn) {
  std::string escaped;
  for (const char character : arn) {
    escaped += character == ':' ? "%3A" : std::string(1, character);
  }
  return escaped;
}

}  // namespace

TEST_CASE("CreateGroup: answers with the group, whose ARN ends in its id") {
  Emulation emulation;
  const Answer answer = CreateGroup(emulation, "web");
  REQUIRE(answer.status == 200);
  const std::string id = answer.Text("/Group/Id");
  REQUIRE(id.size() == 10);
  REQUIRE(answer.Text("/Group/Name") == "web");
  REQUIRE(answer.Text("/Group/Arn") == "arn:aws:synthetics:us-east-1:123456789012:group:" + id);
  REQUIRE(answer.Text("/Group/Tags") == "{}");
  REQUIRE(answer.Number("/Group/CreatedTime") == answer.Number("/Group/LastModifiedTime"));
}

TEST_CASE("CreateGroup: a name that the account has in any region is a conflict") {
  Emulation emulation;
  CreateGroup(emulation, "web");
  const auto create_elsewhere = [&](const std::string& account) {
    return emulation.Send(Method::kPost, "/group", R"({"Name":"web"})", In("eu-west-1", account));
  };
  const Answer taken = create_elsewhere("123456789012");
  REQUIRE(taken.status == 409);
  REQUIRE(taken.error_type == "ConflictException");
  REQUIRE(create_elsewhere("210987654321").status == 200);
}

TEST_CASE("Groups: quotas answer 402, and nothing changes") {
  Emulation emulation({.quotas = {.groups = 2, .canaries_of_group = 1, .groups_of_canary = 1}});
  emulation.Create("shop");
  emulation.Create("cart");
  CreateGroup(emulation, "one");
  CreateGroup(emulation, "two");
  const Answer third = CreateGroup(emulation, "three");
  REQUIRE(third.status == 402);
  REQUIRE(third.error_type == "ServiceQuotaExceededException");
  REQUIRE(emulation.Post("/groups").Size("/Groups") == 2);

  REQUIRE(Associate(emulation, "one", Arn("shop")).status == 200);
  REQUIRE(Associate(emulation, "one", Arn("cart")).status == 402);
  REQUIRE(Associate(emulation, "two", Arn("shop")).status == 402);
  REQUIRE(ResourcesOf(emulation, "one") == "[\"" + Arn("shop") + "\"]");
  REQUIRE(ResourcesOf(emulation, "two") == "[]");
}

TEST_CASE("Groups: are found by name, id and ARN, from every region of their account") {
  Emulation emulation;
  const Answer created = CreateGroup(emulation, "My Group \xc3\xbc/x");
  const std::string arn = created.Text("/Group/Arn");
  const std::string without_account =
      "arn:aws:synthetics:us-east-1::group:" + created.Text("/Group/Id");
  for (const std::string& identifier :
       {std::string("My%20Group%20%C3%BC%2Fx"), created.Text("/Group/Id"), Escaped(arn), arn,
        Escaped(without_account)}) {
    CAPTURE(identifier);
    for (const auto* const region : {"us-east-1", "eu-west-1"}) {
      const Answer answer = emulation.Send(Method::kGet, "/group/" + identifier, {}, In(region));
      REQUIRE(answer.status == 200);
      REQUIRE(answer.Text("/Group/Arn") == arn);
    }
    REQUIRE(
        emulation.Send(Method::kGet, "/group/" + identifier, {}, In("us-east-1", "210987654321"))
            .status == 404);
  }
}

TEST_CASE("Groups: an ARN is its own group's, though another one is named like it") {
  Emulation emulation;
  const Answer web = CreateGroup(emulation, "web");
  CreateGroup(emulation, web.Text("/Group/Arn"));
  REQUIRE(emulation.Delete("/group/" + Escaped(web.Text("/Group/Arn"))).status == 200);
  REQUIRE(emulation.Get("/group/web").status == 404);
}

TEST_CASE("Groups: what there is not is a 404") {
  Emulation emulation;
  emulation.Create("shop");
  CreateGroup(emulation, "web");
  const std::string elsewhere = Escaped("arn:aws:synthetics:eu-west-1:123456789012:group:x");
  for (const Answer& answer :
       {emulation.Get("/group/nope"), emulation.Get("/group/" + elsewhere),
        emulation.Delete("/group/nope"), emulation.Post("/group/nope/resources"),
        Associate(emulation, "nope", Arn("shop")), Associate(emulation, "web", Arn("nope")),
        Associate(emulation, "web", Arn("shop", "eu-west-1")),
        Disassociate(emulation, "nope", Arn("shop")),
        Disassociate(emulation, "web", Arn("shop", "eu-west-1")),
        emulation.Post("/resource/" + Escaped(Arn("nope")) + "/groups"),
        emulation.Post("/resource/" + Escaped(Arn("shop", "eu-west-1")) + "/groups")}) {
    REQUIRE(answer.status == 404);
    REQUIRE(answer.error_type == "ResourceNotFoundException");
  }
}

TEST_CASE("Groups: a canary is in them from its association to its disassociation") {
  Emulation emulation;
  emulation.Create("shop");
  CreateGroup(emulation, "web");
  const std::string groups = "/resource/" + Escaped(Arn("shop")) + "/groups";
  REQUIRE(emulation.Post(groups).Text("/Groups") == "[]");
  REQUIRE(Associate(emulation, "web", Arn("shop")).raw == "{}");
  REQUIRE(Associate(emulation, "web", Arn("shop")).status == 200);  // twice is once
  REQUIRE(ResourcesOf(emulation, "web") == "[\"" + Arn("shop") + "\"]");
  const Answer associated = emulation.Post(groups);
  REQUIRE(associated.Size("/Groups") == 1);
  REQUIRE(associated.Text("/Groups/0/Name") == "web");
  REQUIRE(associated.Text("/Groups/0/Arn") == emulation.Get("/group/web").Text("/Group/Arn"));

  REQUIRE(Disassociate(emulation, "web", Arn("shop")).raw == "{}");
  REQUIRE(ResourcesOf(emulation, "web") == "[]");
  const Answer again = Disassociate(emulation, "web", Arn("shop"));
  REQUIRE(again.error_type == "ValidationException");
  REQUIRE(again.Message().find("does not exist in group") != std::string::npos);
}

TEST_CASE("Groups: an association moves LastModifiedTime, one that was there does not") {
  Emulation emulation;
  emulation.Create("shop");
  CreateGroup(emulation, "web");
  emulation.Advance(R"({"seconds":10})");
  Associate(emulation, "web", Arn("shop"));
  const double modified = emulation.Get("/group/web").Number("/Group/LastModifiedTime");
  REQUIRE(modified == emulation.Get("/group/web").Number("/Group/CreatedTime") + 10);
  emulation.Advance(R"({"seconds":10})");
  Associate(emulation, "web", Arn("shop"));
  REQUIRE(emulation.Get("/group/web").Number("/Group/LastModifiedTime") == modified);
}

TEST_CASE("Groups: an ARN without an account is taken for the caller's") {
  Emulation emulation;
  emulation.Create("shop");
  CreateGroup(emulation, "web");
  REQUIRE(Associate(emulation, "web", "arn:aws:synthetics:us-east-1::canary:shop").status == 200);
  REQUIRE(ResourcesOf(emulation, "web") == "[\"" + Arn("shop") + "\"]");
}

TEST_CASE("Groups: members come from several regions") {
  Emulation emulation;
  emulation.Create("shop");
  emulation.Send(Method::kPost, "/canary", CanaryBody("shop").Json(), In("eu-west-1"));
  CreateGroup(emulation, "web");
  Associate(emulation, "web", Arn("shop"));
  const std::string body = R"({"ResourceArn":")" + Arn("shop", "eu-west-1") + "\"}";
  REQUIRE(emulation.Send(Method::kPatch, "/group/web/associate", body, In("eu-west-1")).status ==
          200);
  REQUIRE(emulation.Post("/group/web/resources").Size("/Resources") == 2);
}

TEST_CASE("Groups: neither takes the other along when it is deleted") {
  Emulation emulation;
  emulation.Create("shop");
  CreateGroup(emulation, "web");
  Associate(emulation, "web", Arn("shop"));
  emulation.Delete("/canary/shop");
  emulation.Settle();
  REQUIRE(ResourcesOf(emulation, "web") == "[]");

  emulation.Create("shop");
  Associate(emulation, "web", Arn("shop"));
  REQUIRE(emulation.Delete("/group/web").raw == "{}");
  REQUIRE(emulation.StateOf("shop") == "READY");
  REQUIRE(emulation.Get("/group/web").status == 404);
}

TEST_CASE("DeleteGroup: where the options say so, a group dies in its home region only") {
  Emulation emulation({.groups_die_at_home = true});
  CreateGroup(emulation, "web");
  const Answer refused = emulation.Send(Method::kDelete, "/group/web", {}, In("eu-west-1"));
  REQUIRE(refused.error_type == "ValidationException");
  REQUIRE(emulation.Delete("/group/web").status == 200);
}

TEST_CASE("Groups: have tags, which the tag operations change by the group's ARN") {
  Emulation emulation;
  const Answer created = emulation.Post("/group", R"({"Name":"web","Tags":{"team":"a"}})");
  const std::string tags = "/tags/" + Escaped(created.Text("/Group/Arn"));
  REQUIRE(emulation.Post(tags, R"({"Tags":{"stage":"test"}})").status == 200);
  REQUIRE(emulation.Delete(tags + "?tagKeys=team").status == 200);
  REQUIRE(emulation.Get(tags).Text("/Tags") == R"({"stage":"test"})");
  REQUIRE(emulation.Get("/group/web").Text("/Group/Tags") == R"({"stage":"test"})");
  REQUIRE(emulation.Send(Method::kGet, tags, {}, In("eu-west-1")).status == 200);
  REQUIRE(emulation.Send(Method::kGet, tags, {}, In("us-east-1", "210987654321")).error_type ==
          "NotFoundException");
}

TEST_CASE("Groups: their listings go on where a page ended, whatever comes and goes") {
  Emulation emulation;
  for (const auto* const name : {"a", "b", "c", "d"}) CreateGroup(emulation, name);
  const Answer first = emulation.Post("/groups", R"({"MaxResults":2})");
  const std::string token = first.Text("/NextToken");
  CreateGroup(emulation, "e");
  emulation.Delete("/group/" + first.Text("/Groups/1/Id"));
  const Answer rest = emulation.Post("/groups", R"({"NextToken":")" + token + "\"}");
  REQUIRE(rest.Size("/Groups") >= 2);
  REQUIRE(rest.Text("/Groups/0/Id") > first.Text("/Groups/1/Id"));
  REQUIRE_FALSE(rest.Has("/NextToken"));
  REQUIRE(emulation.Post("/group/a/resources", R"({"NextToken":")" + token + "\"}").Message() ==
          "Invalid NextToken: '" + token + "'");
}

TEST_CASE("Reset: groups go with their account or their home region") {
  Emulation emulation;
  emulation.Post("/group", R"({"Name":"here","Tags":{"a":"b"}})");
  emulation.Send(Method::kPost, "/group", R"({"Name":"there"})", In("eu-west-1"));
  emulation.Post("/_emulator/reset?account=123456789012&region=eu-west-1");
  REQUIRE(emulation.Get("/group/there").status == 404);
  REQUIRE(emulation.Get("/group/here").status == 200);
  emulation.Post("/_emulator/reset");
  REQUIRE(emulation.Post("/groups").raw == R"({"Groups":[]})");
  REQUIRE(CreateGroup(emulation, "here").Text("/Group/Tags") == "{}");
}
