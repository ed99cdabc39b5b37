#include "yaql/sequence.h"

#include "base/utf8.h"
#include "yaql/context.h"
#include "yaql/failure.h"

namespace heat::yaql {

namespace {

constexpr int kDeepest = 200;

class Memory final : public Sequence {
 public:
  struct Seen {
    explicit Seen(const Item& item) : source(item) {}
    Cursor source;
    Items items;
  };

  Memory(Budget& budget, int depth, std::shared_ptr<Seen> seen)
      : Sequence(budget, depth), seen_(std::move(seen)) {}

  std::shared_ptr<Sequence> iterate() override {
    return std::make_shared<Memory>(budget(), depth(), seen_);
  }

 protected:
  std::optional<Item> produce() override {
    if (at_ == seen_->items.size()) {
      std::optional<Item> item = seen_->source.next();
      if (!item) return item;
      seen_->items.push_back(std::move(*item));
      budget().memory(56 + 8 * static_cast<std::int64_t>(seen_->items.size()));
    }
    return seen_->items[at_++];
  }

 private:
  std::shared_ptr<Seen> seen_;
  std::size_t at_ = 0;
};

}  // namespace

Sequence::Sequence(Budget& budget, int depth) : budget_(budget), depth_(depth + 1) {
  if (depth_ > kDeepest) throw Failure(Reason::TooMuchWork, "Lazy sequences are nested too deep.");
}

std::optional<Item> Sequence::next() {
  const Budget::Level level(budget_);
  budget_.work(1);
  return produce();
}

bool is_iterable(const Item& item) {
  switch (item.kind()) {
    case Item::Kind::List:
    case Item::Kind::Set:
    case Item::Kind::View:
    case Item::Kind::Sequence:
    case Item::Kind::Ordering:
      return true;
    default:
      return false;
  }
}

std::optional<std::size_t> known_size(const Item& item) {
  switch (item.kind()) {
    case Item::Kind::List:
      return item.list().size();
    case Item::Kind::Set:
      return item.set().items.size();
    case Item::Kind::View:
      if (item.view().of == View::Of::Values) return std::nullopt;
      return item.view().dict->size();
    default:
      return std::nullopt;
  }
}

Cursor::Cursor(const Item& item) : item_(item) {
  if (item.is(Item::Kind::Ordering)) item_ = sorted(*item.ordering());
  if (item.is(Item::Kind::Sequence))
    if (auto begin = item.sequence()->iterate()) item_ = std::move(begin);
  const bool fits = is_iterable(item_) || item_.is(Item::Kind::Dict) || item_.is_string();
  if (!fits) throw Failure(Reason::WrongType, "There are no items in " + shown(item) + ".");
}

std::optional<Item> Cursor::next() {
  switch (item_.kind()) {
    case Item::Kind::List:
      if (at_ == item_.list().size()) return std::nullopt;
      return item_.list().items()[at_++];
    case Item::Kind::Set:
      if (at_ == item_.set().items.size()) return std::nullopt;
      return item_.set().items[at_++];
    case Item::Kind::Dict:
      if (at_ == item_.dict()->size()) return std::nullopt;
      return item_.dict()->entries()[at_++].first;
    case Item::Kind::View: {
      const View& view = item_.view();
      if (at_ == view.dict->size()) return std::nullopt;
      const auto& [key, value] = view.dict->entries()[at_++];
      if (view.of == View::Of::Keys) return key;
      if (view.of == View::Of::Values) return value;
      return tuple({key, value});
    }
    case Item::Kind::Sequence:
      return item_.sequence()->next();
    default: {  // a string
      const std::string& text = item_.text();
      if (at_ >= text.size()) return std::nullopt;
      const std::size_t begin = at_;
      next_point(text, at_);
      return Item(text.substr(begin, at_ - begin));
    }
  }
}

Items all_of(const Item& item) {
  if (item.is(Item::Kind::List)) return item.list().items();
  Items items;
  Cursor cursor(item);
  while (auto next = cursor.next()) items.push_back(std::move(*next));
  return items;
}

Item limited(const Item& item, Budget& budget) {
  if (const auto size = known_size(item)) {
    budget.items(*size);
    return item;
  }
  return generated(budget, item.depth(),
                   [&budget, source = item, cursor = std::optional<Cursor>(),
                    count = std::size_t{0}]() mutable -> std::optional<Item> {
                     if (!cursor) {
                       cursor.emplace(source);
                       source = Item();
                     }
                     auto next = cursor->next();
                     if (next) budget.items(++count);
                     return next;
                   });
}

Item memorized(const Item& item, Budget& budget) {
  if (!item.is(Item::Kind::Sequence)) return item;
  return std::shared_ptr<Sequence>(
      std::make_shared<Memory>(budget, item.depth(), std::make_shared<Memory::Seen>(item)));
}

}  // namespace heat::yaql
