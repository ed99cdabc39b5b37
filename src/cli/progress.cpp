#include "cli/progress.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <set>

#include "base/display_width.h"
#include "cli/table.h"

namespace heat::cli {

namespace {

bool in_progress(std::string_view status) { return status.ends_with("_IN_PROGRESS"); }
bool failed(std::string_view status) { return status.ends_with("_FAILED"); }

std::string padded(std::string text, std::size_t width) {
  const std::size_t shown = display_width(text);
  if (shown < width) text.append(width - shown, ' ');
  return text;
}

}  // namespace

std::string told(Duration time) {
  const double seconds = static_cast<double>(time.count()) / 1e6;
  char text[40];
  if (seconds < 60)
    std::snprintf(text, sizeof text, "%.1f s", seconds);
  else
    std::snprintf(text, sizeof text, "%d min %d s", static_cast<int>(seconds) / 60,
                  static_cast<int>(seconds) % 60);
  return text;
}

Progress::Screen Progress::Screen::of(std::FILE* file) {
  Screen screen;
  const char* kind = std::getenv("TERM");
  screen.terminal = isatty(fileno(file)) && kind && std::string_view(kind) != "dumb";
  screen.colour = screen.terminal && !std::getenv("NO_COLOR");
  winsize size{};
  if (screen.terminal && ioctl(fileno(file), TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    screen.width = size.ws_col;
    screen.height = std::max<std::size_t>(size.ws_row, 5);
  }
  return screen;
}

std::string Progress::update(const Value& stack, const Value& resources, Duration elapsed) {
  std::vector<std::string> changes;
  note(resources, elapsed, changes);
  note_gone(resources, elapsed, changes);
  last_look_ = elapsed;
  const std::string status = stack["stack_status"].string_or("");
  if (status != stack_status_) {
    stack_status_ = status;
    changes.push_back(padded(told(elapsed), 10) + padded(stack["stack_name"].string_or(""), 24) +
                      status);
  }
  if (screen_.terminal) return tree(stack, elapsed);
  std::string text;
  for (const std::string& change : changes) text += change + "\n";
  return text;
}

void Progress::note(const Value& resources, Duration elapsed, std::vector<std::string>& changes) {
  for (const Value& resource : resources.as_list()) {
    const std::string name = resource["resource_name"].string_or("");
    const std::string status = resource["resource_status"].string_or("");
    const auto [place, fresh] = index_.try_emplace(name, rows_.size());
    if (fresh)
      rows_.push_back({name, resource["resource_type"].string_or(""), "", last_look_, {}, false});
    Row& row = rows_[place->second];
    if (row.status == status) continue;
    // What was settled when the watch began is no news.
    const bool old_news = row.status.empty() && stack_status_.empty() && !in_progress(status);
    row.touched = row.touched || !old_news;
    if (in_progress(status)) {
      if (!in_progress(row.status)) row.begun = last_look_;
      row.ended = Duration{};
    } else {
      row.ended = std::max(elapsed, Duration(1));
    }
    row.status = status;
    if (!old_news && status != "INIT_COMPLETE")
      changes.push_back(padded(told(elapsed), 10) + padded(name, 24) + padded(status, 22) +
                        row.type);
  }
}

/// A resource that is no longer listed while its stack is: it was deleted.
void Progress::note_gone(const Value& resources, Duration elapsed,
                         std::vector<std::string>& changes) {
  std::set<std::string> listed;
  for (const Value& resource : resources.as_list())
    listed.insert(resource["resource_name"].string_or(""));
  for (Row& row : rows_) {
    if (listed.contains(row.name) || row.status == "DELETE_COMPLETE") continue;
    row.status = "DELETE_COMPLETE";
    row.touched = true;
    row.ended = std::max(elapsed, Duration(1));
    changes.push_back(padded(told(elapsed), 10) + padded(row.name, 24) + padded(row.status, 22) +
                      row.type);
  }
}

std::string Progress::painted(std::string_view text, std::string_view status) const {
  if (!screen_.colour) return std::string(text);
  const char* colour = in_progress(status) ? "\033[33m" : failed(status) ? "\033[31m" : "\033[32m";
  return colour + std::string(text) + "\033[0m";
}

std::string Progress::line(const Row& row, bool last, Duration elapsed) const {
  static constexpr const char* kTurning[] = {"◐", "◓", "◑", "◒"};
  const char* mark = in_progress(row.status)                               ? kTurning[frame_ % 4]
                     : failed(row.status)                                  ? "✘"
                     : row.status.empty() || row.status == "INIT_COMPLETE" ? "·"
                                                                           : "✔";
  const Duration spent = row.ended.count() ? row.ended - row.begun : elapsed - row.begun;
  std::string text = std::string(last ? "└─ " : "├─ ") + painted(mark, row.status) + " ";
  const bool waiting = row.status == "INIT_COMPLETE";
  // The type last: on a narrow screen it is what one misses least.
  const std::string rest = padded(fitted(row.name, 22), 23) +
                           padded(waiting ? "waiting" : row.status, 19) +
                           padded(row.touched && !waiting ? told(spent) : "", 9) + row.type;
  return text + fitted(rest, screen_.width > 6 ? screen_.width - 6 : 1);
}

std::string Progress::tree(const Value& stack, Duration elapsed) {
  ++frame_;
  std::vector<const Row*> shown;
  for (const Row& row : rows_) shown.push_back(&row);
  // On a small screen what is settled makes room for what is going on.
  const std::size_t room = screen_.height - 3;
  std::size_t hidden = 0;
  while (shown.size() > room) {
    auto settled = std::find_if(shown.begin(), shown.end(),
                                [](const Row* row) { return row->ended.count() > 0; });
    shown.erase(settled == shown.end() ? shown.end() - 1 : settled);
    ++hidden;
  }

  std::vector<std::string> lines = {painted("●", stack_status_) + " " +
                                    stack["stack_name"].string_or("") + "  " +
                                    painted(stack_status_, stack_status_) + "  " + told(elapsed)};
  for (std::size_t i = 0; i < shown.size(); ++i)
    lines.push_back(line(*shown[i], i + 1 == shown.size() && hidden == 0, elapsed));
  if (hidden > 0) lines.push_back("└─ … and " + std::to_string(hidden) + " more");

  std::string text;
  if (drawn_ > 0) text += "\033[" + std::to_string(drawn_) + "A";
  for (const std::string& each : lines) text += "\r\033[2K" + each + "\n";
  if (lines.size() < drawn_) text += "\033[J";
  drawn_ = lines.size();
  return text;
}

}  // namespace heat::cli
