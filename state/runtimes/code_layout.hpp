// Whether the zip of a canary's code is laid out as its runtime wants it.
#pragma once

#include <string>
#include <string_view>

namespace synthetics::state {

// Why the runtime could not load a canary's script from its zip, in the words of a failed run's
// `StateReason`; empty where it can, and for a runtime version of no known family. Only the names
// in the zip's directory are read; a text that is no readable zip counts as a zip without entries.
// The layouts are those of the "Packaging" sections of the user guide. The texts were observed, but
// for the files of Node's require stack; for Java and blueprints none is on record, and theirs are
// our own. With a handler of up to 128 characters they stay below 300.
std::string LayoutFault(std::string_view zip, std::string_view runtime_version,
                        std::string_view handler, bool is_blueprint);

}  // namespace synthetics::state
