//! The command that does what was done on the screen, as a person types it. It knows the words of INTERFACE
//! and no service; a test holds it against the command line itself.

use serde_json::Value as Json;

use crate::domain::invite::Notify;
use crate::domain::wish::Resend;
use crate::domain::{
    Assignment, Fields, Image, InviteDraft, MemberBy, MemberRef, OrgId, Role, Text, Value, Verb,
    Wish, json, shell,
};

/// Why no command says it.
pub type Unsaid = &'static str;

const NO_FILE: Unsaid = "its image came from no file that could be named";
const NO_FIRST: Unsaid = "no command adds the first member together with the organization";
const NO_METADATA: Unsaid = "no command adds a member together with metadata";
const NO_PRIVATE: Unsaid = "no command sets the private metadata of an invite";

/// A command before it is quoted.
#[derive(Clone, Debug, PartialEq)]
pub struct Command {
    verb: Verb,
    /// A profile, or an organization on it.
    place: String,
    /// What it is done to, each a word of its own.
    subjects: Vec<String>,
    /// Flags with their values.
    flags: Vec<String>,
    /// What it reads from standard input.
    input: Option<Json>,
}

impl Command {
    /// A command about a profile or an organization.
    pub fn new(verb: Verb, place: impl Into<String>) -> Self {
        Self {
            verb,
            place: place.into(),
            subjects: Vec::new(),
            flags: Vec::new(),
            input: None,
        }
    }

    /// The same about an organization by its id.
    pub fn of(verb: Verb, org: &OrgId) -> Self {
        Self::new(verb, format!("{}/{}", org.profile().as_str(), org.raw()))
    }

    /// Done to this too.
    #[must_use]
    pub fn to(mut self, subject: &Text) -> Self {
        self.subjects.push(subject.raw().to_owned());
        self
    }

    /// With this flag.
    #[must_use]
    fn flag(mut self, name: &str, value: &str) -> Self {
        // In one word, as a value may begin with a dash.
        self.flags.push(format!("--{name}={value}"));
        self
    }

    /// Reading this from standard input.
    #[must_use]
    fn reading(mut self, input: &Json) -> Self {
        self.input = Some(input.clone());
        self
    }

    /// As a line of a shell, for a program that is started by these words.
    pub fn line(&self, program: &[String]) -> String {
        let mut flags: Vec<&str> = self.flags.iter().map(String::as_str).collect();
        if !self.verb.is_read() {
            flags.push("--dry-run");
        }
        let named = std::iter::once(&self.place).chain(&self.subjects);
        let named: Vec<&str> = named.map(String::as_str).collect();
        let is_dashed = |word: &&str| word.len() > 1 && word.starts_with('-');
        let rest = if named.iter().any(is_dashed) {
            [flags, vec!["--"], named].concat()
        } else {
            [named, flags].concat()
        };
        let program = program.iter().map(String::as_str);
        let words = program.chain(self.verb.name().split(' ')).chain(rest);
        let line = shell::line(words);
        match &self.input {
            Some(input) => {
                let input = shell::line(["printf", "%s", &json::line(input)]);
                format!("{input} | {line}")
            }
            None => line,
        }
    }
}

/// The commands that do what is wished: as a rule one.
///
/// # Errors
/// When no command says it.
pub fn commands(wish: &Wish) -> Result<Vec<Command>, Unsaid> {
    let mut all: Vec<Command> = Vec::new();
    for part in wish.parts() {
        for command in of(part)? {
            match all.iter_mut().find(|before| before.is_like(&command)) {
                Some(before) => before.subjects.extend(command.subjects),
                None => all.push(command),
            }
        }
    }
    Ok(all)
}

impl Command {
    /// Whether it does the same, so that both are one command about more.
    fn is_like(&self, other: &Self) -> bool {
        let same = |command: &Self| Self {
            subjects: Vec::new(),
            ..command.clone()
        };
        same(self) == same(other)
    }
}

