#include "state/runtimes/code_layout.hpp"

#include <chrono>
#include <random>

#include "tests/support/catch.hpp"
#include "tests/support/zip.hpp"

using synthetics::state::LayoutFault;
using synthetics::tests::MakeZip;

namespace {

std::string FaultOf(const std::vector<std::string>& names, const std::string& runtime,
                    const std::string& handler) {
  return LayoutFault(MakeZip(names), runtime, handler, false);
}

bool Loads(const std::string& name, const std::string& runtime,
           const std::string& handler = "shop.handler") {
  return FaultOf({name}, runtime, handler).empty();
}

const std::vector<std::string> kAllFiles{"shop.js",
                                         "shop.mjs",
                                         "shop.cjs",
                                         "shop/index.js",
                                         "nodejs/node_modules/shop.js",
                                         "nodejs/node_modules/shop/index.js",
                                         "python/shop.py",
                                         "lib/shop.jar",
                                         "blueprint-config.json"};

// Those of all files that each by itself is enough.
std::vector<std::string> Enough(const std::string& runtime, const std::string& handler,
                                bool is_blueprint) {
  std::vector<std::string> enough;
  for (const std::string& name : kAllFiles) {
    if (LayoutFault(MakeZip({"readme.txt", name}), runtime, handler, is_blueprint).empty()) {
      enough.push_back(name);
    }
  }
  return enough;
}

}  // namespace

TEST_CASE("Code layout: each runtime takes the files of its layout and no others") {
  const std::vector<std::string> layer{"nodejs/node_modules/shop.js",
                                       "nodejs/node_modules/shop/index.js"};
  const std::vector<std::string> root_or_layer{"shop.js", "shop.mjs", "shop/index.js", layer[0],
                                               layer[1]};
  const std::vector<std::string> entry_file{"shop.js", "shop.mjs", "shop.cjs"};
  for (const auto& [runtime, expected] :
       std::vector<std::pair<std::string, std::vector<std::string>>>{
           {"syn-1.0", layer},
           {"syn-nodejs-2.0-beta", layer},
           {"syn-nodejs-2.2", layer},
           {"syn-nodejs-3.0", root_or_layer},
           {"syn-nodejs-3.1", root_or_layer},
           {"syn-nodejs-puppeteer-3.0", layer},
           {"syn-nodejs-puppeteer-10.0", layer},
           {"syn-nodejs-puppeteer-11.0", root_or_layer},
           {"syn-nodejs-puppeteer-15.1", root_or_layer},
           {"syn-nodejs-playwright-1.0", entry_file},
           {"syn-nodejs-playwright-6.0", entry_file},
           {"syn-python-selenium-1.0", {"python/shop.py"}},
           {"syn-python-selenium-11.0", {"python/shop.py"}},
           {"syn-java-1.0", {"lib/shop.jar"}}}) {
    INFO(runtime);
    REQUIRE(Enough(runtime, "shop.handler", false) == expected);
    REQUIRE(Enough(runtime, "", true) == std::vector<std::string>{"blueprint-config.json"});
  }
}

TEST_CASE("Code layout: a fault names the module in the words of the runtime") {
  const std::string no_module =
      "Error: Cannot find module '/opt/nodejs/node_modules/folder/shop'\nRequire stack:\n- ";
  for (const auto* const runtime : {"syn-1.0", "syn-nodejs-2.2", "syn-nodejs-3.0",
                                    "syn-nodejs-puppeteer-3.4", "syn-nodejs-puppeteer-11.0"}) {
    REQUIRE_THAT(FaultOf({}, runtime, "folder/shop.handler"), Catch::StartsWith(no_module));
  }
  REQUIRE(
      FaultOf({}, "syn-nodejs-playwright-1.0", "shop.handler") ==
      "Canary entry file shop not found with any of the supported extensions (.mjs, .js, .cjs)");
  REQUIRE(FaultOf({}, "syn-python-selenium-4.1", "shop.handler") == "No module named: shop");
  REQUIRE(FaultOf({}, "syn-java-1.0", "org.shop.Canary::check") ==
          "java.lang.ClassNotFoundException: org.shop.Canary");
  REQUIRE(LayoutFault(MakeZip({}), "syn-nodejs-3.0", "", true) ==
          "There is no blueprint-config.json in the root of the zip");
}

TEST_CASE("Code layout: folders and dots of the handler lead to a file") {
  REQUIRE(Loads("nodejs/node_modules/a/b.js", "syn-nodejs-puppeteer-3.4", "a/b.handler"));
  REQUIRE(Loads("nodejs/node_modules/a/b.js", "syn-nodejs-puppeteer-3.4", "a.b.handler"));
  REQUIRE(Loads("nodejs/node_modules/a.b.js", "syn-nodejs-puppeteer-3.4", "a.b.handler"));
  REQUIRE(Loads("a/b/c.cjs", "syn-nodejs-playwright-2.0", "a/b.c.handler"));
  REQUIRE(Loads("a/b.c.cjs", "syn-nodejs-playwright-2.0", "a/b.c.handler"));
  REQUIRE(Loads("python/a/b.py", "syn-python-selenium-1.1", "a/b.handler"));
  REQUIRE(Loads("python/a/b.py", "syn-python-selenium-1.1", "a.b.handler"));
  REQUIRE_FALSE(Loads("python/b.py", "syn-python-selenium-1.1", "a/b.handler"));
  REQUIRE_FALSE(Loads("a/shop.js", "syn-nodejs-playwright-1.0"));
  REQUIRE_FALSE(Loads("Shop.js", "syn-nodejs-playwright-1.0"));
  REQUIRE(FaultOf({}, "syn-python-selenium-1.1", "a.b.handler") == "No module named: a.b");
}

