#include "net/curl_http.h"

#include <curl/curl.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <csignal>
#include <map>
#include <optional>
#include <tuple>

#include "async/wait.h"
#include "base/error.h"
#include "net/asio_loop.h"

namespace heat {

namespace asio = boost::asio;

namespace {

/// A socket that curl watches. Curl opens and closes it; only the waiting is ours.
struct Watch {
  Watch(asio::io_context& context, curl_socket_t socket) : descriptor(context, socket) {}
  ~Watch() { descriptor.release(); }

  asio::posix::basic_stream_descriptor<asio::io_context::executor_type> descriptor;
  int wanted = CURL_POLL_NONE;
  bool reading = false;
  bool writing = false;
};

struct FreeEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using Easy = std::unique_ptr<CURL, FreeEasy>;

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

void start_curl() {
  static const bool started = [] {
    std::signal(SIGPIPE, SIG_IGN);  // TLS writes to a closed connection would raise it
    return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  }();
  check(started, "libcurl cannot start");
}

long milliseconds(Duration span) {
  return static_cast<long>(std::max<std::int64_t>(1, span.count() / 1000));
}

}  // namespace

struct CurlHttp::State {
  State(AsioLoop& its_loop, CurlOptions its_options);
  ~State();

  static int watch(CURL*, curl_socket_t socket, int wanted, void* self, void*);
  static int set_timer(CURLM*, long delay, void* self);
  void arm(curl_socket_t socket, const std::shared_ptr<Watch>& watch);
  void act(curl_socket_t socket, int events);
  void take_finished();

  AsioLoop& loop;
  CurlOptions options;
  CURLM* multi;
  std::vector<Easy> spare;
  std::map<curl_socket_t, std::shared_ptr<Watch>> watches;
  std::optional<Loop::TimerId> timer;
};

namespace {

/// One request under way; lives in the frame of its fetch().
struct Exchange {
  Exchange(Loop& loop, const HttpRequest& its_request, const CurlOptions& its_options)
      : request(its_request), options(its_options), done(loop, {}, its_request.give_up) {}

  static std::size_t take_body(char* data, std::size_t, std::size_t size, void* self);
  static std::size_t take_header(char* data, std::size_t, std::size_t size, void* self);
  static std::size_t give_body(char* to, std::size_t one, std::size_t room, void* self);
  void prepare(CURL* easy);
  void set_tls(CURL* easy);
  void set_body(CURL* easy);
  void set_headers(CURL* easy);
  bool within_limit(std::size_t more);
  [[noreturn]] void no_answer(CURL* easy) const;

  const HttpRequest& request;
  const CurlOptions& options;
  Wait done;
  HttpResponse response;
  std::size_t received = 0;
  std::size_t given = 0;
  bool too_large = false;
  CURLcode outcome = CURLE_OK;
  std::unique_ptr<curl_slist, FreeList> header_lines;
  char problem[CURL_ERROR_SIZE] = "";
};

bool Exchange::within_limit(std::size_t more) {
  received += more;
  too_large = received > options.response_limit;
  return !too_large;
}

std::size_t Exchange::take_body(char* data, std::size_t, std::size_t size, void* self) {
  auto& exchange = *static_cast<Exchange*>(self);
  if (!exchange.within_limit(size)) return 0;
  exchange.response.body.append(data, size);
  return size;
}

std::size_t Exchange::take_header(char* data, std::size_t, std::size_t size, void* self) {
  auto& exchange = *static_cast<Exchange*>(self);
  if (!exchange.within_limit(size)) return 0;
  std::string_view line(data, size);
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  if (line.starts_with("HTTP/")) {
    exchange.response.headers = {};  // those of an interim answer or a proxy
  } else if (const auto colon = line.find(':'); colon != line.npos) {
    auto value = line.substr(colon + 1);
    while (value.starts_with(' ') || value.starts_with('\t')) value.remove_prefix(1);
    exchange.response.headers.add(std::string(line.substr(0, colon)), std::string(value));
  }
  return size;
}

std::size_t Exchange::give_body(char* to, std::size_t, std::size_t room, void* self) {
  auto& exchange = *static_cast<Exchange*>(self);
  const auto given = exchange.request.body.copy(to, room, exchange.given);
  exchange.given += given;
  return given;
}

void Exchange::set_tls(CURL* easy) {
  const TlsOptions& tls = request.tls;
  if (!tls.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, tls.ca_file.c_str());
  if (!tls.client_certificate.empty())
    curl_easy_setopt(easy, CURLOPT_SSLCERT, tls.client_certificate.c_str());
  if (!tls.client_key.empty()) curl_easy_setopt(easy, CURLOPT_SSLKEY, tls.client_key.c_str());
  if (tls.insecure) {
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 0L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L);
  }
}

void Exchange::set_body(CURL* easy) {
  const auto& [method, body] = std::tie(request.method, request.body);
  if (method == "HEAD") {
    curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    return;
  }
  const bool expects_body = method == "POST" || method == "PUT" || method == "PATCH";
  if (expects_body || !body.empty()) {
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    if (method == "POST" || method == "PATCH") {
      // Curl repeats a request whose pooled connection breaks before an answer, though it may have
      // had its effect. It can't repeat a body that can't be rewound; without a body only a new
      // connection keeps it from that.
      curl_easy_setopt(easy, CURLOPT_READFUNCTION, give_body);
      curl_easy_setopt(easy, CURLOPT_READDATA, this);
      if (body.empty()) curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    } else {
      curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body.c_str());
    }
  }
  curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, method.c_str());
}

