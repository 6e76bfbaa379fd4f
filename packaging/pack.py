#!/usr/bin/env python3
"""Makes of a built program what people install.

    packaging/pack.py program BINARY --target TRIPLE --out DIST     archive, wheel, npm package, Debian package
    packaging/pack.py release DIST --url URL                        what names them all: npm's main package, checksums,
                                                                    manifests for Homebrew and winget

Needs Python 3.9 and nothing else. The same input gives the same bytes: files have no time of their own and no owner, and
are in a fixed order.
"""
import argparse, base64, gzip, hashlib, io, json, os, re, sys, tarfile, zipfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LICENSES = ["LICENSE-APACHE", "LICENSE-MIT"]

# By Rust's name of the target: the tag of the wheel (None: read from the program), npm's names of the system and of the
# processor, and Debian's of the processor.
TARGETS = {
    "x86_64-unknown-linux-musl": (None, ("linux", "x64"), "amd64"),
    "aarch64-unknown-linux-musl": (None, ("linux", "arm64"), "arm64"),
    "x86_64-unknown-linux-gnu": (None, ("linux", "x64"), "amd64"),
    "aarch64-unknown-linux-gnu": (None, ("linux", "arm64"), "arm64"),
    "x86_64-apple-darwin": ("macosx_10_12_x86_64", ("darwin", "x64"), None),
    "aarch64-apple-darwin": ("macosx_11_0_arm64", ("darwin", "arm64"), None),
    "x86_64-pc-windows-msvc": ("win_amd64", ("win32", "x64"), None),
    "aarch64-pc-windows-msvc": ("win_arm64", ("win32", "arm64"), None),
}


def manifest(key):
    """A text of Cargo.toml's [package]."""
    text = read(os.path.join(ROOT, "Cargo.toml")).decode()
    return re.search(rf'^{key} = "(.*)"$', text.split("\n[", 2)[0], re.M).group(1)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(path, content):
    with open(path, "wb") as file:
        file.write(content)
    print(f"{os.path.getsize(path):>10}  {os.path.basename(path)}")


def tar(files):
    """A .tar.gz of (path, bytes, mode); a path that ends with a slash is a folder."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9, mtime=0) as zipped:
        with tarfile.open(fileobj=zipped, mode="w", format=tarfile.USTAR_FORMAT) as archive:
            for path, content, mode in files:
                entry = tarfile.TarInfo(path)
                entry.size, entry.mode = len(content), mode
                entry.type = tarfile.DIRTYPE if path.endswith("/") else tarfile.REGTYPE
                archive.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


def zipped(files):
    """A .zip of (path, bytes, mode)."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, content, mode in files:
            entry = zipfile.ZipInfo(path)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            entry.external_attr = (0o100000 | mode) << 16
            archive.writestr(entry, content)
    return packed.getvalue()


def licenses(folder):
    return [(f"{folder}/{name}", read(os.path.join(ROOT, name)), 0o644) for name in LICENSES]


def archive(binary, name, target, version):
    folder = f"ringback-{version}-{target}"
    files = [(f"{folder}/{name}", binary, 0o755), *licenses(folder)]
    files.append((f"{folder}/README.md", read(os.path.join(ROOT, "README.md")), 0o644))
    return (f"{folder}.zip", zipped(files)) if name.endswith(".exe") else (f"{folder}.tar.gz", tar(files))


def platform(binary, target):
    """The wheel's tag: a program that asks for a glibc runs where there is that one or a later one, a static one anywhere."""
    processor = target.split("-")[0]
    versions = [tuple(map(int, found)) for found in re.findall(rb"\bGLIBC_(\d+)\.(\d+)", binary)]
    if versions:
        major, minor = max(versions)
        return f"manylinux_{major}_{minor}_{processor}"
    return f"manylinux_2_17_{processor}.manylinux2014_{processor}.musllinux_1_1_{processor}"


