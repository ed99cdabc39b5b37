#pragma once

#include <exception>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "async/task.h"
#include "base/diagnostics.h"
#include "resource/resource.h"
#include "resource/siblings.h"

namespace heat {

/// A behaviour's word that this update can't be made in place; the walk inserts a replacement.
struct MustReplace : std::exception {
  explicit MustReplace(std::string why) : reason(std::move(why)) {}
  const char* what() const noexcept override { return reason.c_str(); }
  std::string reason;
};

/// Properties that differ: name → what they are to become (null where they are to go).
using PropertyChanges = std::map<std::string, Value>;

/// What resources of a type do. Stateless: one object serves all of them. Coroutines are entered
/// again from their first line after a crash (see Resource::step).
class Behaviour {
 public:
  virtual ~Behaviour() = default;

  virtual Task<> create(Resource& resource) = 0;
  /// May throw MustReplace before its first effect.
  virtual Task<> update(Resource& resource, PropertyChanges changes);
  /// Gone already is success.
  virtual Task<> remove(Resource& resource) = 0;

  /// Rules over several properties. `properties` may hold Unknown parts. Pure.
  virtual void validate(const Value& properties, const Path& path, Diagnostics& problems) const;
  /// Rules that only the cloud can tell: its versions and limits, what an image needs. Asked when a
  /// definition is accepted, of properties as in validate(); names are not ids yet. Asks by
  /// Session::fact: a thousand servers of one flavor ask once.
  virtual Task<> consult(Value properties, Path path, Session& session,
                         Diagnostics& problems) const;
  /// Whether these changes (each allowed by its schema) still need a replacement, and why; without
  /// any, whether each update does. Empty: no.
  virtual std::string replaces(const ResourceType& type, const Value& before, const Value& after,
                               const PropertyChanges& changes) const;
  /// Stands in for a resource of any type: takes whatever properties and has every attribute (as
  /// null); no change of its definition is one.
  virtual bool placeholder() const { return false; }
  /// What get_resource gives.
  virtual Value reference_id(const ResourceRow& row) const;
  /// Values of the named attributes ("show" included), by name. One that can't be had is null.
  virtual Task<Map> attributes(Resource& resource, std::set<std::string> names);
  /// Today's state of the properties in the cloud, for drift and for failed resources.
  virtual Task<Value> live(Resource& resource);
  /// Whether the cloud has a thing of this id, in whatever state. Of what is nowhere outside: yes.
  virtual Task<bool> exists(std::string id, Session& session) const;
  /// Throws where it is not as it should be. Asked of types that can `check`.
  virtual Task<> check(Resource& resource);
  /// Saves what it holds to where it outlives the stack, and waits until that is done: comes before
  /// remove() where the deletion policy is Snapshot. For types that can `snapshot_on_delete`.
  virtual Task<> preserve(Resource& resource);
  /// False: a failed resource can't be mended by an update and is replaced.
  virtual Task<bool> healthy(Resource& resource);
  /// Siblings that must exist before `self`, beyond those it references; more than once is once.
  virtual Neighbours depends(const Sibling& self, const Siblings& all) const;
  /// Before and after a replacement that can't exist beside the old one (a fixed address, a name).
  virtual Task<> release(Resource& old);
  virtual Task<> reclaim(Resource& old);
};

}  // namespace heat
