//! Connections to a PostgreSQL server: encrypted, and only to the server that was meant, unless it is on this computer.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use postgres::config::{Host, SslMode};
use postgres::tls::{ChannelBinding, MakeTlsConnect, TlsConnect, TlsStream};
use postgres::{Client, Config, Error};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream as Encrypted;

use crate::encode::percent;

/// How long a server may take to answer at all.
const PATIENCE: Duration = Duration::from_secs(5);

/// A server that doesn't even confirm what it was sent is given up after this.
const SILENCE: Duration = Duration::from_secs(10);

/// A connection on which nothing happens is looked after this often.
const IDLE: Duration = Duration::from_secs(30);

/// A database on a server: where it is, and how to get in. What is printed of it has no password.
#[derive(Clone)]
pub struct Database {
    config: Config,
    tls: Arc<ClientConfig>,
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Database").field("hosts", &self.config.get_hosts()).finish_non_exhaustive()
    }
}

impl Database {
    /// From a URL, `postgres://name@host/database`, with its usual settings (`sslmode`, `sslrootcert`, `application_name` …,
    /// PostgreSQL's documentation, 34.1.2). `password` is for a URL that has none; `file` reads that of `sslrootcert`.
    ///
    /// A server elsewhere has to speak TLS and show a certificate for its name, by an authority that the web trusts or of
    /// `sslrootcert`, unless the URL says `sslmode=disable`.
    ///
    /// # Errors
    ///
    /// It is no such URL, or the certificate can't be read; in words that have nothing of the URL in them.
    pub fn new(
        url: &str,
        password: Option<&str>,
        file: impl Fn(&str) -> io::Result<Vec<u8>>,
    ) -> Result<Self, String> {
        let (place, query) = url.split_once('?').unwrap_or((url, ""));
        let mut authority = None;
        let mut settings = Vec::new();
        for part in query.split('&').filter(|part| !part.is_empty()) {
            match part.split_once('=') {
                Some(("sslrootcert", _)) => {
                    authority = percent::pairs(part).pop().map(|(_, name)| name);
                }
                // What others call it that check the server's name: ours always does.
                Some(("sslmode", "verify-full" | "verify-ca")) => settings.push("sslmode=require"),
                _ => settings.push(part),
            }
        }
        let url = format!("{place}?{}", settings.join("&"));
        let mut config: Config = url.parse().map_err(|error: Error| reason(&error))?;
        if let Some(password) = password.filter(|_| config.get_password().is_none()) {
            config.password(password);
        }
        let is_here = |host: &Host| match host {
            Host::Tcp(name) => matches!(name.as_str(), "localhost" | "127.0.0.1" | "::1"),
            #[cfg(unix)]
            Host::Unix(_) => true,
        };
        if config.get_ssl_mode() == SslMode::Prefer {
            let is_elsewhere = config.get_hostaddrs().iter().any(|address| !address.is_loopback());
            let is_here = config.get_hosts().iter().all(is_here) && !is_elsewhere;
            config.ssl_mode(if is_here { SslMode::Disable } else { SslMode::Require });
        }
        config.connect_timeout(PATIENCE).keepalives_idle(IDLE).tcp_user_timeout(SILENCE);
        if config.get_application_name().is_none() {
            config.application_name("ringback relay");
        }
        Ok(Self { config, tls: Arc::new(trusting(authority.as_deref(), file)?) })
    }

    /// A new connection.
    ///
    /// # Errors
    ///
    /// Nobody is there, it isn't who was meant, or it doesn't let us in.
    pub fn connect(&self) -> Result<Client, Error> {
        self.config.connect(Tls(Arc::clone(&self.tls)))
    }
}

/// The reason of an error, which this crate's errors keep to themselves.
fn reason(error: &Error) -> String {
    let source = std::error::Error::source(error);
    source.map_or_else(|| error.to_string(), |source| source.to_string())
}

