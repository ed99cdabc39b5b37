#!/usr/bin/env python3
"""Plays stories against a real OpenStack and records what it answers, with ids, times, addresses
and tokens made neutral, as test/contracts/<service>/<story>.jsonl. See test/contracts/README.md.

    . demo-openrc; test/openstack/record.py [--show] [story...]
"""
import json
import os
import pathlib
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
STORIES = HERE / "stories"
CONTRACTS = HERE.parent / "contracts"

UUID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")
HEX = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
TOKEN = re.compile(r"gAAAA[\w-]{60,}")
MAC = re.compile(r"\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b")
TIME = re.compile(r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{6})?")
ADDRESS = re.compile(r"\b\d+\.\d+\.\d+\.\d+\b")
REQUEST_ID = re.compile(r"req-[0-9a-f-]{36}")
ADDRESS_KEYS = {"ip_address", "floating_ip_address", "fixed_ip_address", "addr", "accessIPv4"}
# Differ from run to run and mean nothing to a client.
FREE_KEYS = {"adminPass", "hostId", "revision_number", "audit_ids", "private_key", "secret",
             "os-vol-host-attr:host", "OS-EXT-SRV-ATTR:instance_name", "segmentation_id",
             "provider:segmentation_id", "hostname", "fqdn", "standard_attr_id", "direct_url",
             "os_hash_value", "fingerprint", "public_key", "created_at", "updated_at", "createTime"}
# The services that the twin answers for; others are left out of recorded catalogues.
SERVICES = {"identity", "compute", "network", "volumev3", "block-storage", "image"}
KEPT_HEADERS = ("Location", "OpenStack-API-Version", "X-OpenStack-Nova-API-Version", "Link")


class Cloud:
    """Tokens and the catalogue, for each user that a story speaks as."""

    def __init__(self):
        self.auth_url = os.environ["OS_AUTH_URL"].rstrip("/")
        self.users = {}

    def login(self, user):
        if user in self.users:
            return self.users[user]
        domain = {"name": "Default"}
        body = {"auth": {
            "identity": {"methods": ["password"], "password": {"user": {
                "name": user, "domain": domain, "password": os.environ["OS_PASSWORD"]}}},
            "scope": {"project": {"name": user, "domain": domain}}}}
        answer = exchange("POST", self.auth_url + "/auth/tokens", {}, body)
        token = answer["body"]["token"]
        urls = {}
        for service in token["catalog"]:
            for endpoint in service["endpoints"]:
                if endpoint["interface"] == "public":
                    urls[service["type"]] = endpoint["url"]
        roots = {kind: re.match(r"https?://[^/]+", url).group() for kind, url in urls.items()}
        self.users[user] = {"token": answer["headers"]["X-Subject-Token"], "urls": roots,
                            "project": token["project"]["id"], "user": token["user"]["id"]}
        return self.users[user]


def exchange(method, url, headers, body):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, dict(headers), method=method)
    request.add_header("Accept", "application/json")
    if data is not None and not request.has_header("Content-type"):
        request.add_header("Content-Type", "application/json")
    opener = urllib.request.build_opener(NoRedirect)
    try:
        with opener.open(request) as answer:
            text, status, fields = answer.read(), answer.status, answer.headers
    except urllib.error.HTTPError as answer:
        text, status, fields = answer.read(), answer.code, answer.headers
    try:
        content = json.loads(text) if text else None
    except ValueError:
        content = text.decode()
    return {"status": status, "headers": fields, "body": content}


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Neutral:
    """Gives every id, address and token of one story a name in the order of appearance."""

    def __init__(self, roots):
        self.names = {}
        self.asked = ""
        self.roots = roots

    def name(self, kind, text):
        if text not in self.names:
            count = sum(name.startswith(kind + "-") for name in self.names.values())
            self.names[text] = f"{kind}-{count + 1}"
        return "{" + self.names[text] + "}"

    def text(self, text):
        for kind, root in self.roots.items():
            text = text.replace(root, "{" + kind + "}")
        text = REQUEST_ID.sub("{request-id}", text)
        text = TOKEN.sub("{token}", text)
        text = UUID.sub(lambda m: self.name("uuid", m.group()), text)
        text = HEX.sub(lambda m: self.name("hex", m.group()), text)
        text = MAC.sub(lambda m: m.group() if m.group() in self.asked
                       else self.name("mac", m.group()), text)
        return TIME.sub(lambda m: re.sub(r"\d", "0", m.group()), text)

    def value(self, value, key="", free=True):
        """`free` for an answer: a request's own values are all kept."""
        if isinstance(value, dict):
            return {self.text(k): self.value(v, k, free) for k, v in value.items()}
        if isinstance(value, list):
            if key == "catalog":
                value = [service for service in value if service["type"] in SERVICES]
            return [self.value(item, key, free) for item in value]
        if key == "id" and isinstance(value, int) or key.startswith("total") and key.endswith("Used"):
            return "{any}"
        if free and key in FREE_KEYS and value is not None and not isinstance(value, bool):
            return "{any}"
        if isinstance(value, str):
            if key in ADDRESS_KEYS and value and f'"{value}"' not in self.asked:
                return self.name("ip", value)
            if key == "message":
                value = value.split("\n")[0]  # what follows is a dump of a schema
                value = ADDRESS.sub(lambda m: m.group() if m.group() in self.asked
                                    else self.name("ip", m.group()), value)
            return self.text(value)
        return value


