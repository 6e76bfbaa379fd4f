//! What `packaging/` makes of a program: the same bytes each time, in the shapes that installers read.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::support::tree;

/// Runs a program that some computers don't have. CI has all of them.
fn run(program: &str, arguments: &[&str]) -> Option<Output> {
    let output = Command::new(program).args(arguments).output();
    assert!(output.is_ok() || std::env::var_os("CI").is_none(), "{program} is missing");
    output.ok()
}

#[track_caller]
fn text(output: Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{errors}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn a_program_is_packed_for_every_installer() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let pack = concat!(env!("CARGO_MANIFEST_DIR"), "/packaging/pack.py");
    fs::write(path("dynamic"), "\x7fELF GLIBC_2.4 GLIBC_2.31 GLIBC_2.17").expect("a file");
    fs::write(path("static"), "\x7fELF").expect("a file");
    let all = [
        ("static", "x86_64-unknown-linux-musl"),
        ("dynamic", "aarch64-unknown-linux-gnu"),
        ("static", "aarch64-apple-darwin"),
        ("static", "x86_64-pc-windows-msvc"),
    ];
    for out in ["one", "two"] {
        for (program, target) in all {
            let arguments = [pack, "program", &path(program), "--target", target, "--out", &path(out)];
            let Some(output) = run("python3", &arguments) else { return };
            text(output);
        }
        let release = [pack, "release", &path(out), "--url", "https://example.org/v"];
        text(run("python3", &release).expect("it was there"));
    }
    let files = tree(Path::new(&path("one")));
    assert!(files == tree(Path::new(&path("two"))), "the same programs come to other bytes");
    let version = env!("CARGO_PKG_VERSION");
    let names: Vec<String> = [
        "SHA256SUMS",
        "ringback-@-aarch64-apple-darwin.tar.gz",
        "ringback-@-aarch64-unknown-linux-gnu.tar.gz",
        "ringback-@-py3-none-macosx_11_0_arm64.whl",
        "ringback-@-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.musllinux_1_1_x86_64.whl",
        "ringback-@-py3-none-manylinux_2_31_aarch64.whl",
        "ringback-@-py3-none-win_amd64.whl",
        "ringback-@-x86_64-pc-windows-msvc.zip",
        "ringback-@-x86_64-unknown-linux-musl.tar.gz",
        "ringback-@.tgz",
        "ringback-darwin-arm64-@.tgz",
        "ringback-linux-arm64-@.tgz",
        "ringback-linux-x64-@.tgz",
        "ringback-win32-x64-@.tgz",
        "ringback.rb",
        "ringback.winget.yaml",
        "ringback_@_amd64.deb",
        "ringback_@_arm64.deb",
    ]
    .map(|name| name.replace('@', version))
    .to_vec();
    assert_eq!(files.keys().cloned().collect::<Vec<_>>(), names);
    let read = |name: &str| String::from_utf8_lossy(&files[&name.replace('@', version)]).into_owned();
    assert_eq!(read("SHA256SUMS").lines().count(), names.len() - 3);
    assert!(read("ringback.rb").contains("https://example.org/v/ringback-"));
    let listed = |module: &str, flag: &str, name: &str| {
        text(
            run("python3", &["-m", module, flag, &path(&format!("one/{}", name.replace('@', version)))])
                .expect("it was there"),
        )
    };
    let wheel = listed("zipfile", "-l", "ringback-@-py3-none-win_amd64.whl");
    assert!(wheel.contains(".data/scripts/ringback.exe") && wheel.contains(".dist-info/RECORD"), "{wheel}");
    let npm = listed("tarfile", "-l", "ringback-linux-x64-@.tgz");
    assert!(npm.contains("package/package.json") && npm.contains("package/bin/ringback"), "{npm}");
    assert!(files[&names[16]].starts_with(b"!<arch>\ndebian-binary"));
}

#[test]
#[cfg(unix)]
fn npm_runs_the_program_for_the_machine() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().expect("a folder");
    let machine = ["-p", "`${process.platform}-${process.arch}`"];
    let Some(machine) = run("node", &machine).map(text) else { return };
    let modules = folder.path().join("node_modules");
    let script = modules.join("ringback/bin/ringback.js");
    fs::create_dir_all(script.parent().expect("a folder")).expect("a folder");
    fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/packaging/npm/ringback.js"), &script).expect("a copy");
    let script = script.to_string_lossy().into_owned();
    let alone = run("node", &[&script]).expect("it was there");
    assert_eq!(alone.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&alone.stderr).contains(machine.trim()));
    let program = modules.join(format!("@ringback/{}/bin/ringback", machine.trim()));
    fs::create_dir_all(program.parent().expect("a folder")).expect("a folder");
    fs::write(&program, "#!/bin/sh\necho \"$1\"\nexit 7\n").expect("a file");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("a mode");
    let output = run("node", &[&script, "two words"]).expect("it was there");
    assert_eq!((output.status.code(), output.stdout), (Some(7), b"two words\n".to_vec()));
}
