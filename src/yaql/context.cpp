#include "yaql/context.h"

#include <algorithm>

#include "yaql/failure.h"
#include "yaql/sequence.h"

namespace heat::yaql {

namespace {

constexpr int kDeepest = 800;

std::string_view plain_name(std::string_view name) {
  if (name.starts_with('$')) name.remove_prefix(1);
  return name.empty() ? "1" : name;
}

int bounded(int depth) {
  if (depth > kDeepest)
    throw Failure(Reason::TooMuchWork, "The expression's variables are nested too deep.");
  return depth;
}

/// Sorts what may fail to compare, or compare without sense, and keeps the order of equals.
class Sort {
 public:
  explicit Sort(const Ordering& ordering)
      : ordering_(ordering), interpreter_(*ordering.interpreter) {
    Cursor cursor(ordering.collection);
    while (auto item = cursor.next()) rows_.push_back({std::move(*item), {}});
  }

  Item run() {
    order_.resize(rows_.size());
    for (std::size_t i = 0; i < order_.size(); ++i) order_[i] = i;
    merge_sort(0, order_.size());
    Items items;
    items.reserve(rows_.size());
    for (const std::size_t i : order_) items.push_back(rows_[i].item);
    return list(std::move(items));
  }

 private:
  struct Row {
    Item item;
    Items keys;  // those that were needed so far
  };

  const Item& key(std::size_t row, std::size_t field) {
    Row& each = rows_[row];
    while (each.keys.size() <= field)
      each.keys.push_back(
          interpreter_.call(ordering_.fields[each.keys.size()].selector, each.item));
    return each.keys[field];
  }

  bool before(std::size_t a, std::size_t b) {
    for (std::size_t i = 0; i < ordering_.fields.size(); ++i) {
      const auto& [selector, ascending] = ordering_.fields[i];
      const Item& of_a = key(a, i);
      const Item& of_b = key(b, i);
      if (interpreter_.less(of_a, of_b, selector.context)) return ascending;
      if (interpreter_.greater(of_a, of_b, selector.context)) return !ascending;
    }
    return false;
  }

  void merge_sort(std::size_t begin, std::size_t end) {
    if (end - begin < 2) return;
    const std::size_t middle = begin + (end - begin) / 2;
    merge_sort(begin, middle);
    merge_sort(middle, end);
    std::vector<std::size_t> merged;
    merged.reserve(end - begin);
    std::size_t left = begin, right = middle;
    while (left < middle && right < end)
      merged.push_back(before(order_[right], order_[left]) ? order_[right++] : order_[left++]);
    merged.insert(merged.end(), order_.begin() + left, order_.begin() + middle);
    merged.insert(merged.end(), order_.begin() + right, order_.begin() + end);
    std::ranges::copy(merged, order_.begin() + begin);
  }

  const Ordering& ordering_;
  Interpreter& interpreter_;
  std::vector<Row> rows_;
  std::vector<std::size_t> order_;
};

}  // namespace

Context::Context(std::shared_ptr<Context> parent)
    : parent_(std::move(parent)), depth_(parent_ ? bounded(parent_->depth_ + 1) : 0) {}

void Context::set(std::string_view name, Item value) {
  name = plain_name(name);
  depth_ = std::max(depth_, bounded(value.depth() + 1));
  for (auto& [known, held] : data_)
    if (known == name) {
      held = std::move(value);
      return;
    }
  data_.emplace_back(name, std::move(value));
}

Item Context::get(std::string_view name) const {
  name = plain_name(name);
  for (const Context* context = this; context; context = context->parent_.get())
    for (const auto& [known, held] : context->data_)
      if (known == name) return held;
  return {};
}

void Context::define(std::string name, const Node* body, Item constant) {
  definitions_.push_back({std::move(name), body, std::move(constant)});
}

std::shared_ptr<Context> Context::defining(const std::shared_ptr<Context>& from,
                                           std::string_view name) {
  for (auto context = from; context; context = context->parent_)
    if (context->definition(name)) return context;
  return nullptr;
}

const Context::Definition* Context::definition(std::string_view name) const {
  for (const Definition& each : definitions_)
    if (each.name == name) return &each;
  return nullptr;
}

Item sorted(const Ordering& ordering) {
  if (ordering.result.is_absent()) ordering.result = Sort(ordering).run();
  return ordering.result;
}

}  // namespace heat::yaql
