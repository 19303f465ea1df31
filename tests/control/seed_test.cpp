#include "tests/support/catch.hpp"
#include "tests/support/emulation.hpp"

using namespace synthetics::tests;
using synthetics::api::Job;
using synthetics::state::ClockMode;
using synthetics::state::Profile;

namespace {

const std::string kSeed = "/_emulator/seed";

// A week after the emulation's beginning.
const std::string kWeekLater = R"({"now":"2026-01-08T00:00:00Z"})";

// One canary of a seed, by its JSON.
std::string With(const CanaryBody& body, const std::string& members) {
  const std::string json = body.Json();
  return json.substr(0, json.size() - 1) + (members.empty() ? "" : "," + members) + "}";
}
std::string Hourly(const std::string& name, const std::string& members) {
  return With(CanaryBody(name).Every("rate(1 hour)"), members);
}

std::string SeedOf(const std::string& canaries, const std::string& groups = {}) {
  return R"({"canaries":[)" + canaries + R"(],"groups":[)" + groups + "]}";
}

void Sow(Emulation& emulation, const std::string& seed) {
  const Answer answer = emulation.Post(kSeed, seed);
  CAPTURE(answer.raw);
  REQUIRE(answer.status == 201);
}

// All of a canary's runs, page by page, the newest first.
std::vector<Answer> PagesOf(Emulation& emulation, const std::string& name) {
  std::vector<Answer> pages;
  std::string token;
  do {
    pages.push_back(
        emulation.Post("/canary/" + name + "/runs", R"({"MaxResults":100)" + token + "}"));
    const bool is_last = !pages.back().Has("/NextToken");
    token = is_last ? "" : R"(,"NextToken":")" + pages.back().Text("/NextToken") + "\"";
  } while (!token.empty());
  return pages;
}

// How its runs ended or will end, the oldest first: P, F, and R while it is not known.
std::string StatesOf(Emulation& emulation, const std::string& name) {
  std::string states;
  for (const Answer& page : PagesOf(emulation, name)) {
    for (std::size_t run = 0; run < page.Size("/CanaryRuns"); ++run) {
      states += page.Text("/CanaryRuns/" + std::to_string(run) + "/Status/State").substr(0, 1);
    }
  }
  return {states.rbegin(), states.rend()};
}

// All that a client sees of the canaries and the group of the large seed below.
std::vector<std::string> Ask(Emulation& emulation) {
  std::vector<std::string> answers;
  const auto add = [&](const Answer& answer) {
    REQUIRE(answer.status == 200);
    answers.push_back(answer.raw);
  };
  add(emulation.Post("/canaries"));
  add(emulation.Post("/canaries/last-run"));
  for (const std::string name : {"shop", "pair", "fresh", "idle"}) {
    add(emulation.Get("/canary/" + name));
    add(emulation.Get("/_emulator/canaries/" + name + "/outcomes"));
    for (const Answer& page : PagesOf(emulation, name)) add(page);
  }
  add(emulation.Get("/group/web"));
  add(emulation.Post("/group/web/resources", "{}"));
  add(emulation.Get("/_emulator/clock"));
  add(emulation.Get("/_emulator/clock/pending"));
  add(emulation.Get("/_emulator/transitions"));
  return answers;
}

// The future, ids and all.
std::vector<std::string> GoOn(Emulation& emulation) {
  std::vector<std::string> answers = Ask(emulation);
  answers.push_back(emulation.Post("/canary", CanaryBody("new").Json()).raw);
  answers.push_back(emulation.Advance(R"({"seconds":3600})").raw);
  for (const std::string& answer : Ask(emulation)) answers.push_back(answer);
  return answers;
}

const CanaryBody kPair =
    CanaryBody("pair")
        .With("RuntimeVersion", R"("syn-nodejs-puppeteer-11.0")")
        .With("Schedule", R"json({"Expression":"rate(5 minutes)",)json"
                          R"json("RetryConfig":{"MaxRetries":2}})json")
        .With("BrowserConfigs", R"([{"BrowserType":"CHROME"},{"BrowserType":"FIREFOX"}])")
        .With("Tags", R"({"team":"web"})");