def wheel(binary, name, target, version):
    tag = TARGETS[target][0] or platform(binary, target)
    info = f"ringback-{version}.dist-info"
    about = "\n".join([
        "Metadata-Version: 2.4",
        "Name: ringback",
        f"Version: {version}",
        f"Summary: {manifest('description')}",
        f"License-Expression: {manifest('license')}",
        *(f"License-File: {name}" for name in LICENSES),
        "Requires-Python: >=3.7",
        "Description-Content-Type: text/markdown",
        "",
        read(os.path.join(ROOT, "README.md")).decode(),
    ])
    # A wheel for several systems names each of its tags on a line of its own.
    tags = "".join(f"Tag: py3-none-{one}\n" for one in tag.split("."))
    kind = f"Wheel-Version: 1.0\nGenerator: ringback-pack\nRoot-Is-Purelib: false\n{tags}"
    files = [
        (f"ringback-{version}.data/scripts/{name}", binary, 0o755),
        *licenses(f"{info}/licenses"),
        (f"{info}/METADATA", about.encode(), 0o644),
        (f"{info}/WHEEL", kind.encode(), 0o644),
    ]
    def line(path, content):
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        return f"{path},sha256={digest},{len(content)}\n"
    record = "".join(line(path, content) for path, content, _ in files) + f"{info}/RECORD,,\n"
    return f"ringback-{version}-py3-none-{tag}.whl", zipped([*files, (f"{info}/RECORD", record.encode(), 0o644)])


def package(about, files):
    """An npm package."""
    about = {**about, "license": manifest("license"), "description": manifest("description")}
    head = ("package/package.json", (json.dumps(about, indent=2) + "\n").encode(), 0o644)
    return tar([head, *files, *licenses("package")])


def npm(binary, name, target, version):
    system, processor = TARGETS[target][1]
    about = {"name": f"@ringback/{system}-{processor}", "version": version, "os": [system], "cpu": [processor]}
    # Programs can't be run from inside the archives in which Yarn keeps packages.
    about["preferUnplugged"] = True
    return f"ringback-{system}-{processor}-{version}.tgz", package(about, [(f"package/bin/{name}", binary, 0o755)])


def deb(binary, processor, version):
    control = "\n".join([
        "Package: ringback",
        f"Version: {version}",
        f"Architecture: {processor}",
        "Maintainer: The makers of ringback <ringback@localhost>",
        "Section: web",
        "Priority: optional",
        f"Installed-Size: {len(binary) // 1024 + 1}",
        f"Description: {manifest('description')}",
        "",
    ])
    # Debian's installer makes no folder that isn't in the package.
    names = ["", "usr/", "usr/bin/", "usr/share/", "usr/share/doc/", "usr/share/doc/ringback/"]
    folders = [(f"./{name}", b"", 0o755) for name in names]
    data = [*folders, ("./usr/bin/ringback", binary, 0o755), *licenses("./usr/share/doc/ringback")]
    parts = [
        ("debian-binary", b"2.0\n"),
        ("control.tar.gz", tar([("./control", control.encode(), 0o644)])),
        ("data.tar.gz", tar(data)),
    ]
    packed = b"!<arch>\n"
    for name, content in parts:
        packed += f"{name:<16}{0:<12}{0:<6}{0:<6}{'100644':<8}{len(content):<10}`\n".encode() + content
        packed += b"\n" * (len(content) % 2)
    return f"ringback_{version}_{processor}.deb", packed


def pack(arguments):
    binary, target, version = read(arguments.binary), arguments.target, manifest("version")
    if not binary:
        sys.exit(f"{arguments.binary} is empty")
    name = "ringback.exe" if "windows" in target else "ringback"
    made = [archive(binary, name, target, version), wheel(binary, name, target, version), npm(binary, name, target, version)]
    processor = TARGETS[target][2]
    if processor:
        made.append(deb(binary, processor, version))
    os.makedirs(arguments.out, exist_ok=True)
    for path, content in made:
        write(os.path.join(arguments.out, path), content)


