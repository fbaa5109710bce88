//! A connection over a network is encrypted and its other end is known for certain, or there is none.
//!
//! Whatever word asks for encryption (`require`, `verify-ca`, `verify-full`), the certificate is checked in full: who signed it,
//! until when it is good, and whether it names the host. To be encrypted for somebody unknown would be no protection.

use crate::Error;
use rustls::{
    ClientConfig, RootCertStore,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};
use rustls_platform_verifier::BuilderVerifierExt;
use std::{
    future::Future,
    io,
    path::Path,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_postgres::{
    Config, Socket,
    config::{Host, SslMode},
    tls::{ChannelBinding, MakeTlsConnect, TlsConnect, TlsStream},
};
use tokio_rustls::{TlsConnector, client};

/// Where a server is and how it is spoken to.
#[derive(Clone, Debug)]
pub(crate) struct Address {
    pub(super) config: Config,
    pub(super) tls: Option<Tls>,
}

/// What a connection is encrypted with.
#[derive(Clone)]
pub(super) struct Tls(Arc<ClientConfig>);

impl std::fmt::Debug for Tls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tls")
    }
}

/// Reads an address, and refuses one by which data would travel readable over a network.
pub(crate) fn address(text: &str) -> Result<Address, Error> {
    let (rest, mode, roots) = taken_apart(text);
    let mut config: Config = rest.parse().map_err(|_| {
        Error::Server(
            "the address is not understood: it looks like `postgres://name@host/database`"
                .to_owned(),
        )
    })?;
    let near = |host: &Host| match host {
        Host::Tcp(name) => {
            name == "localhost"
                || name
                    .parse::<std::net::IpAddr>()
                    .is_ok_and(|ip| ip.is_loopback())
        }
        Host::Unix(_) => true,
    };
    let near = config.get_hosts().iter().all(near);
    let tls = match mode.as_deref() {
        Some("require" | "verify-ca" | "verify-full") => {
            Some(Tls::new(roots.as_deref().map(Path::new))?)
        }
        Some("disable") => None,
        None | Some("prefer" | "allow") if near => None,
        None | Some("prefer" | "allow") => {
            return Err(Error::Server(
                "the address leads over a network and does not say how it is kept from listeners: add `sslmode=verify-full`, with `sslrootcert=FILE` where the certificate is of your own making, or `sslmode=disable` where the network is yours alone".to_owned(),
            ));
        }
        Some(_) => {
            return Err(Error::Server(
                "`sslmode` in the address is not understood: it is `verify-full`, `require` or `disable`".to_owned(),
            ));
        }
    };
    config.ssl_mode(if tls.is_some() {
        SslMode::Require
    } else {
        SslMode::Disable
    });
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(Duration::from_secs(10));
    }
    if config.get_application_name().is_none() {
        config.application_name("abide");
    }
    Ok(Address { config, tls })
}

/// An address without what is said in it about encryption, and that: the mode, and the file with roots.
fn taken_apart(text: &str) -> (String, Option<String>, Option<String>) {
    let (mut mode, mut roots) = (None, None);
    let mut keep = |word: &str, decode: fn(&str) -> String| match word.split_once('=') {
        Some(("sslmode", said)) => {
            mode = Some(decode(said));
            false
        }
        Some(("sslrootcert", said)) => {
            roots = Some(decode(said)).filter(|said| said != "system");
            false
        }
        _ => true,
    };
    let rest = if text.starts_with("postgres://") || text.starts_with("postgresql://") {
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let mut words: Vec<&str> = query.split('&').filter(|word| !word.is_empty()).collect();
        words.retain(|word| keep(word, plain));
        let joint = if words.is_empty() { "" } else { "?" };
        format!("{path}{joint}{}", words.join("&"))
    } else {
        let mut words: Vec<&str> = text.split(' ').collect();
        words.retain(|word| keep(word, |said| said.trim_matches('\'').to_owned()));
        words.join(" ")
    };
    (rest, mode, roots)
}

