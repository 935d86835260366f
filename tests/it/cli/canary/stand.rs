//! A home whose every secret is a canary: the tokens of its profiles, the links and tokens of invites, and
//! what the services keep private.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Command;

use orgdeck::sandbox::world::World;
use orgdeck::sandbox::{Options, Sandbox, Service};
use tempfile::TempDir;

use super::search::Search;
use crate::sandbox::origin;
use crate::support::program::{orgdeck, run};

/// Tokens with nothing in common, so that each piece tells whose it is.
pub(super) const TOKENS: [&str; 3] = [
    "Qz7mKp2xVw9tRb4nYc6dLs8fHg3jTa5e",
    "sk_test_Nv3bXq8kWz5rPd2mGt7yJc4hUf6sEa9w",
    "Wd5hZr9cFk3vMt7qBx2gNy6pLj8sKe4a",
];
/// The token of an invite to the person of the first profile.
pub(super) const INVITE: &str = "Hx4nPz7vCt2kRm9wGb5qYd8jSf3LoVu6";
/// What the links of all other invites end with.
const LINK: &str = "Bp6yTk3mXw8rJc5vQd2nHz9sLg4fEa7u";
/// What is private in every record that has such a part.
const PRIVATE: &str = "Mf8qVb2xRk7tZn4wDy9cGj3hPs6LuTe5";
/// What somebody types where it is hidden, and takes back.
pub(super) const TYPED: &str = "sk_test_Yt5gNk8vQz2mWc7rBx4dHp9jLs3fVe6a";
/// The hash and the key that a user record of balena holds.
const USER: [&str; 2] = [
    "$2b$10$sandboxsandboxsandboxsOeRq1oYkq3m6ZkQ3yP0nqS0m9vJr2bWy",
    "SANDBOXJWTSECRET",
];

/// All that nobody may see, with what was typed.
pub(super) fn search(typed: &[&str]) -> Search {
    Search::of(&[&TOKENS[..], &[INVITE, LINK, PRIVATE], &USER, typed].concat())
}

/// Where the secrets of a configuration are.
#[derive(Clone, Copy, Debug)]
pub(super) enum Source {
    Variables,
    Commands,
    Files,
    Keyring,
}

/// A home with a profile for each face, all of whose secrets come from one kind of source.
pub(super) struct Stand {
    pub(super) sandbox: Sandbox,
    pub(super) home: TempDir,
    pub(super) own: Vec<PathBuf>,
    source: Source,
}

impl Stand {
    pub(super) fn new(source: Source) -> Self {
        let options = Options {
            tokens: Service::ALL
                .into_iter()
                .zip(TOKENS.map(str::to_owned))
                .collect(),
            ..Options::demo(origin())
        };
        let sandbox = Sandbox::start(&options).unwrap();
        sandbox.world(hide);
        let home = TempDir::new().unwrap();
        let mut stand = Self {
            sandbox,
            home,
            own: Vec::new(),
            source,
        };
        let tables: Vec<String> = Service::ALL.iter().map(|it| stand.table(*it)).collect();
        let folder = stand.home.path().join(".config/orgdeck");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("config.toml"), tables.concat()).unwrap();
        stand
    }

    fn table(&mut self, service: Service) -> String {
        let name = service.name();
        let face = self.sandbox.face(service);
        let path = self.home.path().join(name);
        let shown = path.display().to_string();
        let token = match self.source {
            Source::Variables => format!("{{ env = \"SECRET_{name}\" }}"),
            Source::Keyring => format!("{{ keyring = \"{name}\" }}"),
            Source::Files | Source::Commands => {
                fs::write(&path, &face.token).unwrap();
                fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
                self.own.push(path);
                match self.source {
                    Source::Commands => format!(
                        "{{ command = [\"sh\", \"{}\", \"{shown}\"] }}",
                        self.probe()
                    ),
                    _ => format!("{{ file = \"{shown}\" }}"),
                }
            }
        };
        let url = &face.url;
        format!("[profiles.{name}]\nprovider = \"{name}\"\nurl = \"{url}\"\ntoken = {token}\n")
    }

    /// A command that writes down what it inherited and how its parent was called, then prints a file.
    fn probe(&self) -> String {
        let path = self.home.path().join("probe.sh");
        let seen = self.home.path().join("inherited").display().to_string();
        let script = format!(
            "cat /proc/$$/environ /proc/$$/cmdline /proc/$PPID/cmdline >> {seen} 2>/dev/null\ncat \"$1\"\n"
        );
        fs::write(&path, script).unwrap();
        path.display().to_string()
    }

    pub(super) fn command(&self, line: &str) -> Command {
        let words: Vec<&str> = line.split_whitespace().collect();
        let mut command = orgdeck(&words, self.home.path());
        command
            .current_dir(self.home.path())
            .env("ORGDECK_LOG", self.home.path().join("trace.log"))
            .env("ORGDECK_INVITE_TOKEN", INVITE)
            .env("CLERK_SECRET_KEY", TOKENS[1])
            .env("RUST_BACKTRACE", "full");
        if let Source::Variables = self.source {
            for (service, token) in Service::ALL.into_iter().zip(TOKENS) {
                command.env(format!("SECRET_{}", service.name()), token);
            }
        }
        command
    }

    /// Runs every line and searches what comes of it.
    pub(super) fn search(&self, lines: &[&str]) {
        let search = search(&[]);
        for line in lines {
            let ran = run(&mut self.command(line));
            search.text(&format!("{:?}: {line}", self.source), &format!("{ran}"));
        }
        search.files(self.home.path(), &self.own);
    }
}

/// Puts a canary wherever a service keeps something to itself or to the holder of a link.
fn hide(world: &mut World) {
    let guests = world.add_org(Service::Balena, |org| "Guests".clone_into(&mut org.name));
    let invited = world.add_invite(guests, "ana@acme.example", |_| {});
    for service in [Service::Balena, Service::Clerk] {
        let keys: Vec<_> = world.orgs(service).map(|org| org.key).collect();
        for key in keys {
            world.add_invite(key, "hidden@else.example", |_| {});
        }
    }
    let private = || [("canary".to_owned(), PRIVATE.into())];
    for service in Service::ALL {
        let keys: Vec<_> = world.orgs(service).map(|org| org.key).collect();
        for key in keys {
            world.edit_org(key, |org| org.metadata.private.extend(private()));
        }
        let keys: Vec<_> = world.members(service).map(|member| member.key).collect();
        for key in keys {
            world.edit_member(key, |member| member.metadata.private.extend(private()));
        }
        let keys: Vec<_> = world.invites(service).map(|invite| invite.key).collect();
        for key in keys {
            world.edit_invite(key, |invite| {
                let token = if Some(key) == invited { INVITE } else { LINK };
                token.clone_into(&mut invite.token);
                invite.metadata.private.extend(private());
            });
        }
    }
}
