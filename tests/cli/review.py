"""review.py PROGRAM FOLDER - speaks to `kehoach review` as the page does. Prints a line a test."""
import hashlib
import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import unicodedata

program, work = sys.argv[1:3]
samples = os.path.join(os.path.dirname(__file__), "..", "..", "samples")
store = os.path.join(work, "review.db")
failed = False


def check(name, good, told=""):
    global failed
    failed = failed or not good
    print(("ok - " if good else "not ok - ") + "review: " + name + ("" if good else f"\n#   {str(told)[:600]}"), flush=True)


class Server:
    def __init__(self, *arguments):
        self.process = subprocess.Popen([program, "review", "--no-browser", "--user", "chị Ba", *arguments], stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        address = self.process.stdout.readline().strip()
        self.port = int(address.split(":")[2].split("/")[0])
        self.token = address.split("/")[3]

    def raw(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.putrequest(method, path, skip_host=bool(headers and "Host" in headers))
        for key, value in (headers or {}).items():
            connection.putheader(key, value)
        if body is not None and "Content-Length" not in (headers or {}):
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders()
        if body:
            connection.send(body)
        reply = connection.getresponse()
        content = reply.read()
        connection.close()
        return reply.status, dict(reply.getheaders()), content

    def get(self, path):
        status, headers, content = self.raw("GET", f"/{self.token}/{path}")
        return json.loads(content) if headers.get("Content-Type", "").startswith("application/json") else (status, headers, content)

    def post(self, path, value, **headers):
        body = value if isinstance(value, bytes) else json.dumps(value).encode()
        status, _, content = self.raw("POST", f"/{self.token}/{path}", body, {"Content-Type": "application/json", **headers})
        return status, json.loads(content) if content else None

    def wait(self):
        for _ in range(600):
            jobs = self.get("api/jobs")["jobs"]
            if all(job["state"] in ("done", "failed") for job in jobs):
                return jobs
            time.sleep(0.1)
        return jobs

    def end(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        return self.process.wait(10)


def valid(record):
    path = os.path.join(work, "record.json")
    with open(path, "w") as out:
        json.dump(record, out)
    return subprocess.run([program, "validate", path], stdout=subprocess.PIPE, text=True)


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


plan = os.path.join(work, "kế hoạch.pdf")
shutil.copy(os.path.join(samples, "ruled-portrait", "digital.pdf"), plan)
sha = digest(plan)
server = Server("--store", store, plan)
jobs = server.wait()
check("a document on the command line is read", jobs[0]["state"] == "done" and jobs[0]["name"] == "kế hoạch.pdf", jobs)
document = f"api/documents/{sha}"

# ---- who is let in
ours = f"127.0.0.1:{server.port}"
for name, path, headers, wanted in [
    ("the right address", f"/{server.token}/api/about", {}, 200),
    ("localhost", f"/{server.token}/api/about", {"Host": f"localhost:{server.port}"}, 200),
    ("a wrong token", "/" + "0" * 32 + "/api/about", {}, 404),
    ("no token", "/", {}, 404),
    ("part of the token", f"/{server.token[:-1]}/api/about", {}, 404),
    ("another host", f"/{server.token}/api/about", {"Host": "evil.example"}, 403),
    ("our host, another port", f"/{server.token}/api/about", {"Host": "127.0.0.1:1"}, 403),
    ("a path that climbs", f"/{server.token}/static/../../tables.sql", {}, 404),
    ("a file that is not there", f"/{server.token}/static/nothing.js", {}, 404),
]:
    status, replied, content = server.raw("GET", path, headers=headers)
    check(f"{name}: {wanted}", status == wanted and (wanted == 200 or content == b""), (status, content))
    check(f"{name}: the policy is sent", "default-src 'none'" in replied.get("Content-Security-Policy", "") and replied.get("X-Content-Type-Options") == "nosniff"
          and replied.get("Referrer-Policy") == "no-referrer" and replied.get("Cache-Control") == "no-store", replied)
state = {"state": "in_review"}
check("a form of another site: 403", server.post(f"{document}/state", state, Origin="http://evil.example")[0] == 403)
check("an origin that begins like ours: 403", server.post(f"{document}/state", state, Origin=f"http://{ours}.evil.example")[0] == 403)
check("our own origin: 200", server.post(f"{document}/state", state, Origin=f"http://{ours}")[0] == 200)
check("a body that is no JSON by its type: 415", server.post(f"{document}/state", state, **{"Content-Type": "text/plain"})[0] == 415)
check("a body that is no JSON: 400", server.post(f"{document}/state", b"{")[0] == 400)
check("another method: 405", server.raw("DELETE", f"/{server.token}/{document}")[0] == 405)
status = server.raw("POST", f"/{server.token}/{document}/state", None, {"Content-Type": "application/json", "Content-Length": "999999999"})[0]
check("a body announced too long: 413", status == 413, status)
chunks = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
try:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.putrequest("POST", f"/{server.token}/{document}/state")
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Transfer-Encoding", "chunked")
    connection.endheaders()
    connection.send(chunks * 2 + b"0\r\n\r\n")
    status = connection.getresponse().status
except (OSError, http.client.HTTPException):
    status = 413
check("a body that turns out too long: refused", status == 413, status)
check("it still serves", server.get("api/about")["user"] == "chị Ba")

# ---- the list
shown = server.get("api/documents")
check("the list", shown["total"] == 1 and shown["documents"][0]["number"] == "214/KH-SNV" and shown["provinces"][0]["count"] == 1, shown)
for words, wanted in [("dao tao boi duong", 1), ("SO NOI VU", 1), ("214", 1), ("khong co gi", 0), ("hoa binh 2022", 1)]:
    found = server.get("api/documents?q=" + words.replace(" ", "%20"))["total"]
    check(f"searched without marks: {words}", found == wanted, found)
check("searched by state", server.get("api/documents?state=done")["total"] == 0 and server.get("api/documents?state=in_review")["total"] == 1)
check("searched by province", server.get("api/documents?province=01")["total"] == 0 and server.get(f"api/documents?province={shown['provinces'][0]['code']}")["total"] == 1)

# ---- pages
status, headers, content = server.get(f"page/{sha}/1?width=900")
check("a page's image", status == 200 and headers["Content-Type"] == "image/jpeg" and content[:3] == b"\xff\xd8\xff", status)
check("a page that is not there: a clear answer", "error" in server.get(f"page/{sha}/99"))

# ---- changes
first = server.get(document)
check("a document", first["revision"] == 0 and first["record"] == first["read"] and first["pages"][0]["width"] > 0 and first["changes"] == [], first.keys())
status, answer = server.post(f"{document}/changes", {"revision": 0, "changes": [{"pointer": "/tasks/0/text", "value": "Việc <script>alert(1)</script>"}]})
check("a value is changed", status == 200 and answer["revision"] == 1, (status, answer))
now = server.get(document)
check("it is in the record, the record as read stays", now["record"]["tasks"][0]["text"] == "Việc <script>alert(1)</script>" and now["read"] == first["read"])
check("the change is told", [(c["pointer"], c["who"], c["read"]) for c in now["changes"]] == [("/tasks/0/text", "chị Ba", first["read"]["tasks"][0]["text"])], now["changes"])
status, answer = server.post(f"{document}/changes", {"revision": 0, "changes": [{"pointer": "/tasks/0/text", "value": "khác"}]})
check("another tab that did not see it: a conflict", status == 409 and answer["conflict"][0]["who"] == "chị Ba" and answer["revision"] == 1, (status, answer))
status, answer = server.post(f"{document}/changes", {"revision": 0, "changes": [{"pointer": "/tasks/1/text", "value": "Việc khác"}]})
check("another value is no conflict", status == 200 and answer["revision"] == 2, (status, answer))
for name, pointer, value in [("a number for a text", "/tasks/0/text", 5), ("an empty text", "/tasks/0/text", "  "), ("a field there is not", "/tasks/0/colour", "đỏ"),
                             ("a row there is not", "/tasks/999/text", "x"), ("the id", "/tasks/0/id", "t99"), ("evidence", "/evidence", {}),
                             ("a day that is none", "/header/date", "2024-13-01"), ("the whole list", "/tasks", []), ("no pointer", "tasks", "x")]:
    status, answer = server.post(f"{document}/changes", {"revision": 2, "changes": [{"pointer": pointer, "value": value}]})
    check(f"{name}: 422", status == 422 and answer["error"], (status, answer))
check("nothing of it was written", server.get(document)["revision"] == 2)
status, answer = server.post(f"{document}/changes", {"revision": 2, "changes": [{"pointer": "/tasks/0/deadline/text", "value": "trước 15/10/2022"}]})
check("a deadline is parsed", status == 200 and answer["deadlines"]["/tasks/0/deadline"]["end"] == "2022-10-15", (status, answer))
check("a deadline as it is typed", server.post("api/deadline", {"text": "Quý II/2025"})[1]["deadline"]["start"] == "2025-04-01")
check("a deadline that is none", server.post("api/deadline", {"text": " "})[1]["deadline"] is None)
lead = now["record"]["tasks"][0]["lead"]
status, answer = server.post(f"{document}/changes", {"revision": 3, "changes": [
    {"pointer": "/tasks/0/lead", "value": []}, {"pointer": "/tasks/0/coordinate", "value": lead + [unicodedata.normalize("NFD", "Sở Y tế")]},
    {"pointer": "/header/title", "value": "<script>alert(1)</script>"}]})
moved = server.get(document)["record"]["tasks"][0]
check("a unit goes from lead to coordinate, with its key", status == 200 and moved["lead"] == [] and moved["coordinate"][:-1] == lead
      and moved.get("coordinate_key", [None])[:-1] == now["record"]["tasks"][0].get("lead_key", []), (answer, moved))
check("texts are in normal form", moved["coordinate"][-1] == "Sở Y tế")
status, headers, content = server.raw("GET", f"/{server.token}/api/documents")
check("a title that is a script is text", headers["Content-Type"].startswith("application/json") and json.loads(content)["documents"][0]["title"] == "<script>alert(1)</script>")
check("the record fits the schema", valid(server.get(document)["record"]).returncode == 0, valid(server.get(document)["record"]).stdout)

# ---- killed
server.end(signal.SIGKILL)
server = Server(store)
again = server.get(document)
check("killed and started again: all is there", again["revision"] == 4 and again["record"]["tasks"][0] == moved and again["record"]["header"]["title"].startswith("<script>"))

# ---- undo
status, answer = server.post(f"{document}/undo", {"revision": 4})
check("undo", status == 200 and answer["undone"] == 4 and server.get(document)["record"]["tasks"][0]["lead"] == lead, answer)
status, answer = server.post(f"{document}/undo", {"revision": 4})
check("undo in another tab: a conflict", status == 409, (status, answer))
status, answer = server.post(f"{document}/undo", {"revision": 5})
check("undo once more", status == 200 and answer["undone"] == 3, answer)

# ---- rows
def rows(**what):
    revision = server.get(document)["revision"]
    status, answer = server.post(f"{document}/rows", {"revision": revision, "list": "tasks", **what})
    now = server.get(document)
    checked = valid(now["record"])
    check(f"{what['do']}: fits the schema", status == 200 and checked.returncode == 0, (status, answer, checked.stdout))
    return answer, now


before = server.get(document)
texts = [task["text"] for task in before["record"]["tasks"]]
answer, now = rows(do="add", row=2, values={"text": "Một việc bị sót", "deadline": "31/12/2022"})
check("a row is added", [t["text"] for t in now["record"]["tasks"]] == texts[:2] + ["Một việc bị sót"] + texts[2:] and now["record"]["tasks"][2]["deadline"]["end"] == "2022-12-31")
check("evidence goes with its row", now["record"]["evidence"]["/tasks/3/text"] == before["record"]["evidence"]["/tasks/2/text"] and "/tasks/2/text" not in now["record"]["evidence"])
status, answer = server.post(f"{document}/changes", {"revision": before["revision"], "changes": [{"pointer": "/tasks/5/notes", "value": "ghi chú"}]})
check("a tab with the rows of before changes the row it means", status == 200 and server.get(document)["record"]["tasks"][6]["notes"] == "ghi chú", answer)
answer, now = rows(do="add", row=0, values={})
check("a row without a text says what is missing", answer["missing"] == ["/tasks/0/text"] and answer["row"] == 0, answer)
answer, now = rows(do="remove", row=0)
check("a row is marked as none", now["removed"] == ["/tasks/0"] and answer["missing"] == [], (answer, now["removed"]))
exported = server.get(f"export/{sha}.json")
check("it is not exported", len(exported["tasks"]) == len(now["record"]["tasks"]) - 1 and valid(exported).returncode == 0)
status, headers, content = server.get(f"export/{sha}.csv")
table = content.decode("utf-8-sig")
check("CSV has what was changed, and not what is none", status == 200 and "Một việc bị sót" in table and table.count("\r\n") == len(exported["tasks"]) + 1
      and "214-KH-SNV.csv" in headers["Content-Disposition"], (status, headers, table[:300]))
status, headers, content = server.get(f"export/{sha}.xlsx")
check("a workbook", status == 200 and content[:2] == b"PK", status)
check("an HTML page: not yet", "error" in server.get(f"export/{sha}.html"))
answer, now = rows(do="restore", row=0)
check("it is restored", now["removed"] == [])
server.post(f"{document}/rows", {"revision": now["revision"], "list": "tasks", "do": "remove", "row": 0})
whole = server.get(document)["record"]["tasks"][1]["text"]
answer, now = rows(do="split", row=1, at=5)
check("a row is split", [now["record"]["tasks"][i]["text"] for i in (1, 2)] == [whole[:5].strip(), whole[5:].strip()])
answer, now = rows(do="join", row=1)
check("rows are joined", now["record"]["tasks"][1]["text"] == whole[:5].strip() + " " + whole[5:].strip() and "/tasks/2" in now["removed"])
status, answer = server.post(f"{document}/rows", {"revision": now["revision"], "list": "tasks", "do": "split", "row": 1, "at": 0})
check("nothing is split at its beginning: 422", status == 422, (status, answer))
status, answer = server.post(f"{document}/rows", {"revision": now["revision"], "list": "targets", "do": "add", "values": {"text": "Đạt 90%"}})
check("a target without a value: 422", status == 422 and "value" in answer["error"], (status, answer))
status, answer = server.post(f"{document}/rows", {"revision": now["revision"], "list": "targets", "do": "add", "values": {"text": "Đạt 90%", "value": 90, "unit": "%"}})
check("a target is added", status == 200 and valid(server.get(document)["record"]).returncode == 0, answer)
check("the search finds what was added", server.get("api/documents?q=viec%20bi%20sot")["total"] == 1)

# ---- seen, state
status, answer = server.post(f"{document}/seen", {"pointer": "/header/number", "seen": True})
check("seen", status == 200, answer)
check("done", server.post(f"{document}/state", {"state": "done"})[1]["state"] == "done" and server.get("api/documents?state=done")["total"] == 1)
check("a state there is not: 400", server.post(f"{document}/state", {"state": "x"})[0] == 400)

# ---- uploads
scan = os.path.join(samples, "prose-only", "digital.pdf")
with open(scan, "rb") as file:
    content = file.read()
status, answer = server.post("api/documents?name=%3Cscript%3E.pdf", content, **{"Content-Type": "application/pdf"})
check("an upload is taken", status == 202, (status, answer))
begun = time.time()
server.get("api/documents")
check("meanwhile it serves", time.time() - begun < 1)
jobs = server.wait()
check("it is read", jobs[-1]["state"] == "done" and jobs[-1]["name"] == "<script>.pdf" and server.get("api/documents")["total"] == 2, jobs)
check("its pages are shown", server.get(f"page/{digest(scan)}/1")[0] == 200)
status, answer = server.post("api/documents?name=x.pdf", b"%PDF-1.4 broken", **{"Content-Type": "application/pdf"})
jobs = server.wait()
check("what is no document says so", jobs[-1]["state"] == "failed" and "x.pdf" in jobs[-1]["cause"], jobs[-1])
failures = [d for d in server.get("api/documents")["documents"] if d["failed"]]
check("and stands in the list", len(failures) == 1, failures)
check("an empty upload: 400", server.post("api/documents?name=x.pdf", b"", **{"Content-Type": "application/pdf"})[0] == 400)
check("a web page is no upload: 415", server.post("api/documents?name=x.html", b"<p>", **{"Content-Type": "text/html"})[0] == 415)
os.remove(plan)
server.get(f"page/{digest(scan)}/1")
answer = server.get(f"page/{sha}/3")
check("a file that is gone: a clear answer", isinstance(answer, dict) and "file" in answer["error"], answer)

# ---- an upload that was not read when the server was killed
with open(os.path.join(samples, "year-targets", "digital.pdf"), "rb") as file:
    status, answer = server.post("api/documents?name=../../sau%20n%C3%A0y.pdf", file.read(), **{"Content-Type": "application/pdf"})
server.end(signal.SIGKILL)
server = Server(store)
jobs = server.wait()
found = server.get("api/documents?q=sau%20nay.pdf")
check("killed while it read: it is read by the next one", [j["state"] for j in jobs] in (["done"], []) and found["total"] == 1, (jobs, found))

# ---- the end, and what was corrected
check("SIGTERM ends it cleanly", server.end() == 0)
lines = subprocess.run([program, "review", "--export-corrections", store], stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
corrections = [json.loads(line) for line in lines]
one = next(c for c in corrections if c["pointer"] == "/tasks/0/text")
check("corrections leave", one["read"] == first["read"]["tasks"][0]["text"] and one["page"] >= 1 and len(one["bbox"]) == 4 and one["who"] == "chị Ba" and one["version"], one)
check("rows that were added leave", any(c["do"] == "add" and c["corrected"]["text"] == "Một việc bị sót" for c in corrections), [c["do"] for c in corrections])
sys.exit(failed)
