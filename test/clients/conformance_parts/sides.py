"""The two endpoints, what they answer, and how the answers differ."""

import http.client
import json
import re
import time
import urllib.parse

UUID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b|\b[0-9a-f]{32}\b")
TIME = re.compile(r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)?")
SUFFIX = re.compile(r"-[a-z2-7]{12}\b")
HEADERS = ["Content-Type", "Location", "WWW-Authenticate", "Allow"]


class Answer:
    def __init__(self, side, response):
        self.status = response.status
        self.headers = {name: response.getheader(name) for name in HEADERS}
        self.traced = bool(response.getheader("X-Openstack-Request-Id"))
        text = response.read().decode()
        try:
            self.body = json.loads(text)
        except ValueError:
            self.body = text
        self.side = side

    def neutral(self, messages=False):
        """What can be compared with the other side's answer."""
        content_type = (self.headers["Content-Type"] or "").split(";")[0]
        shown = {"status": self.status, "request id": self.traced}
        if self.status != 204 and self.body != "":
            shown["Content-Type"] = content_type
        for name in ("Location", "WWW-Authenticate"):
            shown[name] = self.side.neutral(self.headers[name])
        allow = self.headers["Allow"]
        shown["Allow"] = allow and sorted(word.strip() for word in allow.split(","))
        if self.status < 400:
            shown["body"] = self.side.neutral(self.body)
        elif isinstance(self.body, dict):
            shown["body"] = {key: self.side.neutral(value) if messages or key in ("code", "title") else "…"
                             for key, value in self.body.items()}
            error = self.body.get("error")
            if isinstance(error, dict) and not messages:
                shown["body"]["error"] = {key: value if key in ("type", "code", "title", "traceback") else "…"
                                          for key, value in error.items()}
        else:
            shown["body"] = "text" if self.body else ""
        return shown


class Side:
    """One Heat: where it is, and the ids it gave to the story's stacks."""

    def __init__(self, name, base, projects):
        self.name, self.base, self.projects = name, base.rstrip("/"), projects
        self.ids = {}
        self.log = []

    def call(self, method, path, body=None, headers=None, token=None, raw=None):
        url = urllib.parse.urlsplit(self.base)
        headers = dict(headers or {})
        if token:
            headers.setdefault("X-Auth-Token", token)
        if body is not None:
            raw = json.dumps(body)
        if raw is not None:
            headers.setdefault("Content-Type", "application/json")
        connection = http.client.HTTPConnection(url.hostname, url.port, timeout=120)
        connection.request(method, self.named(path), raw, headers)
        answer = Answer(self, connection.getresponse())
        connection.close()
        return answer

    def named(self, path):
        """ "~/stacks/{web}" with this side's id of the stack web, "{web.id}" for the id alone.

        "~" is below the project, "~other" below the other project, "/…" below the server's root.
        """
        for beginning, project in (("~other/", self.projects[1]), ("~/", self.projects[0])):
            if path.startswith(beginning):
                path = f"/v1/{project}/{path[len(beginning):]}"
        return re.sub(r"\{(\w+)(\.id)?\}",
                      lambda m: self.ids[m[1]] if m[2] else m[1] + "/" + self.ids[m[1]], path)

    def neutral(self, value):
        if isinstance(value, dict):
            return {self.neutral(key): self.neutral(each) for key, each in value.items()}
        if isinstance(value, list):
            return [self.neutral(each) for each in value]
        if not isinstance(value, str):
            return value
        root = self.base.rsplit("/", 1)[0]
        value = value.replace(root, "<host>").replace(root.split("//")[1], "<host>")
        for name, id in self.ids.items():
            value = value.replace(id, f"<{name}>")
        value = TIME.sub("<time>", UUID.sub("<uuid>", value))
        return SUFFIX.sub("-<suffix>", value)

    def wait(self, stack, status, token, seconds=120):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            answer = self.call("GET", f"~/stacks/{{{stack}}}?resolve_outputs=false", token=token)
            if answer.status == 404 and status == "DELETE_COMPLETE":
                return
            now = answer.body["stack"]["stack_status"] if answer.status == 200 else str(answer.body)
            if now == status:
                return
            time.sleep(0.2)
        raise SystemExit(f"{self.name}: {stack} is {now}, not {status}")


def differences(theirs, ours, path=""):
    """Lines "path: theirs | ours"."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        lines = []
        for key in sorted(theirs.keys() | ours.keys(), key=str):
            at = f"{path}.{key}" if path else str(key)
            if key not in ours:
                lines.append(f"{at}: {shown(theirs[key])} | is missing")
            elif key not in theirs:
                lines.append(f"{at}: is missing | {shown(ours[key])}")
            else:
                lines += differences(theirs[key], ours[key], at)
        return lines
    if isinstance(theirs, list) and isinstance(ours, list):
        if len(theirs) != len(ours):
            return [f"{path}: {len(theirs)} | {len(ours)} entries: {shown(theirs)} | {shown(ours)}"]
        return [line for i, pair in enumerate(zip(theirs, ours)) for line in differences(*pair, f"{path}[{i}]")]
    if theirs == ours and type(theirs) is type(ours):
        return []
    return [f"{path}: {shown(theirs)} | {shown(ours)}"]


def shown(value):
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) < 400 else text[:400] + "…"
