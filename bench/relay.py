#!/usr/bin/env python3
"""What the relay takes: leads a second, how long one waits for its thanks, and memory.

Leads of 2 kB come from processes of their own over loopback, on connections that are kept open, as from a web server in front.
Each is answered when it is on disk (`synchronous=FULL`), so the disk counts: say which with the figures. Its webhook is a
file, so that leads are handed on meanwhile, and with `--hang` a second one that never answers. With `--database`, two relays
share a PostgreSQL server that it starts, and half of the clients have each.
"""
import argparse, glob, json, multiprocessing, os, pwd, shutil, socket, sqlite3, subprocess, threading, time

import common
from common import WORK, say

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
FORM = """title: Get the guide
submit: Send
webhook: HOOKS
fields:
  - {id: name, label: Name}
  - {id: email, type: email, label: Email, required: true}
  - {id: message, type: textarea, label: Message}
"""


def ulid(number):
    digits = ""
    for _ in range(26):
        number, digit = divmod(number, 32)
        digits = ALPHABET[digit] + digits
    return digits


def lead(number):
    """A lead of about 2 kB, as a request."""
    body = json.dumps({
        "type": "lead.submitted", "version": 1, "id": f"lead_{ulid(number)}", "timestamp": "2026-11-22T09:30:00Z",
        "data": {
            "form": "guide", "gate": None,
            "fields": {"name": "Kim Berg", "email": f"kim{number}@fjord-works.example", "message": "Please call me. " * 90},
            "page": {"url": "https://fjord.example/guide/", "title": "The guide", "lang": "en",
                     "section": None, "stage": None, "persona": []},
            "consent": [], "attribution": {}, "meta": {"elapsed_ms": 23110, "queued_ms": 0, "attempt": 1},
        },
    }).encode()
    head = "POST /leads HTTP/1.1\r\nHost: x\r\nOrigin: https://fjord.example\r\n" \
           f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def client(address, numbers, pause, waits):
    """Sends one lead after the other, and notes how long each waited."""
    connection = socket.create_connection(address)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    answers = connection.makefile("rb")
    for number in numbers:
        request = lead(number)
        begin = time.perf_counter()
        connection.sendall(request)
        status, length = answers.readline(), 0
        while (line := answers.readline()) != b"\r\n":
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        answers.read(length)
        if b" 200 " not in status:
            raise SystemExit(f"a lead was not taken: {status}")
        took = time.perf_counter() - begin
        waits.append(took)
        if pause > took:
            time.sleep(pause - took)


