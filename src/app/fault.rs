//! The words for faults: said once here, for the screen and the subcommands alike.

use crate::domain::{ApiError, Capabilities, Clean, Fault, Receipt, Step, Text, Verb};

/// A fault in words for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// What happened and why: `list organizations: no answer in time`.
    pub cause: Clean,
    /// What it means for the person's data.
    pub effect: &'static str,
    /// What to do next.
    pub next: &'static str,
    /// The id under which the service keeps the request.
    pub trace: Option<Clean>,
}

/// Longest excerpt of a service's own words: with the mark of a cut it is 200 characters.
const EXCERPT: usize = 199;

/// Fields of which it is said what is wrong with them.
const FIELDS: usize = 5;

/// An error in words.
pub fn words(error: &ApiError) -> Words {
    let mut cause = format!("{}: {}", doing(error.verb), what(error));
    if let Some(status) = error.status {
        cause = format!("{cause} ({status})");
    }
    if let Some(said) = error
        .words
        .as_ref()
        .filter(|said| !is_in_fields(error, said))
    {
        cause = format!("{cause}: {}", said.excerpt(EXCERPT));
    }
    if let Some(code) = &error.code {
        cause = format!("{cause} [{}]", code.excerpt(80));
    }
    Words {
        cause: Clean::from_ours(&cause),
        effect: effect(error),
        next: advice(error),
        trace: error.trace.as_ref().map(|trace| trace.excerpt(80)),
    }
}

/// Whether what is said of the fields says it already.
pub(super) fn is_in_fields(error: &ApiError, said: &Text) -> bool {
    let Fault::Invalid(errors) = &error.fault else {
        return false;
    };
    let messages: Vec<&str> = errors.iter().map(|error| error.message.raw()).collect();
    messages.contains(&said.raw()) || messages.join("; ") == said.raw()
}

/// Why something was not done, without what it was: for the middle of a sentence.
pub fn reason(error: &ApiError) -> String {
    let said = error.words.as_ref();
    match said.filter(|said| !is_in_fields(error, said)) {
        Some(said) => format!("{}: {}", what(error), said.excerpt(EXCERPT)),
        None => what(error),
    }
}

/// What came in place of an answer, with its status: for the beginning of a sentence.
pub fn came(error: &ApiError) -> String {
    match error.status {
        Some(status) => format!("{} ({status})", what(error)),
        None => what(error),
    }
}

/// Why the end of a step is not known: it was looked up, or there is nothing to look at.
pub fn unsettled(step: &Step) -> &'static str {
    if step.change.shows_in(&step.seen) {
        "reading again did not settle it"
    } else {
        "nothing shows whether it was applied"
    }
}

/// What came of a request whose end is not known, where that is known.
pub fn instead(error: Option<&ApiError>) -> String {
    error.map_or_else(|| "no answer came that proves it".to_owned(), came)
}

/// That the end of a request is not known, and what came of it where something came: for the row it is about.
pub fn unknown(error: Option<&ApiError>) -> String {
    let came = error.map_or_else(String::new, |error| format!(": {}", came(error)));
    format!("outcome unknown: look before you repeat it{came}")
}

/// How it is known that a change is done, although no answer said so.
pub fn read_again(receipt: &Receipt) -> String {
    match &receipt.instead {
        Some(error) => format!("{}; read again, it shows", came(error)),
        None => "the answer was lost; read again, it shows".to_owned(),
    }
}

/// That nothing had to be sent, and what is not known of how it came to be so.
pub fn already_so(receipt: &Receipt) -> String {
    match &receipt.words {
        Some(words) => format!(
            "already so: {}; nothing had to be sent",
            words.excerpt(EXCERPT)
        ),
        None => "already so: nothing had to be sent".to_owned(),
    }
}

/// What a verb is called in the middle of a sentence.
pub const fn doing(verb: Verb) -> &'static str {
    match verb {
        Verb::WhoAmI => "ask who we are",
        Verb::OrgList => "list organizations",
        Verb::OrgShow => "read the organization",
        Verb::OrgCreate => "create an organization",
        Verb::OrgEdit => "change the organization",
        Verb::OrgDelete => "delete the organization",
        Verb::LogoSet => "set the logo",
        Verb::LogoRemove => "remove the logo",
        Verb::MetadataShow => "read metadata",
        Verb::MetadataSet => "change the metadata",
        Verb::MemberList => "list members",
        Verb::MemberShow => "read the member",
        Verb::MemberRoles => "read roles",
        Verb::MemberAdd => "add a member",
        Verb::MemberRole => "change roles",
        Verb::MemberRemove => "remove the member",
        Verb::MemberLeave => "leave",
        Verb::InviteList => "list invites",
        Verb::InviteCreate => "invite",
        Verb::InviteRevoke => "revoke the invite",
        Verb::InviteResend => "send the invite again",
        Verb::InviteAccept => "accept the invite",
        Verb::RoleList => "list roles",
        Verb::UserFind => "find users",
        Verb::UserMemberships => "list memberships",
    }
}