const std::string kScript = R"({"script":[{"state":"FAILED","stateReason":"next"}]})";
const std::string kOutage = R"({"rule":{"failureRate":1,"stateReason":"Error: 503"}})";

// In the order of the file the youngest comes first.
std::string LargeSeed() {
  return SeedOf(With(CanaryBody("fresh"), R"("start":true,"outcomes":)" + kScript) + "," +
                    With(kPair, R"("start":true,"history":{"days":0.5,"failureRate":0.25})") + "," +
                    With(CanaryBody("idle"), "") + "," +
                    With(CanaryBody("shop"),
                         R"("start":true,"outcomes":)" + kScript +
                             R"(,"history":{"days":7,"failureRate":0.02,"outages":[)"
                             R"({"from":"2026-01-03T10:00:00Z","to":"2026-01-03T12:00:00Z",)"
                             R"("stateReason":"Error: 503"}]})"),
                R"({"Name":"web","Tags":{"team":"web"},"members":["shop","fresh"]})");
}

// What the large seed stands for, call by call from the first day on.
void Live(Emulation& emulation) {
  const auto call = [&](const Answer& answer) {
    CAPTURE(answer.raw);
    REQUIRE(answer.status < 300);
  };
  const auto put_outcomes = [&](const std::string& name, const std::string& outcomes) {
    call(emulation.Put("/_emulator/canaries/" + name + "/outcomes", outcomes));
  };
  const auto go_to = [&](const std::string& instant) {
    call(emulation.Advance(R"({"to":")" + instant + "\"}"));
  };
  call(emulation.Put("/_emulator/transitions", R"({"profile":"instant"})"));
  put_outcomes("shop", R"({"rule":{"failureRate":0.02}})");
  call(emulation.Post("/canary", CanaryBody("shop").Json()));
  call(emulation.Post("/canary/shop/start"));
  go_to("2026-01-03T09:59:59.999Z");
  put_outcomes("shop", kOutage);
  go_to("2026-01-03T11:59:59.999Z");
  put_outcomes("shop", R"({"rule":{"failureRate":0.02}})");
  go_to("2026-01-07T12:00:00Z");
  put_outcomes("pair", R"({"rule":{"failureRate":0.25}})");
  call(emulation.Post("/canary", kPair.Json()));
  call(emulation.Post("/canary/pair/start"));
  go_to("2026-01-08T00:00:00Z");
  put_outcomes("fresh", kScript);
  call(emulation.Post("/canary", CanaryBody("fresh").Json()));
  call(emulation.Post("/canary/fresh/start"));
  call(emulation.Post("/canary", CanaryBody("idle").Json()));
  call(emulation.Delete("/_emulator/canaries/pair/outcomes"));
  put_outcomes("shop", kScript);
  call(emulation.Post("/group", R"({"Name":"web","Tags":{"team":"web"}})"));
  for (const std::string name : {"shop", "fresh"}) {
    call(emulation.Patch(
        "/group/web/associate",
        R"({"ResourceArn":"arn:aws:synthetics:us-east-1:123456789012:canary:)" + name + "\"}"));
  }
  call(emulation.Put("/_emulator/transitions", R"({"profile":"fast"})"));
}

void RequireSame(const std::vector<std::string>& some, const std::vector<std::string>& others) {
  REQUIRE(some.size() == others.size());
  for (std::size_t index = 0; index < some.size(); ++index) {
    CAPTURE(index);
    REQUIRE(some[index] == others[index]);
  }
}

}  // namespace

