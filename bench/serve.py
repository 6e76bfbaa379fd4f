#!/usr/bin/env python3
"""Time `ringback serve` beside `hugo server` on the same articles: from saving one to its new page over HTTP.

  bench/serve.py [N ...] [--runs R] [--rounds K]

Programs and corpora are those of run.py, with its variables. A round starts each
server once, one after the other, asks for the first page, then saves one article R
times with a new paragraph, and R times with a new title, and asks for its page until
what is new is in it. ringback saves the paragraphs in its own editor, too, as the
browser does it. Then the server has to end with Ctrl+C. What is measured: from
start to the first page; from the save to the new page (median, and the slowest); the
processor's time that a save takes, all threads together, until nothing is left to do;
the peak of memory. Standard library only; Linux.
"""
import argparse, glob, http.client, json, os, platform, re, shutil, signal, socket, statistics, subprocess, sys, time

import common

PAUSE = 0.002           # between two looks at the page
PATIENCE = 300          # seconds until a server counts as stuck
QUIET = 1.5             # so long without work, a save is done, with the check that follows it a second later

# what ringback promises at 10,000 articles
SAVE_MS, EDITOR_MS, START_S, PEAK_MIB = 100, 50, 2, 500


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def command(name, program, site, port):
    if name == "ringback":
        return [program, "serve", "--root", site, "--port", str(port), "--quiet"]
    return [program, "server", "--source", site, "--port", str(port), "--bind", "127.0.0.1", "--quiet"]


class Server:
    """A server as a child, and what it has used."""

    def __init__(self, name, program, site):
        self.port = free_port()
        with open(common.log(), "wb") as log:
            self.start = time.monotonic()
            self.child = subprocess.Popen(command(name, program, site, self.port), cwd=site, stdin=subprocess.DEVNULL,
                                          stdout=log, stderr=log)
        self.connection = None

    def get(self, path):
        """The body, or nothing while there is none."""
        try:
            if not self.connection:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            self.connection.request("GET", path)
            answer = self.connection.getresponse()
            body = answer.read()
            return body if answer.status == 200 else None
        except OSError:
            self.connection = None
            return None
        except http.client.HTTPException:
            self.connection = None
            return None

    def edit(self, path, asked=None):
        """What the editor's own interface answers: to a question, or to what is sent along."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        body = None if asked is None else json.dumps(asked)
        headers = {} if asked is None else {"Origin": f"http://127.0.0.1:{self.port}"}
        connection.request("GET" if asked is None else "POST", "/.ringback/edit" + path, body, headers)
        answer = connection.getresponse()
        said = answer.read()
        connection.close()
        if answer.status != 200:
            raise RuntimeError(f"the editor answers {answer.status}: {said[:200]!r}")
        return json.loads(said)

    def wait(self, path, words):
        """Waits until the page has these words; when that was."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            body = self.get(path)
            if body and words in body:
                return time.monotonic()
            if self.child.poll() is not None:
                raise RuntimeError(f"it ended with {self.child.returncode}, see {common.log()}")
            time.sleep(PAUSE)
        raise RuntimeError(f"{path} never has {words!r}")

    def cpu(self):
        """Seconds of user and system time until now."""
        with open(f"/proc/{self.child.pid}/stat") as f:
            fields = f.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def settle(self):
        """Waits until it has nothing to do any more; its processor time then."""
        before = self.cpu()
        while True:
            time.sleep(QUIET)
            now = self.cpu()
            if now - before < 0.02:
                return now
            before = now

    def peak(self):
        """The most memory it has had, in MiB."""
        with open(f"/proc/{self.child.pid}/status") as f:
            return int(re.search(r"VmHWM:\s+(\d+)", f.read())[1]) / 1024

    def end(self):
        self.child.send_signal(signal.SIGINT)
        try:
            return self.child.wait(20)
        except subprocess.TimeoutExpired:
            self.child.kill()
            return "killed"


