#include "engine/service_report.h"

#include <unistd.h>

#include <utility>

#include "base/error.h"
#include "base/log.h"
#include "engine/owner_id.h"

namespace heat {

namespace {

std::string machine_name() {
  char name[256] = "localhost";
  gethostname(name, sizeof name - 1);
  return name;
}

Value shown_time(std::int64_t micros) {
  return micros == 0 ? Value() : Value(iso_seconds(from_micros(micros)));
}

}  // namespace

ServiceReport::ServiceReport(Loop& loop, Store& store, const EngineSettings& settings,
                             const std::string& owner)
    : loop_(loop), store_(store), interval_(settings.report_interval) {
  row_.id = worker_of(owner);
  row_.owner = owner;
  row_.binary = "heat-engine";
  row_.topic = "engine";
  row_.host = settings.host;
  row_.hostname = machine_name();
  row_.report_interval = static_cast<int>(
      std::chrono::duration_cast<std::chrono::seconds>(settings.report_interval).count());
}

Task<> ServiceReport::run(Cancel stopping) {
  row_.created_at = to_micros(loop_.now());
  co_await write((co_await dead_rows()).insert(row_));
  try {
    for (;;) {
      co_await sleep_for(loop_, interval_, stopping);
      row_.updated_at = to_micros(loop_.now());
      co_await write(Changes().update(row_));
    }
  } catch (const Cancelled&) {
  }
  co_await write(Changes().erase(row_));
}

Task<Changes> ServiceReport::dead_rows() {
  Changes gone;
  try {
    for (const ServiceRow& row : co_await store_.services())
      if (is_dead(row.owner)) gone.erase(row);
  } catch (const Error& error) {
    log::error("could not look for workers that ended", {{"why", error.what()}});
  }
  co_return gone;
}

Task<> ServiceReport::write(Changes changes) {
  try {
    co_await store_.commit(std::move(changes));
  } catch (const Error& error) {
    log::error("a worker's sign of life could not be written", {{"why", error.what()}});
  }
}

bool is_down(const ServiceRow& row, Time now) {
  if (is_dead(row.owner)) return true;
  const std::int64_t last = row.updated_at == 0 ? row.created_at : row.updated_at;
  return now - from_micros(last) > 2 * std::chrono::seconds(row.report_interval);
}

Value shown_service(const ServiceRow& row, Time now) {
  return Map{{"id", row.id},
             {"engine_id", row.id},
             {"binary", row.binary},
             {"host", row.host},
             {"hostname", row.hostname},
             {"topic", row.topic},
             {"status", is_down(row, now) ? "down" : "up"},
             {"report_interval", row.report_interval},
             {"created_at", shown_time(row.created_at)},
             {"updated_at", shown_time(row.updated_at)},
             {"deleted_at", Value()}};
}

}  // namespace heat
