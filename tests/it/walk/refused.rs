//! Refusals that nobody could foresee: the plan is fine, somebody says yes, and the service says no. What
//! was typed comes back with the service's own words, and can be sent again once it is changed.

use futures_util::future::join_all;
use orgdeck::app::Model;
use orgdeck::app::form::{Button, Focus, Form, Stage};
use orgdeck::app::layer::Overlay;
use orgdeck::domain::Verb;
use orgdeck::domain::connection::Access;
use orgdeck::sandbox::faults::{Fault as Trouble, Rule};

use super::ends::says_yes;
use super::lost::{is_over, prepares};
use super::stage::{Player, Walk};
use super::{armed, calm};
use crate::support::link::services;
use crate::support::screen::plain;

/// The id under which each service keeps the request.
const TRACE: &str = "trace-4711";

/// A refusal: on which service, of what, with which status and body.
struct Refusal {
    service: &'static str,
    verb: Verb,
    status: u16,
    body: &'static str,
    /// The service's own words.
    words: &'static str,
    /// The service's code; empty where it has none.
    code: &'static str,
    /// The field that it names.
    field: Option<&'static str>,
}

const REFUSALS: [Refusal; 13] = [
    Refusal {
        service: "balena",
        verb: Verb::OrgCreate,
        status: 409,
        body: r#""\"handle\" must be unique.""#,
        words: r#""handle" must be unique."#,
        code: "",
        field: Some("slug"),
    },
    Refusal {
        service: "balena",
        verb: Verb::OrgEdit,
        status: 400,
        body: r#""It is necessary that each organization has a name that has a Length (Type) that is at most 100.""#,
        words: "It is necessary that each organization has a name that",
        code: "",
        field: Some("name"),
    },
    Refusal {
        service: "balena",
        verb: Verb::InviteCreate,
        status: 403,
        body: r#""Your plan allows no further member.""#,
        words: "Your plan allows no further member.",
        code: "",
        field: None,
    },
    Refusal {
        service: "balena",
        verb: Verb::MemberRole,
        status: 400,
        body: r#""It is necessary that each organization has an administrator.""#,
        words: "It is necessary that each organization has an administrator.",
        code: "",
        field: None,
    },
    Refusal {
        service: "clerk",
        verb: Verb::OrgCreate,
        status: 422,
        body: r#"{"errors":[{"code":"form_identifier_exists","message":"already exists","long_message":"That slug is taken.","meta":{"param_name":"slug"}}],"clerk_trace_id":"trace-4711"}"#,
        words: "That slug is taken.",
        code: "form_identifier_exists",
        field: Some("slug"),
    },
    Refusal {
        service: "clerk",
        verb: Verb::OrgEdit,
        status: 422,
        body: r#"{"errors":[{"code":"form_param_value_invalid","message":"is invalid","long_message":"Name must not look like an address.","meta":{"param_name":"name"}}],"clerk_trace_id":"trace-4711"}"#,
        words: "Name must not look like an address.",
        code: "form_param_value_invalid",
        field: Some("name"),
    },
    Refusal {
        service: "clerk",
        verb: Verb::InviteCreate,
        status: 422,
        body: r#"{"errors":[{"code":"form_param_format_invalid","message":"is invalid","long_message":"No mail reaches that host.","meta":{"param_name":"email_address"}}],"clerk_trace_id":"trace-4711"}"#,
        words: "No mail reaches that host.",
        code: "form_param_format_invalid",
        field: Some("email"),
    },
    Refusal {
        service: "clerk",
        verb: Verb::MemberAdd,
        status: 403,
        body: r#"{"errors":[{"code":"organization_membership_quota_exceeded","message":"quota","long_message":"You have reached your limit of 5 members.","meta":{}}],"clerk_trace_id":"trace-4711"}"#,
        words: "You have reached your limit of 5 members.",
        code: "organization_membership_quota_exceeded",
        field: None,
    },
    Refusal {
        service: "clerk",
        verb: Verb::MemberRole,
        status: 400,
        body: r#"{"errors":[{"code":"organization_minimum_permissions_needed","message":"last","long_message":"Somebody has to stay an administrator.","meta":{}}],"clerk_trace_id":"trace-4711"}"#,
        words: "Somebody has to stay an administrator.",
        code: "organization_minimum_permissions_needed",
        field: None,
    },
    Refusal {
        service: "vulos",
        verb: Verb::OrgCreate,
        status: 200,
        body: r#"{"success":false,"message":"The VAT id is known already"}"#,
        words: "The VAT id is known already",
        code: "",
        field: None,
    },
    Refusal {
        service: "vulos",
        verb: Verb::OrgEdit,
        status: 200,
        body: r#"{"success":false,"message":"The register knows no such name"}"#,
        words: "The register knows no such name",
        code: "",
        field: None,
    },
    Refusal {
        service: "vulos",
        verb: Verb::InviteCreate,
        status: 200,
        body: r#"{"success":false,"message":"This address bounced"}"#,
        words: "This address bounced",
        code: "",
        field: None,
    },
    Refusal {
        service: "vulos",
        verb: Verb::MemberRole,
        status: 200,
        body: r#"{"success":false,"message":"Roles are frozen today"}"#,
        words: "Roles are frozen today",
        code: "",
        field: None,
    },
];

