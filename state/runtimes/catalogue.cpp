#include "state/runtimes/catalogue.hpp"

#include <array>
#include <string_view>

namespace synthetics::state {
namespace {

struct Row {
  std::string_view name;
  Instant released;
  std::optional<Instant> deprecated;
  std::string_view description;
};

constexpr Instant Day(int year, unsigned month, unsigned day) {
  return std::chrono::sys_days{std::chrono::year{year} / std::chrono::month{month} /
                               std::chrono::day{day}};
}

// Deprecations take effect at midnight of the US Pacific coast, which the service shows as 08:00
// UTC.
constexpr std::optional<Instant> On(int year, unsigned month, unsigned day) {
  return Day(year, month, day) + std::chrono::hours{8};
}

// Families in reverse order of their names, the newest version first, as the service lists them.
// Where the day of a release is not on record it is the first day on which the version was
// documented, moved back a day where a newer version of the family has the same one: clients that
// look for the latest version compare these days.
// clang-format off
constexpr std::array<Row, 77> kCatalogue{{
    {"syn-python-selenium-12.0", Day(2026, 9, 20), {},
     "Chromium security update. Dependencies: Python 3.12, Selenium 4.32.0, Chromium 150.0.7871.24"},
    {"syn-python-selenium-11.1", Day(2026, 9, 19), {},
     "Security update of a bundled library (urllib3). Dependencies: Python 3.12, Selenium 4.32.0, Chromium 147.0.7727.57"},
    {"syn-python-selenium-11.0", Day(2026, 9, 18), {},
     "Python 3.12 and newer Chromium. Dependencies: Python 3.12, Selenium 4.32.0, Chromium 147.0.7727.57"},
    {"syn-python-selenium-10.0", Day(2026, 4, 8), {},
     "Browser update. Dependencies: Python 3.11, Selenium 4.32.0, Chromium 145.0.7632.77"},
    {"syn-python-selenium-9.0", Day(2026, 4, 7), {},
     "Browser update. Dependencies: Python 3.11, Selenium 4.32.0, Chromium 143.0.7499.169"},
    {"syn-python-selenium-8.0", Day(2026, 4, 6), {},
     "Browser update. Dependencies: Python 3.11, Selenium 4.32.0, Chromium 142.0.7444.175"},
    {"syn-python-selenium-7.0", Day(2025, 12, 31), {},
     "Security patches, newer Selenium and Chromium. Dependencies: Python 3.11, Selenium 4.32.0, Chromium 138.0.7204.168"},
    {"syn-python-selenium-6.0", Day(2025, 12, 30), {},
     "Moves to Python 3.11. Dependencies: Python 3.11, Selenium 4.21.0, Chromium 131.0.6778.264"},
    {"syn-python-selenium-5.1", Day(2025, 5, 31), On(2026, 2, 3),
     "Dry-run support, small metric changes. Dependencies: Python 3.9, Selenium 4.21.0, Chromium 131.0.6778.264"},
    {"syn-python-selenium-5.0", Day(2025, 5, 30), On(2026, 2, 3),
     "Retries a failed browser launch. Dependencies: Python 3.9, Selenium 4.21.0, Chromium 131.0.6778.264"},
    {"syn-python-selenium-4.1", Day(2024, 11, 22), On(2026, 2, 3),
     "Fix for one CVE. Dependencies: Python 3.9, Selenium 4.15.1, Chromium 126.0.6478.126"},
    {"syn-python-selenium-4.0", Day(2024, 11, 21), On(2026, 2, 3),
     "Python 3.9, HAR parser logging fix. Dependencies: Python 3.9, Selenium 4.15.1, Chromium 126.0.6478.126"},
    {"syn-python-selenium-3.0", Day(2024, 3, 31), On(2026, 1, 22),
     "Browser update. Dependencies: Python 3.8, Selenium 4.15.1, Chromium 121.0.6167.139"},
    {"syn-python-selenium-2.1", Day(2024, 3, 30), On(2026, 1, 22),
     "Shared library update. Dependencies: Python 3.8, Selenium 4.15.1, Chromium 111.0.5563.146"},
    {"syn-python-selenium-2.0", Day(2023, 9, 18), On(2024, 3, 8),
     "Newer Selenium and Chromium, log timestamps, session reuse fix. Dependencies: Python 3.8, Selenium 4.10.0, Chromium 111.0.5563.146"},
    {"syn-python-selenium-1.3", Day(2023, 5, 18), On(2024, 3, 8),
     "Millisecond timestamps. Dependencies: Python 3.8, Selenium 3.141.0, Chromium 92.0.4512.0"},
    {"syn-python-selenium-1.2", Day(2023, 5, 17), On(2024, 3, 8),
     "Dependency update. Dependencies: Python 3.8, Selenium 3.141.0, Chromium 92.0.4512.0"},
    {"syn-python-selenium-1.1", Day(2023, 5, 16), On(2024, 3, 8),
     "Custom handler function name, folders in the zip. Dependencies: Python 3.8, Selenium 3.141.0, Chromium 83.0.4103.0"},
    {"syn-python-selenium-1.0", Day(2020, 11, 24), On(2024, 3, 8),
     "First Python runtime. Dependencies: Python 3.8, Selenium 3.141.0, Chromium 83.0.4103.0"},
    {"syn-nodejs-puppeteer-17.0", Day(2026, 9, 20), {},
     "Security fixes, browser update. Dependencies: Node JS 22.x, Puppeteer-core 25.2.1, Chromium 150.0.7871.24, Firefox 152.0.2"},
    {"syn-nodejs-puppeteer-16.1", Day(2026, 9, 19), {},
     "Fix for capturing headers that are arrays. Dependencies: Node JS 22.x, Puppeteer-core 24.42.0, Chromium 147.0.7727.57, Firefox 147.0.4"},
    {"syn-nodejs-puppeteer-16.0", Day(2026, 9, 18), {},
     "Multi-location canaries. Dependencies: Node JS 22.x, Puppeteer-core 24.42.0, Chromium 147.0.7727.57, Firefox 147.0.4"},
    {"syn-nodejs-puppeteer-15.1", Day(2026, 9, 17), {},
     "Browser and Puppeteer update. Dependencies: Node JS 22.x, Puppeteer-core 24.42.0, Chromium 147.0.7727.57, Firefox 147.0.4"},
    {"syn-nodejs-puppeteer-15.0", Day(2026, 4, 8), {},
     "Security fixes, browser update. Dependencies: Node JS 22.x, Puppeteer-core 24.37.5, Chromium 145.0.7632.77, Firefox 147.0.4"},
    {"syn-nodejs-puppeteer-14.0", Day(2026, 4, 7), {},
     "Security fixes, browser update. Dependencies: Node JS 22.x, Puppeteer-core 24.34.0, Chromium 143.0.7499.169, Firefox 146.x"},
    {"syn-nodejs-puppeteer-13.1", Day(2026, 1, 14), {},
     "Library namespace becomes @aws/synthetics-*. Dependencies: Node JS 22.x, Puppeteer-core 24.25.0, Chromium 142.0.7444.175, Firefox 145.x"},
    {"syn-nodejs-puppeteer-13.0", Day(2025, 12, 26), {},
     "Security fixes, browser update. Dependencies: Node JS 22.x, Puppeteer-core 24.25.0, Chromium 142.0.7444.175, Firefox 145.x"},
    {"syn-nodejs-puppeteer-12.0", Day(2025, 12, 25), {},
     "Moves to Node JS 22. Dependencies: Node JS 22.x, Puppeteer-core 24.22.1, Chromium 140.0.7339.185, Firefox 143.0.1"},
    {"syn-nodejs-puppeteer-11.0", Day(2025, 9, 4), {},
     "Firefox support (multi-browser), root-level packaging, synthetics.json, JSON logs. Dependencies: Node JS 20.x, Puppeteer-core 24.15.0, Chromium 138.0.7204.168"},
    {"syn-nodejs-puppeteer-10.0", Day(2025, 4, 24), {},
     "Dry runs and automatic retries. Dependencies: Node JS 20.x, Puppeteer-core 24.2.0, Chromium 131.0.6778.264"},
    {"syn-nodejs-puppeteer-9.1", Day(2024, 10, 2), {},
     "Security fixes and bug fix for date range error in har. Dependencies: Node JS 20.x, Puppeteer-core 22.12.1, Chromium 126.0.6478.126"},
    {"syn-nodejs-puppeteer-9.0", Day(2024, 7, 22), {},
     "Newer Chromium and Puppeteer. Dependencies: Node JS 20.x, Puppeteer-core 22.12.1, Chromium 126.0.6478.126"},
    {"syn-nodejs-puppeteer-8.0", Day(2024, 6, 21), {},
     "Newer Chromium and Puppeteer, Node JS 20. Dependencies: Node JS 20.x, Puppeteer-core 22.10.0, Chromium 125.0.6422.112"},
    {"syn-nodejs-puppeteer-7.0", Day(2024, 3, 8), On(2026, 1, 22),
     "Newer Chromium and Puppeteer. Dependencies: Node JS 18.x, Puppeteer-core 21.9.0, Chromium 121.0.6167.139"},
    {"syn-nodejs-puppeteer-6.2", Day(2024, 2, 2), On(2026, 1, 22),
     "Shared Chromium libraries updated, ephemeral storage metric. Dependencies: Node JS 18.x, Puppeteer-core 19.7.0, Chromium 111.0.5563.146"},
    {"syn-nodejs-puppeteer-6.1", Day(2023, 11, 13), On(2024, 3, 8),
     "Retries a failed Puppeteer launch. Dependencies: Node JS 18.x, Puppeteer-core 19.7.0, Chromium 111.0.5563.146"},
    {"syn-nodejs-puppeteer-6.0", Day(2023, 9, 15), On(2024, 3, 8),
     "Node JS 18, fewer X-Ray traces, more exact Duration metric. Dependencies: Node JS 18.x, Puppeteer-core 19.7.0, Chromium 111.0.5563.146"},
    {"syn-nodejs-puppeteer-5.2", Day(2024, 2, 1), On(2026, 1, 22),
     "Shared Chromium libraries updated. Dependencies: Node JS 16.x, Puppeteer-core 19.7.0, Chromium 111.0.5563.146"},
    {"syn-nodejs-puppeteer-5.1", Day(2023, 8, 9), On(2024, 3, 8),
     "Fix for request headers missing in HAR files. Dependencies: Node JS 16.x, Puppeteer-core 19.7.0, Chromium 111.0.5563.146"},
    {"syn-nodejs-puppeteer-5.0", Day(2023, 7, 21), On(2024, 3, 8),
     "Newer Puppeteer and Chromium. Dependencies: Node JS 16.x, Puppeteer-core 19.7.0, Chromium 111.0.5563.146"},
    {"syn-nodejs-puppeteer-4.0", Day(2023, 5, 1), On(2024, 3, 8),
     "Node JS 16. Dependencies: Node JS 16.x, Puppeteer-core 5.5.0, Chromium 92.0.4512.0"},
    {"syn-nodejs-puppeteer-3.9", Day(2023, 4, 25), On(2024, 1, 8),
     "Dependency update. Dependencies: Node JS 14.x, Puppeteer-core 5.5.0, Chromium 92.0.4512.0"},
    {"syn-nodejs-puppeteer-3.8", Day(2023, 2, 28), On(2024, 1, 8),
     "Cleans the browser profile after a run. Dependencies: Node JS 14.x, Puppeteer-core 5.5.0, Chromium 92.0.4512.0"},
    {"syn-nodejs-puppeteer-3.7", Day(2022, 11, 15), On(2024, 1, 8),
     "Logs uploaded also after a timeout or crash. Dependencies: Node JS 14.x, Puppeteer-core 5.5.0, Chromium 92.0.4512.0"},
    {"syn-nodejs-puppeteer-3.6", Day(2022, 5, 26), On(2024, 1, 8),
     "Millisecond timestamps. Dependencies: Node JS 14.x, Puppeteer-core 5.5.0, Chromium 92.0.4512.0"},
    {"syn-nodejs-puppeteer-3.5", Day(2022, 3, 30), On(2024, 1, 8),
     "Node JS 14, newer Chromium. Dependencies: Node JS 14.x, Puppeteer-core 5.5.0, Chromium 92.0.4512.0"},
    {"syn-nodejs-puppeteer-3.4", Day(2022, 3, 14), On(2022, 11, 13),
     "Custom handler function name, folders in the zip. Dependencies: Node JS 12.x, Puppeteer-core 5.5.0, Chromium 88.0.4298.0"},
    {"syn-nodejs-puppeteer-3.3", Day(2022, 2, 1), On(2022, 11, 13),
     "Artifact encryption options. Dependencies: Node JS 12.x, Puppeteer-core 5.5.0, Chromium 88.0.4298.0"},
    {"syn-nodejs-puppeteer-3.2", Day(2021, 8, 23), On(2022, 11, 13),
     "Visual monitoring. Dependencies: Node JS 12.x, Puppeteer-core 5.5.0, Chromium 88.0.4298.0"},
    {"syn-nodejs-puppeteer-3.1", Day(2021, 4, 13), On(2022, 11, 13),
     "Configurable metrics, heartbeat over several URLs. Dependencies: Node JS 12.x, Puppeteer-core 5.5.0, Chromium 88.0.4298.0"},
    {"syn-nodejs-puppeteer-3.0", Day(2021, 2, 7), On(2022, 11, 13),
     "Node JS 12, Puppeteer 5.5, cross-Region artifact buckets. Dependencies: Node JS 12.x, Puppeteer-core 5.5.0, Chromium 88.0.4298.0"},
    {"syn-nodejs-playwright-9.0", Day(2026, 10, 31), {},
     "Browser update. Dependencies: Node JS 22.x, Playwright 1.63.0, Chromium 153.0.8010.36, Firefox 155.0"},
    {"syn-nodejs-playwright-8.0", Day(2026, 9, 20), {},
     "Security fixes, browser update. Dependencies: Node JS 22.x, Playwright 1.61.1, Chromium 150.0.7871.24, Firefox 151.0"},
    {"syn-nodejs-playwright-7.1", Day(2026, 9, 19), {},
     "Fix for capturing headers that are arrays. Dependencies: Node JS 22.x, Playwright 1.59.1, Chromium 147.0.7727.15, Firefox 148.0.2"},
    {"syn-nodejs-playwright-7.0", Day(2026, 9, 18), {},
     "Multi-location canaries. Dependencies: Node JS 22.x, Playwright 1.59.1, Chromium 147.0.7727.15, Firefox 148.0.2"},
    {"syn-nodejs-playwright-6.1", Day(2026, 9, 17), {},
     "Browser and Playwright update. Dependencies: Node JS 22.x, Playwright 1.59.1, Chromium 147.0.7727.15, Firefox 148.0.2"},
    {"syn-nodejs-playwright-6.0", Day(2026, 4, 8), {},
     "Security fixes, browser update. Dependencies: Node JS 22.x, Playwright 1.58.2, Chromium 145.0.7632.77, Firefox 146.0.1"},
    {"syn-nodejs-playwright-5.1", Day(2026, 4, 7), {},
     "Library namespace becomes @aws/synthetics-playwright. Dependencies: Node JS 22.x, Playwright 1.57.0, Chromium 143.0.7499.169, Firefox 142.0.1"},
    {"syn-nodejs-playwright-5.0", Day(2026, 1, 8), {},
     "Browser update. Dependencies: Node JS 22.x, Playwright 1.57.0, Chromium 143.0.7499.4, Firefox 142.0.1"},
    {"syn-nodejs-playwright-4.0", Day(2026, 1, 7), {},
     "Moves to Node JS 22. Dependencies: Node JS 22.x, Playwright 1.55.0, Chromium 140.0.7339.16, Firefox 141.0"},
    {"syn-nodejs-playwright-3.0", Day(2025, 9, 4), {},
     "Firefox support (multi-browser), visual monitoring. Dependencies: Node JS 20.x, Playwright 1.53.0, Chromium 138.0.7204.168"},
    {"syn-nodejs-playwright-2.0", Day(2025, 5, 31), {},
     "Dry runs and automatic retries. Dependencies: Node JS 20.x, Playwright 1.49.1, Chromium 131.0.6778.264"},
    {"syn-nodejs-playwright-1.0", Day(2024, 11, 21), {},
     "First Playwright runtime. Dependencies: Node JS 20.x, Playwright 1.44.1, Chromium 126.0.6478.126"},
    {"syn-nodejs-5.2", Day(2026, 9, 20), {},
     "No browser; multi-checks fix for secret references in global variables and SigV4 settings, library security updates. Dependencies: Node JS 22.x"},
    {"syn-nodejs-5.1", Day(2026, 9, 19), {},
     "No browser; fix for capturing headers that are arrays. Dependencies: Node JS 22.x"},
    {"syn-nodejs-5.0", Day(2026, 9, 18), {},
     "No browser; library security update. Dependencies: Node JS 22.x"},
    {"syn-nodejs-4.2", Day(2026, 9, 17), {},
     "No browser; library security updates. Dependencies: Node JS 22.x"},
    {"syn-nodejs-4.1", Day(2026, 4, 8), {},
     "No browser; library security updates. Dependencies: Node JS 22.x"},
    {"syn-nodejs-4.0", Day(2026, 4, 7), {},
     "No browser; Node JS 22, security patches. Dependencies: Node JS 22.x"},
    {"syn-nodejs-3.1", Day(2026, 4, 6), {},
     "No browser; library namespace becomes @aws/synthetics-core. Dependencies: Node JS 20.x"},
    {"syn-nodejs-3.0", Day(2025, 10, 16), {},
     "No browser; first plain Node JS runtime, multi-checks blueprint. Dependencies: Node JS 20.x"},
    {"syn-nodejs-2.2", Day(2020, 12, 4), On(2021, 5, 28),
     "HTTP step support (executeHttpStep). Dependencies: Node JS 10.x, Puppeteer-core 3.3.0, Chromium 83.0.4103.0"},
    {"syn-nodejs-2.1", Day(2020, 12, 3), On(2021, 5, 28),
     "Configurable screenshots. Dependencies: Node JS 10.x, Puppeteer-core 3.3.0, Chromium 83.0.4103.0"},
    {"syn-nodejs-2.0", Day(2020, 9, 28), On(2021, 5, 28),
     "X-Ray tracing and Synthetics report. Dependencies: Node JS 10.x, Puppeteer-core 3.3.0, Chromium 83.0.4103.0"},
    {"syn-nodejs-2.0-beta", Day(2020, 9, 11), On(2021, 2, 8),
     "Beta of 2.0. Dependencies: Node JS 10.x, Puppeteer-core 3.3.0, Chromium 83.0.4103.0"},
    {"syn-java-1.0", Day(2025, 9, 2), {},
     "No browser; first Java runtime. Dependencies: Java 21"},
    {"syn-1.0", Day(2020, 4, 10), On(2021, 5, 28),
     "First runtime. Dependencies: Node JS 10.x, Puppeteer-core 1.14.0"},
}};
// clang-format on

}  // namespace

std::vector<RuntimeVersion> RuntimeCatalogue() {
  std::vector<RuntimeVersion> versions;
  versions.reserve(kCatalogue.size());
  for (const auto& [name, released, deprecated, description] : kCatalogue) {
    versions.push_back({std::string(name), released, deprecated, std::string(description)});
  }
  return versions;
}

}  // namespace synthetics::state
