//! A PostgreSQL server of the tests' own: a folder, a socket in it, and nobody else's data.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use postgres::{Client, NoTls};
use tempfile::TempDir;

use super::place;
use super::served::PATIENCE;

/// A server. It ends with the tests, also when these are killed.
pub(crate) struct Server {
    folder: TempDir,
    programs: PathBuf,
    /// Its port is the number of its socket; it listens there if a setting says so.
    pub(crate) place: SocketAddr,
    /// Ends the server when its input ends.
    watch: Mutex<Option<Child>>,
}

/// The folder of `initdb` and `postgres`, or why there is none.
fn programs() -> Result<PathBuf, String> {
    let of_debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().filter_map(Result::ok);
    let mut folders: Vec<PathBuf> = of_debian.map(|entry| entry.path().join("bin")).collect();
    folders.sort();
    folders.reverse();
    let path = std::env::var_os("PATH").unwrap_or_default();
    folders.extend(std::env::split_paths(&path));
    let found = folders.into_iter().find(|folder| folder.join("initdb").is_file());
    found.ok_or_else(|| "PostgreSQL isn't here (Debian: apt-get install postgresql)".to_string())
}

/// The server refuses to run as root: then it runs as the user whom its package makes, or as nobody.
fn other_user() -> Option<(u32, u32)> {
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n");
    let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let id = |name: &str| {
        let line = users.lines().find(|line| line.starts_with(&format!("{name}:")))?;
        let mut numbers = line.split(':').skip(2).map_while(|part| part.parse().ok());
        Some((numbers.next()?, numbers.next()?))
    };
    is_root.then(|| id("postgres").or_else(|| id("nobody")).expect("a user who isn't root"))
}

/// A folder of a server's own.
fn own_folder() -> TempDir {
    // A socket's path may be no longer than some hundred letters.
    let folder = tempfile::Builder::new().prefix("pg").tempdir_in("/tmp").expect("a temporary folder");
    if let Some((user, group)) = other_user() {
        std::os::unix::fs::chown(folder.path(), Some(user), Some(group)).expect("it is ours");
    }
    folder
}

impl Server {
    /// One that all tests share.
    pub(crate) fn shared() -> Option<&'static Self> {
        static SHARED: OnceLock<Option<Server>> = OnceLock::new();
        SHARED.get_or_init(Self::start).as_ref()
    }

    /// One of its own; `None`, which is told, where there is no PostgreSQL.
    pub(crate) fn start() -> Option<Self> {
        let server = Self::start_with(&[])?;
        server.go();
        Some(server)
    }

    /// One with more settings, which isn't started yet. `ADDRESS` in them is an address at which it may listen.
    pub(crate) fn start_with(settings: &[&str]) -> Option<Self> {
        let programs = match programs() {
            Ok(programs) => programs,
            Err(why) => {
                assert!(std::env::var_os("CI").is_none(), "{why}");
                eprintln!("SKIPPED {}: {why}", thread::current().name().unwrap_or("a test"));
                return None;
            }
        };
        let server =
            Self { folder: own_folder(), programs, place: place::reserve(), watch: Mutex::new(None) };
        let made = server
            .command("initdb")
            .args([
                "--no-sync",
                "--auth=trust",
                "--username=tests",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "-D",
            ])
            .arg(server.data())
            .output()
            .expect("it runs");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let own = ["fsync = off", "listen_addresses = ''", "max_connections = 200"];
        server.set(&[&own, settings].concat());
        Some(server)
    }

    /// Adds its own port and more settings to the file of its settings.
    fn set(&self, settings: &[&str]) {
        let address = self.place.ip().to_string();
        let mut text = format!("port = {}\n", self.place.port());
        settings.iter().for_each(|setting| text += &format!("{}\n", setting.replace("ADDRESS", &address)));
        let file = self.data().join("postgresql.conf");
        let mut file = std::fs::OpenOptions::new().append(true).open(file).expect("it was made");
        file.write_all(text.as_bytes()).expect("a longer file");
    }

    /// A copy of it that follows it (streaming replication), and is started.
    pub(crate) fn standby(&self) -> Self {
        let folder = own_folder();
        let standby = Self {
            folder,
            programs: self.programs.clone(),
            place: place::reserve(),
            watch: Mutex::new(None),
        };
        let made = standby
            .command("pg_basebackup")
            .args(["--no-sync", "--checkpoint=fast", "--wal-method=stream", "--write-recovery-conf"])
            .args(["--username=tests", "--port", &self.place.port().to_string(), "--host"])
            .arg(self.path())
            .arg("--pgdata")
            .arg(standby.data())
            .output()
            .expect("it runs");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        standby.set(&[]);
        standby.go();
        standby
    }

    /// The folder in which its socket is.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The folder of its data.
    pub(crate) fn data(&self) -> PathBuf {
        self.path().join("data")
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        command.env("LC_ALL", "C.UTF-8").current_dir(self.path());
        if let Some((user, group)) = other_user() {
            command.uid(user).gid(group);
        }
        command
    }

    /// Starts it.
    pub(crate) fn go(&self) {
        let mut command = Command::new("sh");
        command.current_dir(self.path()).env("LC_ALL", "C.UTF-8").stdin(Stdio::piped());
        if let Some((user, group)) = other_user() {
            command.uid(user).gid(group);
        }
        // `<&-`: only the shell waits for the end of the tests. A background job of a shell hears no SIGINT. The server that all
        // share is never dropped: its folder goes with it, unless it is to start again.
        let script = "\"$1/postgres\" -D data -k \"$PWD\" >>log 2>&1 <&- & server=$!; \
            cat >kept; kill -TERM $server; kill -QUIT $server; wait; [ -s kept ] || rm -rf \"$PWD\"";
        let child = command
            .args(["-c", script, "sh"])
            .arg(&self.programs)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell");
        *self.watch.lock().expect("no panic in it") = Some(child);
        self.wait();
    }

    /// Waits until it answers.
    fn wait(&self) {
        let start = Instant::now();
        while let Err(error) = self.try_client("postgres") {
            let log = std::fs::read_to_string(self.path().join("log")).unwrap_or_default();
            assert!(start.elapsed() < PATIENCE, "PostgreSQL doesn’t start: {error:?} {log}");
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Sends it a signal, `INT` to end at once or `QUIT` to end as in a power cut, and waits until it is gone.
    pub(crate) fn end(&self, signal: &str) {
        let file = self.data().join("postmaster.pid");
        let pid = std::fs::read_to_string(&file).expect("it runs");
        let pid = pid.lines().next().expect("a number").to_string();
        let sent = Command::new("kill").args([&format!("-{signal}"), &pid]).status().expect("kill runs");
        assert!(sent.success());
        let start = Instant::now();
        while Path::new(&format!("/proc/{pid}")).exists() || file.exists() && signal != "QUIT" {
            assert!(start.elapsed() < PATIENCE, "PostgreSQL doesn't end");
            thread::sleep(Duration::from_millis(10));
        }
        if let Some(mut shell) = self.watch.lock().expect("no panic in it").take() {
            if let Some(mut input) = shell.stdin.take() {
                let _ = input.write_all(b"kept");
            }
            let _ = shell.wait();
        }
    }

    fn try_client(&self, name: &str) -> Result<Client, postgres::Error> {
        let path = self.path().display();
        Client::connect(&format!("host={path} port={} user=tests dbname={name}", self.place.port()), NoTls)
    }

    /// A connection to a database of it.
    #[track_caller]
    pub(crate) fn client(&self, name: &str) -> Client {
        self.try_client(name).expect("it is there")
    }

    /// A new database: its name, and its URL.
    pub(crate) fn database(&self) -> (String, String) {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("relay{}", COUNT.fetch_add(1, Ordering::Relaxed));
        self.client("postgres").batch_execute(&format!("CREATE DATABASE {name}")).expect("a database");
        let path = self.path().display().to_string().replace('/', "%2F");
        let url = format!("postgres://tests@{path}:{}/{name}", self.place.port());
        (name, url)
    }

    /// The same through a way that can be cut; it listens on a port.
    pub(crate) fn way(&self) -> Way {
        Way::start(&self.path().join(format!(".s.PGSQL.{}", self.place.port())))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(mut shell) = self.watch.lock().ok().and_then(|mut watch| watch.take()) {
            drop(shell.stdin.take());
            let _ = shell.wait();
        }
    }
}

/// What a way does with the next message that has a word in it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cut {
    /// It breaks off before the server has it.
    Request,
    /// The server has done it, and the answer is lost.
    Answer,
}

