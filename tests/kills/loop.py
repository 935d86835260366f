#!/usr/bin/env python3
"""Kills the program again and again in the middle of a write to one service, and keeps the books.

Between the program and its sandbox stands a line that writes down every write that went through, and whether
the service said that it was applied: that is the server's record. One kill of three comes at any moment of a
run, two shortly after a write has reached the line; what is on the line while its sender dies gets lost there
in one case of three. After each kill the next start settles by reading what was left open; then every intent
of the journal must agree with the record (done: applied once; not sent or refused: not applied; unknown, where
nothing can be read: at most once), and no write may stand in the record that the journal does not know. In the
end what the service lists must be what the record says.

It shares no code with the program: requests, journal and lists are read here anew.
"""

import collections
import http.server
import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

PROGRAM, SERVICE, HOME, KILLS, SEED = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5])
CHANCE = random.Random(SEED)
# On Vulos every member is a read of its own, and removing one looks at all of them.
PEOPLE = 120 if SERVICE == "vulos" else 600
CALLER = "ana@acme.example"
ENV = {"HOME": HOME, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}


class Write:
    """A write that reached the line."""

    def __init__(self, method, path, body):
        self.line, self.body, self.applied = f"{method} {path}", body, None


class Line(http.server.ThreadingHTTPServer):
    """The line between program and service."""

    daemon_threads = True

    def __init__(self, url):
        super().__init__(("127.0.0.1", 0), Ear)
        self.target, self.writes, self.arrived, self.killed = url, [], threading.Event(), threading.Event()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, address):
        pass  # Whoever was killed does not take its answer.

    def settled(self):
        """Waits until every write that is here was answered by the service."""
        while any(write.applied is None for write in list(self.writes)):
            time.sleep(0.002)


class Ear(http.server.BaseHTTPRequestHandler):
    """One connection of the program."""

    protocol_version = "HTTP/1.1"

    def forward(self):
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        write = None
        if self.command != "GET":
            write = Write(self.command, self.path, body.decode("utf-8", "replace"))
            self.server.writes.append(write)
            self.server.arrived.set()
            loses = CHANCE.random() < 0.34
            if self.server.killed.wait(CHANCE.random() * 0.02) and loses:
                write.applied = False
                self.close_connection = True
                return
        status, kind, answer = send(self.server.target, self.command, self.path, self.headers, body)
        if write:
            write.applied = 200 <= status < 300
            time.sleep(CHANCE.random() * 0.01)
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = forward

    def log_message(self, *_):
        pass


def send(url, method, path, headers, body=b""):
    """One request to the service itself."""
    own = {name: value for name, value in headers.items() if name.lower() not in ("host", "content-length", "accept-encoding")}
    request = urllib.request.Request(url + path, data=body or None, method=method, headers=own)
    try:
        answer = urllib.request.urlopen(request)
    except urllib.error.HTTPError as refusal:
        answer = refusal
    return answer.status, answer.headers.get("content-type", ""), answer.read()


class Service:
    """What is known of a service without asking the program: its lists, and how it names things."""

    def __init__(self, face):
        self.url, self.headers = face["url"], {"Authorization": "Bearer " + face["token"]}
        self.line = Line(self.url)

    def get(self, path):
        status, _, answer = send(self.url, "GET", path.replace(" ", "%20"), self.headers)
        assert status == 200, (path, status, answer)
        return json.loads(answer)

    def pages(self, path, rows):
        """All rows of a list, whatever its pages are called."""
        found, skip = [], 0
        while page := rows(self.get(path.format(skip=skip))):
            found += page
            skip += len(page)
        return found


class Balena(Service):
    roles = ("administrator", "member")
    role_flag, can_list_invites = "--set", True

    def setup(self):
        self.org = self.get("/v7/organization?$select=id,handle&$orderby=id asc&$top=1")["d"][0]
        self.name = self.org["handle"]

    def members(self):
        path = (f"/v7/organization_membership?$select=id&$filter=is_member_of__organization eq {self.org['id']}"
                "&$expand=user($select=id,username),organization_membership_role($select=name)&$orderby=id asc&$top=100&$skip={skip}")
        rows = self.pages(path, lambda page: page["d"])
        return {row["user"][0]["username"]: {role["name"] for role in row["organization_membership_role"]} for row in rows}

    def invites(self):
        path = (f"/v7/invitee__is_invited_to__organization?$select=id&$filter=is_invited_to__organization eq {self.org['id']}"
                "&$expand=invitee($select=email)&$orderby=id asc&$top=100&$skip={skip}")
        return collections.Counter(row["invitee"][0]["email"] for row in self.pages(path, lambda page: page["d"]))


