#!/usr/bin/env python3
"""Each rule of check_layers.py broken once."""

import contextlib
import io
import pathlib
import tempfile
import unittest

import check_layers

# What the broken files include, so that only the rule in question is broken.
TREE = {
    "server/log.hpp": "",
    "api/json.hpp": "",
    "state/instant.hpp": "",
    "state/engine/engine.hpp": "",
    "state/store/runs.hpp": "",
    "state/sqlite/database.hpp": "",
    "state/runtimes/catalogue.hpp": "",
}


def check(files):
    """Exit code and output of a check of TREE with these files."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for path, text in {**TREE, **files}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            code = check_layers.main([folder])
        return code, output.getvalue()


class CheckLayersTest(unittest.TestCase):
    def assert_breach(self, path, line, message):
        """The line, second in its file, is reported with this message and is the only breach."""
        code, output = check({path: f"// first\n{line}\n"})
        self.assertEqual(output, f"{path}:2: {message}\n")
        self.assertEqual(code, 1)

    def assert_may_not_include(self, path, header):
        folder = check_layers.folder_of(path)
        self.assert_breach(path, f'#include "{header}"', f"{folder} may not include {header}")

    def assert_kept(self, files):
        code, output = check(files)
        self.assertEqual(output, f"{len({**TREE, **files})} files keep the rule\n")
        self.assertEqual(code, 0)

    def test_arrows_point_down(self):
        for path, header in (
            ("state/run.cpp", "api/json.hpp"),
            ("state/run.cpp", "server/log.hpp"),
            ("state/engine/engine.cpp", "api/json.hpp"),
            ("api/gateway.cpp", "server/log.hpp"),
        ):
            with self.subTest(path=path, header=header):
                self.assert_may_not_include(path, header)

    def test_arrows_inside_state_point_down(self):
        for path, header in (
            ("state/store/runs.cpp", "state/engine/engine.hpp"),
            ("state/store/runs.cpp", "state/runtimes/catalogue.hpp"),
            ("state/sqlite/schema.cpp", "state/engine/engine.hpp"),
            ("state/sqlite/schema.cpp", "state/store/runs.hpp"),
            ("state/sqlite/schema.cpp", "state/runtimes/catalogue.hpp"),
            ("state/runtimes/catalogue.cpp", "state/engine/engine.hpp"),
            ("state/runtimes/catalogue.cpp", "state/store/runs.hpp"),
            ("state/runtimes/catalogue.cpp", "state/sqlite/database.hpp"),
            ("state/run.cpp", "state/engine/engine.hpp"),
            ("state/run.cpp", "state/store/runs.hpp"),
            ("state/run.cpp", "state/sqlite/database.hpp"),
            ("state/run.cpp", "state/runtimes/catalogue.hpp"),
        ):
            with self.subTest(path=path, header=header):
                self.assert_may_not_include(path, header)

    def test_api_knows_no_database(self):
        for header in ("state/sqlite/database.hpp",):
            with self.subTest(header=header):
                self.assert_may_not_include("api/handlers/runs.cpp", header)

    def test_a_new_folder_of_state_needs_a_rule(self):
        self.assert_may_not_include("state/new/file.cpp", "state/instant.hpp")

    def test_angle_brackets_are_no_way_around(self):
        self.assert_breach(
            "state/run.cpp", "#include <api/json.hpp>", "state may not include api/json.hpp"
        )

    def test_libraries_stay_in_their_room(self):
        for path, header, home in (
            ("state/store/runs.cpp", "sqlite3.h", "state/sqlite/"),
            ("state/runtimes/catalogue.cpp", "minizip/unzip.h", "state/runtimes/zip_entries.cpp"),
            ("api/codec.cpp", "rapidjson/document.h", "api/json.hpp and api/json.cpp and api/utf8.cpp"),
            ("api/router.cpp", "re2/re2.h", "api/patterns.cpp"),
            ("api/auth/signature.cpp", "mbedtls/md.h", "server/tls_ and api/auth/hmac.cpp"),
            ("api/gateway.cpp", "boost/asio.hpp", "server/"),
            ("api/gateway.cpp", "boost/asio/awaitable.hpp", "server/"),
            ("api/gateway.cpp", "boost/beast/http.hpp", "server/"),
            ("server/session.cpp", "mbedtls/ssl.h", "server/tls_ and api/auth/hmac.cpp"),
            ("server/main.cpp", "CLI/CLI.hpp", "server/settings.cpp"),
            ("server/main.cpp", "spdlog/spdlog.h", "server/log.cpp"),
            ("server/main.cpp", "fmt/format.h", "server/log.cpp"),
        ):
            with self.subTest(path=path, header=header):
                self.assert_breach(path, f"#include <{header}>", f"<{header}> belongs in {home} only")

    def test_nothing_below_the_server_asks_the_system(self):
        for path in ("state/engine/clock.cpp", "api/gateway.cpp"):
            for call in (
                "system_clock::now",
                "steady_clock::now",
                "random_device",
                "std::time(",
                "getenv",
            ):
                with self.subTest(path=path, call=call):
                    self.assert_breach(
                        path, f"x = {call}", f"only the server may ask the system: {call}"
                    )

    def test_an_include_is_a_path_from_the_root(self):
        for path in ("server/main.cpp", "tests/unit/run_test.cpp"):
            with self.subTest(path=path):
                self.assert_breach(
                    path, '#include "run.hpp"', '"run.hpp" is not a path from the root'
                )

    def test_no_sources_at_all_are_an_error(self):
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
            self.assertEqual(check_layers.main([folder]), 1)

    def test_a_tree_that_keeps_every_rule(self):
        self.assert_kept(
            {
                "state/run.cpp": '#include "state/instant.hpp"\n#include <map>\n',
                "state/runtimes/zip_entries.cpp": "#include <minizip/unzip.h>\n",
                "state/runtimes/catalogue.cpp": '#include "state/instant.hpp"\n',
                "state/sqlite/database.cpp": '#include "state/instant.hpp"\n#include <sqlite3.h>\n',
                "state/store/runs.cpp": '#include "state/sqlite/database.hpp"\n#include "state/instant.hpp"\n',
                "state/engine/engine.cpp": '#include "state/store/runs.hpp"\n'
                '#include "state/sqlite/database.hpp"\n#include "state/runtimes/catalogue.hpp"\n'
                "// never system_clock::now()\n",
                "api/json.cpp": "#include <rapidjson/document.h>\n",
                "api/patterns.cpp": "#include <re2/re2.h>\n#include <boost/system/result.hpp>\n",
                "api/handlers/runs.cpp": '#include "state/engine/engine.hpp"\n'
                '#include "state/runtimes/catalogue.hpp"\n#include "api/json.hpp"\n',
                "server/log.cpp": "#include <spdlog/spdlog.h>\n#include <fmt/format.h>\n",
                "server/settings.cpp": "#include <CLI/CLI.hpp>\nauto home = getenv();\n",
                "server/main.cpp": '#include "api/json.hpp"\n#include "state/engine/engine.hpp"\n'
                "#include <boost/asio.hpp>\n#include <boost/beast.hpp>\n"
                "auto now = std::chrono::system_clock::now();\n",
                "tests/unit/run_test.cpp": '#include "state/store/runs.hpp"\n#include <sqlite3.h>\n',
            }
        )


if __name__ == "__main__":
    unittest.main()