/// A way to a server: what goes through it can be lost.
pub(crate) struct Way {
    pub(crate) port: u16,
    next: Arc<Mutex<Option<(String, Cut)>>>,
}

impl Way {
    fn start(socket: &Path) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let next = Arc::new(Mutex::new(None));
        let (socket, shared) = (socket.to_path_buf(), Arc::clone(&next));
        thread::spawn(move || {
            for stream in listener.incoming().filter_map(Result::ok) {
                let Ok(server) = UnixStream::connect(&socket) else { continue };
                let next = Arc::clone(&shared);
                thread::spawn(move || carry(&stream, &server, &next));
            }
        });
        Self { port, next }
    }

    /// Cuts the connection at the next message with this word.
    pub(crate) fn cut(&self, word: &str, cut: Cut) {
        *self.next.lock().expect("no panic in it") = Some((word.to_string(), cut));
    }

    /// Has that happened?
    pub(crate) fn is_cut(&self) -> bool {
        self.next.lock().expect("no panic in it").is_none()
    }
}

fn carry(client: &TcpStream, server: &UnixStream, next: &Mutex<Option<(String, Cut)>>) {
    let (mut from_server, mut to_client) =
        (server.try_clone().expect("a copy"), client.try_clone().expect("a copy"));
    let loses = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let lost = Arc::clone(&loses);
    thread::spawn(move || {
        let mut bytes = vec![0; 1 << 16];
        while let Ok(count @ 1..) = from_server.read(&mut bytes) {
            if lost.load(Ordering::Relaxed) || to_client.write_all(&bytes[..count]).is_err() {
                break;
            }
        }
        let _ = to_client.shutdown(std::net::Shutdown::Both);
    });
    let (mut from_client, mut to_server) =
        (client.try_clone().expect("a copy"), server.try_clone().expect("a copy"));
    let mut bytes = vec![0; 1 << 16];
    while let Ok(count @ 1..) = from_client.read(&mut bytes) {
        let message = String::from_utf8_lossy(&bytes[..count]).into_owned();
        let found = {
            let mut next = next.lock().expect("no panic in it");
            next.take_if(|(word, _)| message.contains(word.as_str())).map(|(_, cut)| cut)
        };
        match found {
            Some(Cut::Request) => break,
            Some(Cut::Answer) => loses.store(true, Ordering::Relaxed),
            None => {}
        }
        if to_server.write_all(&bytes[..count]).is_err() {
            break;
        }
    }
    if !loses.load(Ordering::Relaxed) {
        let _ = client.shutdown(std::net::Shutdown::Both);
        let _ = server.shutdown(std::net::Shutdown::Both);
    }
}
