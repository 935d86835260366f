//! The flags that every list has, and those that every write has.

use std::path::PathBuf;

use clap::ValueEnum;

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Columns on a terminal, tab-separated without a header elsewhere
    Table,
    /// One document
    Json,
    /// One object a line
    Ndjson,
    /// Comma-separated with a header
    Csv,
    /// A Markdown table
    Md,
}

/// How results are written.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub struct Output {
    /// How to write it: table, json, ndjson, csv, md
    #[arg(
        short = 'o',
        long = "output",
        value_name = "FORMAT",
        hide_possible_values = true,
        help_heading = "Output"
    )]
    pub format: Option<Format>,
}

/// What is written of a list, and where.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Listing {
    /// How it is written.
    #[command(flatten)]
    pub output: Output,

    /// Only these fields, in this order
    #[arg(
        long,
        value_name = "A,B",
        value_delimiter = ',',
        help_heading = "Output"
    )]
    pub fields: Vec<String>,

    /// Only rows that fit, such as `ana role:admin !email:old joined:>90d`
    #[arg(
        long,
        value_name = "EXPR",
        allow_hyphen_values = true,
        help_heading = "Output"
    )]
    pub filter: Option<String>,

    /// Sort by these fields; `-` before one turns it around
    #[arg(
        long,
        value_name = "FIELD,-FIELD",
        value_delimiter = ',',
        allow_hyphen_values = true,
        help_heading = "Output"
    )]
    pub sort: Vec<String>,

    /// At most this many rows
    #[arg(long, value_name = "N", help_heading = "Output")]
    pub limit: Option<usize>,

    /// Without the first rows
    #[arg(
        long,
        value_name = "N",
        default_value_t = 0,
        hide_default_value = true,
        help_heading = "Output"
    )]
    pub offset: usize,

    /// Write to a file, never over an existing one
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub out: Option<PathBuf>,

    /// Write over an existing file
    #[arg(long, requires = "out", help_heading = "Output")]
    pub force: bool,
}

/// How a write is agreed to.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Writing {
    /// How results are written.
    #[command(flatten)]
    pub output: Output,

    /// Read only, and print the requests that would be sent
    #[arg(long, help_heading = "Before it is sent")]
    pub dry_run: bool,

    /// Send without asking
    #[arg(long, help_heading = "Before it is sent")]
    pub yes: bool,

    /// The organization's name, slug or id, where it has to be typed
    #[arg(long, value_name = "NAME", help_heading = "Before it is sent")]
    pub confirm: Option<String>,

    /// Ask nothing, even on a terminal
    #[arg(long, help_heading = "Before it is sent")]
    pub no_input: bool,

    /// Refuse to remove more than this many members or invites
    #[arg(long, value_name = "N", help_heading = "Before it is sent")]
    pub allow_removals: Option<usize>,
}