TEST_CASE("Seeds: a history is what would have been lived through, ids and future included") {
  Emulation lived;
  Live(lived);
  Emulation seeded;
  seeded.Put("/_emulator/clock", kWeekLater);
  const Answer answer = seeded.Post(kSeed, LargeSeed());
  REQUIRE(answer.status == 201);
  REQUIRE(answer.Number("/canaries") == 4);
  REQUIRE(answer.Number("/groups") == 1);
  REQUIRE(answer.Number("/runs") > 10'081 + 2 * 145 + 1);  // and retries
  REQUIRE(answer.Text("/now") == "2026-01-08T00:00:00Z");
  const auto expected = GoOn(lived);
  RequireSame(GoOn(seeded), expected);
}

TEST_CASE("Seeds: the same file gives the same ids, by the seed of chance") {
  const std::string seed = SeedOf(Hourly("shop", R"("start":true,"history":{"days":2})"));
  const auto sown = [&](std::uint64_t number) {
    Emulation emulation({.seed = number, .quotas = {}});
    Sow(emulation, seed);
    return emulation.Get("/canary/shop").raw + PagesOf(emulation, "shop").front().raw;
  };
  REQUIRE(sown(1) == sown(1));
  REQUIRE(sown(1) != sown(2));
}

TEST_CASE("Seeds: canaries are READY or RUNNING at once, however long states last") {
  Emulation emulation({.profile = Profile::kRealistic, .quotas = {}});
  const std::string transitions = emulation.Get("/_emulator/transitions").raw;
  Sow(emulation,
      SeedOf(With(CanaryBody("idle"), "") + "," + With(CanaryBody("shop"), R"("start":true)") +
             "," + Hourly("old", R"("start":true,"history":{"days":0.00001})")));
  REQUIRE(emulation.StateOf("idle") == "READY");
  REQUIRE(emulation.StateOf("shop") == "RUNNING");
  REQUIRE(emulation.StateOf("old") == "RUNNING");
  REQUIRE(StatesOf(emulation, "shop") == "R");
  REQUIRE(emulation.Get("/_emulator/clock").Text("/now") == "2026-01-01T00:00:00Z");
  REQUIRE(emulation.Get("/_emulator/transitions").raw == transitions);
  emulation.Post("/canary", CanaryBody("late").Json());
  REQUIRE(emulation.StateOf("late") == "CREATING");
}

TEST_CASE("Seeds: the schedule goes on from the history") {
  Emulation emulation;
  Sow(emulation, SeedOf(With(CanaryBody("shop"), R"("start":true,"history":{"days":0.01})")));
  const Answer hour = emulation.Advance(R"({"seconds":3600})");
  REQUIRE(hour.Number("/runsStarted") == 60);
  const Answer newest = emulation.Post("/canary/shop/runs", "{}");
  // 864 seconds before the new year, and then by the minute.
  REQUIRE(newest.Number("/CanaryRuns/0/Timeline/Started") == 1'767'225'600 - 864 + 74 * 60);
}

TEST_CASE("Seeds: a history is as long as its canary's schedule lasts") {
  Emulation emulation;
  Sow(emulation,
      SeedOf(With(CanaryBody("shop").With("Schedule", R"json({"Expression":"rate(1 hour)",)json"
                                                      R"json("DurationInSeconds":36000})json"),
                  R"("start":true,"history":{"days":1})")));
  REQUIRE(emulation.StateOf("shop") == "STOPPED");
  REQUIRE(StatesOf(emulation, "shop").size() == 10);
}

TEST_CASE("Seeds: runs of a history are kept for as long as any") {
  Emulation emulation;
  Sow(emulation,
      SeedOf(
          With(CanaryBody("shop").Every("rate(1 hour)").With("SuccessRetentionPeriodInDays", "1"),
               R"("start":true,"history":{"days":5})")));
  REQUIRE(StatesOf(emulation, "shop") == std::string(24, 'P') + "R");
}

TEST_CASE("Seeds: an outage fails the runs from its beginning on, up to its end") {
  const auto [outages, states] = GENERATE(table<std::string, std::string>({
      {"", "PPPPPPR"},
      {R"({"from":"2025-12-31T20:00:00Z","to":"2025-12-31T22:00:00Z"})", "PPFFPPR"},
      {R"({"from":"2025-12-31T20:00:00.001Z","to":"2025-12-31T22:00:00.001Z"})", "PPPFFPR"},
      // Begun before the canary was there, and over just now.
      {R"({"from":"2025-12-01T00:00:00Z","to":"2025-12-31T20:00:00Z"})", "FFPPPPR"},
      {R"({"from":"2025-12-31T22:00:00Z","to":"2026-01-01T00:00:00Z"})", "PPPPFFR"},
      {R"({"from":"2025-12-01T00:00:00Z","to":"2025-12-02T00:00:00Z"})", "PPPPPPR"},
      // One within another does not end it.
      {R"({"from":"2025-12-31T19:00:00Z","to":"2025-12-31T23:00:00Z"},)"
       R"({"from":"2025-12-31T20:00:00Z","to":"2025-12-31T21:00:00Z","stateReason":"inner"})",
       "PFFFFPR"},
  }));
  CAPTURE(outages);
  Emulation emulation;
  Sow(emulation, SeedOf(Hourly("shop", R"("start":true,"history":{"days":0.25,"outages":[)" +
                                           outages + "]}")));
  REQUIRE(StatesOf(emulation, "shop") == states);
  // Nothing of it is left for later.
  REQUIRE(emulation.Get("/_emulator/canaries/shop/outcomes").raw ==
          R"({"script":[],"then":"rule"})");
}

TEST_CASE("Seeds: without a rule of its own a history follows the one that is in force") {
  Emulation emulation;
  emulation.Put("/_emulator/outcomes", R"({"rule":{"failEvery":3}})");
  Sow(emulation, SeedOf(Hourly("shop", R"("start":true,"history":{"days":0.25})") + "," +
                        With(CanaryBody("tagged")
                                 .Every("rate(1 hour)")
                                 .With("Tags", R"({"emulator:outcome":"FAILED"})"),
                             R"("start":true,"history":{"days":0.25})")));
  REQUIRE(StatesOf(emulation, "shop") == "PPFPPFR");
  REQUIRE(StatesOf(emulation, "tagged") == "FFFFFFR");
  emulation.Advance(R"({"seconds":10800})");
  REQUIRE(StatesOf(emulation, "shop") == "PPFPPFPPFR");
}

TEST_CASE(
    "Seeds: what was asked of a canary before it was there holds, if the seed asks for nothing") {
  Emulation emulation;
  emulation.Put("/_emulator/canaries/shop/outcomes", kOutage);
  emulation.Put("/_emulator/canaries/told/outcomes", kOutage);
  Sow(emulation, SeedOf(With(CanaryBody("shop"), R"("start":true)") + "," +
                        With(CanaryBody("told"), R"("start":true,"outcomes":{})")));
  emulation.Advance(R"({"seconds":30})");
  REQUIRE(StatesOf(emulation, "shop") == "F");
  REQUIRE(StatesOf(emulation, "told") == "P");
}

TEST_CASE("Seeds: a canary with a history keeps to the rules of the day of its creation") {
  Emulation emulation;
  emulation.Put("/_emulator/clock", R"({"now":"2026-01-23T00:00:00Z"})");
  // Deprecated the day before.
  const auto old = CanaryBody("shop").With("RuntimeVersion", R"("syn-nodejs-puppeteer-7.0")");
  REQUIRE(emulation.Post(kSeed, SeedOf(With(old, R"("start":true)"))).status == 400);
  Sow(emulation, SeedOf(With(old, R"("start":true,"history":{"days":2})")));
}

TEST_CASE("Seeds: what was there before is not disturbed") {
  Emulation emulation;
  emulation.Create("shop");
  emulation.Start("shop");
  emulation.Advance(R"({"seconds":600})");
  emulation.Put("/_emulator/transitions", R"({"states":{"CREATING":{"seconds":9}}})");
  emulation.Post("/canary", CanaryBody("late").Json());
  emulation.Post("/group", R"({"Name":"web"})");
  const auto ask = [&] {
    return std::vector<std::string>{emulation.Get("/canary/shop").raw,
                                    emulation.Get("/canary/late").raw,
                                    emulation.Get("/group/web").raw,
                                    PagesOf(emulation, "shop").front().raw,
                                    emulation.Get("/_emulator/clock").raw,
                                    emulation.Get("/_emulator/clock/pending").raw,
                                    emulation.Get("/_emulator/transitions").raw};
  };
  const auto before = ask();
  Sow(emulation, SeedOf(With(CanaryBody("seeded").Every("rate(0 minute)"),
                             R"("start":true,"history":{"days":3,"failureRate":0.5})")));
  RequireSame(ask(), before);
  const std::string runs = StatesOf(emulation, "shop");
  emulation.Advance(R"({"seconds":600})");
  REQUIRE(StatesOf(emulation, "shop").size() == runs.size() + 10);
}

TEST_CASE("Seeds: canaries and groups of any account and region") {
  Emulation emulation;
  Sow(emulation,
      SeedOf(With(CanaryBody("here"), "") + "," +
                 With(CanaryBody("there"), R"("account":"111122223333","region":"eu-west-1")") +
                 "," + With(CanaryBody("far"), R"("account":"111122223333","region":"us-west-2")"),
             R"({"Name":"web","account":"111122223333","region":"eu-west-1","members":["there",)"
             R"("arn:aws:synthetics:us-west-2:111122223333:canary:far"]})"));
  const auto in = [&](const std::string& scope, synthetics::api::Method method,
                      const std::string& target, const std::string& body = {}) {
    return emulation.Send(method, target, body,
                          "AWS4-HMAC-SHA256 Credential=" + scope + "/synthetics/aws4_request");
  };
  using enum synthetics::api::Method;
  const std::string ireland = "111122223333/20260101/eu-west-1";
  REQUIRE(emulation.Get("/canary/here").status == 200);
  REQUIRE(emulation.Get("/canary/there").status == 404);
  REQUIRE(in(ireland, kGet, "/canary/there").status == 200);
  REQUIRE(in("111122223333/20260101/us-west-2", kGet, "/canary/far").status == 200);
  REQUIRE(emulation.Get("/group/web").status == 404);
  REQUIRE(in(ireland, kPost, "/group/web/resources", "{}").Size("/Resources") == 2);
}

TEST_CASE("Seeds: while the clock runs they end now") {
  Emulation emulation({.mode = ClockMode::kRunning, .quotas = {}});
  emulation.host.now += std::chrono::minutes(90);
  Sow(emulation, SeedOf(Hourly("shop", R"("start":true,"history":{"days":0.25})")));
  REQUIRE(emulation.Get("/_emulator/clock").Text("/now") == "2026-01-01T01:30:00Z");
  REQUIRE(StatesOf(emulation, "shop").size() == 7);
  emulation.host.now += std::chrono::minutes(60);
  REQUIRE(StatesOf(emulation, "shop").size() == 8);
}

TEST_CASE("Seeds: one that is wrong anywhere says where and why, and leaves nothing") {
  const std::string good = Hourly("good", R"("start":true,"history":{"days":1,"failureRate":0.5})");
  const auto then = [&](const std::string& canary) { return SeedOf(good + "," + canary); };
  const auto history = [&](const std::string& members) {
    return then(Hourly("bad", R"("start":true,"history":{)" + members + "}"));
  };
  const std::string second = "canaries.2.member (bad)";
  const auto [seed, where, why] = GENERATE_COPY(table<std::string, std::string, std::string>({
      {"[]", "body", "not a JSON object"},
      {R"({"canarys":[]})", "'canarys'", "not a known field"},
      {then(With(CanaryBody("bad"), R"("Typo":1)")), "'canaries.2.member.Typo'", "known field"},
      {then(With(CanaryBody("bad").With("Name", ""), "")), "'canaries.2.member.Name'", "null"},
      {then(With(CanaryBody("bad").With("Code", R"({"Handler":1})"), "")),
       "'canaries.2.member.Code.Handler'", "a string"},
      {then(With(CanaryBody("bad"), R"("account":"12")")), "'canaries.2.member.account'", "[0-9]"},
      {then(With(CanaryBody("bad").Every("rate(2 hours)"), "")), second, "schedule expression"},
      {history(R"("days":1,"typo":1)"), "'canaries.2.member.history.typo'", "known field"},
      {then(With(CanaryBody("bad").Every("rate(2 hours)"), R"("start":true,"history":{"days":1})")),
       second, "schedule expression"},
      {then(With(CanaryBody("bad").With("RuntimeVersion", R"("syn-1.0")"), "")), second,
       "Deprecated runtime"},
      {then(good), "canaries.2.member (good)", "Canary name already exists: good"},
      {then(Hourly("bad", R"("history":{"days":1})")), second, "'history'"},
      {history(R"("days":0)"), second, "'history.days'"},
      {history(R"("days":455.01)"), "'canaries.2.member.history.days'", "equal to 455"},
      {history(R"("days":1,"failureRate":1.5)"), "'canaries.2.member.history.failureRate'",
       "equal to 1"},
      {history(
           R"("days":1,"outages":[{"from":"2025-12-31T20:00:00Z","to":"2025-12-31T20:00:00Z"}])"),
       second, "'history.outages.1.member.to': must be after 'from'"},
      {history(
           R"("days":1,"outages":[{"from":"2025-12-31T20:00:00Z","to":"2026-01-01T00:00:01Z"}])"),
       second, "'history.outages.1.member.to': must not be after now"},
      {then(Hourly("bad", R"("outcomes":{"rule":{"failureRate":2}})")),
       "'canaries.2.member.outcomes.rule.failureRate'", "equal to 1"},
      {then(Hourly("bad", R"("outcomes":{"then":"last"})")), second + ", outcomes", "'then'"},
      {SeedOf(good, R"({"Name":"web","members":["good","nobody"]})"), "groups.1.member (web)",
       "Canary not found: nobody"},
      {SeedOf(good, R"({"Name":"web"},{"Name":"web"})"), "groups.2.member (web)",
       "Group already exists: web"},
      {SeedOf(good, R"({"Name":"web","members":["good"]},{"Name":"net"},{"Name":"far"})"),
       "groups.3.member (far)", "has 2 groups already"},
  }));
  CAPTURE(seed);
  Emulation emulation({.quotas = {.groups = 2}});
  emulation.Put("/_emulator/canaries/good/outcomes", kOutage);
  const std::string outcomes = emulation.Get("/_emulator/canaries/good/outcomes").raw;
  const std::string transitions = emulation.Get("/_emulator/transitions").raw;
  const Answer refused = emulation.Post(kSeed, seed);
  REQUIRE(refused.status == 400);
  const std::string message = refused.Text("/error/message");
  CHECK_THAT(message, Catch::Contains(where) && Catch::Contains(why));
  REQUIRE(emulation.Post("/canaries").raw == R"({"Canaries":[]})");
  REQUIRE(emulation.Post("/groups", "{}").raw == R"({"Groups":[]})");
  REQUIRE(emulation.Get("/_emulator/clock/pending").Number("/total") == 0);
  REQUIRE(emulation.Get("/_emulator/clock").Text("/now") == "2026-01-01T00:00:00Z");
  REQUIRE(emulation.Get("/_emulator/transitions").raw == transitions);
  REQUIRE(emulation.Get("/_emulator/canaries/good/outcomes").raw == outcomes);
  // Nor has chance moved on.
  emulation.Create("next");
  Emulation untouched;
  untouched.Create("next");
  REQUIRE(emulation.Get("/canary/next").raw == untouched.Get("/canary/next").raw);
}

TEST_CASE("Seeds: histories of more runs than can be made in one go are refused before any is") {
  Emulation emulation;
  const auto shop = [](const std::string& name, const std::string& days) {
    return With(CanaryBody(name), R"("start":true,"history":{"days":)" + days + "}");
  };
  const Answer refused =
      emulation.Post(kSeed, SeedOf(shop("first", "100") + "," + shop("second", "100")));
  REQUIRE(refused.status == 400);
  REQUIRE_THAT(refused.Text("/error/message"),
               Catch::Contains("canaries.2.member (second)") && Catch::Contains("250000 runs"));
  // What counts is what runs, and in how many browsers.
  const std::string browsers = R"([{"BrowserType":"CHROME"},{"BrowserType":"FIREFOX"}])";
  REQUIRE(emulation
              .Post(kSeed, SeedOf(With(CanaryBody("pair")
                                           .With("RuntimeVersion", R"("syn-nodejs-puppeteer-11.0")")
                                           .With("BrowserConfigs", browsers),
                                       R"("start":true,"history":{"days":400})")))
              .status == 400);
  REQUIRE(emulation
              .Post(kSeed, SeedOf(With(CanaryBody("rare").Every("cron(* 3 1 JAN ? *)"),
                                       R"("start":true,"history":{"days":455})") +
                                  "," +
                                  With(CanaryBody("once").Every("rate(0 minute)"),
                                       R"("start":true,"history":{"days":455})")))
              .Number("/runs") == 60 + 1);
}

TEST_CASE("Seeds: a history has at most 1000 outages") {
  const std::string outage = R"({"from":"2025-12-31T20:00:00Z","to":"2025-12-31T21:00:00Z"})";
  std::string outages = outage;
  for (int more = 1; more < 1000; ++more) outages += "," + outage;
  const auto seed_with = [](const std::string& given) {
    return SeedOf(Hourly("shop", R"("start":true,"history":{"days":1,"outages":[)" + given + "]}"));
  };
  Emulation emulation;
  const Answer refused = emulation.Post(kSeed, seed_with(outages + "," + outage));
  REQUIRE(refused.status == 400);
  REQUIRE_THAT(refused.raw, Catch::Contains("'canaries.1.member.history.outages'"));
  Sow(emulation, seed_with(outages));
}

TEST_CASE("Seeds: what stands in the place of the canaries is not repeated") {
  Emulation emulation;
  const Answer refused = emulation.Post(kSeed, R"({"canaries":{"PASSWORD":"hunter2"}})");
  REQUIRE(refused.status == 400);
  REQUIRE_THAT(refused.raw, Catch::Contains("'canaries'") && !Catch::Contains("hunter2"));
}

TEST_CASE("Seeds: an advance under way is not disturbed") {
  Emulation emulation;
  emulation.Create(CanaryBody("shop"));
  emulation.Start("shop");
  const std::string day = R"({"seconds":86400})";
  auto reply = emulation.gateway().Handle({.method = synthetics::api::Method::kPost,
                                           .target = "/_emulator/clock/advance",
                                           .authorization = {},
                                           .content_type = "application/json",
                                           .host = "localhost",
                                           .origin = {},
                                           .body = day});
  REQUIRE(std::holds_alternative<std::unique_ptr<Job>>(reply));
  REQUIRE(emulation.Post(kSeed, SeedOf(Hourly("late", ""))).status == 409);
  REQUIRE(emulation.Get("/canary/late").status == 404);
}

TEST_CASE("Seeds: what was asked of the runs of a name waits until its history is over") {
  const std::string history = GENERATE(R"({"days":0.01})", R"({"days":0.01,"failureRate":0})");
  Emulation emulation;
  const std::string asked =
      R"({"script":[{"state":"FAILED","count":3}],"then":"rule","rule":{"failureRate":0.5}})";
  emulation.Put("/_emulator/canaries/shop/outcomes", asked);
  const Answer sown = emulation.Post(
      kSeed, SeedOf(With(CanaryBody("shop"), R"("start":true,"history":)" + history)));
  REQUIRE(sown.status == 201);
  const Answer runs = emulation.Post("/canary/shop/runs");
  for (std::size_t run = 1; run < runs.Size("/CanaryRuns"); ++run) {
    REQUIRE(runs.Text("/CanaryRuns/" + std::to_string(run) + "/Status/State") == "PASSED");
  }
  REQUIRE(emulation.Get("/_emulator/canaries/shop/outcomes").raw == asked);
}
