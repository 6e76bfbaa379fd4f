//! What shells get to complete commands with.

use std::process::Command;

use crate::support::Site;

#[test]
fn every_shell_gets_a_script_that_knows_the_commands() {
    let site = Site::empty();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let run = site.run(&["completions", shell]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        for word in ["ringback", "build", "translate", "deny-warnings"] {
            assert!(run.stdout.contains(word), "{shell} does not know {word}");
        }
    }
    let run = site.run(&["completions", "bsh"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("bash"), "{}", run.stderr);
}

#[test]
fn bash_can_read_its_script() {
    let site = Site::empty();
    site.write("ringback.bash", site.run(&["completions", "bash"]).stdout);
    let Ok(bash) = Command::new("bash").arg("-n").arg(site.path("ringback.bash")).output() else { return };
    assert!(bash.status.success(), "{}", String::from_utf8_lossy(&bash.stderr));
}