fn of(wish: &Wish) -> Result<Vec<Command>, Unsaid> {
    let verb = wish.verb();
    let one = match wish {
        Wish::CreateOrg {
            first_member: Some(_),
            ..
        } => return Err(NO_FIRST),
        Wish::CreateOrg {
            profile, fields, ..
        } => with_fields(
            Command::new(verb, profile.as_str()),
            (fields, &["name", "slug"]),
        )?,
        Wish::EditOrg { org, fields } => with_fields(Command::of(verb, org), (fields, &[]))?,
        Wish::DeleteOrg { org } | Wish::RemoveLogo { org } | Wish::Leave { org } => {
            Command::of(verb, org)
        }
        Wish::SetLogo { org, image } => Command::of(verb, org).to(path(image)?),
        Wish::SetMetadata { org, merge } => {
            Command::of(verb, org).to(&Text::from("-")).reading(merge)
        }
        Wish::AddMember {
            metadata: Some(_), ..
        } => return Err(NO_METADATA),
        Wish::AddMember {
            org, user, role, ..
        } => Command::of(verb, org)
            .to(user.text())
            .flag("role", role.key.raw()),
        Wish::SetRoles { member, from, to } => {
            with_roles(Command::of(verb, &member.org).to(by(member)), from, to)
        }
        Wish::RemoveMember { member } => Command::of(verb, &member.at.org).to(by(&member.at)),
        Wish::Invite { org, drafts } => {
            return drafts.iter().map(|draft| invite(org, draft)).collect();
        }
        Wish::RevokeInvite { invite } | Wish::Resend(Resend::Listed(invite)) => {
            Command::of(verb, &invite.at.org).to(invite.at.id.text())
        }
        Wish::Resend(Resend::Address { org, email }) => Command::of(verb, org).to(email),
        Wish::AcceptInvite { profile, .. } => Command::new(verb, profile.as_str()),
        Wish::Each(bulk) => {
            return bulk
                .parts()
                .iter()
                .map(of)
                .collect::<Result<Vec<_>, _>>()
                .map(|all| all.concat());
        }
    };
    Ok(vec![one])
}

fn by(member: &MemberRef) -> &Text {
    match &member.by {
        MemberBy::Id(id) => id.text(),
        MemberBy::User(user) => user.text(),
    }
}

fn path(image: &Image) -> Result<&Text, Unsaid> {
    image.path().ok_or(NO_FILE)
}

/// Fields, some of which have a flag of their own.
fn with_fields(mut command: Command, (fields, own): (&Fields, &[&str])) -> Result<Command, Unsaid> {
    for (key, value) in fields.iter() {
        let value = match value {
            Value::Image(image) => path(image)?.clone(),
            Value::Json(value) => Text::from(json::line(value)),
            Value::Text(_) | Value::Flag(_) | Value::Number(_) => value.in_words(),
        };
        command = if own.contains(&key) {
            command.flag(key, value.raw())
        } else {
            command.flag("field", &format!("{key}={}", value.raw()))
        };
    }
    Ok(command)
}

/// The only role, or those that are given and taken.
fn with_roles(command: Command, from: &[Assignment], to: &[Role]) -> Command {
    if let [only] = to {
        return command.flag("set", only.key.raw());
    }
    let held = |role: &Role| from.iter().any(|held| held.role.key == role.key);
    let wanted = |held: &&Assignment| to.iter().any(|role| role.key == held.role.key);
    let given = to.iter().filter(|role| !held(role));
    let command = given.fold(command, |command, role| {
        command.flag("give", role.key.raw())
    });
    let taken = from.iter().filter(|held| !wanted(held));
    taken.fold(command, |command, held| {
        command.flag("take", held.role.key.raw())
    })
}

fn invite(org: &OrgId, draft: &InviteDraft) -> Result<Command, Unsaid> {
    if draft.private_metadata.is_some() {
        return Err(NO_PRIVATE);
    }
    let mut command = Command::of(Verb::InviteCreate, org).to(&draft.email);
    let days = draft.expires_in_days.map(|days| days.to_string());
    let texts = [
        ("role", draft.role.as_ref().map(|role| role.key.raw())),
        ("message", draft.message.as_ref().map(Text::raw)),
        ("redirect-url", draft.redirect.as_ref().map(Text::raw)),
        ("expires-in-days", days.as_deref()),
    ];
    for (flag, text) in texts {
        if let Some(text) = text {
            command = command.flag(flag, text);
        }
    }
    if draft.notify == Notify::Silent {
        command.flags.push("--no-notify".to_owned());
    }
    Ok(match &draft.public_metadata {
        Some(metadata) => command.flag("metadata", "-").reading(metadata),
        None => command,
    })
}
