#pragma once

#include "api/rest/call.h"
#include "async/task.h"

// What the routes call: each reads its request, asks the engine, and answers. Errors are thrown.
namespace heat::api {

using Answer = Task<HttpResponse>;

Answer list_stacks(Call& call);
Answer list_stacks_in_detail(Call& call);
Answer create_stack(Call& call);
Answer preview_stack(Call& call);
Answer look_up_stack(Call& call);
Answer show_stack(Call& call);
Answer update_stack(Call& call);
Answer patch_stack(Call& call);
Answer preview_update(Call& call);
Answer preview_patch(Call& call);
Answer delete_stack(Call& call);
Answer plan_update(Call& call);
Answer plan_patch(Call& call);

Answer show_template(Call& call);
Answer show_environment(Call& call);
Answer show_files(Call& call);
Answer list_outputs(Call& call);
Answer show_output(Call& call);

Answer list_resources(Call& call);
Answer show_resource(Call& call);
Answer show_metadata(Call& call);
Answer list_events(Call& call);
Answer show_event(Call& call);

Answer act_on_stack(Call& call);

Answer validate_template(Call& call);
Answer list_resource_types(Call& call);
Answer show_resource_type(Call& call);
Answer generate_template(Call& call);
Answer list_template_versions(Call& call);
Answer list_template_functions(Call& call);
Answer show_build_info(Call& call);
Answer list_services(Call& call);

/// Refuses what the original offers and this does not yet.
Answer not_yet(Call& call);

}  // namespace heat::api
