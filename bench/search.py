#!/usr/bin/env python3
"""Measure what a search costs a reader, beside Pagefind on the same pages; print Markdown tables.

  bench/search.py [N ...] [--sessions S] [--built] [--install-pagefind]

Builds ringback's site of N articles and Pagefind's index of its pages, or takes
them as they are with --built. Serves them on 127.0.0.1, compressed as hosts do,
and asks each query in S new sessions (default 5) of headless Chromium, all caches
cold. Programs are found as in run.py; $CHROMEDRIVER names chromedriver, $CHROMIUM
a browser that it would not find. Standard library only; Linux or macOS.

It exits with 1 where ringback is above a limit.
"""
import argparse, gzip, http.server, json, mimetypes, os, re, shutil, statistics, subprocess, sys, threading, time, urllib.error
import urllib.request, zlib
from collections import Counter
from dataclasses import dataclass, field

import corpus
import common

TEXT = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt"}  # what hosts compress
QUIET = 0.5   # seconds without a request after which a step counts as done
PATIENCE = 60
PACE = 0.2    # seconds between letters where a word is typed slowly
KB = 1000


# ---- limits: what ringback promises

FIRST_KB = {1000: 50, 10000: 90}
NEXT_KB = 30
MAIN_MS = 50
INDEX_MB = 8


# ---- queries


def words_of(article, low, high):
    """Three words of an article that stand at these ranks of the vocabulary, so that one page has all three."""
    made = corpus.Corpus("1")
    rank = {word: i for i, word in enumerate(made.words)}
    found = [w for w in re.findall(r"[a-z]+", made.body(article)) if low <= rank.get(w, -1) < high]
    return list(dict.fromkeys(found))[:3]


def queries():
    """Name and words of each query, the first word asked alone, the others added one by one."""
    return [
        ("common", ["call", "sales", "customer"]),
        ("medium", words_of(500, 500, 2000)),
        ("rare", words_of(500, 8000, 20000)),
        ("half words", ["co", "pro", "cal"]),
    ]


# ---- the server


class Server(http.server.ThreadingHTTPServer):
    """Serves folders under prefixes, and remembers what it sent."""

    daemon_threads = True

    def __init__(self, folders):
        super().__init__(("127.0.0.1", 0), Handler)
        self.folders = folders  # [(prefix, folder)], the first that fits
        self.sent = []          # (path, bytes of the body)
        self.busy = 0
        self.last = 0.0
        self.lock = threading.Lock()
        self.packed = {}
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def origin(self):
        return f"http://127.0.0.1:{self.server_address[1]}"

    def wait(self):
        """Until nothing was asked for a moment."""
        begin = self.last = time.monotonic()
        while self.busy or time.monotonic() - self.last < QUIET:
            if time.monotonic() - begin > PATIENCE:
                raise TimeoutError("requests go on and on")
            time.sleep(0.02)

    def body(self, path):
        """The bytes of a file as a host sends them, its type, and whether they are compressed."""
        prefix, folder = next((p, f) for p, f in self.folders if path.startswith(p))
        name = os.path.normpath(os.path.join(folder, path[len(prefix):] + ("index.html" if path.endswith("/") else "")))
        if not name.startswith(os.path.abspath(folder) + os.sep) or not os.path.isfile(name):
            return None
        with open(name, "rb") as f:
            data = f.read()
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        is_text = os.path.splitext(name)[1] in TEXT
        if is_text:
            data = self.packed.setdefault(name, gzip.compress(data, 6, mtime=0))
        return data, kind, is_text


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        server, path = self.server, self.path.split("?")[0]
        with server.lock:
            server.busy += 1
        found = server.body(path)
        data, kind, packed = found or (b"", "text/plain", False)
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "max-age=600")
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        try:
            self.wfile.write(data)
        finally:
            with server.lock:
                server.sent.append((path, len(data)))
                server.busy -= 1
                server.last = time.monotonic()

    def log_message(self, *_):
        pass


# ---- the browser


