#include "main/program_options.h"

#include <arpa/inet.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <initializer_list>

#include "base/diagnostics.h"
#include "base/error.h"
#include "base/log.h"

namespace heat {

namespace {

template <class Number>
Number read_number(const std::string& option, std::string_view text) {
  Number number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || end != text.data() + text.size())
    throw Error(ErrorKind::HTTPBadRequest,
                option + " takes a number, not '" + std::string(text) + "'.");
  return number;
}

/// "2.91"
int read_minor(const std::string& option, const std::string& version) {
  if (!version.starts_with("2."))
    throw Error(ErrorKind::HTTPBadRequest, option + " takes a microversion of Nova, as 2.91.");
  return read_number<std::uint8_t>(option, std::string_view(version).substr(2));
}

/// "server.build=2000"
std::pair<std::string, Duration> read_latency(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == text.npos)
    throw Error(ErrorKind::HTTPBadRequest,
                "--latency takes CHANGE=MILLISECONDS, as in server.build=2000.");
  const auto count =
      read_number<std::uint32_t>("--latency", std::string_view(text).substr(equals + 1));
  return {text.substr(0, equals), std::chrono::milliseconds(count)};
}

sigset_t set_of(std::initializer_list<int> numbers) {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int number : numbers) sigaddset(&signals, number);
  return signals;
}

sigset_t held_signals() { return set_of({SIGTERM, SIGINT, SIGHUP}); }

void reopen_log() {
  try {
    log::reopen();
    log::info("the log was opened anew");
  } catch (const Error& error) {
    log::error("the log could not be opened anew; it goes on as before", {{"why", error.what()}});
  }
}

}  // namespace

ProgramOptions ProgramOptions::read(const std::vector<std::string>& arguments,
                                    const std::vector<std::string>& known) {
  ProgramOptions options;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& option = arguments[i];
    if (option == "--help" || option == "-h") {
      options.help = true;
      continue;
    }
    if (std::find(known.begin(), known.end(), option) == known.end())
      throw Error(ErrorKind::HTTPBadRequest,
                  "There is no option " + option + "." + did_you_mean(option, known));
    if (option == "--twin") {
      options.twin = true;
      continue;
    }
    if (++i == arguments.size())
      throw Error(ErrorKind::HTTPBadRequest, option + " needs a value behind it.");
    if (option == "--config-file") options.config_file = arguments[i];
    if (option == "--state") options.state = arguments[i];
    if (option == "--port") options.port = read_number<std::uint16_t>(option, arguments[i]);
    if (option == "--twin-port")
      options.twin_port = read_number<std::uint16_t>(option, arguments[i]);
    if (option == "--nova") options.nova = read_minor(option, arguments[i]);
    if (option == "--latency") options.latencies.insert(read_latency(arguments[i]));
  }
  return options;
}

std::string default_config_file() {
  const std::string usual = "/etc/heat/heat.conf";
  return access(usual.c_str(), F_OK) == 0 ? usual : "";
}

void hold_signals() {
  const sigset_t signals = held_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

void wait_for_end() {
  const sigset_t held = held_signals();
  for (int signal = SIGHUP; signal == SIGHUP;) {
    sigwait(&held, &signal);
    if (signal == SIGHUP) reopen_log();
  }
  const sigset_t ending = set_of({SIGTERM, SIGINT});
  pthread_sigmask(SIG_UNBLOCK, &ending, nullptr);
}

std::uint16_t free_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  const bool bound = bind(socket, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                     getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  close(socket);
  if (!bound) throw Error(ErrorKind::InternalError, "There is no free port on 127.0.0.1.");
  return ntohs(address.sin_port);
}

}  // namespace heat