class Clerk(Service):
    roles = ("org:admin", "org:member")
    role_flag, can_list_invites = "--set", True

    def setup(self):
        self.org = self.get("/v1/organizations?limit=1&order_by=created_at")["data"][0]
        biggest = max(self.get("/v1/organizations?limit=100&include_members_count=true")["data"], key=lambda org: org["members_count"])
        self.org, self.name = biggest, biggest["slug"] or biggest["id"]

    def members(self):
        path = f"/v1/organizations/{self.org['id']}/memberships?limit=100&offset={{skip}}"
        rows = self.pages(path, lambda page: page["data"])
        return {row["public_user_data"]["identifier"]: {row["role"]} for row in rows}

    def invites(self):
        path = f"/v1/organizations/{self.org['id']}/invitations?status=pending&limit=100&offset={{skip}}"
        return collections.Counter(row["email_address"] for row in self.pages(path, lambda page: page["data"]))


class Vulos(Service):
    roles = ("Moderator", "night")
    role_flag, can_list_invites = "--give", False

    def setup(self):
        orgs = [str(row["organizationId"]) for row in self.get("/api/v1/organization/list")]
        self.name = max(orgs, key=lambda org: len(self.get(f"/api/v1/organization/{org}")["memberships"]))

    def members(self):
        """By their ids: whoever names an address makes the program read everybody."""
        members = {}
        for row in self.get(f"/api/v1/organization/{self.name}")["memberships"]:
            one = self.get(f"/api/v1/organization/{self.name}/{row['membershipId']}")
            if one["email"] != CALLER:
                members[row["membershipId"]] = {role["name"] for role in one["roles"]}
        return members

    def invites(self):
        return collections.Counter()


def start():
    command = [PROGRAM, "sandbox", "--orgs", "1", "--members", str(PEOPLE), "--invites", str(PEOPLE)]
    sandbox = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=ENV)
    service = {"balena": Balena, "clerk": Clerk, "vulos": Vulos}[SERVICE](json.loads(sandbox.stdout.readline())[SERVICE])
    os.makedirs(f"{HOME}/.config/orgdeck")
    with open(os.open(f"{HOME}/token", os.O_CREAT | os.O_WRONLY, 0o600), "w") as token:
        token.write(service.headers["Authorization"].split()[1])
    with open(f"{HOME}/.config/orgdeck/config.toml", "w") as config:
        address = f"http://127.0.0.1:{service.line.server_port}"
        config.write(f'[profiles.it]\nprovider = "{SERVICE}"\nurl = "{address}"\ntoken = {{ file = "{HOME}/token" }}\n')
    service.setup()
    return sandbox, service


class Journal:
    """The journal's file, read line by line as it is."""

    def __init__(self):
        self.path, self.lines, self.ends = f"{HOME}/.local/state/orgdeck/journal.jsonl", 0, {}

    def new_intents(self):
        """The intents since the last call, and all ends that are known now."""
        if not os.path.exists(self.path):
            return []
        with open(self.path, encoding="utf-8") as file:
            lines = file.read().splitlines()
        records = [json.loads(line) for line in lines[self.lines:]]
        self.lines = len(lines)
        self.ends.update({record["intent"]: record["outcome"] for record in records if record["record"] == "outcome"})
        return [record for record in records if record["record"] == "intent"]


def words_of(text):
    """What tells requests of one line apart: the addresses in them."""
    return frozenset(re.findall(r"[\w.+-]+@[\w.-]+", text.replace("%40", "@").replace("\\u0040", "@")))


class Books:
    """Both sides of the account, and what does not agree."""

    def __init__(self, service):
        self.service, self.journal, self.seen = service, Journal(), 0
        self.counts, self.wrong, self.twice = collections.Counter(), [], 0

    def compare(self, what):
        self.service.line.settled()
        writes = self.service.line.writes[self.seen:]
        self.seen += len(writes)
        left = [write for write in writes]
        for intent in self.journal.new_intents():
            end = self.journal.ends.get(intent["no"], "open")
            self.counts[end] += 1
            mine = [write for write in left if self.fits(intent, write)]
            if intent_is_bulk(intent):
                mine = mine[:1]
            for write in mine:
                left.remove(write)
            applied = sum(write.applied for write in mine)
            self.twice += len(mine) > 1
            wanted = {"done": [1], "not_sent": [0], "refused": [0], "unknown": [0, 1]}.get(end, [])
            if end == "unknown" and self.service.can_list_invites:
                wanted = []
            if applied not in wanted or len(mine) > 1:
                self.wrong.append(f"{what}: {intent['request']} {intent.get('target')}: {end}, but applied {applied} times")
        self.wrong += [f"{what}: {write.line} is in no journal" for write in left]

    @staticmethod
    def fits(intent, write):
        if intent["request"] != write.line:
            return False
        named = words_of(json.dumps(intent.get("change"), ensure_ascii=False) + str(intent.get("target", "")))
        asked = words_of(write.body)
        return not asked or not named or asked <= named


def intent_is_bulk(intent):
    return intent["request"].endswith("/bulk")


