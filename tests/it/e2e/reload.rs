//! The configuration of a running console: changed on the disk, seen on the screen.

use std::fs;
use std::path::PathBuf;

use orgdeck::sandbox::{Options, Sandbox, Service};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::seat::{LARGE, Seat};
use crate::sandbox::origin;
use crate::support::program::{Ran, orgdeck, run};

/// A console over a sandbox of the test, with the file that it reads.
struct Desk {
    seat: Seat,
    path: PathBuf,
    sandbox: Sandbox,
    _runtime: Runtime,
}

impl Desk {
    /// With Clerk alone.
    fn open() -> Self {
        let runtime = Runtime::new().unwrap();
        let within = runtime.enter();
        let sandbox = Sandbox::start(&Options::demo(origin())).unwrap();
        drop(within);
        let home = TempDir::new().unwrap();
        let folder = home.path().join(".config/orgdeck");
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("config.toml");
        fs::write(&path, profile(&sandbox, Service::Clerk)).unwrap();
        let tokens = |program| {
            let mut services = Service::ALL.into_iter();
            services.try_fold(program, |program: termlens::TerminalBuilder, service| {
                Some(program.env(variable(service), &sandbox.face(service).token))
            })
        };
        let mut seat = Seat::start(home, |program| tokens(program).unwrap(), LARGE);
        seat.sees(&["Acme Shop", "Partner Portal"]);
        Self {
            seat,
            path,
            sandbox,
            _runtime: runtime,
        }
    }

    fn config(&self) -> String {
        fs::read_to_string(&self.path).unwrap()
    }

    /// Changes the file, and waits until the screen says this.
    fn says(&mut self, config: &str, wanted: &[&str]) {
        fs::write(&self.path, config).unwrap();
        self.seat.sees(wanted);
    }

    /// A start with the file as it is now.
    fn start(&self) -> Ran {
        let home = self.path.ancestors().nth(3).unwrap();
        run(&mut orgdeck(&["org", "list"], home))
    }

    fn writes(&self) -> usize {
        let requests = self.sandbox.requests(Service::Clerk).into_iter();
        requests.filter(|request| request.method != "GET").count()
    }
}

fn variable(service: Service) -> String {
    format!("{}_SECRET", service.name().to_uppercase())
}

fn profile(sandbox: &Sandbox, service: Service) -> String {
    let (name, url) = (service.name(), &sandbox.face(service).url);
    let variable = variable(service);
    format!(
        "[profiles.{name}]\nprovider = \"{name}\"\nurl = \"{url}\"\ntoken = {{ env = \"{variable}\" }}\n"
    )
}

#[test]
fn a_broken_file_keeps_the_old_settings_and_a_start_with_it_ends() {
    let mut desk = Desk::open();
    let good = desk.config();
    let broken = good.replace("url =", "urk =");
    desk.says(
        &broken,
        &[
            "config.toml:3:1: unknown field `urk`",
            "the settings of before stay",
        ],
    );
    desk.seat.types("3");
    desk.seat.sees(&["1 Organizations 3", "Acme Shop"]);
    let start = desk.start();
    assert_eq!(start.code, Some(2), "{start}");
    assert!(start.stderr.contains("config.toml:3:1: "), "{start}");
    assert!(start.stderr.contains("did you mean `url`?"), "{start}");
    desk.says(&good, &["configuration read again: as before"]);
    desk.seat.misses(&["the settings of before stay"]);
}

#[test]
fn profiles_come_and_go_while_the_console_runs() {
    let mut desk = Desk::open();
    let shop = desk.config();
    let fleet = profile(&desk.sandbox, Service::Balena);
    desk.says(
        &format!("{shop}{fleet}"),
        &["balena is new", "Acme Fleet", "Acme Shop"],
    );
    desk.says(&fleet, &["clerk is gone", "Acme Fleet"]);
    desk.seat.misses(&["Partner Portal"]);
    fs::remove_file(&desk.path).unwrap();
    desk.seat
        .sees(&["No such file", "the settings of before stay", "Acme Fleet"]);
}

#[test]
fn a_switch_against_writing_reaches_a_question_that_is_open() {
    let mut desk = Desk::open();
    desk.seat.types("1/Acme Shop\r");
    desk.seat.sees(&["> Acme Shop", "3 Members 31"]);
    desk.seat.types("3/bo@\r");
    desk.seat.sees(&["> Bo", "bo@acme.example"]);
    desk.seat.types("D");
    desk.seat.is_armed(&["Yes, remove ]"]);
    let config = format!("{}read_only = true\n", desk.config());
    desk.says(
        &config,
        &[
            "the configuration has",
            "changed: other rules hold for clerk now",
        ],
    );
    desk.seat.types("y");
    desk.seat.sees(&["this cannot be done"]);
    desk.seat.types("\x1b");
    desk.seat
        .sees(&["configuration read again: clerk: writing is off"]);
    desk.seat.types("D");
    desk.seat
        .sees(&["writing is off (read_only in the configuration)"]);
    assert_eq!(desk.writes(), 0);
}