def load(address, first, count, clients, pause, results):
    waits = []
    threads = [threading.Thread(target=client, args=(address, range(first + at, first + count, clients), pause, waits))
               for at in range(clients)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    results.put(waits)


def run(addresses, first, count, clients, pause=0.0, processes=2):
    """Leads a second, and all waits in milliseconds."""
    results = multiprocessing.Queue()
    share = count // processes
    jobs = [multiprocessing.Process(target=load, args=(
        addresses[at % len(addresses)], first + at * share, share, clients // processes, pause, results))
        for at in range(processes)]
    begin = time.perf_counter()
    [job.start() for job in jobs]
    waits = [wait * 1000 for _ in jobs for wait in results.get()]
    [job.join() for job in jobs]
    return len(waits) / (time.perf_counter() - begin), sorted(waits)


def resident(process):
    for line in open(f"/proc/{process.pid}/status"):
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024


def worked(process):
    """Seconds of the processor."""
    fields = open(f"/proc/{process.pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def silent():
    """A webhook that takes connections and never answers."""
    listener = socket.create_server(("127.0.0.1", 0))
    kept = []
    threading.Thread(target=lambda: [kept.append(listener.accept()) for _ in iter(int, 1)], daemon=True).start()
    return f"http://127.0.0.1:{listener.getsockname()[1]}/"


# As the relay writes them, and delivered: the prefix of the tables, a body, and numbers from 1.
FILL = [
    """INSERT INTO {0}leads (id, kind, form, edition, lang, contact, received, body, extra, score, signs)
       SELECT 'lead_0' || at, 'lead.submitted', 'guide', 'default', 'en', 'before' || at || '@fjord-works.example',
              1700000000000 + at, '{1}', '', 0, '' FROM {2}""",
    """INSERT INTO {0}deliveries (number, webhook, contact, state, tries, due, at, status, said)
       SELECT number, 'lines', contact, 1, 1, received, received, 200, '' FROM {0}leads""",
]


def fill(store, count):
    """Puts leads into a store that has its tables, past the relay."""
    body = lead(0).split(b"\r\n\r\n", 1)[1].decode()
    if store.startswith("postgres:"):
        numbers = f"generate_series(1, {count}) AS at"
        sql = ";".join(one.format("ringback_", body, numbers) for one in FILL)
        subprocess.run(["psql", "--quiet", "--set", "ON_ERROR_STOP=1", store], input=f"{sql}; ANALYZE; CHECKPOINT", text=True, check=True)
        return
    numbers = f"(WITH RECURSIVE n (at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM n WHERE at < {count}) SELECT at FROM n)"
    with sqlite3.connect(store) as tables:
        for one in FILL:
            tables.execute(one.format("", body, numbers))
    tables.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    tables.close()
    os.sync()


def database():
    """A PostgreSQL server of its own, as Debian's package has it but for its folder: its URL, and what ends it."""
    programs = max(glob.glob("/usr/lib/postgresql/*/bin"), default="")
    folder = os.path.join(WORK, "postgresql")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    # It refuses to run as root.
    user = pwd.getpwnam("postgres") if os.getuid() == 0 else None
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
    start = dict(user=user.pw_uid, group=user.pw_gid) if user else {}
    data = os.path.join(folder, "data")
    subprocess.run([os.path.join(programs, "initdb"), "--auth=trust", "--username=bench", "--encoding=UTF8", data],
                   check=True, stdout=subprocess.DEVNULL, **start)
    server = subprocess.Popen([os.path.join(programs, "postgres"), "-D", data, "-k", folder, "-p", "5499", "-h", ""],
                              stderr=subprocess.DEVNULL, **start)
    url = f"postgres://bench@{folder.replace('/', '%2F')}:5499/postgres"
    while subprocess.run(["psql", "--quiet", "--command", "", url], stderr=subprocess.DEVNULL).returncode:
        time.sleep(0.2)
    return url, server


def start(program, site, log):
    """A relay, and where it listens."""
    process = subprocess.Popen(program, cwd=site, stdout=subprocess.PIPE, stderr=log, text=True)
    host, port = process.stdout.readline().split()[2].removeprefix("http://").split(":")
    return process, (host, int(port))


def end(processes):
    [process.terminate() for process in processes]
    [process.wait() for process in processes]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--leads", type=int, default=20_000, help="leads for the rate, with 64 clients")
    parser.add_argument("--stored", type=int, default=0, help="leads that are in the store before")
    parser.add_argument("--database", action="store_true", help="two relays on one PostgreSQL server")
    parser.add_argument("--hang", action="store_true", help="a second webhook never answers")
    arguments = parser.parse_args()
    site = os.path.join(WORK, "relay")
    shutil.rmtree(site, ignore_errors=True)
    os.makedirs(os.path.join(site, "content", "forms"))
    os.makedirs(os.path.join(site, "content", "pages"))
    hang = f"  hang: {{url: \"{silent()}\"}}\n" if arguments.hang else ""
    with open(os.path.join(site, "ringback.yaml"), "w") as config:
        config.write("title: Fjord\nbase_url: https://fjord.example/\nrelay: {url: \"https://leads.fjord.example/\"}\n"
                     f"webhooks:\n  lines: {{kind: file, path: leads.jsonl}}\n{hang}")
    with open(os.path.join(site, "content", "forms", "guide.yaml"), "w") as form:
        form.write(FORM.replace("HOOKS", "[lines, hang]" if hang else "lines"))
    with open(os.path.join(site, "content", "pages", "a.md"), "w") as page:
        page.write("---\ntitle: A\n---\nText.\n")
    store, server = database() if arguments.database else (os.path.join(site, "relay.db"), None)
    program = [common.find_ringback(), "relay", "--root", site, "--store", store, "--listen", "127.0.0.1:0"]
    relays = []
    with open(os.path.join(WORK, "relay.log"), "w") as log:
        try:
            if arguments.stored:
                say(f"filling the store with {arguments.stored} leads …")
                end([start(program, site, log)[0]])
                fill(store, arguments.stored)
            relays = [start(program, site, log) for _ in range(2 if arguments.database else 1)]
            addresses = [address for _, address in relays]
            resident_most = lambda: max(resident(process) for process, _ in relays)
            time.sleep(1)
            rest = resident_most()
            # The first leads make the tables' pages known.
            run(addresses, 1, 2000, 64)
            number = 2001
            before = sum(worked(process) for process, _ in relays)
            rate, waits = run(addresses, number, arguments.leads, 64)
            work = (sum(worked(process) for process, _ in relays) - before) / len(waits) * 1e6
            number += arguments.leads
            most = resident_most()
            _, steady = run(addresses, number, 3000, 60, pause=60 / 300)
            print("| leads a second, 64 clients | its p50, p99 | p50, p99 at 300 a second | MiB at rest | MiB under load | processor, µs a lead |")
            print("|---|---|---|---|---|---|")
            at = lambda all, part: f"{all[int(len(all) * part)]:.1f} ms"
            print(f"| {rate:.0f} | {at(waits, .5)}, {at(waits, .99)} | {at(steady, .5)}, {at(steady, .99)} | {rest:.0f} | {most:.0f} | {work:.0f} |")
        finally:
            end([process for process, _ in relays])
            if server:
                end([server])


if __name__ == "__main__":
    main()
