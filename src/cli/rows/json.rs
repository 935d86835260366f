//! JSON: one document, or one object a line.

use std::io;

use super::record::{Chosen, Kind, Named, Record};
use super::sink::Sink;
use crate::cli::complaint::{self, Complaint};
pub(in crate::cli) use crate::domain::json::{indented, line};

/// A document under construction.
pub(in crate::cli) struct Document {
    kind: &'static Kind,
    rows: u64,
}

impl Document {
    pub(super) fn new(kind: &'static Kind) -> Self {
        Self { kind, rows: 0 }
    }

    fn begin(&mut self, sink: &mut Sink) -> io::Result<()> {
        let before = if self.rows == 0 {
            format!("{{\"version\":1,\"{}\":[", self.kind.name)
        } else {
            ",".to_owned()
        };
        sink.write(before.as_bytes())
    }

    pub(super) fn record(
        &mut self,
        sink: &mut Sink,
        fields: &[&'static str],
        record: &Record,
    ) -> io::Result<()> {
        self.begin(sink)?;
        self.rows += 1;
        let named = Named::Bare;
        let chosen = Chosen {
            record,
            fields,
            named,
        };
        sink.write(format!("\n{}", line(&chosen)).as_bytes())
    }

    pub(super) fn end(&mut self, sink: &mut Sink, errors: &[Complaint]) -> io::Result<()> {
        if self.rows == 0 {
            self.begin(sink)?;
        } else {
            sink.write(b"\n")?;
        }
        let errors = line(&complaint::rows(errors));
        sink.write(format!("],\"errors\":{errors}}}\n").as_bytes())
    }
}

/// Writes a record as an object on a line of its own.
pub(super) fn alone(sink: &mut Sink, fields: &[&'static str], record: &Record) -> io::Result<()> {
    let named = Named::Kind;
    let chosen = Chosen {
        record,
        fields,
        named,
    };
    sink.write(format!("{}\n", line(&chosen)).as_bytes())
}
