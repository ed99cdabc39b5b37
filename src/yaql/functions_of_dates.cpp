#include <cmath>

#include "yaql/clock.h"
#include "yaql/datetime.h"
#include "yaql/failure.h"
#include "yaql/function.h"
#include "yaql/numbers.h"

namespace heat::yaql {

namespace {

constexpr Form F = Form::Function;
constexpr Type D = Type::DateTime;
constexpr Type S = Type::TimeSpan;

std::int64_t micros(const Call& call, std::size_t i) { return call[i].span().micros; }
std::int64_t utc(const Call& call, std::size_t i) { return call[i].moment().utc(); }

Item span(std::int64_t micros) { return bounded(TimeSpan{micros}); }

std::int64_t rounded(double micros) {
  if (!(std::abs(micros) < 9e18)) throw Failure(Reason::WrongValue, "A span of time is too long.");
  return static_cast<std::int64_t>(std::nearbyint(micros));
}

Item datetime_of_fields(Call& call) {
  const Fields fields{call.integer(0, 1), call.integer(1, 1), call.integer(2, 1),
                      call.integer(3, 0), call.integer(4, 0), call.integer(5, 0),
                      call.integer(6, 0)};
  return make_datetime(fields, call.given(7) ? micros(call, 7) : 0);
}

Item datetime_of_timestamp(Call& call) {
  const std::int64_t offset = call.given(1) ? micros(call, 1) : 0;
  const double seconds = to_float(call[0].scalar()).as_double();
  if (!(std::abs(seconds) < 1e12)) throw Failure(Reason::WrongValue, "There is no such time.");
  return bounded(DateTime{rounded(seconds * kSecond) + offset, offset});
}

Item datetime_of_text(Call& call) {
  if (!call.given(1) || call.text(1).empty()) return parse_datetime(call.text(0));
  return parse_datetime(call.text(0), call.text(1));
}

Item timespan(Call& call) {
  constexpr std::int64_t kUnits[] = {kDay, 3600 * kSecond, 60 * kSecond, kSecond, 1000, 1};
  Value sum = 0;
  for (std::size_t i = 0; i < std::size(kUnits); ++i)
    sum = add(sum, multiply(call.integer(i, 0), kUnits[i]));
  if (!sum.is_int()) rounded(1e19);
  return span(sum.as_int());
}

Item now(Call& call) {
  const std::int64_t offset = call.given(0) ? micros(call, 0) : 0;
  return DateTime{now_micros() + offset, offset};
}

Item shifted(const DateTime& moment, std::int64_t by) {
  return bounded(DateTime{moment.local + by, moment.offset});
}

Item scaled(std::int64_t micros, const Value& factor) {
  const Value result = multiply(micros, factor);
  if (result.is_int()) return span(result.as_int());
  return span(rounded(to_float(result).as_double()));
}

Item divided(Call& call) {
  const double by = to_float(call[1].scalar()).as_double();
  if (by == 0) throw Failure(Reason::DivisionByZero, "Division by zero.");
  return span(rounded(static_cast<double>(micros(call, 0)) / by));
}

Item ratio(Call& call) {
  if (micros(call, 1) == 0) throw Failure(Reason::DivisionByZero, "Division by zero.");
  return static_cast<double>(micros(call, 0)) / static_cast<double>(micros(call, 1));
}

template <std::int64_t Unit>
Item in_units(Call& call) {
  return static_cast<double>(micros(call, 0)) / static_cast<double>(Unit);
}

template <std::int64_t Fields::* Field>
Item field(Call& call) {
  return fields(call[0].moment()).*Field;
}

DateTime midnight(const DateTime& moment) {
  const Fields f = fields(moment);
  return make_datetime({f.year, f.month, f.day}, moment.offset);
}

Item replace(Call& call) {
  Fields f = fields(call[0].moment());
  std::int64_t* const all[] = {&f.year, &f.month, &f.day, &f.hour, &f.minute, &f.second, &f.micro};
  for (std::size_t i = 0; i < std::size(all); ++i) *all[i] = call.integer(i + 1, *all[i]);
  return make_datetime(f, call.given(8) ? micros(call, 8) : call[0].moment().offset);
}

constexpr unsigned kMaybe = Optional | Nullable;

}  // namespace

const FunctionTable& date_functions() {
  static const FunctionTable table = {
      {"datetime",
       F,
       {{"year", Type::Int},
        {"month", Type::Int},
        {"day", Type::Int},
        {"hour", Type::Int, Optional},
        {"minute", Type::Int, Optional},
        {"second", Type::Int, Optional},
        {"microsecond", Type::Int, Optional},
        {"offset", S, Optional}},
       datetime_of_fields},
      {"datetime",
       F,
       {{"timestamp", Type::Number}, {"offset", S, Optional}},
       datetime_of_timestamp},
      {"datetime",
       F,
       {{"string", Type::String}, {"format", Type::String, kMaybe}},
       datetime_of_text},
      {"timespan",
       F,
       {{"days", Type::Int, Optional},
        {"hours", Type::Int, Optional},
        {"minutes", Type::Int, Optional},
        {"seconds", Type::Integer, Optional},
        {"milliseconds", Type::Integer, Optional},
        {"microseconds", Type::Integer, Optional}},
       timespan},
      {"now", F, {{"offset", S, kMaybe}}, now},
      {"localtz", F, {}, [](Call&) -> Item { return span(local_offset_seconds() * kSecond); }},
      {"utctz", F, {}, [](Call&) -> Item { return span(0); }},
      {"isDatetime", F, {{"value"}}, [](Call& c) -> Item { return c[0].is(Item::Kind::DateTime); }},
      {"isTimespan", F, {{"value"}}, [](Call& c) -> Item { return c[0].is(Item::Kind::TimeSpan); }},

      {"#operator_+",
       F,
       {{"dt", D}, {"ts", S}},
       [](Call& c) -> Item { return shifted(c[0].moment(), micros(c, 1)); }},
      {"#operator_+",
       F,
       {{"ts", S}, {"dt", D}},
       [](Call& c) -> Item { return shifted(c[1].moment(), micros(c, 0)); }},
      {"#operator_-",
       F,
       {{"dt", D}, {"ts", S}},
       [](Call& c) -> Item { return shifted(c[0].moment(), -micros(c, 1)); }},
      {"#operator_-",
       F,
       {{"dt1", D}, {"dt2", D}},
       [](Call& c) -> Item { return span(utc(c, 0) - utc(c, 1)); }},
      {"#operator_+",
       F,
       {{"ts1", S}, {"ts2", S}},
       [](Call& c) -> Item { return scaled(1, add(micros(c, 0), micros(c, 1))); }},
      {"#operator_-",
       F,
       {{"ts1", S}, {"ts2", S}},
       [](Call& c) -> Item { return scaled(1, subtract(micros(c, 0), micros(c, 1))); }},
      {"#operator_*",
       F,
       {{"ts", S}, {"n", Type::Number}},
       [](Call& c) -> Item { return scaled(micros(c, 0), c[1].scalar()); }},
      {"#operator_*",
       F,
       {{"n", Type::Number}, {"ts", S}},
       [](Call& c) -> Item { return scaled(micros(c, 1), c[0].scalar()); }},
      {"#operator_/", F, {{"ts1", S}, {"ts2", S}}, ratio},
      {"#operator_/", F, {{"ts", S}, {"n", Type::Number}}, divided},
      {"#unary_operator_-", F, {{"ts", S}}, [](Call& c) -> Item { return span(-micros(c, 0)); }},
      {"#unary_operator_+", F, {{"ts", S}}, [](Call& c) -> Item { return c[0]; }},

      {"#operator_>",
       F,
       {{"dt1", D}, {"dt2", D}},
       [](Call& c) -> Item { return utc(c, 0) > utc(c, 1); }},
      {"#operator_>=",
       F,
       {{"dt1", D}, {"dt2", D}},
       [](Call& c) -> Item { return utc(c, 0) >= utc(c, 1); }},
      {"#operator_<",
       F,
       {{"dt1", D}, {"dt2", D}},
       [](Call& c) -> Item { return utc(c, 0) < utc(c, 1); }},
      {"#operator_<=",
       F,
       {{"dt1", D}, {"dt2", D}},
       [](Call& c) -> Item { return utc(c, 0) <= utc(c, 1); }},
      {"#operator_>",
       F,
       {{"ts1", S}, {"ts2", S}},
       [](Call& c) -> Item { return micros(c, 0) > micros(c, 1); }},
      {"#operator_>=",
       F,
       {{"ts1", S}, {"ts2", S}},
       [](Call& c) -> Item { return micros(c, 0) >= micros(c, 1); }},
      {"#operator_<",
       F,
       {{"ts1", S}, {"ts2", S}},
       [](Call& c) -> Item { return micros(c, 0) < micros(c, 1); }},
      {"#operator_<=",
       F,
       {{"ts1", S}, {"ts2", S}},
       [](Call& c) -> Item { return micros(c, 0) <= micros(c, 1); }},

      {"#property#microseconds", F, {{"obj", S}}, [](Call& c) -> Item { return micros(c, 0); }},
      {"#property#milliseconds", F, {{"obj", S}}, in_units<1000>},
      {"#property#seconds", F, {{"obj", S}}, in_units<kSecond>},
      {"#property#minutes", F, {{"obj", S}}, in_units<60 * kSecond>},
      {"#property#hours", F, {{"obj", S}}, in_units<3600 * kSecond>},
      {"#property#days", F, {{"obj", S}}, in_units<kDay>},
      {"#property#year", F, {{"obj", D}}, field<&Fields::year>},
      {"#property#month", F, {{"obj", D}}, field<&Fields::month>},
      {"#property#day", F, {{"obj", D}}, field<&Fields::day>},
      {"#property#hour", F, {{"obj", D}}, field<&Fields::hour>},
      {"#property#minute", F, {{"obj", D}}, field<&Fields::minute>},
      {"#property#second", F, {{"obj", D}}, field<&Fields::second>},
      {"#property#microsecond", F, {{"obj", D}}, field<&Fields::micro>},
      {"#property#date", F, {{"obj", D}}, [](Call& c) -> Item { return midnight(c[0].moment()); }},
      {"#property#time",
       F,
       {{"obj", D}},
       [](Call& c) -> Item { return span(c[0].moment().local - midnight(c[0].moment()).local); }},
      {"#property#weekday",
       F,
       {{"obj", D}},
       [](Call& c) -> Item { return weekday(c[0].moment()); }},
      {"#property#utc",
       F,
       {{"obj", D}},
       [](Call& c) -> Item { return shifted(c[0].moment(), -c[0].moment().offset); }},
      {"#property#offset",
       F,
       {{"obj", D}},
       [](Call& c) -> Item { return span(c[0].moment().offset); }},
      {"#property#timestamp",
       F,
       {{"obj", D}},
       [](Call& c) -> Item {
         const DateTime& moment = c[0].moment();
         return static_cast<double>(moment.utc() - moment.offset) / kSecond;
       }},
      {"replace",
       Form::Method,
       {{"dt", D},
        {"year", Type::Int, kMaybe},
        {"month", Type::Int, kMaybe},
        {"day", Type::Int, kMaybe},
        {"hour", Type::Int, kMaybe},
        {"minute", Type::Int, kMaybe},
        {"second", Type::Int, kMaybe},
        {"microsecond", Type::Int, kMaybe},
        {"offset", S, kMaybe}},
       replace},
      {"format",
       Form::Method,
       {{"dt", D}, {"format", Type::String}},
       [](Call& c) -> Item { return format_datetime(c[0].moment(), c.text(1)); }},
  };
  return table;
}

}  // namespace heat::yaql
