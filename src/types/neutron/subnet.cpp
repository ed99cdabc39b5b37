#include "base/error.h"
#include "resource/rest/rest_behaviour.h"
#include "schema/formats.h"
#include "types/neutron/neutron.h"

namespace heat::neutron {

namespace {

/// Templates say "no gateway" with null or an empty text; Neutron wants null. "auto" is Neutron's
/// own choice, made by saying nothing.
void fix_gateway(Map& body) {
  const Value* gateway = body.find("gateway_ip");
  if (gateway == nullptr || !gateway->is_string()) return;
  if (gateway->as_string() == "auto")
    body.erase("gateway_ip");
  else if (gateway->as_string().empty())
    body.set("gateway_ip", Value());
}

class Subnet : public RestBehaviour {
 public:
  using RestBehaviour::RestBehaviour;

  void validate(const Value& properties, const Path& path, Diagnostics& problems) const override {
    RestBehaviour::validate(properties, path, problems);
    const std::string ra_mode = properties["ipv6_ra_mode"].string_or("");
    const std::string address_mode = properties["ipv6_address_mode"].string_or("");
    if (!ra_mode.empty() && !address_mode.empty() && ra_mode != address_mode)
      problems.add(
          ErrorKind::StackValidationFailed,
          "When both ipv6_ra_mode and ipv6_address_mode are set, they must be equal: not " +
              ra_mode + " and " + address_mode + ".",
          path);
    const Value& gateway = properties["gateway_ip"];
    const std::string word = gateway.string_or("");
    if (word.empty() || word == "~" || word == "auto") return;
    if (const std::string problem = find_format("ip_addr")->problem(gateway); !problem.empty())
      problems.add(ErrorKind::StackValidationFailed,
                   "Gateway IP address \"" + word + "\" is in invalid format: " + problem, path);
  }

 private:
  Task<Map> create_body(Resource& resource) override {
    Map body = co_await RestBehaviour::create_body(resource);
    fix_gateway(body);
    co_return body;
  }

  Task<Map> update_body(Resource& resource, PropertyChanges changes) override {
    if (changes.contains("segment") && resource.applied()["segment"].truthy())
      throw Error(ErrorKind::ResourceActionNotSupported,
                  "The segment of a subnet can be set where there was none, not changed. Keep "
                  "segment as it is, or make a new subnet.");
    if (const auto gateway = changes.find("gateway_ip");
        gateway != changes.end() && gateway->second == Value("auto"))
      throw Error(ErrorKind::ResourceActionNotSupported,
                  "gateway_ip: auto is for creating a subnet. Name the address instead.");
    Map body = co_await RestBehaviour::update_body(resource, std::move(changes));
    fix_gateway(body);
    co_return body;
  }
};

}  // namespace

std::shared_ptr<Behaviour> subnet(const TypeFile& file, const ResourceType& type) {
  return std::make_shared<Subnet>(file, type);
}

}  // namespace heat::neutron
