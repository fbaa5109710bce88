//! A private PostgreSQL server of the system's package, on a socket of its own, gone when the run is.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// The running server.
pub struct Server {
    bin: PathBuf,
    folder: tempfile::TempDir,
}

impl Server {
    /// Starts one; nothing where the package is not installed.
    pub fn start() -> Option<Self> {
        let bin = std::fs::read_dir("/usr/lib/postgresql")
            .ok()?
            .flatten()
            .map(|entry| entry.path().join("bin"))
            .filter(|bin| bin.join("initdb").exists())
            .max()?;
        let folder = tempfile::Builder::new()
            .prefix("abide-bench-pg")
            .tempdir()
            .ok()?;
        if is_root() {
            run("chown", &["postgres", &folder.path().display().to_string()])?;
        }
        let server = Self { bin, folder };
        let data = server.data();
        server.tool(
            "initdb",
            &[
                "-D",
                &data,
                "-U",
                "abide",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
            ],
        )?;
        server.begin()?;
        Some(server)
    }

    fn begin(&self) -> Option<()> {
        let options = format!(
            "-c listen_addresses='' -k {} -c max_connections=120 -c shared_buffers=1GB -c synchronous_commit=on",
            self.folder.path().display()
        );
        let log = self.folder.path().join("log").display().to_string();
        self.tool(
            "pg_ctl",
            &[
                "-D",
                &self.data(),
                "-w",
                "-l",
                &log,
                "-o",
                &options,
                "start",
            ],
        )
    }

    /// Ends it as a power cut would, and starts it again.
    pub fn cut(&self) -> Option<()> {
        self.tool(
            "pg_ctl",
            &["-D", &self.data(), "-m", "immediate", "-w", "stop"],
        )?;
        self.begin()
    }

    /// The address of one of its databases.
    pub fn address(&self, database: &str) -> String {
        let socket = self.folder.path().display().to_string().replace('/', "%2F");
        format!("postgres://abide@{socket}/{database}")
    }

    /// How many bytes it has on disk for one database.
    pub fn version(&self) -> String {
        let out = Command::new(self.bin.join("postgres"))
            .arg("--version")
            .output();
        out.map(|out| String::from_utf8_lossy(&out.stdout).trim().to_owned())
            .unwrap_or_default()
    }

    fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }

    /// The server's programs do not run as root.
    fn tool(&self, name: &str, args: &[&str]) -> Option<()> {
        let program = self.bin.join(name).display().to_string();
        if is_root() {
            let mut all = vec!["-u", "postgres", "--", &program];
            all.extend(args);
            run("runuser", &all)
        } else {
            run(&program, args)
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.tool(
            "pg_ctl",
            &["-D", &self.data(), "-m", "immediate", "-w", "stop"],
        );
    }
}

fn is_root() -> bool {
    Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|out| out.stdout.starts_with(b"0"))
}

fn run(program: &str, args: &[&str]) -> Option<()> {
    let out = Command::new(program)
        .args(args)
        .current_dir(Path::new("/"))
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .status();
    out.ok()?.success().then_some(())
}
