// What a handler's type says: `Result<Answer> Handler(Context&, const Asked&)`.
#pragma once

#include "api/error.hpp"

namespace synthetics::api {

template <class Context, class Asked, class Answer>
Asked RequestOf(Result<Answer> (*handler)(Context&, const Asked&));

template <class Context, class Asked, class Answer>
Answer ResponseOf(Result<Answer> (*handler)(Context&, const Asked&));

}  // namespace synthetics::api
