#include "twin/twin_command.h"

#include <algorithm>
#include <charconv>
#include <csignal>
#include <iostream>
#include <optional>

#include "base/error.h"
#include "net/asio_loop.h"
#include "net/server.h"
#include "twin/twin.h"

namespace heat {

namespace {

constexpr const char* kHelp =
    "Serve a simulated Keystone, Nova, Neutron, Cinder and Glance, until SIGTERM or SIGINT.\n"
    "Usage: heat twin [--port PORT] [--seed NUMBER] [--latency NAME=MS] [--heat URL]\n\n"
    "  --port PORT        listen here; 35357 where it is not given, 0: any free port\n"
    "  --seed NUMBER      make the same ids and addresses each time\n"
    "  --latency NAME=MS  how long something takes: network=30, server.build=2000\n"
    "  --heat URL         list this Heat in the catalogue\n\n"
    "Example:\n  heat twin --port 35357 --latency server.build=2000\n";

struct Settings {
  std::uint16_t port = 35357;
  std::optional<std::uint64_t> seed;
  TwinOptions options;
};

template <class Number>
Number number(const std::string& option, std::string_view text) {
  Number value{};
  const auto end = text.data() + text.size();
  if (text.empty() || std::from_chars(text.data(), end, value).ptr != end)
    throw Error(ErrorKind::Invalid, option + " needs a number, not '" + std::string(text) + "'.");
  return value;
}

void add_latency(TwinOptions& options, const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == text.npos)
    throw Error(ErrorKind::Invalid,
                "--latency needs a name and milliseconds, as in server.build=2000.");
  options.latencies[text.substr(0, equals)] =
      std::chrono::milliseconds(number<std::int64_t>("--latency", text.substr(equals + 1)));
}

Settings read(const std::vector<std::string>& arguments) {
  Settings settings;
  for (std::size_t i = 0; i < arguments.size(); i += 2) {
    const std::string& option = arguments[i];
    if (i + 1 == arguments.size())
      throw Error(ErrorKind::Invalid, "'" + option +
                                          "' needs a value, or is no option; known "
                                          "are --port, --seed, --latency and --heat.");
    const std::string& value = arguments[i + 1];
    if (option == "--port")
      settings.port = number<std::uint16_t>(option, value);
    else if (option == "--seed")
      settings.seed = number<std::uint64_t>(option, value);
    else if (option == "--latency")
      add_latency(settings.options, value);
    else if (option == "--heat")
      settings.options.endpoints.push_back({"orchestration", "heat", value + "/v1/{project}"});
    else
      throw Error(ErrorKind::Invalid, "There is no option '" + option +
                                          "'; known are --port, --seed, --latency and --heat.");
  }
  return settings;
}

void greet(const std::string& url) {
  std::cout << "A simulated cloud listens on " << url << ". To talk to it:\n"
            << "  export OS_AUTH_URL=" << url << "/identity/v3 OS_IDENTITY_API_VERSION=3\n"
            << "  export OS_USERNAME=demo OS_PASSWORD=secret OS_PROJECT_NAME=demo\n"
            << "  export OS_USER_DOMAIN_NAME=Default OS_PROJECT_DOMAIN_NAME=Default\n"
            << "  openstack server list\n"
            << "Ctrl-C stops it." << std::endl;
}

}  // namespace

int run_twin(const std::vector<std::string>& arguments) {
  if (std::ranges::any_of(arguments, [](auto& a) { return a == "--help" || a == "-h"; })) {
    std::cout << kHelp;
    return 0;
  }
  try {
    Settings settings = read(arguments);
    AsioLoop loop;
    SystemRandom system;
    SeededRandom seeded(settings.seed.value_or(0));
    Random& random = settings.seed ? static_cast<Random&>(seeded) : system;
    Twin twin(loop, random, std::move(settings.options));
    HttpServer server(
        loop, [&twin](HttpRequest request) { return twin.handle(std::move(request)); },
        ServerOptions{.port = settings.port});
    twin.set_base_url(server.url());
    loop.on_signals({SIGINT, SIGTERM}, [&loop](int) { loop.stop(); });
    greet(server.url());
    loop.run();
    sync_wait(loop, server.stop());
    return 0;
  } catch (const Error& problem) {
    std::cerr << "heat twin: " << problem.message() << '\n';
    return 2;
  }
}

}  // namespace heat