/// Whom we trust: those whom the web trusts, or who is named in a file.
fn trusting(
    authority: Option<&str>,
    file: impl Fn(&str) -> io::Result<Vec<u8>>,
) -> Result<ClientConfig, String> {
    let mut roots = RootCertStore::empty();
    match authority {
        None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
        Some(name) => {
            let wrong =
                |why: &dyn std::fmt::Display| format!("the certificate in `{name}` can't be read: {why}");
            let bytes = file(name).map_err(|error| wrong(&error))?;
            for certificate in CertificateDer::pem_slice_iter(&bytes) {
                let certificate = certificate.map_err(|error| wrong(&error))?;
                roots.add(certificate).map_err(|error| wrong(&error))?;
            }
            if roots.is_empty() {
                return Err(wrong(&"there is none in it"));
            }
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let versions = versions.map_err(|error| error.to_string())?;
    let mut config = versions.with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![b"postgresql".to_vec()];
    Ok(config)
}

/// Encrypts connections to a database by TLS, with the certificates that it trusts.
#[derive(Clone)]
struct Tls(Arc<ClientConfig>);

/// Encrypts one, to a server that has to show this name. It is made for every connection, also one by a socket, which has
/// no name and isn't encrypted.
struct TlsTo {
    config: Arc<ClientConfig>,
    name: String,
}

/// A connection to a database, encrypted by TLS.
struct Stream<S>(Encrypted<S>);

impl<S> MakeTlsConnect<S> for Tls
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    type Stream = Stream<S>;
    type TlsConnect = TlsTo;
    type Error = std::convert::Infallible;

    fn make_tls_connect(&mut self, host: &str) -> Result<TlsTo, Self::Error> {
        Ok(TlsTo { config: Arc::clone(&self.0), name: host.to_string() })
    }
}

impl<S> TlsConnect<S> for TlsTo
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    type Stream = Stream<S>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Stream<S>>> + Send>>;

    fn connect(self, stream: S) -> Self::Future {
        Box::pin(async move {
            let name = ServerName::try_from(self.name).map_err(io::Error::other)?;
            TlsConnector::from(self.config).connect(name, stream).await.map(Stream)
        })
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> TlsStream for Stream<S> {
    fn channel_binding(&self) -> ChannelBinding {
        ChannelBinding::none()
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for Stream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(context, into)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Stream<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        from: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(context, from)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(url: &str) -> SslMode {
        let none = |_: &str| Err(io::Error::other("no file"));
        Database::new(url, Some("word"), none).unwrap().config.get_ssl_mode()
    }

    #[test]
    fn nothing_goes_elsewhere_without_encryption_unless_somebody_says_so() {
        assert_eq!(mode("postgres://ringback@db.example/leads"), SslMode::Require);
        assert_eq!(mode("postgres://ringback@db.example/leads?sslmode=prefer"), SslMode::Require);
        assert_eq!(mode("postgres://ringback@db.example/leads?sslmode=verify-full"), SslMode::Require);
        assert_eq!(mode("postgres://ringback@db.example,localhost/leads"), SslMode::Require);
        assert_eq!(mode("postgres://ringback@db.example/leads?sslmode=disable"), SslMode::Disable);
        assert_eq!(mode("postgres://ringback@127.0.0.1:5433/leads"), SslMode::Disable);
        assert_eq!(mode("postgres://ringback@localhost/leads?sslmode=require"), SslMode::Require);
        assert_eq!(mode("postgres://ringback@localhost/leads?hostaddr=192.0.2.1"), SslMode::Require);
    }

    #[test]
    fn a_password_is_never_told() {
        let none = |_: &str| Err(io::Error::other("no file"));
        let open = Database::new("postgres://ringback:opensesame@db.example/leads", None, none).unwrap();
        assert!(!format!("{open:?}").contains("opensesame"));
        for wrong in
            ["postgres://ringback:opensesame@db.example:port/leads", "postgres://u:opensesame@h/d?sslmode=x"]
        {
            let why = Database::new(wrong, None, none).unwrap_err();
            assert!(!why.contains("opensesame") && why.len() > 5, "{why}");
        }
        let why = Database::new("postgres://u@h/d?sslrootcert=%2Fno%2Fca.pem", None, none).unwrap_err();
        assert_eq!(why, "the certificate in `/no/ca.pem` can't be read: no file");
        let empty = |_: &str| Ok(b"nothing".to_vec());
        let why = Database::new("postgres://u@h/d?sslrootcert=a.pem", None, empty).unwrap_err();
        assert!(why.ends_with("there is none in it"), "{why}");
    }
}
