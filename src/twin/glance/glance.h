#pragma once

#include "twin/call.h"
#include "twin/world.h"

namespace heat::twin {

/// Images v2: what is there, without data.
class Glance final : public Service {
 public:
  explicit Glance(World& world) : world_(world) {}

  Reply serve(const Call& call) override;
  Reply refuse(const Refusal& refusal, const Call& call) const override;
  bool open(const Call& call) const override { return call.path.empty(); }

  Map& add(std::string name, std::string owner, const Value& wanted);
  void add_public(std::string name, std::string disk_format, std::string_view owner);
  Map* find(std::string_view id);

 private:
  Reply list(const Call& call);

  World& world_;
};

}  // namespace heat::twin
