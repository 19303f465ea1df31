// The one place that includes Catch2, should its version ever change.
#pragma once

#include <catch2/catch.hpp>