def member(value, path):
    for step in path.split("."):
        if isinstance(value, list):
            value = value[int(step)] if step.isdigit() and int(step) < len(value) else None
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value


def lines_of(text):
    """Logical lines: one that begins with blanks continues the request before it, unless it is a
    `name = path` or an `until`."""
    lines = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line[0].isspace() and not re.match(r"\s+(\w+ = |until |unrecorded)", line):
            lines[-1] += " " + line.strip()
        else:
            lines.append(line.rstrip())
    return lines


class Player:
    def __init__(self, cloud, show):
        self.cloud, self.show = cloud, show
        self.known = {}
        self.records = []
        self.neutral = None

    def fill(self, text):
        return re.sub(r"\$(\w+)", lambda m: str(self.known[m.group(1)]), text)

    def play(self, text):
        steps = []
        for line in lines_of(text):
            if line[0].isspace():
                steps[-1][1].append(line.strip())
            else:
                steps.append((line, []))
        for line, extras in steps:
            self.step(line, extras)

    def step(self, line, extras):
        user, method, service, rest = line.split(None, 3)
        path, _, body = rest.partition(" ")
        headers = {}
        if "@" in service:
            service, version = service.split("@")
            kind = "volume" if service == "block-storage" else service
            headers["OpenStack-API-Version"] = f"{kind} {version}"
        login = "demo" if user == "nobody" else user
        who = self.cloud.login(login)
        self.known.update(project=who["project"], user=who["user"], token=who["token"])
        if self.neutral is None:
            self.neutral = Neutral(who["urls"])
        self.neutral.names.setdefault(who["project"], login + "-project")
        self.neutral.names.setdefault(who["user"], login + "-user")
        path, body = self.fill(path), json.loads(self.fill(body)) if body else None
        sent = dict(headers) if user == "nobody" else dict(headers, **{"X-Auth-Token": who["token"]})
        if service == "identity" and method in ("GET", "HEAD") and path == "/v3/auth/tokens":
            sent["X-Subject-Token"] = who["token"]
        until = next((extra.split()[1:] for extra in extras if extra.startswith("until ")), None)
        for _ in range(120):
            answer = exchange(method, who["urls"][service] + path, sent, body)
            if not until or self.reached(answer, until):
                break
            time.sleep(0.5)
        else:
            sys.exit(f"never came: {line}: until {' '.join(until)}: {answer['body']}")
        if self.show:
            print(method, path, json.dumps(body))
            print("  ", answer["status"], json.dumps(answer["body"], indent=1))
        for extra in extras:
            if " = " in extra:
                name, where = extra.split(" = ")
                self.known[name] = member(answer["body"], where)
        if "unrecorded" not in extras:
            self.record(user, method, service, path, headers, body, answer, until)

    @staticmethod
    def reached(answer, until):
        if until[0].isdigit():
            return answer["status"] == int(until[0])
        return str(member(answer["body"], until[0])) == until[1]

    def record(self, user, method, service, path, headers, body, answer, until):
        neutral = self.neutral
        neutral.asked += json.dumps(body)
        record = {"as": user, "service": service, "method": method, "path": neutral.text(path)}
        if headers:
            record["headers"] = headers
        if body is not None:
            record["body"] = neutral.value(body, free=False)
        if until:
            record["until"] = until
        fields = {name: neutral.text(answer["headers"][name])
                  for name in KEPT_HEADERS if name in answer["headers"]}
        record["answer"] = {"status": answer["status"]}
        if fields:
            record["answer"]["headers"] = fields
        if answer["body"] is not None:
            record["answer"]["body"] = neutral.value(answer["body"])
        self.records.append(record)


def main():
    wanted = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    show = "--show" in sys.argv
    cloud = Cloud()
    for path in sorted(STORIES.rglob("*.story")):
        story = str(path.relative_to(STORIES).with_suffix(""))
        if wanted and story not in wanted:
            continue
        player = Player(cloud, show)
        player.play(path.read_text())
        target = (CONTRACTS / story).with_suffix(".jsonl")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("".join(json.dumps(record) + "\n" for record in player.records))
        print(f"{story}: {len(player.records)} exchanges", file=sys.stderr)


if __name__ == "__main__":
    main()
