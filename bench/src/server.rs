//! A private PostgreSQL server of the system's package, gone when the run is, however it ends.

use std::ops::Deref;

/// The running server, and the folder it has its files in.
pub struct Server {
    server: store::trial::Server,
    // Removed after the server has ended.
    _folder: tempfile::TempDir,
}

impl Server {
    /// Starts one; nothing where the package is not installed.
    pub fn start() -> Option<Self> {
        let bin = store::trial::Server::installed()?;
        let folder = tempfile::Builder::new()
            .prefix("abide-bench-pg")
            .tempdir()
            .ok()?;
        let options = "-c max_connections=120 -c shared_buffers=1GB -c synchronous_commit=on";
        let server = store::trial::Server::start(&bin, folder.path(), &[], options)?;
        Some(Self {
            server,
            _folder: folder,
        })
    }

    /// Ends it as a power cut would, and starts it again.
    pub fn cut(&self) -> Option<()> {
        self.server.stop("immediate");
        self.server.resume().then_some(())
    }
}

impl Deref for Server {
    type Target = store::trial::Server;

    fn deref(&self) -> &store::trial::Server {
        &self.server
    }
}