/// A short word for what can be done with a verb: on buttons and in lists of what is possible.
pub const fn can(verb: Verb) -> &'static str {
    match verb {
        Verb::WhoAmI => "who am I",
        Verb::OrgList => "list organizations",
        Verb::OrgShow => "show",
        Verb::OrgCreate => "create",
        Verb::OrgEdit => "edit",
        Verb::OrgDelete => "delete",
        Verb::LogoSet => "set logo",
        Verb::LogoRemove => "remove logo",
        Verb::MetadataShow => "read metadata",
        Verb::MetadataSet => "change metadata",
        Verb::MemberList => "list members",
        Verb::MemberShow => "read member",
        Verb::MemberRoles => "read roles",
        Verb::MemberAdd => "add user",
        Verb::MemberRole => "change role",
        Verb::MemberRemove => "remove member",
        Verb::MemberLeave => "leave",
        Verb::InviteList => "list invites",
        Verb::InviteCreate => "invite",
        Verb::InviteRevoke => "revoke",
        Verb::InviteResend => "send again",
        Verb::InviteAccept => "accept by token",
        Verb::RoleList => "list roles",
        Verb::UserFind => "find users",
        Verb::UserMemberships => "list memberships",
    }
}

fn what(error: &ApiError) -> String {
    let quoted = |text: &Text| text.excerpt(EXCERPT).to_string();
    match &error.fault {
        Fault::Offline(cause) => format!("no connection: {}", quoted(cause)),
        Fault::Insecure(cause) => format!("the connection cannot be trusted: {}", quoted(cause)),
        Fault::TimedOut => "no answer in time".to_owned(),
        Fault::Unavailable => "the service cannot answer now".to_owned(),
        Fault::SignedOut => "the token is missing, wrong or over".to_owned(),
        Fault::Renewed => "the token was over, and there is another one now".to_owned(),
        Fault::SecondFactor => "the code of the second factor is still due".to_owned(),
        Fault::Forbidden => "not allowed for this token".to_owned(),
        Fault::Missing => "not there, or not for us to see".to_owned(),
        Fault::Unseen => {
            "the organization is not there, or not for us to see: nobody can tell what is in it"
                .to_owned()
        }
        Fault::Conflict => "it clashes with what is there".to_owned(),
        // Without a status the service was not asked: it was found before sending.
        Fault::Refused if error.status.is_none() => "refused".to_owned(),
        Fault::Refused => "refused by the service".to_owned(),
        Fault::Invalid(errors) => format!("values that cannot be taken{}", fields(errors)),
        Fault::Slowed { after: Some(wait) } => {
            format!("too many requests, wait {} s", wait.as_secs())
        }
        Fault::Slowed { after: None } => "too many requests".to_owned(),
        Fault::NotOffered(why) => format!("not offered: {why}"),
        Fault::ReadOnly(switch) => format!("writing is off ({switch})"),
        Fault::Unrecorded(cause) => format!("the journal cannot be written: {}", quoted(cause)),
        Fault::Garbled(cause) => format!("the answer cannot be understood: {}", quoted(cause)),
        Fault::NotTheApi(kind) => format!(
            "not the API: a proxy or sign-in page answered, of type {}",
            quoted(kind)
        ),
        // Without a status no answer was cut: the pages do not make up a whole.
        Fault::Cut if error.status.is_none() && error.words.is_some() => {
            "the list is not whole".to_owned()
        }
        Fault::Cut => "the answer was cut off".to_owned(),
        Fault::TooLarge => "the answer is larger than 64 MiB".to_owned(),
        Fault::Redirected(to) => format!("a redirect to {} was not followed", quoted(to)),
        Fault::Cancelled => "cancelled".to_owned(),
        Fault::UnderWay => "the same is being sent at this moment".to_owned(),
        Fault::NoConsent => "nobody agreed to this as it is".to_owned(),
        Fault::NotApplied(None) => {
            "not applied so far: the answer was lost, and nothing has changed since".to_owned()
        }
        Fault::NotApplied(Some(came)) => {
            let fault = Fault::clone(came);
            let came = what(&ApiError {
                fault,
                ..error.clone()
            });
            format!("not applied so far: {came}; read again, nothing has changed since")
        }
        Fault::NoSecret(cause) => format!("the token cannot be read: {}", quoted(cause)),
        Fault::Foreign => "this id belongs to another profile".to_owned(),
    }
}

