#include "state/runtimes/code_layout.hpp"

#include <algorithm>
#include <span>
#include <vector>

#include "state/runtimes/runtime_name.hpp"
#include "state/runtimes/zip_entries.hpp"

namespace synthetics::state {
namespace {

using enum RuntimeFamily;

// `{}` stands for the module that the handler names, `*` for a name of at least one character.
using Pattern = std::string_view;

struct Layout {
  RuntimeFamily family;
  int since;                     // major version
  std::span<const Pattern> any;  // of these files, one is enough
  Pattern fault;
};

constexpr Pattern kLayerModule[] = {"nodejs/node_modules/{}.js", "nodejs/node_modules/{}/index.js"};
constexpr Pattern kRootOrLayerModule[] = {"{}.js", "{}.mjs", "{}/index.js",
                                          "nodejs/node_modules/{}.js",
                                          "nodejs/node_modules/{}/index.js"};
constexpr Pattern kEntryFile[] = {"{}.mjs", "{}.js", "{}.cjs"};
constexpr Pattern kPythonModule[] = {"python/{}.py"};
constexpr Pattern kJar[] = {"lib/*.jar"};
constexpr Pattern kBlueprintConfig[] = {"blueprint-config.json"};

constexpr Pattern kNoModule =
    "Error: Cannot find module '/opt/nodejs/node_modules/{}'\n"
    "Require stack:\n"
    "- /var/task/index.js\n"
    "- /var/runtime/index.mjs";

// Of each family, the newest first. That Node without a browser takes what Puppeteer 11 takes is
// our reading: its only documented canaries are blueprints.
constexpr Layout kLayouts[] = {
    {kPuppeteer, 11, kRootOrLayerModule, kNoModule},
    {kPuppeteer, 0, kLayerModule, kNoModule},
    {kNode, 3, kRootOrLayerModule, kNoModule},
    {kNode, 0, kLayerModule, kNoModule},
    {kPlaywright, 0, kEntryFile,
     "Canary entry file {} not found with any of the supported extensions (.mjs, .js, .cjs)"},
    {kSelenium, 0, kPythonModule, "No module named: {}"},
    {kJava, 0, kJar, "java.lang.ClassNotFoundException: {}"},
};
constexpr Layout kBlueprint = {kNode, 0, kBlueprintConfig,
                               "There is no blueprint-config.json in the root of the zip"};

const Layout* LayoutOf(const RuntimeName& runtime, bool is_blueprint) {
  if (is_blueprint) return &kBlueprint;
  const auto* const layout = std::ranges::find_if(
      kLayouts, [&](const Layout& row) { return runtime.IsAtLeast(row.family, row.since, 0); });
  return layout == std::end(kLayouts) ? nullptr : layout;
}

std::string Fill(Pattern pattern, std::string_view module) {
  std::string text(pattern);
  if (const auto at = text.find("{}"); at != std::string::npos) text.replace(at, 2, module);
  return text;
}

// With a module `a.b`, the files for `a.b` and for `a/b`.
std::vector<std::string> FilesOf(const Layout& layout, std::string_view module) {
  std::string path(module);
  std::ranges::replace(path, '.', '/');
  std::vector<std::string> files;
  for (const Pattern pattern : layout.any) {
    files.push_back(Fill(pattern, module));
    files.push_back(Fill(pattern, path));
  }
  return files;
}

bool Matches(std::string_view name, Pattern pattern) {
  const auto star = pattern.find('*');
  if (star == Pattern::npos) return name == pattern;
  return name.size() >= pattern.size() && name.starts_with(pattern.substr(0, star)) &&
         name.ends_with(pattern.substr(star + 1)) && name.find('/', star) == Pattern::npos;
}

// Unpackers take `/x` and `./x` for `x`; CloudFormation writes the former for an inline script.
std::string_view FromRoot(std::string_view name) {
  if (name.starts_with("./")) name.remove_prefix(1);
  if (name.starts_with('/')) name.remove_prefix(1);
  return name;
}

// Names of folders end with a slash, so that none is taken for a file.
bool HasAny(std::string_view zip, const std::vector<std::string>& files) {
  return std::ranges::any_of(EntriesOf(zip), [&](const std::string& entry) {
    return std::ranges::any_of(
        files, [&](const std::string& file) { return Matches(FromRoot(entry), file); });
  });
}

}  // namespace

std::string LayoutFault(std::string_view zip, std::string_view runtime_version,
                        std::string_view handler, bool is_blueprint) {
  const auto runtime = ParseRuntimeName(runtime_version);
  const Layout* const layout = runtime ? LayoutOf(*runtime, is_blueprint) : nullptr;
  if (layout == nullptr) return {};
  const auto module = handler.substr(0, handler.rfind(runtime->family == kJava ? "::" : "."));
  return HasAny(zip, FilesOf(*layout, module)) ? std::string() : Fill(layout->fault, module);
}

}  // namespace synthetics::state
