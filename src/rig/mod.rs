//! The rig: a console without a terminal. Keys go in, screens come out, and time stands still unless it
//! is told to pass, so that the same keys give the same bytes on every run and machine.
//!
//! It is what `orgdeck snapshot` draws with and what this project's own tests press keys on. It knows no
//! service: where answers come from is given to it.
//!
//! - A [`Rig`] holds a [`Model`](crate::app::Model) and the orders that came out of it. It is pure: facts are
//!   sent by hand, which is how a test plays a service that misbehaves.
//! - A [`World`] carries those orders out over real connections, one after the other, until nothing is left.
//! - A [`Frame`] is what a screen showed: as text, with colours for a terminal, as SVG or as HTML.
//!
//! # A screen of the demo
//!
//! ```
//! use orgdeck::app::place::Size;
//! use orgdeck::cli::snapshot::Demo;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
//! # runtime.block_on(async {
//! let size = Size { width: 80, height: 24 };
//! let mut demo = Demo::open(size, "2026-03-02T11:42:00Z".parse()?).await?;
//! for key in orgdeck::rig::keys("3jj")? {
//!     demo.world.press(&mut demo.rig, key).await;
//! }
//! assert!(demo.rig.frame().text().contains("Members"));
//! # Ok(())
//! # })
//! # }
//! ```
//!
//! # A view of one's own
//!
//! Whatever draws on ratatui's frame can be looked at in the same way:
//!
//! ```
//! use orgdeck::app::around::Around;
//! use orgdeck::app::model::{Color, Lines, Settings, Source};
//! use orgdeck::app::place::Size;
//! use orgdeck::app::store::Store;
//! use orgdeck::app::Model;
//! use orgdeck::domain::Refresh;
//! use orgdeck::rig::{Frame, Rig};
//!
//! let settings = Settings {
//!     zone: jiff::tz::TimeZone::UTC,
//!     lines: Lines::Drawn,
//!     color: Color::Sixteen,
//!     read_only: None,
//!     source: Source::Configured,
//!     around: Around::default(),
//!     refresh: Refresh::Off,
//! };
//! let size = Size { width: 60, height: 20 };
//! let model = Model::new(size, settings, Store::new(Vec::new()));
//! let rig = Rig::start(model, "2026-03-02T11:42:00Z".parse().unwrap());
//! let frame = Frame::drawn(size, |frame| {
//!     orgdeck::view::draw(frame, frame.area(), &rig.model);
//!     let words = format!("{} orders wait", rig.effects.len());
//!     frame.buffer_mut().set_string(0, 0, words, ratatui::style::Style::new());
//! });
//! assert!(frame.text().starts_with("0 orders wait"));
//! ```

mod ansi;
mod console;
mod frame;
mod html;
mod ink;
mod script;
mod svg;
mod world;

pub use console::Rig;
pub use frame::Frame;
pub use script::{UnknownKey, keys};
pub use world::World;
