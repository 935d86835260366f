//! The program: installs the report for what nobody foresaw, and runs the command line.

use std::process::ExitCode;

use color_eyre::eyre::Result;

fn main() -> Result<ExitCode> {
    color_eyre::config::HookBuilder::default()
        .display_env_section(false)
        .install()?;
    orgdeck::cli::run()
}
