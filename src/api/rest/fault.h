#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "net/http.h"

namespace heat::api {

/// An error answer in the original's form: {"code", "title", "explanation", "error": {"type",
/// "message", "traceback"}}.
HttpResponse fault(int status, std::string_view type, std::string_view message);
/// The message names the path, and shows the line where the template came as text. Of an error with
/// a place, or of many, "error" also has "problems": each by itself, as {"type", "path": [steps],
/// "message", "file", "line", "column"}.
HttpResponse fault(const Error& error);

/// "Not Found" for 404.
std::string_view status_title(int status);
/// One sentence on what the status means.
std::string_view status_explanation(int status);

}  // namespace heat::api
