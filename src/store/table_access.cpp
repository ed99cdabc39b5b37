#include "store/table_access.h"

#include "base/check.h"
#include "text/write.h"

namespace heat {

namespace {

template <class Row>
bool readable(const Column<Row>& column) {
  return !std::holds_alternative<typename Column<Row>::Derived>(column.source);
}

template <class Row>
std::string joined(const char* before, const char* after, bool derived, std::size_t from,
                   std::size_t to) {
  std::string text;
  for (std::size_t i = from; i < to; ++i) {
    const Column<Row>& column = table<Row>().columns[i];
    if (!derived && !readable(column)) continue;
    if (!text.empty()) text += before;
    text += std::string(column.name) + after;
  }
  return text;
}

template <class Row>
std::string where_key() {
  return " WHERE " + joined<Row>(" AND ", " = ?", true, 0, table<Row>().keys);
}

/// What a sealed value is bound to: "resource.data:<id>".
template <class Row>
std::string place(const Row& row, const Column<Row>& column) {
  std::string text = std::string(table<Row>().name) + "." + std::string(column.name);
  for (std::size_t i = 0; i < table<Row>().keys; ++i)
    text += (i ? "/" : ":") + row.*std::get<std::string Row::*>(table<Row>().columns[i].source);
  return text;
}

Value to_list(const std::vector<std::string>& texts) {
  return Value(List(texts.begin(), texts.end()));
}

std::vector<std::string> from_list(const std::string& json) {
  std::vector<std::string> texts;
  if (json.empty()) return texts;
  const Value list = from_json(json);
  for (const Value& text : list.as_list()) texts.push_back(text.as_string());
  return texts;
}

}  // namespace

template <class Row>
std::string TableAccess<Row>::keep(const Value& value) {
  const std::string json = to_json(value);
  const std::string name = sealer_.fingerprint(json);
  if (connection_.run("SELECT 1 FROM blob WHERE name = ?").bind(name).next()) return name;
  connection_.run("INSERT INTO blob (name, content) VALUES (?, ?)")
      .bind(name)
      .bind_blob(sealer_.seal_bytes(json, "blob:" + name))
      .change();
  return name;
}

template <class Row>
Value TableAccess<Row>::kept(const std::string& name) {
  auto run = connection_.run("SELECT content FROM blob WHERE name = ?");
  check(run.bind(name).next(), "a definition names content that is not there");
  return sealer_.open(run.text(), "blob:" + name);
}

template <class Row>
struct TableAccess<Row>::Bind {
  TableAccess& access;
  sqlite::Run& run;
  const Row& row;
  const Column<Row>& column;

  void operator()(std::string Row::* member) const { run.bind(row.*member); }
  void operator()(bool Row::* member) const { run.bind(row.*member ? 1 : 0); }
  void operator()(int Row::* member) const { run.bind(row.*member); }
  void operator()(std::int64_t Row::* member) const { run.bind(row.*member); }
  void operator()(std::vector<std::string> Row::* member) const {
    run.bind((row.*member).empty() ? "" : to_json(to_list(row.*member)));
  }
  void operator()(Value Row::* member) const {
    const Value& value = row.*member;
    if (value.is_null())
      run.bind_null();
    else
      run.bind_blob(access.sealer_.seal(value, place(row, column)));
  }
  void operator()(typename Column<Row>::Shared shared) const {
    const Value& value = row.*shared.member;
    if (value.is_null())
      run.bind_null();
    else
      run.bind(access.keep(value));
  }
  void operator()(typename Column<Row>::Derived derive) const {
    const std::optional<std::string> text = derive(row);
    if (text)
      run.bind(*text);
    else
      run.bind_null();
  }
};

template <class Row>
struct TableAccess<Row>::Take {
  TableAccess& access;
  sqlite::Run& run;
  Row& row;
  const Column<Row>& column;

  void operator()(std::string Row::* member) const { row.*member = run.text(); }
  void operator()(bool Row::* member) const { row.*member = run.integer() != 0; }
  void operator()(int Row::* member) const { row.*member = static_cast<int>(run.integer()); }
  void operator()(std::int64_t Row::* member) const { row.*member = run.integer(); }
  void operator()(std::vector<std::string> Row::* member) const {
    row.*member = from_list(run.text());
  }
  void operator()(Value Row::* member) const {
    if (const auto sealed = run.maybe())
      row.*member = access.sealer_.open(*sealed, place(row, column));
  }
  void operator()(typename Column<Row>::Shared shared) const {
    if (const auto name = run.maybe()) row.*shared.member = access.kept(*name);
  }
  void operator()(typename Column<Row>::Derived) const {}
};

template <class Row>
void TableAccess<Row>::insert(const Row& row) {
  const auto& columns = table<Row>().columns;
  static const std::string sql = [&] {
    std::string marks = "?";
    for (std::size_t i = 1; i < columns.size(); ++i) marks += ", ?";
    return "INSERT INTO " + std::string(table<Row>().name) + " (" +
           joined<Row>(", ", "", true, 0, columns.size()) + ") VALUES (" + marks + ")";
  }();
  auto run = connection_.run(sql);
  for (const auto& column : columns) std::visit(Bind{*this, run, row, column}, column.source);
  run.change();
}

template <class Row>
bool TableAccess<Row>::update(const Row& row, const std::string& condition,
                              std::optional<std::int64_t> number) {
  const auto& columns = table<Row>().columns;
  const std::size_t keys = table<Row>().keys;
  static const std::string sql = "UPDATE " + std::string(table<Row>().name) + " SET " +
                                 joined<Row>(", ", " = ?", true, keys, columns.size()) +
                                 where_key<Row>();
  auto run = connection_.run(sql + condition);
  const auto bind = [&](const Column<Row>& column) {
    std::visit(Bind{*this, run, row, column}, column.source);
  };
  for (std::size_t i = keys; i < columns.size(); ++i) bind(columns[i]);
  for (std::size_t i = 0; i < keys; ++i) bind(columns[i]);
  if (number) run.bind(*number);
  return run.change() == 1;
}

template <class Row>
void TableAccess<Row>::erase(const Row& row) {
  static const std::string sql = "DELETE FROM " + std::string(table<Row>().name) + where_key<Row>();
  auto run = connection_.run(sql);
  for (std::size_t i = 0; i < table<Row>().keys; ++i) {
    const auto& column = table<Row>().columns[i];
    std::visit(Bind{*this, run, row, column}, column.source);
  }
  run.change();
}

template <class Row>
const std::string& TableAccess<Row>::select() {
  static const std::string sql = "SELECT " +
                                 joined<Row>(", ", "", false, 0, table<Row>().columns.size()) +
                                 " FROM " + std::string(table<Row>().name) + " ";
  return sql;
}

template <class Row>
Row TableAccess<Row>::read(sqlite::Run& run) {
  Row row;
  for (const auto& column : table<Row>().columns)
    if (readable(column)) std::visit(Take{*this, run, row, column}, column.source);
  return row;
}

template class TableAccess<DefinitionRow>;
template class TableAccess<StackRow>;
template class TableAccess<TreeRow>;
template class TableAccess<ResourceRow>;
template class TableAccess<StepRow>;
template class TableAccess<InboxRow>;
template class TableAccess<EventRow>;
template class TableAccess<CredentialRow>;
template class TableAccess<ServiceRow>;

}  // namespace heat