fn fields(errors: &[crate::domain::FieldError]) -> String {
    let one = |error: &crate::domain::FieldError| {
        let field = error.field.excerpt(40);
        format!(" {field}: {}", error.message.excerpt(EXCERPT))
    };
    let all: Vec<String> = errors.iter().take(FIELDS).map(one).collect();
    match errors.len() - all.len() {
        _ if all.is_empty() => String::new(),
        0 => format!(":{}", all.join(",")),
        more => format!(":{}, and {more} more", all.join(",")),
    }
}

fn effect(error: &ApiError) -> &'static str {
    if error.verb.is_read() {
        "what is shown stays as it was read before"
    } else if let Fault::NotApplied(_) = error.fault {
        "a slow service may still apply it"
    } else {
        "nothing was changed"
    }
}

/// What to do next; what helps a write is not always what helps a read.
fn advice(error: &ApiError) -> &'static str {
    match (error.verb, &error.fault) {
        (Verb::InviteAccept, Fault::Missing) => {
            "check the token: it may be used up, or be meant for somebody else"
        }
        (verb, Fault::Offline(_) | Fault::TimedOut | Fault::Cut | Fault::Unavailable)
            if !verb.is_read() =>
        {
            "do it again once the network is up"
        }
        (verb, Fault::Slowed { .. }) if verb.is_read() => READ_AGAIN[4],
        _ => next(&error.fault),
    }
}

/// What is advised where the key that reads again helps.
const READ_AGAIN: [&str; 5] = [
    "R reads again once the network is up",
    "g t takes another token; or put one where the profile says, then R",
    "R reads again, somebody may have removed it",
    "R reads again",
    "R reads again when the wait is over",
];

fn next(fault: &Fault) -> &'static str {
    match fault {
        Fault::Offline(_) | Fault::TimedOut | Fault::Cut | Fault::Unavailable => READ_AGAIN[0],
        Fault::Insecure(_) => "check the address of the profile and its ca_file",
        Fault::SignedOut | Fault::NoSecret(_) => READ_AGAIN[1],
        Fault::SecondFactor => "g t asks for the code",
        Fault::Forbidden => "ask an administrator, or use another profile",
        Fault::Missing | Fault::Unseen => READ_AGAIN[2],
        Fault::Conflict | Fault::Refused | Fault::Invalid(_) => "change what is asked for",
        Fault::Slowed { .. } => "it goes on when the wait is over",
        Fault::NotOffered(_) => "use the service's own pages for this",
        Fault::ReadOnly(_) => "start without that switch to write",
        Fault::Unrecorded(_) => "make the journal writable again",
        Fault::Garbled(_) | Fault::TooLarge => "check that the address belongs to this service",
        Fault::NotTheApi(_) | Fault::Redirected(_) => "check the address of the profile",
        Fault::Cancelled | Fault::Renewed => READ_AGAIN[3],
        Fault::UnderWay => "wait for the answer to the first one",
        Fault::NoConsent | Fault::NotApplied(_) => "look at it and decide again",
        Fault::Foreign => "choose it in its own profile",
    }
}

/// Whether the advice is to press the key that reads again.
pub fn is_read_again(error: &ApiError) -> bool {
    READ_AGAIN.contains(&advice(error))
}

/// Whether the console asks again by itself, where it is let: for a list that may be there soon.
pub fn is_tried_again(error: &ApiError) -> bool {
    let is_list = matches!(
        error.verb,
        Verb::WhoAmI | Verb::OrgList | Verb::MemberList | Verb::InviteList
    );
    is_list && error.fault.may_pass()
}

/// Who asks again for a list that could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retries {
    /// The console, by itself.
    Itself,
    /// A person, by a key.
    Person,
}

/// What is to be done about a failure on the screen, and what the console does about it by itself.
pub fn next_step(error: &ApiError, retries: Retries) -> String {
    let words = advice(error);
    if retries == Retries::Person || !is_tried_again(error) {
        return words.to_owned();
    }
    if matches!(error.fault, Fault::Slowed { .. }) {
        return "read again by itself when the wait is over".to_owned();
    }
    let is_to_be_seen_to = matches!(error.fault, Fault::Garbled(_) | Fault::NotTheApi(_));
    if is_to_be_seen_to {
        // Somebody may have to do something about these.
        return format!("{words}; tried again by itself");
    }
    "tried again by itself, R reads at once".to_owned()
}

/// The reason in one sentence why a verb cannot be used on a connection, if the service has it not.
pub fn not_offered(capabilities: &Capabilities, verb: Verb) -> Option<Text> {
    let why = capabilities.refusal(verb)?;
    Some(Text::from(format!("{} is not offered: {why}", can(verb))))
}
