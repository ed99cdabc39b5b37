#pragma once

#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/position.h"

namespace heat {

/// Every kind of error a client can see. The names are the original's class names, which clients
/// match on; `error_kinds.cpp` holds each one's HTTP status and CloudFormation code.
enum class ErrorKind {
  ActionInProgress,
  ActionNotComplete,
  AuthorizationFailure,
  BadRequest,
  CircularDependencyException,
  ClientNotAvailable,
  ConcurrentTransaction,
  Conflict,
  ConflictingMergeStrategyForParam,
  DownloadLimitExceeded,
  EgressRuleNotAllowed,
  EntityNotFound,
  Error,
  EventSendFailed,
  Forbidden,
  HTTPBadRequest,
  HTTPNotFound,
  ImmutableParameterModified,
  InterfaceAttachFailed,
  InterfaceDetachFailed,
  InternalError,
  Invalid,
  InvalidBreakPointHook,
  InvalidContentType,
  InvalidEncryptionKey,
  InvalidExternalResourceDependency,
  InvalidGlobalResource,
  InvalidMergeStrategyForParam,
  InvalidRestrictedAction,
  InvalidSchemaError,
  InvalidTemplateAttribute,
  InvalidTemplateReference,
  InvalidTemplateSection,
  InvalidTemplateVersion,
  InvalidTenant,
  MissingCredentialError,
  NotAuthenticated,
  NotFound,
  NotSupported,
  OverLimit,
  PhysicalResourceExists,
  PhysicalResourceIDAmbiguity,
  PhysicalResourceNameAmbiguity,
  PropertyUnspecifiedError,
  RequestLimitExceeded,
  ResourceActionNotSupported,
  ResourceActionRestricted,
  ResourceFailure,
  ResourceInError,
  ResourceNotAvailable,
  ResourceNotFound,
  ResourcePropertyConflict,
  ResourcePropertyDependency,
  ResourcePropertyValueDependency,
  ResourceTypeUnavailable,
  ResourceUnknownStatus,
  ServiceUnavailable,
  SnapshotNotFound,
  StackExists,
  StackResourceLimitExceeded,
  StackValidationFailed,
  StopActionFailed,
  TemplateOutputError,
  Timeout,
  Unauthorized,
  UnknownUserParameter,
  UserParameterMissing,
  ValueError,
};

struct ErrorKindInfo {
  ErrorKind kind;
  std::string_view name;      ///< as clients see it: "StackValidationFailed"
  int http_status;            ///< of the native API
  std::string_view cfn_code;  ///< of the CloudFormation API
};

const ErrorKindInfo& info(ErrorKind kind);
std::optional<ErrorKind> error_kind_named(std::string_view name);

/// Steps into a document: "resources", "web", "properties", "networks", "0".
using Path = std::vector<std::string>;
std::string to_string(const Path& path);  ///< "resources.web.properties.networks[0]"

/// What went wrong, where, and why. Thrown for an action that failed or a request that is wrong;
/// an answer that is expected (not found, still pending) is returned instead.
class Error : public std::exception {
 public:
  Error(ErrorKind kind, std::string message, Path path = {});

  Error& at(Position position);
  Error& because(const Error& cause);
  /// The errors that this one tells together, each with its own kind, path and position.
  Error& telling(std::vector<Error> parts);
  /// The same under another name.
  Error as(ErrorKind kind) const;

  ErrorKind kind() const noexcept { return kind_; }
  std::string_view kind_name() const { return info(kind_).name; }
  int http_status() const { return info(kind_).http_status; }
  const std::string& message() const noexcept { return message_; }
  const Path& path() const noexcept { return path_; }
  const std::optional<Position>& position() const noexcept { return position_; }
  const Error* cause() const noexcept { return cause_.get(); }
  /// Itself where it tells nothing but itself.
  std::vector<Error> parts() const;

  /// The message in the original's form: "path: message", the path in front where there is one.
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  ErrorKind kind_;
  std::string message_;
  Path path_;
  std::optional<Position> position_;
  std::shared_ptr<const Error> cause_;
  std::shared_ptr<const std::vector<Error>> parts_;
  std::string text_;
};

}  // namespace heat