void Exchange::set_headers(CURL* easy) {
  const auto append = [this](const std::string& line) {
    if (line.find_first_of("\r\n") != line.npos) {
      throw Error(ErrorKind::Invalid, "A header field can't contain a line break.");
    }
    auto* longer = curl_slist_append(header_lines.get(), line.c_str());
    check(longer != nullptr, "out of memory");
    static_cast<void>(header_lines.release());
    header_lines.reset(longer);
  };
  for (const auto& [name, value] : request.headers) {
    append(value.empty() ? name + ';' : name + ": " + value);
  }
  append("Expect:");  // no second round trip before a large body
  if (!request.headers.find("Content-Type")) append("Content-Type:");
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, header_lines.get());
}

void Exchange::prepare(CURL* easy) {
  curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(easy, CURLOPT_PRIVATE, this);
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, problem);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, milliseconds(request.timeout));
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(options.connect_timeout));
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
  set_tls(easy);
  set_body(easy);
  set_headers(easy);
}

void Exchange::no_answer(CURL* easy) const {
  long request_bytes = 0;
  curl_easy_getinfo(easy, CURLINFO_REQUEST_SIZE, &request_bytes);
  std::string why = problem[0] ? problem : curl_easy_strerror(outcome);
  if (too_large) {
    why = "the answer is larger than " + std::to_string(options.response_limit) + " bytes";
  }
  throw HttpNoAnswer(std::move(why), request_bytes > 0);
}

}  // namespace

CurlHttp::State::State(AsioLoop& its_loop, CurlOptions its_options)
    : loop(its_loop), options(std::move(its_options)) {
  start_curl();
  multi = curl_multi_init();
  check(multi != nullptr, "libcurl cannot start");
  curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, watch);
  curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, set_timer);
  curl_multi_setopt(multi, CURLMOPT_TIMERDATA, this);
  curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, static_cast<long>(options.idle_connections));
}

CurlHttp::State::~State() {
  curl_multi_cleanup(multi);
  if (timer) loop.cancel_timer(*timer);
}

int CurlHttp::State::watch(CURL*, curl_socket_t socket, int wanted, void* self, void*) {
  auto& state = *static_cast<State*>(self);
  if (wanted == CURL_POLL_REMOVE) {
    state.watches.erase(socket);
    return 0;
  }
  auto& watch = state.watches[socket];
  if (!watch) watch = std::make_shared<Watch>(state.loop.context(), socket);
  watch->wanted = wanted;
  state.arm(socket, watch);
  return 0;
}

void CurlHttp::State::arm(curl_socket_t socket, const std::shared_ptr<Watch>& watch) {
  const auto wait = [&](auto direction, bool Watch::* waiting, int event) {
    if (!(watch->wanted & event) || *watch.*waiting) return;
    *watch.*waiting = true;
    std::weak_ptr<Watch> weak = watch;
    watch->descriptor.async_wait(direction, [this, socket, weak, waiting, event](auto problem) {
      const auto still = weak.lock();
      if (!still) return;  // curl has let go of the socket
      *still.*waiting = false;
      const int events = problem ? CURL_CSELECT_ERR : event;
      if (still->wanted & event) act(socket, events);
    });
  };
  wait(asio::posix::descriptor_base::wait_read, &Watch::reading, CURL_POLL_IN);
  wait(asio::posix::descriptor_base::wait_write, &Watch::writing, CURL_POLL_OUT);
}

int CurlHttp::State::set_timer(CURLM*, long delay, void* self) {
  auto& state = *static_cast<State*>(self);
  if (state.timer) state.loop.cancel_timer(*state.timer);
  state.timer.reset();
  if (delay < 0) return 0;
  state.timer = state.loop.call_after(std::chrono::milliseconds(delay), [&state] {
    state.timer.reset();
    state.act(CURL_SOCKET_TIMEOUT, 0);
  });
  return 0;
}

void CurlHttp::State::act(curl_socket_t socket, int events) {
  int running = 0;
  curl_multi_socket_action(multi, socket, events, &running);
  const auto found = watches.find(socket);
  if (found != watches.end()) arm(socket, found->second);
  take_finished();
}

void CurlHttp::State::take_finished() {
  int left = 0;
  while (const auto* message = curl_multi_info_read(multi, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    Exchange* exchange = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &exchange);
    exchange->outcome = message->data.result;
    exchange->done.wake();
  }
}

CurlHttp::CurlHttp(AsioLoop& loop, CurlOptions options)
    : state_(std::make_unique<State>(loop, std::move(options))) {}

CurlHttp::~CurlHttp() = default;

Task<HttpResponse> CurlHttp::fetch(HttpRequest request) {
  /// Whatever happens, the handle leaves the multi handle before the exchange it points to goes.
  struct Lease {
    explicit Lease(State& its_state) : state(its_state) {
      if (state.spare.empty()) {
        easy.reset(curl_easy_init());
      } else {
        easy = std::move(state.spare.back());
        state.spare.pop_back();
      }
      check(easy != nullptr, "out of memory");
    }
    ~Lease() {
      curl_multi_remove_handle(state.multi, easy.get());
      curl_easy_reset(easy.get());
      state.spare.push_back(std::move(easy));
    }
    State& state;
    Easy easy;
  };

  Exchange exchange(state_->loop, request, state_->options);
  Lease lease(*state_);
  auto* easy = lease.easy.get();
  exchange.prepare(easy);
  curl_multi_add_handle(state_->multi, easy);
  if (co_await exchange.done == Wait::End::Cancelled) throw HttpNoAnswer("it was given up", true);

  if (exchange.outcome != CURLE_OK) exchange.no_answer(easy);
  long status = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  exchange.response.status = static_cast<int>(status);
  co_return std::move(exchange.response);
}

}  // namespace heat
