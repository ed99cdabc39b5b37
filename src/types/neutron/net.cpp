#include "resource/rest/rest_behaviour.h"
#include "types/neutron/neutron.h"

namespace heat::neutron {

namespace {

class Net : public RestBehaviour {
 public:
  using RestBehaviour::RestBehaviour;

 private:
  Task<Value> attribute(Resource& resource, std::string name, Value object) override {
    if (name != "segments") co_return co_await RestBehaviour::attribute(resource, name, object);
    const rest::Call list{.method = "GET", .path = "/v2.0/segments?network_id={id}", .body = {}};
    const Value answer = co_await resource.session().send(request(list, placeholders(resource)));
    if (!answer["segments"].is_list()) co_return Value();
    List segments;  // as the original: those without a name first
    for (const bool named : {false, true})
      for (const Value& segment : answer["segments"].as_list())
        if (segment["name"].is_null() != named) segments.push_back(segment);
    co_return segments;
  }

  Map live_properties(const Resource& resource, const Value& object) const override {
    Map properties = RestBehaviour::live_properties(resource, object);
    // An RBAC policy of another resource may share a network, too.
    properties.erase("shared");
    return properties;
  }
};

}  // namespace

std::shared_ptr<Behaviour> net(const TypeFile& file, const ResourceType& type) {
  return std::make_shared<Net>(file, type);
}

}  // namespace heat::neutron
