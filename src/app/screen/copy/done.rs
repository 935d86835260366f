//! What was done last: as the command that would do it, and as the requests that it came to.

use super::{NO_ROW, Nothing, Taken};
use crate::app::command::{self, Command};
use crate::app::model::Model;
use crate::app::notice::Line;
use crate::app::place::Pane;
use crate::app::{fault, tasks};
use crate::domain::request::{self, Request};
use crate::domain::{Text, Verb};
use crate::job::Task;

/// The command for what was done last, as a dry run; where nothing was, the one that shows what is under
/// the cursor.
pub(super) fn command(model: &Model) -> Result<Taken, Nothing> {
    let program = &model.settings.around.program;
    let Some(task) = tasks::latest(model) else {
        let what = "the command that shows it, as nothing was done yet";
        return Ok(Taken::new(what, shows(model)?.line(program)));
    };
    let wish = &task.plan.wish;
    let commands = command::commands(wish)?;
    let lines: Vec<String> = commands.iter().map(|one| one.line(program)).collect();
    let doing = fault::doing(wish.verb());
    let secret = if wish.verb() == Verb::InviteAccept {
        ", which asks for the token"
    } else {
        ""
    };
    let what = format!("a dry run of what was done last ({doing}){secret}");
    Ok(Taken::new(what, lines.join("\n")))
}

/// The command that shows what is under the cursor.
fn shows(model: &Model) -> Result<Command, Nothing> {
    let here = model.org_here().ok_or(NO_ROW)?;
    match model.panes.focus {
        Pane::Orgs | Pane::Org => Ok(Command::of(Verb::OrgShow, here)),
        Pane::Members => {
            let row = model.member_row().ok_or(NO_ROW)?;
            Ok(Command::of(Verb::MemberShow, here).to(row.item.id.text()))
        }
        Pane::Invites if model.keeps_notes() => {
            Err("the service lists no invites, and nothing was done yet")
        }
        Pane::Invites => Ok(Command::of(Verb::InviteList, here)),
        Pane::Activity => Err("nothing was done yet: y r copies a request"),
    }
}

/// The request under the cursor; beside the activity those of what was done last, else the last of all.
pub(super) fn requests(model: &Model) -> Result<Taken, Nothing> {
    match (model.panes.focus, tasks::latest(model)) {
        (Pane::Activity, _) => {
            let line = model.log.line(model.panes.activity);
            let text = of_line(model, line.ok_or("nothing was sent yet")?);
            Ok(Taken::new("the request, without the token", text))
        }
        (Pane::Orgs | Pane::Org | Pane::Members | Pane::Invites, Some(task)) => {
            let doing = fault::doing(task.plan.wish.verb());
            let what = format!("the requests of what was done last ({doing}), without the token");
            let steps = task.plan.steps.iter();
            let lines: String = steps.map(|step| step.request.lines()).collect();
            Ok(Taken::new(what, lines.trim_end()))
        }
        (Pane::Orgs | Pane::Org | Pane::Members | Pane::Invites, None) => {
            let line = model.log.line(0).ok_or("nothing was sent yet")?;
            let text = of_line(model, line);
            Ok(Taken::new("the last request, without the token", text))
        }
    }
}

/// A request as it was sent; its body is known of what this session was told to do.
fn of_line(model: &Model, line: &Line) -> String {
    let sent = &line.sent;
    let tasks = tasks::all(model).into_iter();
    let tasks = tasks.filter(|task: &&Task| *task.profile() == sent.profile);
    let mut steps = tasks.flat_map(|task| &task.plan.steps);
    let is_it = |request: &Request| {
        request.method == sent.method && Text::from(request.target()) == sent.target
    };
    let step = steps.find(|step| is_it(&step.request));
    let text = match step {
        Some(step) => step.request.lines(),
        None => request::head(sent.method, &sent.target),
    };
    text.trim_end().to_owned()
}
