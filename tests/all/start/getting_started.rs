//! `docs/content/getting-started.md`, done step by step as a reader would: its commands are run and its files are saved, in the order
//! of the document, while the site is served.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{Site, TODAY};

/// A fenced block: its language, what stands behind that, and its text.
struct Block {
    language: String,
    mark: String,
    text: String,
}

fn document() -> Vec<Block> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/content/getting-started.md");
    let text = std::fs::read_to_string(path).expect("the document");
    let blocks = text.split("\n```").skip(1).step_by(2).map(|block| {
        let (info, text) = block.split_once('\n').expect("a block");
        let (language, mark) = info.split_once(' ').unwrap_or((info, ""));
        Block { language: language.into(), mark: mark.into(), text: format!("{text}\n") }
    });
    blocks.collect()
}

/// The words of a command; those between quotation marks are one.
fn words(command: &str) -> Vec<&str> {
    let parts = command.split('"').enumerate();
    parts
        .flat_map(|(n, part)| if n % 2 == 1 { vec![part] } else { part.split_whitespace().collect() })
        .collect()
}

/// `ringback serve`, on a port that the system picks. It ends with the test.
struct Served {
    process: Child,
    address: String,
}

impl Served {
    fn new(folder: &Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_ringback"))
            .args(["serve", "--port", "0", "--today", TODAY])
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a server");
        let mut lines = BufReader::new(process.stdout.take().expect("what it says")).lines();
        let url = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.strip_prefix("Your site:").map(|url| url.trim().to_string()))
            .expect("the server says where it is");
        // Whoever writes to a pipe that nobody reads stops.
        std::thread::spawn(move || lines.for_each(drop));
        let address = url.trim_start_matches("http://").trim_end_matches('/').to_string();
        Self { process, address }
    }

    fn send(&self, method: &str, path: &str, body: &str) -> String {
        let address = &self.address;
        let mut stream = TcpStream::connect(address).expect("a connection");
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).expect("a request");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// What a page hears first when it begins to listen: how things stand.
    fn hello(&self) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        let request = format!("GET /.ringback/events HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        stream.write_all(request.as_bytes()).expect("a request");
        let lines = BufReader::new(stream).lines().map_while(Result::ok);
        lines.into_iter().find(|line| line.contains("\"problems\"")).unwrap_or_default()
    }

    /// Asks again until the answer is as it should be: a file that has just been saved is seen a moment later.
    fn until(&self, path: &str, is_right: impl Fn(&str) -> bool) -> String {
        until(&|| self.send("GET", path, ""), is_right)
    }
}

fn until(ask: &dyn Fn() -> String, is_right: impl Fn(&str) -> bool) -> String {
    let start = Instant::now();
    loop {
        let answer = ask();
        if is_right(&answer) {
            return answer;
        }
        assert!(start.elapsed() < Duration::from_secs(60), "it never came right:\n{answer}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn the_first_steps_work_as_they_are_written() {
    const ARTICLE: &str = "content/insights/when-to-call-back.md";
    const PAGE: &str = "/insights/when-to-call-back/";
    let site = Site::empty();
    let mut folder = PathBuf::from(".");
    let (mut served, mut saved, mut ran) = (None, 0, Vec::new());
    for block in document() {
        if block.language == "console" {
            for session in block.text.split("$ ").skip(1) {
                let (command, shown) = session.split_once('\n').expect("a command");
                let words = words(command);
                ran.push(command.to_string());
                match words.as_slice() {
                    ["cd", to] => folder.push(to),
                    ["ringback", "serve", ..] => {
                        served = Some(Served::new(&site.path(&folder.to_string_lossy())))
                    }
                    ["ringback", arguments @ ..] => {
                        if command == "ringback check" && shown.contains("orphan-page") {
                            // "Delete the line `draft: true`, and save."
                            let path = folder.join(ARTICLE);
                            let path = path.to_string_lossy();
                            site.write(&path, site.read(&path).replace("draft: true\n", ""));
                        }
                        let root = folder.to_string_lossy().into_owned();
                        let mut arguments = arguments.to_vec();
                        if arguments[0] != "init" {
                            arguments.extend(["--root", &root]);
                        }
                        let run = site.run(&arguments);
                        assert_eq!(run.status, 0, "{command}: {}", run.stderr);
                        let said = run.stderr + &run.stdout;
                        let expected = shown.split(". Checked").next().unwrap_or_default().trim();
                        assert!(said.contains(expected), "{command} says\n{said}\nand not\n{expected}");
                    }
                    other => panic!("{other:?}"),
                }
            }
        } else if !block.mark.is_empty() {
            let path = folder.join(&block.mark);
            assert!(
                site.path(&path.to_string_lossy()).exists(),
                "{} is replaced, so it is there",
                block.mark
            );
            site.write(&path.to_string_lossy(), &block.text);
            saved += 1;
            let served: &Served = served.as_ref().expect("the site is served");
            match saved {
                1 => {
                    let page = served.until(PAGE, |page| page.contains("What you say first"));
                    assert!(!page.contains("guide"), "no form yet");
                    mistake(&site, &folder.join(ARTICLE), served);
                }
                2 => {
                    let page = served.until(PAGE, |page| !page.contains("What you say first"));
                    lead(served, &page);
                }
                _ => drop(served.until("/", |page| page.contains("href=\"/insights/when-to-call-back/\""))),
            }
        }
    }
    assert_eq!(saved, 3);
    for command in ["ringback init", "ringback serve", "ringback new", "ringback check", "ringback build"] {
        assert!(ran.iter().any(|ran| ran.starts_with(command)), "{command} is in no step");
    }
    let public = site.read("fjord/public/insights/when-to-call-back/index.html");
    assert!(public.contains("Call while they remember") && !public.contains("What you say first"));
    assert!(site.tree("fjord/team").keys().any(|path| path.starts_with("scripts/first-call")));
}

/// "Try a mistake."
fn mistake(site: &Site, article: &Path, served: &Served) {
    let path = article.to_string_lossy();
    let right = site.read(&path);
    site.write(&path, right.replace("alex-morgan", "alex-morgn"));
    until(&|| served.hello(), |said| said.contains("unknown-author") && said.contains("alex-morgan"));
    assert!(
        served.send("GET", "/insights/when-to-call-back/", "").contains("What you say first"),
        "the last good page stays"
    );
    site.write(&path, right);
    until(&|| served.hello(), |said| !said.contains("unknown-author"));
}

/// "Be your first lead."
fn lead(served: &Served, page: &str) {
    let hook = page.split("/.ringback/hook/").nth(1).and_then(|rest| rest.split(['"', '&']).next());
    let hook = format!("/.ringback/hook/{}", hook.expect("the form is sent to the inbox"));
    let lead = crate::support::form::lead(page);
    assert_eq!(
        (&lead["data"]["form"], &lead["data"]["gate"]),
        (&"guide".into(), &"when-to-call-back".into())
    );
    let answer = served.send("POST", &hook, &lead.to_string());
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(served.send("GET", "/.ringback/inbox", "").contains("inbox.js"));
    let inbox = served.until("/.ringback/inbox.json", |inbox| inbox.contains("Kim Berg"));
    let json = inbox.split("\r\n\r\n").nth(1).unwrap_or_default();
    let json: Value = serde_json::from_str(json).expect("JSON");
    assert!(json.to_string().contains("kim@example.org"));
}