def choose(service, number):
    """What is done in a run: its words, in the order of the command line."""
    kind = CHANCE.choice(["invite", "invite", "revoke", "role", "role", "remove"] if service.can_list_invites else ["invite", "invite", "role", "role", "role", "remove"])
    many = CHANCE.choice([1, 1, 3])
    org, sure = f"it/{service.name}", ["--yes", "--confirm", service.name]
    if kind == "invite":
        who = [f"n{number}x{one}@kills.example" for one in range(many)]
        role = [] if SERVICE == "vulos" else ["--role", service.roles[1]]
        return kind, ["invite", "create", org, *who, *role, *sure]
    if kind == "revoke":
        who = [service.open.pop() for _ in range(many)]
        return kind, ["invite", "revoke", org, *who, *sure]
    if kind == "role":
        who = CHANCE.sample(service.people, many)
        return kind, ["member", "role", org, *who, service.role_flag, CHANCE.choice(service.roles), *sure]
    who = [service.people.pop() for _ in range(many)]
    return kind, ["member", "remove", org, *who, *sure]


def run(command, life, line):
    """Runs the program and kills it after so many seconds, counted from its first write where that is None."""
    line.arrived.clear()
    line.killed.clear()
    program = subprocess.Popen([PROGRAM, *command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=ENV)
    try:
        if life is None:
            while not line.arrived.wait(0.005) and program.poll() is None:
                pass
            life = CHANCE.random() * 0.03
        program.wait(timeout=life)
    except subprocess.TimeoutExpired:
        program.kill()
        line.killed.set()
    said = program.stderr.read().decode("utf-8", "replace")
    return program.wait(), said


def lists_agree(service, books, before):
    """What the service lists now is what the journal says was done to what it listed before."""
    members, invites = dict(before[0]), collections.Counter(before[1])
    wrong = []
    for write in service.line.writes:
        if write.applied and write.line.startswith("POST"):
            invites.update(address for address in words_of(write.body) if address.endswith("@kills.example"))
    doubled = [address for address, times in invites.items() if address.endswith("@kills.example") and times > 1]
    now = service.invites()
    doubled += [address for address, times in now.items() if times > 1]
    if service.can_list_invites:
        mine = {address: times for address, times in invites.items() if address.endswith("@kills.example")}
        listed = {address: times for address, times in now.items() if address.endswith("@kills.example")}
        if mine != listed:
            wrong.append(f"invites differ: {set(mine.items()) ^ set(listed.items())}")
    gone = set(members) - set(service.members())
    removed = sum(1 for write in service.line.writes if write.applied and write.line.startswith("DELETE") and "invit" not in write.line and "role" not in write.line)
    if len(gone) != removed:
        wrong.append(f"{len(gone)} members are gone, {removed} removals were applied")
    return doubled, wrong


def main():
    sandbox, service = start()
    try:
        before = service.members(), service.invites()
        service.people = [name for name in before[0] if name not in ("ana", CALLER)]
        service.open = list(before[1])
        CHANCE.shuffle(service.people)
        books, killed, kinds = Books(service), 0, collections.Counter()
        life = 0.6
        for number in range(KILLS):
            kind, command = choose(service, number)
            begun = time.monotonic()
            at_write = CHANCE.random() < 0.67
            code, said = run(command, None if at_write else CHANCE.random() * life, service.line)
            if code == -signal.SIGKILL:
                killed += 1
                kinds[kind] += 1
            elif code == 0:
                life = 0.8 * life + 0.2 * (time.monotonic() - begun) * 1.1
            else:
                books.wrong.append(f"{' '.join(command)}: exit code {code}: {said.strip()}")
            listed = subprocess.run([PROGRAM, "journal", "list", "-o", "json"], env=ENV, capture_output=True)
            if listed.returncode:
                books.wrong.append(f"journal list: {listed.stderr.decode()}")
            books.compare(" ".join(command[:2]))
        verified = subprocess.run([PROGRAM, "journal", "verify"], env=ENV, capture_output=True, text=True)
        if verified.returncode:
            books.wrong.append(verified.stdout + verified.stderr)
        doubled, wrong = lists_agree(service, books, before)
        books.wrong += wrong
    finally:
        sandbox.kill()
    print(f"{SERVICE}: {killed} of {KILLS} killed ({', '.join(f'{kind} {times}' for kind, times in sorted(kinds.items()))}), seed {SEED}")
    print(f"  journal: {', '.join(f'{end} {times}' for end, times in sorted(books.counts.items()))}; writes at the service: {len(service.line.writes)}")
    print(f"  doubled: {len(doubled) + books.twice}, not as the journal says: {len(books.wrong)}")
    for one in books.wrong[:20]:
        print(f"  FAILED {one}")
    enough = killed * 4 >= KILLS and len(service.line.writes) * 4 >= KILLS
    if not enough:
        print("  FAILED: too little was killed, or too little had reached the service, to show anything")
    sys.exit(1 if doubled or books.twice or books.wrong or not enough else 0)


if __name__ == "__main__":
    main()