fn form(model: &Model) -> Option<&Form> {
    match model.overlays.last() {
        Some(Overlay::Form(form)) => Some(form),
        _ => None,
    }
}

/// Everything that stands in a form, but a name that is typed for the plan alone.
fn typed(form: &Form) -> Vec<String> {
    let fields = form.fields.iter();
    fields
        .map(|field| format!("{} {:?}", field.spec.key, field.value()))
        .collect()
}

/// The words on the screen: those of what is on top first, each row of it going on in the next.
fn seen(model: &Model) -> String {
    let screen = plain(model, (120, 36));
    let mut top = Vec::new();
    let mut rest = Vec::new();
    for line in screen.lines() {
        let parts: Vec<&str> = line.split('║').collect();
        match parts[..] {
            [left, inner, right] => {
                top.push(inner);
                rest.extend([left, right]);
            }
            _ => rest.push(line),
        }
    }
    let all = [top, rest].concat().join(" ");
    all.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is on the screen once the service has said no.
fn says_so(refusal: &Refusal, model: &Model) {
    let screen = seen(model);
    let name = format!("{} {:?}: {screen}", refusal.service, refusal.verb);
    let times = screen.matches(refusal.words).count();
    assert_eq!(times, 1, "{name}");
    assert!(screen.contains(refusal.code), "{name}");
    assert!(screen.contains(TRACE), "{name}");
}

/// What came of it, where a form was sent: it is back, and goes out once more.
async fn comes_back(player: &mut Player, refusal: &Refusal, before: &[String]) {
    let back = |model: &Model| form(model).is_some() && is_over(model);
    let model = player.until("the form", back).await;
    let form = form(model).unwrap();
    assert_eq!(
        typed(form),
        before,
        "{} {:?}",
        refusal.service,
        refusal.verb
    );
    says_so(refusal, model);
    for field in &form.fields {
        let said = field
            .error
            .as_ref()
            .is_some_and(|error| error.raw().contains(refusal.words));
        assert_eq!(
            said,
            Some(field.spec.key) == refusal.field,
            "{}",
            field.spec.key
        );
    }
}

/// Looks at the requests of the form once more, and sends them.
async fn goes_out_again(player: &mut Player) {
    let focus = |model: &Model| form(model).map(|form| form.focus);
    while focus(&player.seen) != Some(Focus::Button(Button::Preview)) {
        let before = focus(&player.seen);
        let moved = |model: &Model| focus(model) != before;
        player.press_and_see("<s-tab>", moved).await;
    }
    player.press("<enter>");
    player.until("the requests", again).await;
    let seen = player.press_and_see("<tab><enter>", calm).await;
    assert_eq!(seen.notices.all(), [], "what failed is done now");
}

/// Whether the requests are shown for long enough after a refusal.
fn again(model: &Model) -> bool {
    form(model).is_some_and(|form| matches!(form.stage, Stage::Ready(..))) && armed(model)
}

async fn walk(refusal: &Refusal) {
    let service = services()
        .into_iter()
        .find(|(service, _)| service.name == refusal.service);
    let walk = Walk::with(service.unwrap(), Access::Full);
    let trace = vec![
        ("x-request-id", TRACE.to_owned()),
        ("content-type", "application/json".to_owned()),
    ];
    for method in ["POST", "PUT", "PATCH"] {
        let trouble = Trouble::Status(refusal.status, trace.clone(), refusal.body.to_owned());
        walk.fail(Rule::once(trouble).method(method));
    }
    let walked = walk
        .played(async |player| {
            prepares(player, (refusal.verb, refusal.service), "").await;
            let Some(form) = form(&player.seen) else {
                says_yes(player).await;
                let told = |model: &Model| is_over(model) && model.overlays.is_empty();
                says_so(refusal, player.until("the message", told).await);
                return;
            };
            let before = typed(form);
            player.press("<tab><enter>");
            comes_back(player, refusal, &before).await;
            if refusal.verb == Verb::OrgEdit {
                goes_out_again(player).await;
            }
        })
        .await;
    let name = format!("{} {:?}", refusal.service, refusal.verb);
    let sent = 1 + usize::from(refusal.verb == Verb::OrgEdit);
    assert_eq!(walked.writes().len(), sent, "{name}");
    let fine: Vec<bool> = walked.told().into_iter().map(|(.., fine)| fine).collect();
    // Vulos says no in the body of a 200.
    let first = fine.last().copied();
    assert_eq!(first, Some(refusal.status == 200), "{name}");
}

#[tokio::test]
async fn r53_what_was_typed_comes_back_with_the_services_own_words_and_at_its_field() {
    join_all(REFUSALS.iter().map(walk)).await;
}
