//! A private PostgreSQL server of the system's package, on a socket of its own, for whoever ends it, kills it or measures it.
//!
//! It ends with the program that began it, however that ends: a shell waits for it and stops the server then.

use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

/// The running server.
#[derive(Debug)]
pub struct Server {
    bin: PathBuf,
    folder: PathBuf,
    options: String,
    root: bool,
    /// Stops the server once this program is gone.
    guard: Option<Child>,
}

impl Server {
    /// Where the system keeps the programs of its newest server, if it has one.
    #[must_use]
    pub fn installed() -> Option<PathBuf> {
        let versions = Path::new("/usr/lib/postgresql").read_dir().ok()?;
        versions
            .flatten()
            .map(|entry| entry.path().join("bin"))
            .filter(|bin| bin.join("initdb").exists())
            .max()
    }

    /// Makes one in an empty folder, with the programs in `bin`, and starts it: `make` says how it is made
    /// (`--data-checksums`), `options` how it works (`-c …`). None where it cannot be made.
    #[must_use]
    pub fn start(bin: &Path, folder: &Path, make: &[&str], options: &str) -> Option<Self> {
        let id = Command::new("id").arg("-u").output().ok()?;
        let mut server = Self {
            bin: bin.to_owned(),
            folder: folder.to_owned(),
            options: options.to_owned(),
            root: id.stdout == b"0\n",
            guard: None,
        };
        if server.root {
            let owned = Command::new("chown").arg("postgres").arg(folder).status();
            owned.ok()?.success().then_some(())?;
        }
        let data = server.data().display().to_string();
        let usual = "-U abide -A trust -E UTF8 --locale=C.UTF-8";
        let mut words = vec!["-D", &data];
        words.extend(usual.split(' '));
        words.extend(make);
        server.tool("initdb", &words).then_some(())?;
        server.guard = server.guarded();
        server.resume().then_some(server)
    }

    /// Starts it again. What a killed server left behind takes a moment to go.
    #[must_use]
    pub fn resume(&self) -> bool {
        let data = self.data().display().to_string();
        let log = self.folder.join("log").display().to_string();
        let options = format!(
            "-c listen_addresses='' -k {} {}",
            self.folder.display(),
            self.options
        );
        let words = ["-D", &data, "-w", "-l", &log, "-o", &options, "start"];
        (0..60).any(|_| {
            let begun = self.tool("pg_ctl", &words);
            if !begun {
                std::thread::park_timeout(Duration::from_millis(250));
            }
            begun
        })
    }

    /// Stops it: `fast`, or as a power cut would with `immediate`.
    pub fn stop(&self, how: &str) {
        let data = self.data().display().to_string();
        self.tool("pg_ctl", &["-D", &data, "-m", how, "-w", "stop"]);
    }

    /// `kill -9` for the server and each of its processes.
    #[expect(
        clippy::disallowed_methods,
        reason = "only tests call this: the server's own note of its process is read"
    )]
    pub fn kill(&self) {
        let lock = std::fs::File::open(self.data().join("postmaster.pid"));
        let lock = lock.and_then(std::io::read_to_string).unwrap_or_default();
        let Some(first) = lock.lines().next() else {
            return;
        };
        let children = Command::new("ps")
            .args(["-o", "pid=", "--ppid", first])
            .output();
        let children = children.map(|done| done.stdout).unwrap_or_default();
        let end = |process: &str| {
            let mut kill = Command::new("kill");
            let _ = kill.args(["-9", process]).stderr(Stdio::null()).status();
        };
        end(first);
        for child in String::from_utf8_lossy(&children).split_whitespace() {
            end(child);
        }
    }

    /// The address of one of its databases.
    #[must_use]
    pub fn address(&self, database: &str) -> String {
        let socket = self.folder.display().to_string().replace('/', "%2F");
        format!("postgres://abide@{socket}/{database}")
    }

    /// Where its files are.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// What it calls itself.
    #[must_use]
    pub fn version(&self) -> String {
        let said = Command::new(self.bin.join("postgres"))
            .arg("--version")
            .output();
        said.map(|said| String::from_utf8_lossy(&said.stdout).trim().to_owned())
            .unwrap_or_default()
    }

    /// Its programs do not run as root.
    fn command(&self, name: &str) -> Command {
        let program = self.bin.join(name);
        if !self.root {
            return Command::new(program);
        }
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    }

    fn tool(&self, name: &str, words: &[&str]) -> bool {
        let done = self
            .command(name)
            .args(words)
            .current_dir("/")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        done.is_ok_and(|done| done.success())
    }

    /// A shell whose input ends when this program does.
    fn guarded(&self) -> Option<Child> {
        let stop = self.command("pg_ctl");
        let mut shell = Command::new("sh");
        shell
            .args(["-c", "cat > /dev/null; exec \"$@\"", "sh"])
            .arg(stop.get_program())
            .args(stop.get_args())
            .arg("-D")
            .arg(self.data())
            .args(["-m", "immediate", "stop"])
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        shell.spawn().ok()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop("immediate");
        if let Some(mut guard) = self.guard.take() {
            drop(guard.stdin.take());
            let _ = guard.wait();
        }
    }
}
