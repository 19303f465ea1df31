-- What wrk sends, as load.py has put it together. Each request is four arguments:
-- share (how often it is sent, relative to the others), first, period and the request's whole text.
-- The i-th time that it is sent, `########` in it is first + i % period.

local requests = {}
local shares = 0

function init(arguments)
  for at = 1, #arguments, 4 do
    local share = tonumber(arguments[at])
    shares = shares + share
    table.insert(requests, {
      share = share,
      credit = 0,
      sent = 0,
      first = tonumber(arguments[at + 1]),
      period = tonumber(arguments[at + 2]),
      text = arguments[at + 3],
    })
  end
end

-- Whichever is furthest behind its share, so that they are spread evenly.
local function choose()
  local chosen = requests[1]
  for _, request in ipairs(requests) do
    request.credit = request.credit + request.share
    if request.credit > chosen.credit then chosen = request end
  end
  chosen.credit = chosen.credit - shares
  return chosen
end

function request()
  local chosen = choose()
  chosen.sent = chosen.sent + 1
  local number = chosen.first + chosen.sent % chosen.period
  return (chosen.text:gsub("########", string.format("%08d", number)))
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"requests":%d,"seconds":%.6f,"p50Us":%d,"p99Us":%d,"refused":%d,"failed":%d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50), latency:percentile(99),
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
