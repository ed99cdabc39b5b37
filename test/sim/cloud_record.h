#pragma once

#include <map>
#include <set>
#include <string>

#include "sim/cloud.h"

namespace heat {

/// What a cloud was asked, as a story shows it: a line for each request that changes something,
/// with objects called by name in place of their ids.
class CloudRecord {
 public:
  explicit CloudRecord(Cloud& cloud);

  /// The changing requests since the last time: "POST compute /servers {…}". Those to Keystone are
  /// left out.
  std::string requests();
  /// What the cloud holds that it did not hold at first, a line for each collection. The group that
  /// Neutron gives each project at its first look is left out.
  std::string contents();
  /// A text with names in place of ids, and without the random parts of names and addresses.
  std::string neutral(const std::string& text) const;

 private:
  void learn();

  Cloud& cloud_;
  std::map<std::string, std::string> names_;  // by id
  std::map<std::string, int> used_;           // how often a name was given
  std::set<std::string> first_;               // ids of what was there from the start
  std::uint64_t shown_ = 0;                   // number of the last request that was shown
};

}  // namespace heat
