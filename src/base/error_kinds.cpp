#include <algorithm>
#include <iterator>

#include "base/error.h"

namespace heat {

namespace {

using K = ErrorKind;
constexpr std::string_view kInternal = "InternalFailure";
constexpr std::string_view kInvalidValue = "InvalidParameterValue";
constexpr std::string_view kAccessDenied = "AccessDenied";

// As the original answers: what its fault table leaves out is a 500, and an InternalFailure for
// CloudFormation. Kinds that come from HTTP itself (BadRequest, Unauthorized …) keep their status.
constexpr ErrorKindInfo kKinds[] = {
    {K::ActionInProgress, "ActionInProgress", 409, "InvalidAction"},
    {K::ActionNotComplete, "ActionNotComplete", 500, kInternal},
    {K::AuthorizationFailure, "AuthorizationFailure", 500, kInternal},
    {K::BadRequest, "BadRequest", 400, kInvalidValue},
    {K::CircularDependencyException, "CircularDependencyException", 400, kInternal},
    {K::ClientNotAvailable, "ClientNotAvailable", 500, kInternal},
    {K::ConcurrentTransaction, "ConcurrentTransaction", 500, kInternal},
    {K::Conflict, "Conflict", 409, kInternal},
    {K::ConflictingMergeStrategyForParam, "ConflictingMergeStrategyForParam", 500, kInternal},
    {K::DownloadLimitExceeded, "DownloadLimitExceeded", 400, kInternal},
    {K::EgressRuleNotAllowed, "EgressRuleNotAllowed", 500, kInternal},
    {K::EntityNotFound, "EntityNotFound", 404, kInvalidValue},
    {K::Error, "Error", 500, kInternal},
    {K::EventSendFailed, "EventSendFailed", 500, kInternal},
    {K::Forbidden, "Forbidden", 403, kAccessDenied},
    {K::HTTPBadRequest, "HTTPBadRequest", 400, kInvalidValue},
    {K::HTTPNotFound, "HTTPNotFound", 404, kInvalidValue},
    {K::ImmutableParameterModified, "ImmutableParameterModified", 400, kInternal},
    {K::InterfaceAttachFailed, "InterfaceAttachFailed", 500, kInternal},
    {K::InterfaceDetachFailed, "InterfaceDetachFailed", 500, kInternal},
    {K::InternalError, "InternalError", 500, kInternal},
    {K::Invalid, "Invalid", 400, kInternal},
    {K::InvalidBreakPointHook, "InvalidBreakPointHook", 400, kInvalidValue},
    {K::InvalidContentType, "InvalidContentType", 500, kInternal},
    {K::InvalidEncryptionKey, "InvalidEncryptionKey", 500, kInternal},
    {K::InvalidExternalResourceDependency, "InvalidExternalResourceDependency", 500, kInternal},
    {K::InvalidGlobalResource, "InvalidGlobalResource", 500, kInternal},
    {K::InvalidMergeStrategyForParam, "InvalidMergeStrategyForParam", 500, kInternal},
    {K::InvalidRestrictedAction, "InvalidRestrictedAction", 500, kInternal},
    {K::InvalidSchemaError, "InvalidSchemaError", 400, kInvalidValue},
    {K::InvalidTemplateAttribute, "InvalidTemplateAttribute", 500, kInternal},
    {K::InvalidTemplateReference, "InvalidTemplateReference", 400, kInvalidValue},
    {K::InvalidTemplateSection, "InvalidTemplateSection", 400, kInvalidValue},
    {K::InvalidTemplateVersion, "InvalidTemplateVersion", 400, kInvalidValue},
    {K::InvalidTenant, "InvalidTenant", 403, kInvalidValue},
    {K::MissingCredentialError, "MissingCredentialError", 400, kInvalidValue},
    {K::NotAuthenticated, "NotAuthenticated", 401, kInternal},
    {K::NotFound, "NotFound", 404, kInternal},
    {K::NotSupported, "NotSupported", 400, kInvalidValue},
    {K::OverLimit, "OverLimit", 413, kInternal},
    {K::PhysicalResourceExists, "PhysicalResourceExists", 500, kInternal},
    {K::PhysicalResourceIDAmbiguity, "PhysicalResourceIDAmbiguity", 400, kInvalidValue},
    {K::PhysicalResourceNameAmbiguity, "PhysicalResourceNameAmbiguity", 400, kInternal},
    {K::PropertyUnspecifiedError, "PropertyUnspecifiedError", 400, kInvalidValue},
    {K::RequestLimitExceeded, "RequestLimitExceeded", 400, "RequestLimitExceeded"},
    {K::ResourceActionNotSupported, "ResourceActionNotSupported", 400, kInvalidValue},
    {K::ResourceActionRestricted, "ResourceActionRestricted", 500, kInternal},
    {K::ResourceFailure, "ResourceFailure", 500, kInternal},
    {K::ResourceInError, "ResourceInError", 500, kInternal},
    {K::ResourceNotAvailable, "ResourceNotAvailable", 404, kInvalidValue},
    {K::ResourceNotFound, "ResourceNotFound", 404, kInvalidValue},
    {K::ResourcePropertyConflict, "ResourcePropertyConflict", 400, kInvalidValue},
    {K::ResourcePropertyDependency, "ResourcePropertyDependency", 500, kInternal},
    {K::ResourcePropertyValueDependency, "ResourcePropertyValueDependency", 500, kInternal},
    {K::ResourceTypeUnavailable, "ResourceTypeUnavailable", 400, kInternal},
    {K::ResourceUnknownStatus, "ResourceUnknownStatus", 500, kInternal},
    {K::ServiceUnavailable, "ServiceUnavailable", 503, "ServiceUnavailable"},
    {K::SnapshotNotFound, "SnapshotNotFound", 404, kInternal},
    {K::StackExists, "StackExists", 409, "AlreadyExists"},
    {K::StackResourceLimitExceeded, "StackResourceLimitExceeded", 500, kInternal},
    {K::StackValidationFailed, "StackValidationFailed", 400, kInvalidValue},
    {K::StopActionFailed, "StopActionFailed", 500, kInternal},
    {K::TemplateOutputError, "TemplateOutputError", 500, kInternal},
    {K::Timeout, "Timeout", 500, kInternal},
    {K::Unauthorized, "Unauthorized", 401, kAccessDenied},
    {K::UnknownUserParameter, "UnknownUserParameter", 400, kInvalidValue},
    {K::UserParameterMissing, "UserParameterMissing", 400, kInvalidValue},
    {K::ValueError, "ValueError", 400, kInvalidValue},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < std::size(kKinds); ++i)
    if (kKinds[i].kind != static_cast<ErrorKind>(i)) return false;
  return static_cast<std::size_t>(K::ValueError) + 1 == std::size(kKinds);
}
static_assert(in_order(), "kKinds is indexed by ErrorKind");

}  // namespace

const ErrorKindInfo& info(ErrorKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

std::optional<ErrorKind> error_kind_named(std::string_view name) {
  const auto found = std::find_if(std::begin(kKinds), std::end(kKinds),
                                  [&](const ErrorKindInfo& each) { return each.name == name; });
  if (found == std::end(kKinds)) return std::nullopt;
  return found->kind;
}

}  // namespace heat
