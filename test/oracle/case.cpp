#include "case.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "base/utf8.h"
#include "text/write.h"

namespace heat::oracle {

std::string Case::template_text() const {
  std::string result = text("template");
  if (!data["pad_to"].is_int()) return result;
  const auto length = static_cast<std::size_t>(data["pad_to"].as_int());
  const std::size_t now = count_points(result);
  if (now < length) result += "#" + std::string(length - now - 1, 'x');
  return result;
}

std::vector<Case> read_cases(const std::string& path) {
  namespace fs = std::filesystem;
  std::vector<fs::path> files;
  if (fs::is_directory(path)) {
    for (const auto& entry : fs::recursive_directory_iterator(path))
      if (entry.path().extension() == ".jsonl") files.push_back(entry.path());
  } else {
    files.emplace_back(path);
  }
  std::ranges::sort(files);
  std::vector<Case> cases;
  for (const fs::path& file : files) {
    const std::string topic = file.parent_path().filename().string() + "/" + file.stem().string();
    std::ifstream lines(file);
    for (std::string line; std::getline(lines, line);) {
      Value data = from_json(line);
      std::string id = data["id"].string_or("?");
      cases.push_back({topic, std::move(id), std::move(data)});
    }
  }
  return cases;
}

namespace {

Value decode_map(const Value& pairs) {
  Map map;
  for (const Value& pair : pairs.as_list()) {
    const Value key = decode(pair[0]);
    map.set(key.is_string() ? key.as_string() : to_python_str(key), decode(pair[1]), key.kind());
  }
  return map;
}

}  // namespace

Value decode(const Value& recorded) {
  if (recorded.is_list()) {
    List items;
    for (const Value& item : recorded.as_list()) items.push_back(decode(item));
    return items;
  }
  if (!recorded.is_map()) return recorded;
  if (const Value* number = recorded.find("$float")) {
    if (*number == Value("nan")) return std::nan("");
    return *number == Value("inf") ? HUGE_VAL : -HUGE_VAL;
  }
  if (const Value* pairs = recorded.find("$map")) return decode_map(*pairs);
  Map map;
  for (const auto& [key, value, kind] : recorded.as_map()) map.set(key, decode(value), kind);
  return map;
}

bool same(const Value& a, const Value& b) {
  if (a.is_double() && b.is_double() && std::isnan(a.as_double()) && std::isnan(b.as_double()))
    return true;
  if (a.kind() != b.kind()) return false;
  if (a.is_list()) return std::ranges::equal(a.as_list(), b.as_list(), same);
  if (!a.is_map()) return a == b;
  if (a.as_map().size() != b.as_map().size()) return false;
  return std::ranges::all_of(a.as_map(), [&](const Map::Entry& entry) {
    return std::ranges::any_of(b.as_map(), [&](const Map::Entry& other) {
      return entry.key == other.key && entry.key_kind == other.key_kind &&
             same(entry.value, other.value);
    });
  });
}

}  // namespace heat::oracle
