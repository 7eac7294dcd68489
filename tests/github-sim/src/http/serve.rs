//! The listener: connections that a fault can cut in the middle, and the rewriting of `/repositories/{id}`.

use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    task::{Context, Poll},
};

use axum::{
    ServiceExt,
    extract::{Request, connect_info::Connected},
    serve::{IncomingStream, Listener},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
};
use tower::Layer;

use crate::shared::Shared;

/// Serves until the future is dropped.
pub(crate) async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let router = super::router(&shared);
    let by_id = axum::middleware::map_request(move |request: Request| {
        let shared = Arc::clone(&shared);
        async move { rewritten(&shared, request) }
    });
    let service = by_id.layer(router);
    let service = ServiceExt::<Request>::into_make_service_with_connect_info::<Line>(service);
    if let Err(error) = axum::serve(Severable(listener), service).await {
        tracing::error!(%error, "the listener failed");
    }
}

/// `/repositories/{id}/…` is the same as `/repos/{owner}/{name}/…`; an unknown id stays and is not found.
fn rewritten(shared: &Shared, mut request: Request) -> Request {
    let uri = request.uri();
    let Some(rest) = uri.path().strip_prefix("/repositories/") else { return request };
    let (id, tail) =
        rest.split_once('/').map_or((rest, String::new()), |(id, tail)| (id, format!("/{tail}")));
    let name = id.parse().ok().and_then(|id: u64| Some(shared.state().repos.get(&id)?.full_name()));
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    if let Some(uri) = name.and_then(|name| format!("/repos/{name}{tail}{query}").parse().ok()) {
        *request.uri_mut() = uri;
    }
    request
}

/// A line that nobody has cut.
const WHOLE: i64 = i64::MAX;

/// One connection, as the handler of a request on it can cut it.
#[derive(Clone, Debug)]
pub(crate) struct Line(Arc<AtomicI64>);

impl Line {
    /// Loses the connection at the next byte of the answer: the client sees it close without one.
    pub(crate) fn cut(&self) {
        self.cut_after(0);
    }

    /// Loses the connection after so many more bytes of answers.
    pub(crate) fn cut_after(&self, bytes: i64) {
        self.0.store(bytes, Ordering::SeqCst);
    }

    /// How many of `wanted` bytes may still go out; none when the line is cut.
    fn take(&self, wanted: usize) -> Option<usize> {
        let left = self.0.load(Ordering::SeqCst);
        let some = wanted.min(usize::try_from(left).unwrap_or_default());
        if left != WHOLE {
            self.0.fetch_sub(i64::try_from(some).unwrap_or_default(), Ordering::SeqCst);
        }
        (some > 0 || wanted == 0).then_some(some)
    }
}

impl Connected<IncomingStream<'_, Severable>> for Line {
    fn connect_info(stream: IncomingStream<'_, Severable>) -> Self {
        stream.remote_addr().1.clone()
    }
}

struct Severable(TcpListener);

impl Listener for Severable {
    type Io = Stream;
    type Addr = (SocketAddr, Line);

    async fn accept(&mut self) -> (Stream, Self::Addr) {
        let (stream, address) = <TcpListener as Listener>::accept(&mut self.0).await;
        let line = Line(Arc::new(AtomicI64::new(WHOLE)));
        (Stream { stream, line: line.clone() }, (address, line))
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        Ok((self.0.local_addr()?, Line(Arc::new(AtomicI64::new(WHOLE)))))
    }
}

struct Stream {
    stream: TcpStream,
    line: Line,
}

impl Stream {
    fn whole(&mut self) -> io::Result<Pin<&mut TcpStream>> {
        if self.line.0.load(Ordering::SeqCst) <= 0 {
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        Ok(Pin::new(&mut self.stream))
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.whole()?.poll_read(cx, buf)
    }
}

impl AsyncWrite for Stream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let part = self.line.take(buf.len()).ok_or(io::ErrorKind::ConnectionReset)?;
        Pin::new(&mut self.stream).poll_write(cx, &buf[..part])
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.whole()?.poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