/// What stands for `%2F` and its like in an address.
fn plain(said: &str) -> String {
    let mut out = Vec::new();
    let mut parts = said.split('%');
    out.extend(parts.next().unwrap_or_default().bytes());
    for part in parts {
        match part
            .get(..2)
            .and_then(|two| u8::from_str_radix(two, 16).ok())
        {
            Some(byte) => {
                out.push(byte);
                out.extend(part.bytes().skip(2));
            }
            None => {
                out.push(b'%');
                out.extend(part.bytes());
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

impl Tls {
    /// Trusts whom the system trusts, or the roots of a file alone.
    fn new(roots: Option<&Path>) -> Result<Self, Error> {
        let unusable = |error: rustls::Error| {
            Error::Server(format!("its certificate could not be checked ({error})"))
        };
        let provider = Arc::new(aws_lc_rs::default_provider());
        let builder = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(unusable)?;
        let config = match roots {
            None => builder.with_platform_verifier().map_err(unusable)?,
            Some(file) => builder.with_root_certificates(read(file)?),
        };
        Ok(Self(Arc::new(config.with_no_client_auth())))
    }
}

fn read(file: &Path) -> Result<RootCertStore, Error> {
    let unreadable = || {
        Error::Server(format!(
            "`sslrootcert` names `{}`, and no certificate could be read there",
            file.display()
        ))
    };
    let mut roots = RootCertStore::empty();
    for one in CertificateDer::pem_file_iter(file).map_err(|_| unreadable())? {
        let one = one.map_err(|_| unreadable())?;
        roots.add(one).map_err(|_| unreadable())?;
    }
    if roots.is_empty() {
        return Err(unreadable());
    }
    Ok(roots)
}

impl MakeTlsConnect<Socket> for Tls {
    type Stream = Encrypted;
    type TlsConnect = To;
    type Error = rustls::pki_types::InvalidDnsNameError;

    fn make_tls_connect(&mut self, host: &str) -> Result<To, Self::Error> {
        Ok(To {
            config: Arc::clone(&self.0),
            host: ServerName::try_from(host.to_owned())?,
        })
    }
}

/// One connection to one host.
pub(super) struct To {
    config: Arc<ClientConfig>,
    host: ServerName<'static>,
}

impl TlsConnect<Socket> for To {
    type Stream = Encrypted;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Encrypted>> + Send>>;

    fn connect(self, stream: Socket) -> Self::Future {
        let connect = TlsConnector::from(self.config).connect(self.host, stream);
        Box::pin(async move { connect.await.map(|stream| Encrypted(Box::new(stream))) })
    }
}

/// An encrypted connection.
pub(super) struct Encrypted(Box<client::TlsStream<Socket>>);

impl TlsStream for Encrypted {
    fn channel_binding(&self) -> ChannelBinding {
        // The certificate has been checked in full, so that nobody stands between.
        ChannelBinding::none()
    }
}

impl AsyncRead for Encrypted {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, into)
    }
}

impl AsyncWrite for Encrypted {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_over_a_network_must_say_that_nobody_listens() {
        assert!(address("postgres://a@db.example.org/x").is_err());
        assert!(address("postgres://a@db.example.org/x?sslmode=prefer").is_err());
        assert!(address("postgres://a@db.example.org/x?sslmode=maybe").is_err());
        let tls = |text: &str| address(text).unwrap().tls.is_some();
        assert!(!tls("postgres://a@db.example.org/x?sslmode=disable"));
        assert!(!tls("postgres://a@127.0.0.1/x"));
        assert!(!tls("host=/run/postgresql user=a"));
        for mode in ["require", "verify-ca", "verify-full"] {
            assert!(tls(&format!(
                "postgres://a@db.example.org/x?connect_timeout=3&sslmode={mode}"
            )));
            assert!(tls(&format!("host=db.example.org user=a sslmode={mode}")));
            assert!(tls(&format!("postgres://a@localhost/x?sslmode={mode}")));
        }
        let said = address("mysql://a:secret@b/c").unwrap_err().to_string();
        assert!(!said.contains("secret"), "{said}");
        let none = address("postgres://a@b/x?sslmode=require&sslrootcert=%2Fno%2Fsuch.pem");
        assert!(none.unwrap_err().to_string().contains("`/no/such.pem`"));
    }

    #[test]
    fn what_is_said_about_encryption_is_taken_out_and_the_rest_is_left() {
        assert_eq!(
            taken_apart(
                "postgres://a@b/x?options=-c%20y%3D1&sslmode=verify-full&sslrootcert=%2Fa%2520b%.pem"
            ),
            (
                "postgres://a@b/x?options=-c%20y%3D1".to_owned(),
                Some("verify-full".to_owned()),
                Some("/a%20b%.pem".to_owned())
            )
        );
    }
}
