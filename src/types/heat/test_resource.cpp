#include <cmath>

#include "base/error.h"
#include "types/heat/behaviours.h"

namespace heat {

namespace {

constexpr double kLongestWait = 1e9;  // seconds: for ever

double wait_seconds(const Resource& resource, std::string_view action) {
  const Value& own = resource.property("action_wait_secs")[action];
  const Value& seconds = own.is_number() ? own : resource.property("wait_secs");
  return seconds.is_number() ? seconds.as_double() : 0;
}

Duration to_duration(double seconds) {
  const double bounded = seconds < 0 ? kLongestWait : std::min(seconds, kLongestWait);
  return Duration(std::llround(bounded * 1e6));
}

Task<Value> deadline_after(Loop& loop, double seconds) {
  co_return Value(to_micros(loop.now() + to_duration(seconds)));
}

/// The end of the wait is recorded when it begins: a restart doesn't make it longer.
Task<> wait_for(Resource& resource, double seconds) {
  if (seconds == 0) co_return;
  const auto perform = [&resource, seconds] { return deadline_after(resource.loop(), seconds); };
  const Value deadline = co_await resource.step("wait", nullptr, perform);
  co_await sleep_until(resource.loop(), from_micros(deadline.as_int()), resource.cancel());
}

void fail_if_asked(const Resource& resource) {
  if (resource.property("fail").truthy())
    throw Error(ErrorKind::ValueError, "Test Resource failed " + resource.name());
}

}  // namespace

Task<> TestResource::create(Resource& resource) {
  if (!resource.property("fail").truthy()) {
    resource.set_data("value", resource.property("value").string_or(""));
    resource.set_physical_id(resource.physical_name());
  }
  co_await wait_for(resource, wait_seconds(resource, "create"));
  fail_if_asked(resource);
}

Task<> TestResource::update(Resource& resource, PropertyChanges changes) {
  const auto value = changes.find("value");
  if (value != changes.end() && value->second.truthy()) {
    if (!resource.property("fail").truthy())
      resource.set_data("value", value->second.string_or(""));
    co_await wait_for(resource, wait_seconds(resource, "update"));
  }
  fail_if_asked(resource);
}

Task<> TestResource::remove(Resource& resource) {
  co_await wait_for(resource, wait_seconds(resource, "delete"));
}

std::string TestResource::replaces(const ResourceType&, const Value&, const Value& after,
                                   const PropertyChanges& changes) const {
  const bool asked = changes.contains("value") && after["update_replace"].truthy();
  return asked ? "update_replace is set and the value changes" : "";
}

Task<Map> TestResource::attributes(Resource& resource, std::set<std::string> names) {
  Map values;
  for (const std::string& name : names) {
    const Value* kept = name == "output" ? resource.row().data.find("value") : nullptr;
    if (name == "output")
      if (const Value& seconds = resource.property("attr_wait_secs"); seconds.truthy())
        co_await sleep_for(resource.loop(), to_duration(seconds.as_double()), resource.cancel());
    values.set(name, kept ? *kept : Value());
  }
  co_return values;
}

Task<bool> TestResource::healthy(Resource&) { co_return false; }

}  // namespace heat
