//! The client against servers that behave as GitHub does, and as the way to GitHub does.

mod app;
mod redirects;
mod server;
mod shapes;
mod sim;
mod transport;
