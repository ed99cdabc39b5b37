"""This Heat, beside the real cloud for as long as a comparison takes."""

import contextlib
import pathlib
import subprocess
import sys
import tempfile

PROGRAM = pathlib.Path(__file__).resolve().parents[3] / "build/release/src/main/heat"
CONFIG = """
[DEFAULT]
auth_encryption_key = 0123456789abcdef0123456789abcdef
[database]
connection = sqlite:///{folder}/heat.sqlite
[heat_api]
bind_host = 127.0.0.1
bind_port = 0
[keystone_authtoken]
auth_url = http://127.0.0.1:5000/v3
www_authenticate_uri = http://127.0.0.1:5000/v3
username = heat
password = secret
project_name = service
user_domain_name = Default
project_domain_name = Default
[trustee]
auth_url = http://127.0.0.1:5000/v3
username = heat
password = secret
user_domain_name = Default
"""


@contextlib.contextmanager
def served(program):
    """Gives the base of its API: http://127.0.0.1:41234/v1."""
    with tempfile.TemporaryDirectory(prefix="heat-conformance-") as folder:
        config = pathlib.Path(folder) / "heat.conf"
        config.write_text(CONFIG.format(folder=folder))
        with open(pathlib.Path(folder) / "log", "w") as log:
            heat = subprocess.Popen([program, "serve", "--config-file", config, "--port", "0"],
                                    stdout=subprocess.PIPE, stderr=log, text=True)
        try:
            for line in heat.stdout:
                if line.startswith("Heat serves at "):
                    yield line.split()[-1] + "/v1"
                    return
            sys.exit("heat ended at once: " + (pathlib.Path(folder) / "log").read_text()[-2000:])
        finally:
            heat.terminate()
            heat.wait(30)
