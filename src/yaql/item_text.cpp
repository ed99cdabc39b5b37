#include <algorithm>

#include "text/write.h"
#include "yaql/datetime.h"
#include "yaql/failure.h"
#include "yaql/item.h"
#include "yaql/numbers.h"

namespace heat::yaql {

namespace {

constexpr std::size_t kLongest = 1'000'000;

/// Writes Python's text of items until it is too long.
class Writer {
 public:
  explicit Writer(std::size_t most) : most_(most) {}

  void repr(const Item& item) {
    switch (item.kind()) {
      case Item::Kind::Scalar:
        put(scalar(item.scalar()));
        break;
      case Item::Kind::List:
        list(item.list());
        break;
      case Item::Kind::Dict:
        dict(*item.dict());
        break;
      case Item::Kind::Set:
        put("frozenset(");
        if (!item.set().items.empty()) series("{", item.set().items, "}");
        put(")");
        break;
      case Item::Kind::View:
        put(item.view().of == View::Of::Keys     ? "KeysView("
            : item.view().of == View::Of::Values ? "ValuesView("
                                                 : "ItemsView(");
        dict(*item.view().dict);
        put(")");
        break;
      case Item::Kind::DateTime:
        put(datetime_repr(item.moment()));
        break;
      case Item::Kind::TimeSpan:
        put(timespan_repr(item.span()));
        break;
      case Item::Kind::Sequence:
      case Item::Kind::Ordering:
        put("<sequence>");
        break;
      case Item::Kind::Regex:
        put("<regex>");
        break;
      case Item::Kind::Context:
        put("<context>");
        break;
      case Item::Kind::Rule:
        put("<rule>");
        break;
      case Item::Kind::Absent:
        break;
    }
  }

  bool full() const { return out.size() >= most_; }
  std::string out;

 private:
  void put(std::string_view text) {
    if (!full()) out += text;
  }

  static std::string scalar(const Value& value) {
    if (!value.is_string()) return to_python_str(value);
    const std::string listed = to_python_str(List{value});
    return listed.substr(1, listed.size() - 2);
  }

  void series(std::string_view open, const Items& items, std::string_view close) {
    put(open);
    for (std::size_t i = 0; i < items.size() && !full(); ++i) {
      if (i > 0) put(", ");
      repr(items[i]);
    }
    put(close);
  }

  /// The same for what came in and has not been looked at.
  void repr(const Value& value) {
    if (value.is_list()) {
      put("(");
      const List& items = value.as_list();
      for (std::size_t i = 0; i < items.size() && !full(); ++i) {
        if (i > 0) put(", ");
        repr(items[i]);
      }
      put(items.size() == 1 ? ",)" : ")");
    } else if (value.is_map()) {
      put("{");
      const char* separator = "";
      for (const Map::Entry& entry : value.as_map()) {
        if (full()) break;
        put(std::exchange(separator, ", "));
        if (entry.key_kind == Value::Kind::String)
          put(scalar(entry.key));
        else
          put(entry.key);
        put(": ");
        repr(entry.value);
      }
      put("}");
    } else {
      put(scalar(value));
    }
  }

  void list(const ItemList& list) {
    if (!list.source().is_null()) return repr(list.source());
    if (!list.is_tuple()) return series("[", list.items(), "]");
    series("(", list.items(), list.size() == 1 ? ",)" : ")");
  }

  void dict(const Dict& dict) {
    if (!dict.source().is_null()) return repr(dict.source());
    put("{");
    for (std::size_t i = 0; i < dict.size() && !full(); ++i) {
      if (i > 0) put(", ");
      repr(dict.entries()[i].first);
      put(": ");
      repr(dict.entries()[i].second);
    }
    put("}");
  }

  std::size_t most_;
};

Value key_value(const Item& key) {
  if (key.is(Item::Kind::Scalar)) return key.scalar();
  throw Failure(Reason::WrongType,
                "A map of the result has a key that is no string or number: " + shown(key) + ".");
}

}  // namespace

std::string to_repr(const Item& item) {
  Writer writer(kLongest);
  writer.repr(item);
  if (writer.full()) throw Failure(Reason::TooMuchMemory, "The text of a value is too long.");
  return std::move(writer.out);
}

std::string to_str(const Item& item) {
  if (item.is_string()) return item.text();
  if (item.is(Item::Kind::DateTime)) return datetime_str(item.moment());
  if (item.is(Item::Kind::TimeSpan)) return timespan_str(item.span());
  return to_repr(item);
}

std::string shown(const Item& item) {
  Writer writer(60);
  writer.repr(item);
  if (writer.out.size() <= 60) return std::move(writer.out);
  std::size_t end = 60;
  while (end > 0 && (static_cast<unsigned char>(writer.out[end]) & 0xc0) == 0x80) --end;
  return writer.out.substr(0, end) + "…";
}

Value to_value(const Item& item) {
  switch (item.kind()) {
    case Item::Kind::Scalar:
      return item.scalar();
    case Item::Kind::List:
      if (!item.list().source().is_null()) return item.list().source();
      [[fallthrough]];
    case Item::Kind::Set: {
      List result;
      for (const Item& each : item.is(Item::Kind::Set) ? item.set().items : item.list().items())
        result.push_back(to_value(each));
      return result;
    }
    case Item::Kind::Dict: {
      if (!item.dict()->source().is_null()) return item.dict()->source();
      Map result;
      for (const auto& [key, value] : item.dict()->entries()) {
        const Value name = key_value(key);
        result.set(name.is_string() ? name.as_string() : to_python_str(name), to_value(value),
                   name.kind());
      }
      return result;
    }
    case Item::Kind::DateTime:
      return format_datetime(item.moment(), "%Y-%m-%dT%H:%M:%S.%f");
    case Item::Kind::TimeSpan:
      return static_cast<double>(item.span().micros) / 1e6;
    default:
      throw Failure(Reason::WrongType, "The expression gives a " + shown(item) +
                                           ", which has no form outside of yaql.");
  }
}

}  // namespace heat::yaql