class Driver:
    """chromedriver, and the sessions it opens."""

    def __init__(self):
        program = os.environ.get("CHROMEDRIVER") or shutil.which("chromedriver")
        if not program:
            sys.exit("chromedriver is not here: $CHROMEDRIVER may name it")
        self.process = subprocess.Popen([program, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        port = next(m[1] for m in (re.search(r"on port ([1-9]\d*)", line) for line in self.process.stdout) if m)
        self.url = f"http://127.0.0.1:{port}"

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as problem:
            raise RuntimeError(json.load(problem)["value"]["message"].splitlines()[0]) from None

    def close(self):
        self.process.terminate()
        self.process.wait()


class Session:
    """A browser that nobody has used before, on one page."""

    def __init__(self, driver, url):
        args = ["--headless=new", "--disable-background-networking", "--disable-extensions", "--window-size=1200,900"]
        if os.geteuid() == 0:
            args.append("--no-sandbox")
        options = {"args": args}
        if os.environ.get("CHROMIUM"):
            options["binary"] = os.environ["CHROMIUM"]
        wanted = {"capabilities": {"alwaysMatch": {"browserName": "chrome", "goog:chromeOptions": options}}}
        self.driver = driver
        self.path = f"/session/{driver.call('POST', '/session', wanted)['sessionId']}"
        # threadTicks: what the thread worked, not how long it waited for a busy machine
        self.cdp("Performance.enable", timeDomain="threadTicks")
        driver.call("POST", self.path + "/url", {"url": url})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.driver.call("DELETE", self.path)

    def cdp(self, command, **params):
        return self.driver.call("POST", self.path + "/goog/cdp/execute", {"cmd": command, "params": params})

    def js(self, code):
        """What the code makes of it, awaited."""
        got = self.cdp("Runtime.evaluate", expression=code, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in got:
            raise RuntimeError(got["exceptionDetails"].get("exception", {}).get("description", "an error in the page"))
        return got["result"].get("value")

    def metrics(self):
        return {m["name"]: m["value"] for m in self.cdp("Performance.getMetrics")["metrics"]}


# ---- a step of a search


@dataclass
class Step:
    """What one thing the reader did has cost."""
    sent: list      # (path, bytes)
    main: float     # ms of the main thread
    process: float  # ms of the page's process, workers and all
    wall: float     # ms until the first result; 0 where there is none to wait for
    shown: int      # results

    @property
    def bytes(self):
        return sum(size for _, size in self.sent)


def step(server, session, act):
    """Does something, waits until it is over, and tells what it cost."""
    done, before = len(server.sent), session.metrics()
    wall, shown = act() or (0, 0)
    server.wait()
    after = session.metrics()
    spent = lambda name: (after.get(name, 0) - before.get(name, 0)) * 1000
    return Step(server.sent[done:], spent("TaskDuration"), spent("ProcessTime"), wall, shown)


class Ringback:
    """The box of the page itself: `/`, and the words."""

    name = "ringback"
    WATCH = """bench = {};
      const list = document.querySelector("dialog.search #found");
      addEventListener("input", () => {
        bench.asked = performance.now();
        bench.shown = new Promise((done) => (bench.done = done));
      }, true);
      new MutationObserver(() => {
        if (list.querySelector("[role=group]")) bench.done?.([performance.now() - bench.asked, list.children.length]);
      }).observe(list, { childList: true });"""

    def __init__(self, session):
        self.session = session

    def open(self):
        key = {"key": "/", "code": "Slash", "windowsVirtualKeyCode": 191}
        self.session.cdp("Input.dispatchKeyEvent", type="keyDown", text="/", **key)
        self.session.cdp("Input.dispatchKeyEvent", type="keyUp", **key)

    def watch(self):
        self.session.js(self.WATCH)

    def ask(self, text, typed):
        """Adds to the box what is new of the text, as one event."""
        self.session.cdp("Input.insertText", text=text[len(typed):])
        return self.session.js("bench.shown")

    def type(self, word):
        for letter in word:
            self.session.cdp("Input.insertText", text=letter)
            time.sleep(PACE)
        return self.session.js("bench.shown")


class Api:
    """An engine without a box: a function of JavaScript opens it, another asks, and what is found goes into a plain list."""

    WATCH = """bench = async (asking, begin) => {
        const results = await asking;
        if (!results) return;
        const shown = results.map(([url, title, excerpt]) => `<p><a href="${url}">${title}</a> ${excerpt}</p>`);
        document.querySelector("main").innerHTML = shown.join("");
        return [performance.now() - begin, results.length];
      };"""
    OPEN = ASK = ""

    def __init__(self, session):
        self.session = session

    def open(self):
        self.session.js(self.OPEN)

    def watch(self):
        self.session.js(self.WATCH + self.ASK)

    def ask(self, text, _):
        return self.session.js(f"bench(ask({json.dumps(text)}), performance.now())")


class Engine(Api):
    """ringback's engine alone."""

    name = "ringback, engine alone"
    OPEN = """(async () => {
        const { engine, index } = document.querySelector("a[data-engine]").dataset;
        const worker = new Worker(engine, { type: "module" });
        const waiting = new Map();
        worker.onmessage = ({ data: [id, value] }) => waiting.get(id)(value);
        call = (name, argument) => new Promise((done) => {
          waiting.set(waiting.size + 1, done);
          worker.postMessage([waiting.size, name, argument]);
          call.last = waiting.size;
        });
        await call("open", index);
        await call("ready", "en");
      })()"""
    ASK = """text = (parts) => parts.map(([text, isHit]) => (isHit ? `<mark>${text}</mark>` : text)).join("");
      ask = async (query) => {
        const found = call("find", { text: query, lang: "en", all: false, facets: new Map(), open: false });
        const of = call.last;
        await found;
        const { pages } = await call("pages", { of, from: 0, to: 8 });
        return pages.map(({ url, title, excerpt }) => [url, text(title), text(excerpt)]);
      };"""


class Pagefind(Api):
    """Pagefind as its manual has it."""

    name = "Pagefind, 5 results"
    shown = 5
    OPEN = """(async () => { pagefind = await import("/pagefind/pagefind.js"); await pagefind.init(); })()"""
    ASK = """ask = async (query, how = "search") => {
        const found = await pagefind[how](query);
        const results = found && (await Promise.all(found.results.slice(0, SHOWN).map((result) => result.data())));
        return results?.map(({ url, meta, excerpt }) => [url, meta.title, excerpt]);
      };"""

    def watch(self):
        self.session.js(self.WATCH + self.ASK.replace("SHOWN", str(self.shown)))

    def type(self, word):
        for end in range(1, len(word) + 1):
            begun = json.dumps(word[:end])
            self.session.js(f'void (bench.last = bench(ask({begun}, "debouncedSearch"), performance.now()))')
            time.sleep(PACE)
        return self.session.js("bench.last")


class PagefindOf8(Pagefind):
    """The same with as many results as ringback shows."""

    name = "Pagefind, 8 results"
    shown = 8


def ask(driver, server, row):
    """The steps of a query in a new session: the page, the box, and each word."""
    server.sent.clear()
    with Session(driver, server.origin + "/") as session:
        engine = row.engine(session)
        server.wait()
        ours = [(path, size) for path, size in server.sent if row.engine is Ringback and "/js/search." in path]
        steps = [Step(ours, 0, 0, 0, 0), step(server, session, engine.open)]
        engine.watch()
        typed = ""
        for word in row.words:
            text = f"{typed} {word}".strip()
            act = (lambda: engine.type(text)) if row.slowly else (lambda: engine.ask(text, typed))
            steps.append(step(server, session, act))
            typed = text
        return steps


# ---- what was measured


@dataclass
class Measured:
    """The sessions of one query, and their medians."""
    engine: type
    query: str
    words: list
    slowly: bool = False
    sessions: list = field(default_factory=list)

    def median(self, of):
        return statistics.median(of(steps) for steps in self.sessions)

    def first(self, name):
        """All that the first word costs: with the page's part, and the opening of the box."""
        return self.median(lambda steps: sum(getattr(s, name) for s in steps[:3]))

    def first_requests(self):
        return self.median(lambda steps: sum(len(s.sent) for s in steps[:3]))

    def of(self, i, name):
        return self.median(lambda steps: getattr(steps[i], name))


def kinds(public):
    """What each file of ringback's index is."""
    with open(os.path.join(public, "search", "index.json")) as f:
        indexes = json.load(f)["indexes"]
    kind = {}
    for entry in (os.path.basename(about["entry"]) for about in indexes):
        kind[entry] = "entry"
        with open(os.path.join(public, "assets", "search", entry), "rb") as f:
            raw = zlib.decompress(f.read(), -15)
        header = json.loads(raw[4:4 + int.from_bytes(raw[:4], "little")])
        for part in ("shards", "store"):
            kind.update({f"{name}-{number}.bin": part for name in header[part]["files"] for number in range(8)})
        if header.get("facets"):
            kind[f"{header['facets']}.bin"] = "facets"
    return kind


def kind_of(path, known):
    name = path.rsplit("/", 1)[1]
    if name in known:
        return known[name]
    if path == "/search/index.json":
        return "manifest"
    if name.startswith(("search.", "search-box.", "engine-static.")):
        return name.split(".")[0] + ".js"
    if name.startswith("pagefind"):
        name = re.sub(r"^pagefind\.\w+\.pf_meta$", ".pf_meta", name)
    if name.startswith("wasm."):
        return "WebAssembly"
    return name if name.endswith((".js", ".json")) else name[name.rfind("."):]


# ---- the tables


def kb(size):
    return f"{size / KB:.1f}"


def queries_table(rows, n):
    print(f"\nSearch among {n:,} articles: what the first word costs, with all that comes before it, and each further word.\n")
    first = "kB", "requests", "opening, main ms", "main ms", "process ms", "wall ms"
    further = [f"{which}, {what}" for which in ("second", "third") for what in ("kB", "main ms", "wall ms")]
    common.line("engine", "query", *first, *further)
    common.line("---", "---", *["---:"] * 12)
    for row in rows:
        if not row.slowly:
            words = [cell for i in (3, 4) for cell in further_cells(row, i)]
            common.line(row.engine.name, f"{row.query}: {', '.join(row.words)}", *first_cells(row), *words)


def first_cells(row):
    times = row.of(1, "main"), row.of(2, "main"), row.first("process"), row.of(2, "wall")
    return kb(row.first("bytes")), f"{row.first_requests():.0f}", *[f"{time:.0f}" for time in times]


def further_cells(row, i):
    """What a further word cost; without a wall time where no page has all words."""
    wall = f"{row.of(i, 'wall'):.0f}" if row.of(i, "shown") else "none found"
    return kb(row.of(i, "bytes")), f"{row.of(i, 'main'):.0f}", wall


def slowly_table(rows, n):
    print(f"\nThe first word typed letter by letter, {PACE * 1000:.0f} ms apart, {n:,} articles:\n")
    common.line("engine", "word", "kB", "requests", "opening, main ms", "main ms", "process ms")
    common.line("---", "---", *["---:"] * 5)
    for row in rows:
        if row.slowly:
            common.line(row.engine.name, row.words[0], *first_cells(row)[:5])


def parts_table(rows, n, known):
    """Where the bytes go, and when, as the first session of each query had it."""
    print(f"\nThe bytes by file, {n:,} articles (kB, and how many files):\n")
    common.line("engine", "query", "with the page", "when the box opens", "with the word", "with the second", "with the third")
    common.line("---", "---", *["---"] * 5)
    for row in rows:
        if not row.slowly and row.engine is not Engine:
            common.line(row.engine.name, row.query, *[parts(s.sent, known) for s in row.sessions[0]])


def parts(sent, known):
    size, count = Counter(), Counter()
    for path, length in sent:
        kind = kind_of(path, known)
        size[kind] += length
        count[kind] += 1
    return ", ".join(f"{kind} {kb(size[kind])}" + (f" ({count[kind]})" if count[kind] > 1 else "") for kind in size) or "nothing"


def check(rows, n, index):
    """Prints the limits beside the worst of what was measured; are all kept?"""
    ours = [row for row in rows if row.engine is Ringback and not row.slowly]

    def worst(what, most, digits, of):
        row = max(ours, key=of)
        return common.limit(f"{what} ({row.query})", n, most, of(row), digits)

    print("\nLimits of ringback's search, and the worst of all queries:\n")
    common.line("what", "N", "limit", "measured", "")
    common.line("---", *["---:"] * 3, "---")
    return all([
        common.limit("whole index, MB", n, INDEX_MB, index / 1e6, 2),
        worst("first word, cold, kB", FIRST_KB.get(n, FIRST_KB[10000]), 1, lambda row: row.first("bytes") / KB),
        worst("a further word, kB", NEXT_KB, 1, lambda row: max(row.of(i, "bytes") for i in (3, 4)) / KB),
        worst("opening the box, main ms", MAIN_MS, 0, lambda row: row.of(1, "main")),
        worst("a word, main ms", MAIN_MS, 0, lambda row: max(row.of(i, "main") for i in (2, 3, 4))),
    ])


# ---- all of it


def engines(d):
    """What there is to measure."""
    has_pagefind = os.path.exists(os.path.join(d, "pagefind", "pagefind.js"))
    return [Ringback, Engine, *([Pagefind, PagefindOf8] if has_pagefind else [])]


def measure(d, n, sessions):
    """Measures the site in a folder. What it returns prints the tables, and says whether ringback's limits are kept."""
    server = Server([("/pagefind/", os.path.join(d, "pagefind")), ("/", os.path.join(d, "public"))])
    driver = Driver()
    rows = [Measured(engine, query, words) for query, words in queries() for engine in engines(d)]
    rows += [Measured(engine, "slowly", ["forecast"], slowly=True) for engine in engines(d) if hasattr(engine, "type")]
    try:
        for k in range(sessions):
            for row in rows:
                common.say(f"{n} articles, session {k + 1} of {sessions}: {row.engine.name}, {row.query}")
                row.sessions.append(ask(driver, server, row))
    finally:
        driver.close()
        server.shutdown()
    known = kinds(os.path.join(d, "public"))
    index = next(size for name, _, size in common.indexes(d) if name == "ringback")

    def report():
        queries_table(rows, n)
        slowly_table(rows, n)
        parts_table(rows, n, known)
        return check(rows, n, index)

    return report


def build(d, ringback, pagefind):
    """Makes the pages and both indexes."""
    for name in ("public", ".ringback", "pagefind"):
        shutil.rmtree(os.path.join(d, name), ignore_errors=True)
    subprocess.run(common.ringback_command(ringback, d), check=True, stdout=sys.stderr)
    if pagefind:
        subprocess.run(common.pagefind_command(pagefind, d), check=True, stdout=sys.stderr)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("n", type=int, nargs="*", default=[1000, 10000], help="how many articles (default: 1000 10000)")
    ap.add_argument("--sessions", type=int, default=5, help="new browsers for each query (default: 5)")
    ap.add_argument("--built", action="store_true", help="take the output that is there")
    ap.add_argument("--install-pagefind", action="store_true", help=f"install Pagefind {common.PAGEFIND_VERSION} from PyPI")
    a = ap.parse_args()
    if a.sessions < 1 or min(a.n) < 1000:
        ap.error("there has to be a session, and 1,000 articles")
    common.begin(is_in_memory=False)
    ringback = None if a.built else common.find_ringback()
    pagefind = common.find_pagefind(a.install_pagefind)
    good = True
    for n in a.n:
        d = common.site("ringback", n)
        if not a.built:
            build(d, ringback, pagefind)
        good = measure(d, n, a.sessions)() and good
    sys.exit(not good)


if __name__ == "__main__":
    main()
