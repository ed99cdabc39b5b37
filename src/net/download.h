#pragma once

#include <cstddef>
#include <string>

#include "async/loop.h"
#include "async/task.h"
#include "base/time.h"
#include "net/http.h"

namespace heat {

struct DownloadLimits {
  std::size_t bytes = 524288;
  Duration time = std::chrono::seconds(60);  ///< redirects included
  int redirects = 10;
};

/// What lies at `url`, for whoever names it. Follows redirects. Only http and https, and from https
/// to https only. Throws Error{HTTPBadRequest} that names the URL and says why there is nothing.
Task<std::string> download(Http& http, Loop& loop, std::string url, DownloadLimits limits = {});

}  // namespace heat
