#pragma once

#include <string>
#include <utility>

#include "cli/bundle.h"
#include "cli/options.h"
#include "template/parameters.h"

namespace heat::cli {

// From the command line to what the operations on stacks take.

/// The template with its files, or, with --existing, the environments alone.
Bundle read_bundle(const Options& options);
/// The same where there must be a template.
Bundle read_template(const Options& options);
/// The values of -P and --parameter-file, by name.
Map given_parameters(const Options& options);
/// What the pseudo parameters are where there is no stack: it is named after the template's file.
Parameters::Pseudo pseudo_parameters(const Options& options);
/// The body of a request that creates, updates or validates.
Map request_body(const Bundle& bundle, const Options& options);

/// "name=value" in two. Throws Error that names the option.
std::pair<std::string, std::string> split_pair(const std::string& text, const char* option);

}  // namespace heat::cli
