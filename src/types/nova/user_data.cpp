#include "types/nova/user_data.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/base64.h"
#include "text/write.h"

namespace heat::nova {

namespace {

constexpr std::string_view kCloudConfig = R"(
# What cloud-init and its children print is kept for whoever has to find out why a boot went wrong.
output: {all: '| tee -a /var/log/cloud-init-output.log'}
)";

constexpr std::string_view kBoothook = R"(#!/bin/bash
# A packaged heat-cfntools may not have made the links that scripts expect in /opt/aws/bin.
cfn-create-aws-symlinks
# A boothook that fails would stop the boot.
exit 0
)";

constexpr std::string_view kPartHandler = R"(# part-handler
"""Teaches cloud-init to store parts of type text/x-cfninitdata where heat-cfntools reads them."""

import os
import time

FOLDERS = ('/var/lib/heat-cfntools', '/var/lib/cloud/data')


def list_types():
    return ['text/x-cfninitdata']


def handle_part(data, ctype, filename, payload):
    if ctype == '__begin__':
        if not os.path.isdir(FOLDERS[0]):
            os.makedirs(FOLDERS[0], 0o700)
        return
    if ctype == '__end__':
        return
    with open('/var/log/part-handler.log', 'a') as log:
        log.write('%s filename:%s, ctype:%s\n' % (time.ctime(), filename, ctype))
    for folder in FOLDERS:
        with open(os.path.join(folder, filename), 'w') as part:
            part.write(payload)
)";

constexpr std::string_view kRunUserData = R"(#!/usr/bin/env python3
"""Runs the user's script once, keeps what it prints, and notes when it is done."""

import errno
import os
import subprocess
import sys
import time

FOLDER = '/var/lib/heat-cfntools'
SCRIPT = os.path.join(FOLDER, 'cfn-userdata')
LOG = '/var/log/heat-provision.log'


def run(log):
    os.chmod(SCRIPT, 0o700)
    try:
        return subprocess.call([SCRIPT], stdout=log, stderr=subprocess.STDOUT)
    except OSError as problem:
        log.write('cannot run the user data: %s\n' % problem)
        return 0 if problem.errno == errno.ENOEXEC else os.EX_OSERR


def main():
    with open(LOG, 'a', 1) as log:
        os.chmod(LOG, 0o600)
        log.write('Provision began: %s\n' % time.ctime())
        code = run(log)
        log.write('Provision done: %s, exit code %s\n' % (time.ctime(), code))
    if code == 0:
        with open(os.path.join(FOLDER, 'provision-finished'), 'a'):
            os.utime(os.path.join(FOLDER, 'provision-finished'), None)
    return code


if __name__ == '__main__':
    sys.exit(main())
)";

struct Part {
  std::string_view subtype;
  std::string_view filename;
  std::string content;
};

bool is_ascii(std::string_view text) {
  return std::ranges::none_of(text, [](unsigned char c) { return c >= 0x80; });
}

std::string host_of(std::string url) {
  if (const auto scheme = url.find("://"); scheme != std::string::npos) url.erase(0, scheme + 3);
  if (url.starts_with('[')) return url.substr(1, url.find(']') - 1);
  return url.substr(0, url.find_first_of(":/"));
}

std::string boto_config(const CfnAccess& access) {
  const auto python = [](bool flag) { return std::string(flag ? "True" : "False"); };
  return "[Boto]\ndebug = 0\nis_secure = " + python(access.is_secure) +
         "\nhttps_validate_certificates = " + python(access.validate_certificates) +
         "\ncfn_region_name = heat\ncfn_region_endpoint = " + host_of(access.metadata_url);
}

std::string written(const Part& part) {
  const bool ascii = is_ascii(part.content);
  std::string text = "Content-Type: text/" + std::string(part.subtype) + "; charset=\"" +
                     (ascii ? "us-ascii" : "utf-8") + "\"\nMIME-Version: 1.0\n" +
                     "Content-Transfer-Encoding: " + (ascii ? "7bit" : "base64") +
                     "\nContent-Disposition: attachment; filename=\"" + std::string(part.filename) +
                     "\"\n\n";
  return text + (ascii ? part.content : base64_lines(part.content));
}

/// A line that no part contains. The same parts get the same one, so that unchanged user data
/// stays unchanged.
std::string boundary_for(const std::vector<Part>& parts) {
  for (int number = 0;; ++number) {
    const std::string boundary = "===============heat" + std::to_string(number) + "==";
    const auto holds = [&](const Part& part) {
      return part.content.find(boundary) != std::string::npos;
    };
    if (std::ranges::none_of(parts, holds)) return boundary;
  }
}

}  // namespace

std::string cfntools_user_data(const std::string& user_data, const Value& metadata,
                               const CfnAccess& access) {
  std::vector<Part> parts{
      {"cloud-config", "cloud-config", std::string(kCloudConfig)},
      {"cloud-boothook", "boothook.sh", std::string(kBoothook)},
      {"part-handler", "part-handler.py", std::string(kPartHandler)},
      {"x-cfninitdata", "cfn-userdata", user_data},
      {"x-shellscript", "loguserdata.py", std::string(kRunUserData)},
  };
  if (metadata.truthy())
    parts.push_back({"x-cfninitdata", "cfn-init-data", to_python_json(metadata, false)});
  parts.push_back({"x-cfninitdata", "cfn-metadata-server", access.metadata_url});
  parts.push_back({"x-cfninitdata", "cfn-boto-cfg", boto_config(access)});

  const std::string boundary = boundary_for(parts);
  std::string text =
      "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\nMIME-Version: 1.0\n\n";
  for (const Part& part : parts) text += "--" + boundary + "\n" + written(part) + "\n";
  return text + "--" + boundary + "--\n";
}

}  // namespace heat::nova
