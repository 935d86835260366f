//! What is done to invites. New ones are looked at line by line before any of them is sent.

mod known;

use std::io::{self, IsTerminal as _};
use std::sync::Arc;

use super::results::{Results, Target};
use super::{Job, begin, begin_in, fields};
use crate::cli::args::{InviteCreate, Writing};
use crate::cli::complaint::{self, Complaint, Halt};
use crate::cli::desk::Desk;
use crate::cli::stdin::Person;
use crate::cli::{exit, resolve, stdin};
use crate::domain::invite::Notify;
use crate::domain::wish::Resend;
use crate::domain::{InviteDraft, Role, Secret, Text, Verb, Why, Wish, email};
use crate::job::lines::{self, Line};
use crate::job::verdict::{self, Verdict};

/// The largest file of addresses that is read, in bytes.
const LARGEST: u64 = 16 * 1024 * 1024;

/// The largest token that is read, in bytes.
const TOKEN: u64 = 64 * 1024;

/// `invite create`.
pub(in crate::cli) async fn create(desk: &Desk, wish: &InviteCreate) -> Result<u8, Halt> {
    let job = begin_in(desk, &wish.org, Verb::InviteCreate, &wish.writing).await?;
    let lines = read(wish).await?;
    let pattern = pattern(wish).await?;
    let known = known::known(&job.link, &job.org_id(), &lines).await;
    let addresses = lines.iter().map(|line| line.email.as_str());
    let verdicts = verdict::verdicts(&known, addresses);
    if lines.len() > 1 || verdicts.iter().any(|verdict| *verdict != Verdict::Ok) {
        tell(&lines, &verdicts);
    }
    let judged = lines.iter().zip(&verdicts);
    let wrong = judged
        .clone()
        .filter(|(_, verdict)| verdict.is_wrong())
        .count();
    let mut results = Results::default();
    note(
        &job,
        judged.clone(),
        (&mut results, wrong > 0 && !wish.partial),
    );
    if wrong > 0 && !wish.partial {
        return refuse(&job, results, wrong);
    }
    let good = judged.filter(|(_, verdict)| **verdict == Verdict::Ok);
    let drafts: Vec<InviteDraft> = good.map(|(line, _)| line.draft(&pattern)).collect();
    if drafts.is_empty() {
        return refuse(&job, results, wrong);
    }
    let org = job.org_id();
    job.send_with(vec![Wish::Invite { org, drafts }], results)
        .await
}

async fn read(wish: &InviteCreate) -> Result<Vec<Line>, Halt> {
    let mut lines: Vec<Line> = wish.emails.iter().map(|email| Line::of(email)).collect();
    if let Some(path) = &wish.from {
        let bytes = fields::bytes(path, LARGEST).await?;
        let wrong = |why: String| {
            let message = format!("{}: {why}", path.display());
            let hint = "one address a line, or CSV with a header that names `email`";
            Halt::from(Complaint::usage(message, hint))
        };
        lines.extend(lines::parse(&bytes).map_err(wrong)?);
    }
    if lines.is_empty() {
        return Err(Complaint::usage("there is no address", "nothing was sent").into());
    }
    Ok(lines)
}

/// What all invites have in common.
async fn pattern(wish: &InviteCreate) -> Result<InviteDraft, Halt> {
    let text = |text: &Option<String>| text.as_deref().map(Text::from);
    let public_metadata = match &wish.metadata {
        Some(path) => Some(fields::document(path).await?),
        None => None,
    };
    Ok(InviteDraft {
        role: wish.role.as_deref().map(Role::named),
        message: text(&wish.message),
        redirect: text(&wish.redirect_url),
        expires_in_days: wish.expires_in_days,
        notify: if wish.no_notify {
            Notify::Silent
        } else {
            Notify::Default
        },
        public_metadata,
        ..InviteDraft::to("")
    })
}

fn tell(lines: &[Line], verdicts: &[Verdict]) {
    for (line, verdict) in lines.iter().zip(verdicts) {
        complaint::note(&format!(
            "{}{}: {}",
            line.place(),
            line.email,
            verdict.words()
        ));
    }
}

/// What is known of the lines before anything is sent.
fn note<'a>(
    job: &Job<'_>,
    judged: impl Iterator<Item = (&'a Line, &'a Verdict)>,
    (results, held): (&mut Results, bool),
) {
    for (line, verdict) in judged {
        let target = Target {
            profile: &job.link.connection.profile,
            org: job.org.as_ref().map(|org| &org.id),
            name: Text::from(line.email.as_str()),
            verb: Verb::InviteCreate,
        };
        match verdict {
            Verdict::Ok if held => results.held_back(&target, "other lines are wrong"),
            Verdict::Ok => {}
            Verdict::Duplicate(_) => results.skipped(&target, &verdict.words()),
            Verdict::Member | Verdict::Invited | Verdict::Sent | Verdict::NotAnAddress(_) => {
                results.refused(&target, &verdict.words());
            }
        }
    }
}