def main_package(folder, version):
    """npm's package that people ask for: it brings the one for their machine."""
    pattern = re.compile(rf"ringback-(\w+)-(\w+)-{re.escape(version)}\.tgz")
    machines = sorted(match.groups() for match in map(pattern.fullmatch, os.listdir(folder)) if match)
    about = {
        "name": "ringback",
        "version": version,
        "bin": {"ringback": "bin/ringback.js"},
        "engines": {"node": ">=18"},
        "optionalDependencies": {f"@ringback/{system}-{processor}": version for system, processor in machines},
    }
    files = [
        ("package/bin/ringback.js", read(os.path.join(ROOT, "packaging/npm/ringback.js")), 0o755),
        ("package/README.md", read(os.path.join(ROOT, "README.md")), 0o644),
    ]
    return f"ringback-{version}.tgz", package(about, files)


def homebrew(sums, version, url):
    systems = [("macos", "arm", "aarch64-apple-darwin"), ("macos", "intel", "x86_64-apple-darwin"),
               ("linux", "arm", "aarch64-unknown-linux-musl"), ("linux", "intel", "x86_64-unknown-linux-musl")]
    lines = ["class Ringback < Formula", f'  desc "{manifest("description").rstrip(".")}"', f'  homepage "{url}"',
             f'  version "{version}"', '  license any_of: ["MIT", "Apache-2.0"]', ""]
    for system, processor, target in systems:
        file = f"ringback-{version}-{target}.tar.gz"
        if file in sums:
            lines += [f"  on_{system} do", f"    on_{processor} do", f'      url "{url}/{file}"', f'      sha256 "{sums[file]}"',
                      "    end", "  end"]
    lines += ["", "  def install", '    bin.install "ringback"', "  end", "", "  test do",
              '    assert_match version.to_s, shell_output("#{bin}/ringback --version")', "  end", "end", ""]
    return "\n".join(lines)


def winget(sums, version, url):
    file = f"ringback-{version}-x86_64-pc-windows-msvc.zip"
    if file not in sums:
        return None
    return "\n".join([
        "PackageIdentifier: ringback.ringback",
        f"PackageVersion: {version}",
        "PackageLocale: en-US",
        "Publisher: ringback",
        "PackageName: ringback",
        f"License: {manifest('license')}",
        f"ShortDescription: {manifest('description')}",
        "Installers:",
        "- Architecture: x64",
        "  InstallerType: zip",
        "  NestedInstallerType: portable",
        "  NestedInstallerFiles:",
        f"  - RelativeFilePath: ringback-{version}-x86_64-pc-windows-msvc\\ringback.exe",
        "    PortableCommandAlias: ringback",
        f"  InstallerUrl: {url}/{file}",
        f"  InstallerSha256: {sums[file].upper()}",
        "ManifestType: singleton",
        "ManifestVersion: 1.6.0",
        "",
    ])


def release(arguments):
    folder, version = arguments.folder, manifest("version")
    name, content = main_package(folder, version)
    write(os.path.join(folder, name), content)
    packed = (".tar.gz", ".zip", ".whl", ".tgz", ".deb")
    files = sorted(name for name in os.listdir(folder) if name.endswith(packed))
    sums = {name: hashlib.sha256(read(os.path.join(folder, name))).hexdigest() for name in files}
    listed = "".join(f"{digest}  {name}\n" for name, digest in sums.items())
    write(os.path.join(folder, "SHA256SUMS"), listed.encode())
    write(os.path.join(folder, "ringback.rb"), homebrew(sums, version, arguments.url.rstrip("/")).encode())
    for_windows = winget(sums, version, arguments.url.rstrip("/"))
    if for_windows:
        write(os.path.join(folder, "ringback.winget.yaml"), for_windows.encode())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ways = parser.add_subparsers(required=True)
    one = ways.add_parser("program", help="what is made of one program")
    one.add_argument("binary")
    one.add_argument("--target", required=True, choices=TARGETS)
    one.add_argument("--out", required=True)
    one.set_defaults(run=pack)
    all_of_them = ways.add_parser("release", help="what names them all")
    all_of_them.add_argument("folder")
    all_of_them.add_argument("--url", required=True, help="the address below which the files can be downloaded")
    all_of_them.set_defaults(run=release)
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
