#pragma once

#include "resource/behaviour.h"
#include "resource/rest/plan.h"

namespace heat {

/// Carries out what a type's file declares: create, wait until ready, tie links, update, delete and
/// wait until gone, by REST calls. A type with a quirk derives from it and overrides one of the
/// protected functions; a plain type needs no code.
class RestBehaviour : public Behaviour {
 public:
  RestBehaviour(const TypeFile& file, const ResourceType& type);

  Task<> create(Resource& resource) override;
  Task<> update(Resource& resource, PropertyChanges changes) override;
  Task<> remove(Resource& resource) override;
  void validate(const Value& properties, const Path& path, Diagnostics& problems) const override;
  Task<Map> attributes(Resource& resource, std::set<std::string> names) override;
  Task<Value> live(Resource& resource) override;
  Task<bool> exists(std::string id, Session& session) const override;
  Task<bool> healthy(Resource& resource) override;
  Neighbours depends(const Sibling& self, const Siblings& all) const override;

 protected:
  const rest::Plan& plan() const { return plan_; }

  /// The object that is sent, without its wrap. An empty one is no update.
  virtual Task<Map> create_body(Resource& resource);
  virtual Task<Map> update_body(Resource& resource, PropertyChanges changes);
  /// The physical id, once the service has answered `object`.
  virtual std::string physical_id(const Resource& resource, const Value& object) const;
  /// Today's properties out of today's object: those that may be updated.
  virtual Map live_properties(const Resource& resource, const Value& object) const;
  /// Deletes the object.
  virtual CloudRequest removal(const Resource& resource) const;
  /// Finds what an earlier, unrecorded try of create made, and sets the physical id. Asked after a
  /// crash or a lost answer, and by a delete that knows no id. Throws where several things fit.
  virtual Task<std::optional<Value>> recognise(Resource& resource);
  /// The value of an attribute; `object` is today's state.
  virtual Task<Value> attribute(Resource& resource, std::string name, Value object);

  /// What {placeholders} stand for: properties, id, project, uuid, name; `more` goes first.
  Value placeholders(const Resource& resource, Map more = {}) const;
  CloudRequest request(const rest::Call& call, const Value& values) const;
  /// Today's object, or nothing where it is gone.
  Task<std::optional<Value>> read(Resource& resource);
  /// Sends; waits while the service answers 409, where the plan says that `verb` may ("create",
  /// "update", "delete"). Conflicts of a delete are waited out for half a minute in any case.
  Task<Value> send(Resource& resource, std::string verb, CloudRequest request);

 private:
  /// What the object that is to be made is known by.
  struct Looks {
    Map marks;           ///< field → value
    std::string path{};  ///< of the list of those that have them; empty: nothing tells it
    bool proof = false;  ///< only ours can look so
  };
  Task<Looks> looks(Resource& resource);
  bool ready(const Value& object) const;
  bool gone(const std::optional<Value>& object) const;
  Value unwrapped(const Value& answer) const;
  Value wrapped(Map object) const;
  Task<Value> perform_create(Resource& resource);
  Task<> wait_until_ready(Resource& resource, Value object);
  Task<> tie(Resource& resource, std::string property, Value value);
  Task<List> tied(Resource& resource, const rest::Link& link);

  rest::Plan plan_;
};

}  // namespace heat