fn refuse(job: &Job<'_>, mut results: Results, wrong: usize) -> Result<u8, Halt> {
    let format = job.writing.output.format;
    let words = if wrong == 1 {
        "1 line is wrong".to_owned()
    } else {
        format!("{wrong} lines are wrong")
    };
    let hint = "correct it, or --partial sends the rest";
    let complaint = Complaint::new(
        exit::REFUSED,
        "invalid",
        format!("{words}: nothing was sent"),
        hint,
    );
    results.complain(&[complaint.on(&job.link.connection.profile)]);
    results.write(format)?;
    results.say(format);
    Ok(exit::REFUSED)
}

/// `invite revoke`.
pub(in crate::cli) async fn revoke(
    desk: &Desk,
    (address, names): (&str, &[String]),
    writing: &Writing,
) -> Result<u8, Halt> {
    let job = begin_in(desk, address, Verb::InviteRevoke, writing).await?;
    let listed = listed(&job, names).await?;
    let wishes = listed
        .into_iter()
        .map(|invite| Wish::RevokeInvite { invite });
    job.send(wishes.collect()).await
}

/// `invite resend`. Where invites are not listed, an address is enough.
pub(in crate::cli) async fn resend(
    desk: &Desk,
    (address, names): (&str, &[String]),
    writing: &Writing,
) -> Result<u8, Halt> {
    let job = begin_in(desk, address, Verb::InviteResend, writing).await?;
    let wishes = if job.link.capabilities().refusal(Verb::InviteList).is_some() {
        let again = |name: &String| {
            let email = email::parse(name).map_err(|error| {
                let hint = "this service lists no invites: name the address";
                Halt::from(Complaint::usage(format!("{name}: {error}"), hint))
            })?;
            let (org, email) = (job.org_id(), Text::from(email));
            Ok(Wish::Resend(Resend::Address { org, email }))
        };
        names.iter().map(again).collect::<Result<Vec<_>, Halt>>()?
    } else {
        let listed = listed(&job, names).await?.into_iter();
        listed
            .map(|invite| Wish::Resend(Resend::Listed(invite)))
            .collect()
    };
    job.send(wishes).await
}

/// The listed invites that names stand for, each once.
async fn listed(job: &Job<'_>, names: &[String]) -> Result<Vec<Box<crate::domain::Invite>>, Halt> {
    let org = job.org_id();
    let all = resolve::invites(&job.link, &org).await;
    let all = all.map_err(resolve::api(&job.link))?;
    let mut found: Vec<Box<crate::domain::Invite>> = Vec::new();
    for name in names {
        let invite = resolve::invite((&job.link, &org), &all, name)?;
        if !found.iter().any(|known| known.at == invite.at) {
            found.push(Box::new(invite));
        }
    }
    Ok(found)
}

/// The token of an invite, as a person types it; empty if they do not, or may not be asked.
async fn typed(desk: &Desk, writing: &Writing) -> Result<Secret, Halt> {
    if Person::of(writing) == Person::Away {
        return Ok(Secret::new(""));
    }
    let question = "The token of the invite (not shown):";
    let typed = stdin::secret(question, &desk.stop).await?;
    Ok(typed.unwrap_or_else(|| Secret::new("")))
}

/// `invite accept`. A token opens a door: it comes from where no list of processes and no history shows it.
pub(in crate::cli) async fn accept(
    desk: &Desk,
    profile: &str,
    writing: &Writing,
) -> Result<u8, Halt> {
    let link = begin(desk, profile, Verb::InviteAccept, writing)?;
    let token = match &desk.invite_token {
        Some(token) => token.clone(),
        None if io::stdin().is_terminal() => typed(desk, writing).await?,
        None => Secret::new(&String::from_utf8_lossy(&stdin::all(TOKEN).await?)),
    };
    if token.is_empty() {
        let hint =
            "it is typed at the terminal, or comes from standard input or ORGDECK_INVITE_TOKEN";
        return Err(Complaint::usage("there is no token", hint).into());
    }
    let profile = link.connection.profile.clone();
    let job = Job {
        desk,
        link: Arc::clone(link),
        writing,
        org: None,
        why: Why::Wished,
        left: Vec::new(),
    };
    job.send(vec![Wish::AcceptInvite { profile, token }]).await
}
