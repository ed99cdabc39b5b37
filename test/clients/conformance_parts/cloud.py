"""What the comparison needs of the test cloud: projects of its own, and tokens."""

import json
import urllib.error
import urllib.request

KEYSTONE = "http://127.0.0.1:5000/v3"
USER, PASSWORD, NAMES = "conformance", "secret", ["conformance", "conformance-other"]


def ask(method, path, body=None, token=None):
    request = urllib.request.Request(KEYSTONE + path, method=method,
                                     data=None if body is None else json.dumps(body).encode(),
                                     headers={"Content-Type": "application/json"})
    if token:
        request.add_header("X-Auth-Token", token)
    with urllib.request.urlopen(request, timeout=30) as response:
        text = response.read()
        return response.headers, json.loads(text) if text else None


def token_of(user, project, password=PASSWORD):
    default = {"name": "Default"}
    headers, _ = ask("POST", "/auth/tokens", {"auth": {
        "identity": {"methods": ["password"], "password": {
            "user": {"name": user, "password": password, "domain": default}}},
        "scope": {"project": {"name": project, "domain": default}}}})
    return headers["X-Subject-Token"]


class Projects:
    """Two projects that nobody else uses, with one user; gone at the end."""

    def __enter__(self):
        self.admin = token_of("admin", "admin")
        self.remove()
        roles = {role["name"]: role["id"] for role in ask("GET", "/roles", token=self.admin)[1]["roles"]}
        user = ask("POST", "/users", {"user": {"name": USER, "password": PASSWORD, "domain_id": "default"}},
                   self.admin)[1]["user"]["id"]
        self.ids = []
        for name in NAMES:
            project = ask("POST", "/projects", {"project": {"name": name, "domain_id": "default"}},
                          self.admin)[1]["project"]["id"]
            self.ids.append(project)
            for role in ("member", "heat_stack_owner"):
                if role in roles:
                    ask("PUT", f"/projects/{project}/users/{user}/roles/{roles[role]}", token=self.admin)
        self.tokens = [token_of(USER, name) for name in NAMES]
        return self

    def __exit__(self, *_):
        self.admin = token_of("admin", "admin")
        self.remove()

    def remove(self):
        for user in ask("GET", f"/users?name={USER}", token=self.admin)[1]["users"]:
            ask("DELETE", f"/users/{user['id']}", token=self.admin)
        for name in NAMES:
            for project in ask("GET", f"/projects?name={name}", token=self.admin)[1]["projects"]:
                ask("DELETE", f"/projects/{project['id']}", token=self.admin)


def reachable():
    try:
        token_of("admin", "admin")
        return True
    except (OSError, urllib.error.URLError):
        return False