TEST_CASE("Code layout: jars lie in lib itself") {
  const std::string handler = "org.shop.Canary::check";
  REQUIRE(Loads("lib/any-1.0.jar", "syn-java-1.0", handler));
  for (const auto* const name : {"any.jar", "lib/.jar", "lib/any/any.jar", "lib/any.jar.md5",
                                 "a/lib/any.jar", "lib/any.jar/"}) {
    REQUIRE_FALSE(Loads(name, "syn-java-1.0", handler));
  }
}

TEST_CASE("Code layout: a name may begin at the root, and a directory is no file") {
  for (const std::string prefix : {"/", "./"}) {
    REQUIRE(Loads(prefix + "nodejs/node_modules/shop.js", "syn-nodejs-puppeteer-9.1"));
    REQUIRE(Loads(prefix + "python/shop.py", "syn-python-selenium-4.1"));
    REQUIRE(Loads(prefix + "lib/shop.jar", "syn-java-1.0"));
    REQUIRE(LayoutFault(MakeZip({prefix + "blueprint-config.json"}), "syn-nodejs-3.0", "", true)
                .empty());
  }
  REQUIRE_FALSE(Loads(".shop.js", "syn-nodejs-playwright-1.0"));
  REQUIRE_FALSE(Loads("../shop.js", "syn-nodejs-playwright-1.0"));
  REQUIRE_FALSE(Loads("shop.js/", "syn-nodejs-playwright-1.0"));
  REQUIRE_FALSE(Loads("shop/index.js/", "syn-nodejs-puppeteer-11.0"));
}

TEST_CASE("Code layout: what is no zip has no entries") {
  const std::string zip = MakeZip({"shop.js"});
  const auto fault = [](std::string_view text) {
    return LayoutFault(text, "syn-nodejs-playwright-1.0", "shop.handler", false);
  };
  REQUIRE(fault(zip).empty());
  REQUIRE_FALSE(fault({}).empty());
  REQUIRE_FALSE(fault("shop.js").empty());
  for (std::size_t size = 0; size < zip.size(); ++size) {
    REQUIRE_FALSE(fault(std::string_view(zip).substr(0, size)).empty());
  }
}

TEST_CASE("Code layout: nothing is found wrong for a runtime of no known family") {
  for (const auto* const runtime : {"", "syn-ruby-1.0", "syn-nodejs-puppeteer--1.0"}) {
    REQUIRE(LayoutFault("no zip", runtime, "shop.handler", false).empty());
  }
  REQUIRE(LayoutFault("no zip", "syn-ruby-1.0", "", true).empty());
}

TEST_CASE("Code layout: a handler without a function or without anything is no module") {
  REQUIRE(FaultOf({}, "syn-python-selenium-4.1", "shop") == "No module named: shop");
  REQUIRE(FaultOf({"python/shop.py"}, "syn-python-selenium-4.1", "") == "No module named: ");
}

TEST_CASE("Code layout: many entries take no long time") {
  std::vector<std::string> names;
  for (int i = 0; i < 65'535; ++i) names.push_back("node_modules/" + std::to_string(i) + ".js");
  const std::string zip = MakeZip(names);
  const auto begin = std::chrono::steady_clock::now();
  REQUIRE_FALSE(LayoutFault(zip, "syn-nodejs-puppeteer-11.0", "shop.handler", false).empty());
  REQUIRE(std::chrono::steady_clock::now() - begin < std::chrono::seconds(3));
  REQUIRE(
      LayoutFault(zip, "syn-nodejs-puppeteer-11.0", "node_modules/65534.handler", false).empty());
}

TEST_CASE("Code layout: a damaged zip is either read or no zip") {
  const std::string zip = MakeZip({"lib/", "lib/a.jar", "shop.js", "a/b/c.mjs"});
  const std::string fault = FaultOf({}, "syn-nodejs-playwright-1.0", "shop.handler");
  std::mt19937 random(20240819);
  int loaded = 0;
  constexpr int kTimes = 5000;
  for (int i = 0; i < kTimes; ++i) {
    std::string damaged = zip;
    for (int flips = 1 + i % 3; flips > 0; --flips) {
      damaged[random() % damaged.size()] = static_cast<char>(random());
    }
    const std::string found =
        LayoutFault(damaged, "syn-nodejs-playwright-1.0", "shop.handler", false);
    if (!found.empty()) REQUIRE(found == fault);
    loaded += found.empty() ? 1 : 0;
  }
  REQUIRE(loaded > 0);
  REQUIRE(loaded < kTimes);
}
