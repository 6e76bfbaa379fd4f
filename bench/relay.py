#!/usr/bin/env python3
"""What the relay takes: leads a second, how long one waits for its thanks, and memory.

Leads of 2 kB come from processes of their own over loopback, on connections that are kept open, as from a web server in front.
Each is answered when it is on disk (`synchronous=FULL`), so the disk counts: say which with the figures. Its webhook is a
file, so that leads are handed on meanwhile, and with `--hang` a second one that never answers.
"""
import argparse, json, multiprocessing, os, shutil, socket, subprocess, threading, time

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


def run(address, first, count, clients, pause=0.0, processes=2):
    """Leads a second, and all waits in milliseconds."""
    results = multiprocessing.Queue()
    share = count // processes
    jobs = [multiprocessing.Process(target=load, args=(
        address, first + at * share, share, clients // processes, pause, results)) for at in range(processes)]
    begin = time.perf_counter()
    [job.start() for job in jobs]
    waits = [wait * 1000 for _ in jobs for wait in results.get()]
    [job.join() for job in jobs]
    return len(waits) / (time.perf_counter() - begin), sorted(waits)


def resident(process):
    for line in open(f"/proc/{process.pid}/status"):
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024


def silent():
    """A webhook that takes connections and never answers."""
    listener = socket.create_server(("127.0.0.1", 0))
    kept = []
    threading.Thread(target=lambda: [kept.append(listener.accept()) for _ in iter(int, 1)], daemon=True).start()
    return f"http://127.0.0.1:{listener.getsockname()[1]}/"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--leads", type=int, default=20_000, help="leads for the rate, with 64 clients")
    parser.add_argument("--stored", type=int, default=0, help="leads that are in the store before")
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
    program = [common.find_ringback(), "relay", "--root", site, "--store", os.path.join(site, "relay.db"),
               "--listen", "127.0.0.1:0"]
    with open(os.path.join(WORK, "relay.log"), "w") as log:
        process = subprocess.Popen(program, stdout=subprocess.PIPE, stderr=log, text=True)
        try:
            address = process.stdout.readline().split()[2].removeprefix("http://").split(":")
            address = (address[0], int(address[1]))
            time.sleep(1)
            rest = resident(process)
            number = 1
            if arguments.stored:
                say(f"filling the store with {arguments.stored} leads …")
                run(address, number, arguments.stored, 64)
                number += arguments.stored
            rate, waits = run(address, number, arguments.leads, 64)
            number += arguments.leads
            most = resident(process)
            _, steady = run(address, number, 3000, 60, pause=60 / 300)
            print("| leads a second, 64 clients | its p50, p99 | p50, p99 at 300 a second | MiB at rest | MiB under load |")
            print("|---|---|---|---|---|")
            at = lambda all, part: f"{all[int(len(all) * part)]:.1f} ms"
            print(f"| {rate:.0f} | {at(waits, .5)}, {at(waits, .99)} | {at(steady, .5)}, {at(steady, .99)} | {rest:.0f} | {most:.0f} |")
        finally:
            process.terminate()
            process.wait()


if __name__ == "__main__":
    main()
