#pragma once

#include <string>

namespace heat {

/// Carries out a story of verbs, a line each, on a machine of its own and gives what its showing
/// verbs showed:
///
///     create NAME [rollback] [timeout MINUTES]   then the template, indented
///     update NAME [rollback]                     then the template, indented
///     preview NAME                               the plan of an update; the template, indented
///     delete NAME | cancel NAME | cancel-with-rollback NAME
///     run                                        until nothing is left to do
///     advance SECONDS
///     kill                                       and boot again
///     events NAME | resources NAME | status NAME | outputs NAME
///     attributes NAME RESOURCE ATTRIBUTE…
///
/// With a cloud, also:
///
///     requests                                   that changed something, since the last time
///     cloud                                      what is in it that was not there before
///     fail CHANGE REASON                         the next "server.build", "volume.create" … fails
std::string play(const std::string& verbs, bool with_cloud);

}  // namespace heat
