-- What was measured, in one line that a program reads.
function done(summary, latency)
  local e = summary.errors
  local errors = e.connect + e.read + e.write + e.status + e.timeout
  io.write(string.format("measured %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(99), errors))
end
