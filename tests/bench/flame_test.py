"""bench/flame.py's folding and drawing; nothing is sampled here."""

import pathlib
import sys
import unittest
import xml.etree.ElementTree

BENCH = pathlib.Path(__file__).resolve().parents[2] / "bench"
sys.path.insert(0, str(BENCH))

import flame  # noqa: E402

# As `perf script -F ip,sym,dso` prints them.
READ = """
          52a1c0 sqlite3VdbeExec (/build/profiled)
          4a0010 synthetics::api::Gateway::Handle(synthetics::api::Request const&) (/build/profiled)
          401000 main (/build/profiled)
"""
WRITE = """
ffffffff81a0b1c2 tcp_sendmsg ([kernel.kallsyms])
          4a0010 synthetics::api::Gateway::Handle(synthetics::api::Request const&) (/build/profiled)
          401000 main (/build/profiled)
"""
IDLE = """
          401000 main (/build/profiled)
"""


def fold(*stacks):
    return flame.fold("".join(stacks).splitlines())


def rectangles(root):
    drawing = xml.etree.ElementTree.fromstring(flame.draw(root, "title", "about"))
    return {
        box.find("{*}title").text: box
        for box in drawing.findall(".//{*}rect")
        if box.find("{*}title") is not None
    }


class Fold(unittest.TestCase):
    def test_stacks_that_begin_alike_are_one_branch_up_to_where_they_part(self):
        root = fold(READ, WRITE, READ, IDLE)
        main = root.calls["main"]
        handle = main.calls["Gateway::Handle"]
        self.assertEqual((root.samples, main.samples, handle.samples), (4, 4, 3))
        self.assertEqual(
            {name: frame.samples for name, frame in handle.calls.items()},
            {"sqlite3VdbeExec": 2, "tcp_sendmsg": 1},
        )

    def test_the_kernel_and_sqlite_are_told_from_the_program(self):
        handle = fold(READ, WRITE).calls["main"].calls["Gateway::Handle"]
        self.assertEqual(handle.kind, "user")
        self.assertEqual(handle.calls["sqlite3VdbeExec"].kind, "sqlite")
        self.assertEqual(handle.calls["tcp_sendmsg"].kind, "kernel")

    def test_what_sqlite_calls_is_sqlites(self):
        insert = "   1 malloc (p)\n   1 insertCell (p)\n   1 sqlite3_step (p)\n   1 main (p)\n\n"
        root = fold(insert, IDLE)
        step = root.calls["main"].calls["sqlite3_step"]
        self.assertEqual(step.calls["insertCell"].calls["malloc"].kind, "sqlite")
        self.assertEqual(flame.share_of("sqlite", root), 50)
        self.assertEqual(flame.share_of("kernel", root), 0)

    def test_a_frame_without_a_name_is_left_out(self):
        root = fold("   1 f (p)\nffffffffffffffff [unknown] ([unknown])\n\n")
        self.assertEqual(list(root.calls), ["f"])

    def test_calls_of_the_same_short_name_are_one(self):
        root = fold("   2 a::f<int>(int) (p)\n   1 b::a::f<char>(char) (p)\n   3 main (p)\n\n")
        self.assertEqual(root.calls["main"].calls["a::f"].samples, 1)
        self.assertEqual(root.calls["main"].calls["a::f"].calls, {})


class Shorten(unittest.TestCase):
    def test_what_is_left_is_the_function_and_what_it_is_in(self):
        for symbol, short in {
            "main": "main",
            "a::b::Store::Find(std::basic_string<char, std::less<> > const&) const": "Store::Find",
            "void boost::asio::detail::read<boost::asio::tcp>(int)": "detail::read",
            "synthetics::(anonymous namespace)::Answer(int)": "synthetics::Answer",
            "operator new(unsigned long)": "operator new",
            "a::F::operator()(int) const": "F::operator()",
            "std::_Handler<void (int), a::F>::_M_invoke(int)": "_Handler::_M_invoke",
            "a::B::Run()::{lambda(int)#2}::operator()(int) const": "Run::lambda",
            "a::Serve(a::Serve(int)::_ZN1aE.Frame*) [clone .actor]": "a::Serve",
            "a::HeadOf[abi:cxx11](int)": "a::HeadOf",
        }.items():
            self.assertEqual(flame.shorten(symbol), short)


class Draw(unittest.TestCase):
    def test_what_a_frame_calls_is_as_wide_as_its_samples_and_within_it(self):
        boxes = rectangles(fold(*[READ] * 3, WRITE))

        def x(title):
            return float(boxes[title].get("x"))

        def width(title):
            return float(boxes[title].get("width"))

        self.assertAlmostEqual(width("main: 100.0 %"), flame.WIDTH - 2 * flame.MARGIN, delta=1)
        parts = ("sqlite3VdbeExec: 75.0 %", "tcp_sendmsg: 25.0 %")
        self.assertAlmostEqual(sum(map(width, parts)), width("main: 100.0 %"), delta=1)
        self.assertAlmostEqual(width(parts[0]), 3 * width(parts[1]), delta=2)
        self.assertAlmostEqual(x(parts[1]), x(parts[0]) + width(parts[0]), delta=1)

    def test_what_is_called_stands_upon_its_caller(self):
        boxes = rectangles(fold(READ))
        rows = [float(box.get("y")) for box in boxes.values()]
        self.assertEqual(rows, sorted(set(rows), reverse=True))
        self.assertEqual(list(boxes)[0], "synthetics-local: 100.0 %")

    def test_what_is_narrow_is_left_out(self):
        boxes = rectangles(fold(*[READ] * 299, WRITE))
        self.assertIn("sqlite3VdbeExec: 99.7 %", boxes)
        self.assertNotIn("tcp_sendmsg: 0.3 %", boxes)

    def test_names_are_escaped(self):
        root = flame.Frame("a<b>&c", samples=1)
        self.assertIn("a<b>&c: 100.0 %", rectangles(root))
        self.assertIn(">a&lt;b&gt;&amp;c</text>", flame.draw(root, "", ""))

    def test_what_a_function_is_in_is_left_out_where_there_is_no_room(self):
        root = flame.Frame("x" * 1000 + "::Insert", samples=1)
        self.assertIn(">Insert</text>", flame.draw(root, "", ""))

    def test_a_name_is_cut_to_its_box(self):
        root = flame.Frame("x" * 1000, samples=1)
        self.assertIn("xx…</text>", flame.draw(root, "", ""))


if __name__ == "__main__":
    unittest.main()