def article(site):
    """One in the middle: its file and its path."""
    folder = next(name for name in ("insights", "articles") if os.path.isdir(os.path.join(site, "content", name)))
    articles = [p for p in sorted(glob.glob(os.path.join(site, "content", folder, "*.md"))) if not os.path.basename(p).startswith("_")]
    path = articles[len(articles) // 2]
    return path, f"/{folder}/{os.path.basename(path)[:-3]}/"


def measure(name, program, site, runs):
    """Start s, ms and processor s of each save of words, ms of each save in the editor, ms of each save of a title, peak MiB."""
    path, url = article(site)
    with open(path, "rb") as f:
        good = f.read()
    for folder in ("public", "resources", ".ringback"):
        shutil.rmtree(os.path.join(site, folder), ignore_errors=True)
    server = Server(name, program, site)
    try:
        first = server.wait("/", b"<") - server.start
        server.wait(url, b"<")
        used = server.settle()

        def save(text, words):
            nonlocal used
            begin = time.monotonic()
            with open(path, "wb") as f:
                f.write(text)
            took = (server.wait(url, words) - begin) * 1000
            before, used = used, server.settle()
            return took, used - before

        paragraphs = [f"savednumber{k}x".encode() for k in range(runs)]
        saves, work = zip(*[save(good + b"\n\n" + words + b"\n", words) for words in paragraphs])
        edited = [edit(server, site, path, url, f"editednumber{k}x") for k in range(runs)] if name == "ringback" else []
        titles = [f"titlenumber{k}x".encode() for k in range(runs)]
        titled = [save(good.replace(b'title: "', b'title: "' + words + b" ", 1), words)[0] for words in titles]
        return first, saves, work, edited, titled, server.peak()
    finally:
        code = server.end()
        with open(path, "wb") as f:
            f.write(good)
        if code not in (0, -signal.SIGINT):
            common.say(f"{name}: Ctrl+C ended it with {code}")


def edit(server, site, path, url, words):
    """ms from the end of what the browser sends of an edit to the page that shows it, saved by the editor."""
    server.settle()
    file = os.path.relpath(path, site)
    opened = server.edit(f"/document?file={file}")
    begin = time.monotonic()
    server.edit("/save", {"file": file, "version": opened["version"], "changes": [{"change": "text", "text": opened["text"] + f"\n\n{words}\n"}]})
    return (server.wait(url, words.encode()) - begin) * 1000


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("n", type=int, nargs="*", default=[1000, 10000], help="how many articles (default: 1000 10000)")
    ap.add_argument("--runs", type=int, default=5, help="saves in a round (default: 5)")
    ap.add_argument("--rounds", type=int, default=1, help="starts of each server (default: 1)")
    a = ap.parse_args()
    common.begin(is_in_memory=False)
    found = [("ringback", common.find_ringback(), ["--version"]), ("hugo", common.find_hugo(False), ["version"])]
    programs = [(name, program, common.version(program, *args)) for name, program, args in found if program]
    print(", ".join(f"{name} {ver}" for name, _, ver in programs)
          + f"; {os.cpu_count()} cores, {platform.system()} {platform.machine()}; {a.runs} saves in each of {a.rounds} rounds.\n")
    common.line("program", "N", "start to first page, s", "save to new page, median ms", "slowest ms", "processor for a save, s", "save in the editor, median ms", "save with a new title, median ms", "peak MiB")
    common.line("---", *["---:"] * 8)
    kept = True
    for n in a.n:
        results = {name: [] for name, _, _ in programs}
        for k in range(a.rounds):
            for name, program, _ in programs:
                common.say(f"{n} articles, round {k + 1} of {a.rounds}: {name}")
                results[name].append(measure(name, program, common.site(name, n), a.runs))
        for name, _, _ in programs:
            rounds = results[name]
            saves = [ms for _, found, *_ in rounds for ms in found]
            work = [s for _, _, found, *_ in rounds for s in found]
            titled = statistics.median(ms for *_, found, _ in rounds for ms in found)
            edited = [ms for *_, found, _, _ in rounds for ms in found]
            editor = statistics.median(edited) if edited else None
            start, peak = statistics.median(r[0] for r in rounds), max(r[-1] for r in rounds)
            save = statistics.median(saves)
            common.line(f"{name} serve" if name == "ringback" else f"{name} server", f"{n:,}", f"{start:.2f}", f"{save:.0f}",
                     f"{max(saves):.0f}", f"{statistics.median(work):.2f}", "" if editor is None else f"{editor:.0f}", f"{titled:.0f}", f"{peak:.0f}")
            if name == "ringback" and n == 10000:
                kept = save <= SAVE_MS and editor <= EDITOR_MS and start <= START_S and peak <= PEAK_MIB
    print(f"\nWhat ringback promises at 10,000 articles, {SAVE_MS} ms, {EDITOR_MS} ms in the editor, {START_S} s and {PEAK_MIB} MiB, "
          + ("holds." if kept else "**does not hold**."))
    sys.exit(not kept)


if __name__ == "__main__":
    main()
