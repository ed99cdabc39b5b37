#pragma once

#include <string>
#include <vector>

#include "engine/operations.h"

namespace heat {

/// An engine for the API's scenarios: it remembers what it was asked, and answers from a small
/// fixed world (two projects with one stack each), in the engine's own terms.
class FakeOperations final : public Operations {
 public:
  /// What was asked since the last look, one line a call.
  std::vector<std::string> take_asked() { return std::exchange(asked_, {}); }

  Task<StackIdentity> create_stack(Context context, StackRequest request) override;
  Task<StackIdentity> update_stack(Context context, std::string stack,
                                   StackRequest request) override;
  Task<Value> preview_stack(Context context, StackRequest request) override;
  Task<Value> preview_update_stack(Context context, std::string stack,
                                   StackRequest request) override;
  Task<> delete_stack(Context context, std::string stack) override;
  Task<Value> validate_template(Context context, StackRequest request) override;
  Task<StackIdentity> identify_stack(Context context, std::string stack) override;
  Task<Value> show_stack(Context context, std::string stack, bool resolve_outputs) override;
  Task<Value> list_stacks(Context context, Value filters) override;
  Task<std::int64_t> count_stacks(Context context, Value filters) override;
  Task<Value> get_template(Context context, std::string stack) override;
  Task<Value> get_environment(Context context, std::string stack) override;
  Task<Value> get_files(Context context, std::string stack) override;
  Task<Value> list_outputs(Context context, std::string stack) override;
  Task<Value> show_output(Context context, std::string stack, std::string key) override;
  Task<Value> list_stack_resources(Context context, std::string stack, int nested_depth,
                                   bool with_detail, Value filters) override;
  Task<Value> describe_stack_resource(Context context, std::string stack, std::string resource,
                                      std::vector<std::string> with_attributes) override;
  Task<Value> list_events(Context context, std::string stack, Value filters) override;
  Task<> stack_cancel_update(Context context, std::string stack, bool rollback) override;
  Task<Value> list_resource_types(Context context, Value filters) override;
  Task<Value> resource_schema(Context context, std::string type, bool with_description) override;
  Task<Value> generate_template(Context context, std::string type,
                                std::string template_type) override;
  Task<Value> list_template_versions(Context context) override;
  Task<Value> list_template_functions(Context context, std::string version,
                                      bool with_conditions) override;
  Task<Value> list_services(Context context) override;
  Task<std::string> get_revision(Context context) override;
  Task<Value> plan_update(Context context, std::string stack, StackRequest request) override;

 private:
  void asked(std::string_view operation, Map arguments);
  /// The stack that `stack` ("name", "name/id" or id) names in the caller's project.
  StackIdentity found(const Context& context, const std::string& stack) const;

  std::vector<std::string> asked_;
};

}  // namespace heat
