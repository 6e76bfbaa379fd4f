//! What a relay asks of the system at its start.

/// Has the system give this process memory in pages of 4 kB. A build is faster with those of 2 MB, which the allocator asks
/// for; but a relay has a thread for each webhook that waits nearly always, and each of them would have pages of its own.
/// Pages that it has already stay as they are, so the program begins once more: the setting outlives that. Where it can't
/// be changed, a relay is larger and works as well.
pub fn keep_small() {
    #[cfg(target_os = "linux")]
    {
        use std::os::unix::process::CommandExt as _;

        use rustix::thread::{disable_transparent_huge_pages, transparent_huge_pages_are_disabled};
        if transparent_huge_pages_are_disabled().unwrap_or(true) {
            return;
        }
        let _ = disable_transparent_huge_pages(true);
        let (is_set, program) = (transparent_huge_pages_are_disabled(), std::env::current_exe());
        if let (Ok(true), Ok(program)) = (is_set, program) {
            let mut arguments = std::env::args_os();
            let mut command = std::process::Command::new(program);
            if let Some(name) = arguments.next() {
                command.arg0(name);
            }
            // It comes back only if that fails.
            let _ = command.args(arguments).exec();
        }
    }
}

/// Lets this process have as many files as it may, of which each connection is one: what shells begin with is less than a
/// relay has places for.
pub fn have_files() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let limit = getrlimit(Resource::Nofile);
        let is_less = limit.current.is_some_and(|own| limit.maximum.is_none_or(|most| own < most));
        if is_less {
            let _ = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit });
        }
    }
}
