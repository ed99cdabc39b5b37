#include "twin/listing.h"
#include "twin/neutron/neutron.h"

namespace heat::twin {

using namespace neutron;

Reply Neutron::tags(const Kind& kind, Map& object, const Call& call) {
  if (!writable(kind, object, call.caller))
    throw Refusal{403, "(rule:update_tags) is disallowed by policy", "PolicyNotAuthorized"};
  List tags = get(object, "tags").as_list();
  const Value tag(call.part(4));
  const bool one = call.path.size() == 5;
  const auto place = std::find(tags.begin(), tags.end(), tag);
  if (call.method == "GET" && !one) return {200, Map{{"tags", tags}}, {}};
  if (one && call.method != "PUT" && place == tags.end())
    throw Refusal{404, "Tag " + tag.as_string() + " could not be found.", "TagNotFound"};
  if (call.method == "GET") return {204, {}, {}};
  Reply reply{204, {}, {}};
  if (call.method == "PUT" && !one) {
    if (!call.body["tags"].is_list()) throw invalid_input("'tags' must be a list.");
    tags = call.body["tags"].as_list();
    reply = {200, Map{{"tags", tags}}, {}};
  } else if (call.method == "PUT") {
    if (place == tags.end()) tags.push_back(tag);
    reply.status = 201;
  } else if (one) {
    tags.erase(place);
  } else {
    tags.clear();
  }
  object.set("tags", tags);
  touch(object);
  return reply;
}

}  // namespace heat::twin
