#include "yaql/budget.h"

#include "base/utf8.h"
#include "yaql/failure.h"
#include "yaql/item.h"
#include "yaql/sequence.h"

namespace heat::yaql {

namespace {

constexpr std::int64_t kObject = 48;

}  // namespace

void Budget::work(std::int64_t units) {
  used_ += units;
  if (used_ > limits_.work)
    throw Failure(Reason::TooMuchWork,
                  "The expression takes too long. Make it simpler or its data smaller.");
}

void Budget::memory(std::int64_t units) const {
  if (limits_.memory > 0 && units > limits_.memory)
    throw Failure(Reason::TooMuchMemory, "A value of the expression takes " +
                                             std::to_string(units) + " units of memory; at most " +
                                             std::to_string(limits_.memory) +
                                             " are allowed. Use smaller data.");
}

void Budget::take(const Item& item) {
  const std::int64_t size = size_of(item);
  work(1 + size / 64);
  memory(size);
}

void Budget::items(std::size_t count) const {
  if (limits_.items >= 0 && count > static_cast<std::size_t>(limits_.items))
    throw Failure(Reason::TooManyItems, "A collection of the expression has more than " +
                                            std::to_string(limits_.items) + " items.");
}

Budget::Level::Level(Budget& budget) : budget_(budget) {
  if (budget_.depth_ >= budget_.limits_.depth)
    throw Failure(Reason::TooMuchWork,
                  "The expression is nested too deep, or calls itself without "
                  "end.");
  ++budget_.depth_;
}

std::int64_t size_of_text(std::string_view text) {
  std::size_t points = 0, at = 0;
  char32_t largest = 0;
  for (const char c : text)
    if (static_cast<unsigned char>(c) >= 0x80) largest = 0x80;
  if (largest == 0) return 49 + static_cast<std::int64_t>(text.size());
  for (; at < text.size(); ++points) largest = std::max(largest, next_point(text, at));
  const int width = largest > 0xffff ? 4 : largest > 0xff ? 2 : 1;
  return 74 + static_cast<std::int64_t>(points) * width;
}

std::int64_t size_of_set(std::size_t items) {
  std::size_t slots = 8;
  while (slots * 3 < items * 5) slots *= 4;
  return 200 + static_cast<std::int64_t>(slots) * 16;
}

std::int64_t size_of_map(std::size_t items) {
  std::size_t slots = 8;
  while (slots * 2 < items * 3) slots *= 2;
  return 88 + static_cast<std::int64_t>(slots) * 18;
}

std::int64_t size_of(const Item& item) {
  switch (item.kind()) {
    case Item::Kind::Scalar:
      return item.scalar().is(Value::Kind::String) || item.scalar().is(Value::Kind::BigInt)
                 ? size_of_text(item.scalar().as_string())
                 : 28;
    case Item::Kind::List:
      return 40 + 8 * static_cast<std::int64_t>(item.list().size());
    case Item::Kind::Dict:
      return item.dict()->frozen ? kObject : size_of_map(item.dict()->size());
    case Item::Kind::Set:
      return size_of_set(item.set().items.size());
    default:
      return kObject;
  }
}

}  // namespace heat::yaql
