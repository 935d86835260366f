//! Tests of the actions that open a form: from the keys to what is wished, and what comes back.

use orgdeck::app::form::{Entry, Focus, Goal, Stage};
use orgdeck::app::layer::Overlay;
use orgdeck::app::place::{Pane, Size};
use orgdeck::app::{Effect, Msg, action};
use orgdeck::domain::image::Image;
use orgdeck::domain::outcome::{Made, Receipt};
use orgdeck::domain::query::Privacy;
use orgdeck::domain::{
    Answer, ApiError, Attribute, Fault, FieldError, Objection, Outcome, Query, Text, Told, Value,
    Verb, Wish,
};
use proptest::prelude::*;

use crate::support::forms::{
    TO_PREVIEW, ends, error, field, finds, form, on, plan, preview, recorded, send, table, text,
    user, wish,
};
use crate::support::rig::{Rig, account, org_id};

/// The nine fields of Vulos, as somebody types them.
const NINE: &str = "Quay<tab>https://quay.example<tab>Kai 1<tab>Hamburg<tab>20457<tab>HH<tab>germ<tab>HRB 1<tab>DE1";

fn texts(wish: &Wish) -> Vec<(&'static str, String)> {
    let (Wish::CreateOrg { fields, .. } | Wish::EditOrg { fields, .. }) = wish else {
        panic!("fields are wished, not {wish:?}");
    };
    let text = |value: &Value| {
        value
            .text()
            .map_or_else(|| format!("{value:?}"), |t| t.raw().to_owned())
    };
    fields
        .iter()
        .map(|(key, value)| (key, text(value)))
        .collect()
}

#[test]
fn an_organization_is_made_of_the_fields_that_the_service_has() {
    let mut rig = on("vulos");
    rig.press("c");
    let wish = preview(&mut rig, &format!("{NINE}<tab><tab>"));
    let fields = texts(&wish);
    assert_eq!(fields.len(), 9);
    assert!(
        fields.contains(&("country_code", "DE".to_owned())),
        "{fields:?}"
    );
    assert!(matches!(form(&rig).stage, Stage::Ready(..)));
    send(&mut rig);
    assert!(rig.model.overlays.is_empty());
}

#[test]
fn what_is_needed_is_said_at_every_field_before_anything_is_asked() {
    let mut rig = on("vulos");
    rig.press("c");
    let effects = rig.press(&format!("{TO_PREVIEW}<enter>"));
    assert!(effects.is_empty(), "{effects:?}");
    for key in [
        "name",
        "address",
        "city",
        "zip_code",
        "country_code",
        "unique_id",
        "tax_number",
    ] {
        assert_eq!(error(&rig, key), "this is needed", "{key}");
    }
    assert_eq!(error(&rig, "website"), "");
    assert_eq!(form(&rig).focus, Focus::Field(0));
}

#[test]
fn a_country_is_found_by_name_or_code_and_chosen_below_the_field() {
    for (keys, code) in [
        ("de", "DE"),
        ("switz", "CH"),
        ("USA", "US"),
        ("united<down>", "GB"),
    ] {
        let mut rig = on("vulos");
        rig.press(&format!("c<tab><tab><tab><tab><tab><tab>{keys}<tab>"));
        let value = field(&rig, "country_code").value();
        let code = Text::from(code);
        assert_eq!(value, Some(Value::Text(code.clone())), "{keys}");
        assert!(
            text(&rig, "country_code").starts_with(code.raw()),
            "it is written out"
        );
    }
    let mut rig = on("vulos");
    rig.press(&format!(
        "{}xyzzy{TO_PREVIEW}<s-tab><s-tab><s-tab><s-tab>",
        "c<tab><tab><tab><tab><tab><tab>"
    ));
    let errors = form(&rig).wish().unwrap_err();
    let country = errors
        .iter()
        .find(|error| error.field == Text::from("country_code"));
    assert!(country.unwrap().message.raw().contains("no country"));
}

/// Three services, one of which cannot accept invites from here.
fn three() -> Rig {
    let accounts = ["balena", "clerk", "vulos"];
    let mut rig = Rig::with(
        accounts
            .map(|name| account(name, name, table(name)))
            .to_vec(),
    );
    rig.effects.clear();
    rig
}

#[test]
fn the_profile_is_asked_for_where_several_can_create_and_the_impossible_have_their_reason() {
    let mut rig = three();
    rig.press("c");
    let Some(Overlay::Menu(picker)) = rig.model.overlays.last() else {
        panic!("the profiles are listed");
    };
    assert_eq!(picker.choices.len(), 3);
    rig.press("2");
    assert_eq!(form(&rig).goal.profile().as_str(), "clerk");
}

#[test]
fn the_only_profile_that_can_accept_is_taken() {
    let mut rig = three();
    let accept = action::named("invite.accept").unwrap();
    assert!(action::blocked(&rig.model, accept).is_none());
    (accept.run)(&mut rig.model);
    assert_eq!(form(&rig).goal.profile().as_str(), "balena");
}

#[test]
fn what_no_service_offers_is_blocked_with_the_reason_of_the_service() {
    let cases = [
        ("balena", "metadata.set", "balena keeps no metadata"),
        ("balena", "member.add", "an invite is the way in"),
        ("clerk", "invite.accept", "accepts by the link"),
        ("vulos", "logo.set", "Vulos keeps no logos"),
        ("vulos", "metadata.set", "Vulos keeps no metadata"),
        ("vulos", "member.add", "by accepting an invite only"),
        ("vulos", "invite.accept", "by the link in its mail"),
    ];
    for (service, name, why) in cases {
        let rig = on(service);
        let reason = action::blocked(&rig.model, action::named(name).unwrap());
        let reason = reason.unwrap_or_else(|| panic!("{name} is blocked on {service}"));
        assert!(
            reason.raw().contains(why),
            "{service} {name}: {}",
            reason.raw()
        );
    }
    for (service, name) in [
        ("balena", "logo.set"),
        ("clerk", "metadata.set"),
        ("vulos", "org.edit"),
    ] {
        let rig = on(service);
        let reason = action::blocked(&rig.model, action::named(name).unwrap());
        assert_eq!(reason, None, "{service} {name}");
    }
}

/// The edit form of an organization that has these attributes.
fn editing(service: &'static str, attributes: &[(&'static str, &str)]) -> Rig {
    let mut rig = on(service);
    let id = rig.model.org_here().unwrap().clone();
    let mut org = rig.model.store.org(&id).unwrap().item.clone();
    for (key, value) in attributes {
        org.attributes
            .push(Attribute::text(key, Some(Text::from(*value))));
    }
    let account = rig.model.store.account_mut(id.profile()).unwrap();
    account.orgs.detail(org);
    rig.press("1e");
    rig
}

#[test]
fn an_edit_sends_what_has_changed_and_nothing_else() {
    let mut rig = editing(
        "vulos",
        &[("city", "Hamburg"), ("country_code", "DE"), ("state", "HH")],
    );
    assert_eq!(text(&rig, "city"), "Hamburg");
    assert_eq!(text(&rig, "country_code"), "DE Germany");
    let wish = preview(
        &mut rig,
        "<tab><tab><tab><c-u>Bremen<s-tab><s-tab><s-tab><s-tab><s-tab>",
    );
    assert_eq!(texts(&wish), [("city", "Bremen".to_owned())]);
}

#[test]
fn an_edit_that_changes_nothing_asks_for_nothing() {
    let mut rig = editing("vulos", &[("city", "Hamburg"), ("country_code", "DE")]);
    let effects = rig.press(&format!("x<bs>{TO_PREVIEW}<enter>"));
    assert!(effects.is_empty(), "{effects:?}");
    assert!(rig.hint().starts_with("nothing changes"), "{}", rig.hint());
}

#[test]
fn a_field_that_must_stay_is_not_emptied_and_another_one_is_sent_empty() {
    let mut rig = editing("vulos", &[("city", "Hamburg"), ("state", "HH")]);
    rig.press("<c-u><tab><tab><tab><tab><tab><c-u>");
    let errors = form(&rig).wish().unwrap_err();
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].field, Text::from("name"));
    rig.press("<s-tab><s-tab><s-tab><s-tab><s-tab>Acme Shop");
    let wish = preview(&mut rig, TO_PREVIEW);
    assert_eq!(texts(&wish), [("state", String::new())]);
}

#[test]
fn values_that_come_later_fill_in_what_nobody_has_touched() {
    let mut rig = on("vulos");
    rig.press("1e<tab><tab>Kai 2");
    let id = rig.model.org_here().unwrap().clone();
    let mut org = rig.model.store.org(&id).unwrap().item.clone();
    org.attributes = vec![
        Attribute::text("address", Some(Text::from("Kai 1"))),
        Attribute::text("city", Some(Text::from("Hamburg"))),
    ];
    rig.press("<esc>gr");
    let asked = rig.asked(|query| matches!(query, Query::Org(_)));
    rig.press("e<c-t>");
    rig.answer(asked, Ok(Answer::Org(Box::new(org))));
    assert_eq!(text(&rig, "address"), "Kai 2");
    assert_eq!(text(&rig, "city"), "Hamburg");
}

fn png() -> Image {
    Image::new("logo.png", b"\x89PNG\r\n\x1a\nrest".to_vec()).unwrap()
}

/// The question for a file, with its path.
fn reading(effects: &[Effect]) -> (orgdeck::app::RequestId, String) {
    match effects {
        [Effect::ReadImage { id, path }] => (*id, path.clone()),
        other => panic!("a file is read, and nothing else: {other:?}"),
    }
}

#[test]
fn a_logo_is_read_and_checked_before_it_is_planned() {
    let mut rig = on("balena");
    rig.press("O~/logo.png");
    let effects = rig.press(&format!("{TO_PREVIEW}<enter>"));
    let (id, path) = reading(&effects);
    assert_eq!(path, "~/logo.png");
    let effects = rig.send(Msg::ImageRead(id, Ok(png())));
    assert!(matches!(wish(&effects), Wish::SetLogo { image, .. } if image == png()));
}

#[test]
fn a_file_that_is_no_image_is_said_at_its_field() {
    let mut rig = on("balena");
    let effects = rig.press(&format!("O/etc/passwd{TO_PREVIEW}<enter>"));
    let (id, _) = reading(&effects);
    let why = Text::from("not a JPEG, PNG, GIF or WebP image");
    let effects = rig.send(Msg::ImageRead(id, Err(why.clone())));
    assert!(effects.is_empty(), "{effects:?}");
    assert_eq!(error(&rig, "logo_image"), why.raw());
    assert_eq!(text(&rig, "logo_image"), "/etc/passwd");
    assert_eq!(form(&rig).stage, Stage::Editing);
    assert!(
        rig.send(Msg::ImageRead(id, Ok(png()))).is_empty(),
        "an old answer means nothing"
    );
}

/// The form for metadata, with what is there now.
fn metadata(now: &str) -> Rig {
    let mut rig = on("clerk");
    rig.press("M");
    let id = rig.asked(|query| {
        matches!(
            query,
            Query::Metadata {
                privacy: Privacy::Public,
                ..
            }
        )
    });
    rig.answer(id, Ok(Answer::Json(Text::from(now))));
    rig
}

#[test]
fn metadata_is_checked_while_it_is_typed_and_its_after_state_is_known() {
    let mut rig = metadata(r#"{"plan":"gold","seats":3}"#);
    rig.press(r#"{"plan":null,"#);
    assert!(
        error(&rig, "public_metadata").contains("line 1, column"),
        "{}",
        error(&rig, "public_metadata")
    );
    assert_eq!(form(&rig).after(), None);
    rig.press(r#""tier":{"a":1}}"#);
    assert_eq!(error(&rig, "public_metadata"), "");
    let after = form(&rig).after().unwrap();
    assert_eq!(after, serde_json::json!({"seats": 3, "tier": {"a": 1}}));
    let wish = preview(&mut rig, TO_PREVIEW);
    assert!(matches!(wish, Wish::SetMetadata { merge, .. } if merge["plan"].is_null()));
}

#[test]
fn private_metadata_is_read_on_request_only_and_forgotten_again() {
    let private = |query: &Query| {
        matches!(
            query,
            Query::Metadata {
                privacy: Privacy::Private,
                ..
            }
        )
    };
    let mut rig = metadata("{}");
    let asked = |effect: &Effect| matches!(effect, Effect::Query { query, .. } if private(query));
    assert!(!rig.effects.iter().any(asked));
    rig.press("<tab><space>");
    let id = rig.asked(private);
    rig.answer(id, Ok(Answer::Json(Text::from(r#"{"vip":true}"#))));
    assert!(format!("{:?}", form(&rig).shown).contains("vip"));
    rig.press("<space>");
    assert!(!format!("{:?}", form(&rig).shown).contains("vip"));
}

#[test]
fn a_user_is_looked_up_chosen_and_added_with_a_role() {
    let mut rig = on("clerk");
    rig.press("a");
    rig.settle();
    rig.press("kim<enter>");
    assert!(matches!(
        rig.effects.back(),
        Some(Effect::Query { query: Query::Users { text, beside: Some(_), .. }, .. }) if text.raw() == "kim"
    ));
    finds(
        &mut rig,
        vec![
            user("user_1", "kim@a.example"),
            user("user_2", "kim@b.example"),
        ],
    );
    rig.press("<down><enter>");
    assert_eq!(
        form(&rig).focus,
        Focus::Field(1),
        "Enter goes on once somebody is found"
    );
    rig.press("<down>");
    let wish = preview(&mut rig, "<tab><tab>");
    let Wish::AddMember { user, role, .. } = wish else {
        panic!("a member is added");
    };
    assert_eq!((user.raw(), role.key.raw()), ("user_2", "admin"));
}

#[test]
fn nobody_is_added_who_was_not_looked_up() {
    let mut rig = on("clerk");
    rig.press("a");
    rig.settle();
    rig.press(&format!("kim{TO_PREVIEW}<enter>"));
    assert!(error(&rig, "user").starts_with("Enter looks this up"));
    rig.press("<enter>");
    finds(&mut rig, Vec::new());
    assert_eq!(error(&rig, "user"), "nobody was found by this");
    rig.press("berly");
    assert_eq!(
        field(&rig, "user").value(),
        None,
        "those found for another text are nobody"
    );
}

/// The form for the roles of a member of a Vulos organization.
fn roles() -> Rig {
    let mut rig = on("vulos").on(Pane::Members);
    orgdeck::app::screen::acts::open_roles(&mut rig.model);
    rig
}

/// The roles that a form wishes.
fn wanted(wish: &Wish) -> Vec<&str> {
    let Wish::SetRoles { to, .. } = wish else {
        panic!("roles are wished");
    };
    to.iter().map(|role| role.key.raw()).collect()
}

#[test]
fn roles_are_ticked_and_a_name_of_ones_own_is_added() {
    let mut rig = roles();
    rig.press("<down><space><down><down><down><down>Night shift<enter>");
    let wish = preview(&mut rig, "<tab><tab>");
    assert_eq!(wanted(&wish), ["Admin", "admin", "Night shift"]);
    let mut rig = roles();
    rig.press("<down><down><down><down><space><down>half typed");
    let wish = preview(&mut rig, "<tab><tab>");
    assert_eq!(
        wanted(&wish),
        ["half typed"],
        "what stands there is not lost"
    );
}

#[test]
fn roles_that_stay_as_they_are_ask_for_nothing() {
    let mut rig = roles();
    let effects = rig.press("<space><space><tab><tab><enter>");
    assert!(effects.is_empty(), "{effects:?}");
    assert!(rig.hint().starts_with("nothing changes"));
}

const TOKEN: &str = "tok-canary-5591";

fn accepting() -> Rig {
    let mut rig = on("balena");
    orgdeck::app::screen::profiles::open_accept(&mut rig.model);
    rig.press(&format!("{TOKEN}x<bs>"));
    rig
}

#[test]
fn a_token_is_in_the_wish_and_in_nothing_that_can_be_printed() {
    let mut rig = accepting();
    assert!(!format!("{:?}", rig.model).contains("canary"));
    let wish = preview(&mut rig, TO_PREVIEW);
    assert!(!format!("{:?} {:?}", rig.model, wish).contains("canary"));
    let Wish::AcceptInvite { token, .. } = wish else {
        panic!("an invite is accepted");
    };
    assert_eq!(token.expose(), TOKEN);
}

#[test]
fn a_token_is_forgotten_when_its_form_closes_or_was_sent() {
    let mut rig = accepting();
    rig.press("<esc>");
    orgdeck::app::screen::profiles::open_accept(&mut rig.model);
    let is_empty = |rig: &Rig| matches!(&field(rig, "token").entry, Entry::Masked(masked) if masked.is_empty());
    assert!(is_empty(&rig));
    let mut rig = accepting();
    preview(&mut rig, TO_PREVIEW);
    let task = send(&mut rig);
    ends(
        &mut rig,
        task,
        Outcome::Refused(ApiError::new(Verb::InviteAccept, Fault::Missing)),
    );
    assert!(is_empty(&rig));
    assert!(matches!(form(&rig).stage, Stage::Failed(_)));
}

/// A refusal of the service that speaks of a field, by the service's own name of it.
fn invalid(verb: Verb, name: &str) -> ApiError {
    let error = FieldError {
        field: Text::from(name),
        message: Text::from("is taken"),
    };
    ApiError::new(verb, Fault::Invalid(vec![error]))
}

#[test]
fn r53_what_the_service_refuses_comes_back_with_everything_typed_and_the_error_at_its_field() {
    let mut rig = on("vulos");
    rig.press("c");
    preview(&mut rig, &format!("{NINE}<tab><tab>"));
    let task = send(&mut rig);
    assert!(rig.model.overlays.is_empty());
    ends(
        &mut rig,
        task,
        Outcome::Refused(invalid(Verb::OrgCreate, "taxNumber")),
    );
    assert_eq!(error(&rig, "tax_number"), "is taken");
    assert_eq!(text(&rig, "city"), "Hamburg");
    assert_eq!(form(&rig).focus, Focus::Field(8));
    let wish = preview(&mut rig, "2<tab><tab>");
    assert!(texts(&wish).contains(&("tax_number", "DE12".to_owned())));
}

#[test]
fn it_never_comes_back_above_something_else() {
    let mut rig = on("vulos");
    rig.press("c");
    preview(&mut rig, &format!("{NINE}<tab><tab>"));
    let task = send(&mut rig);
    rig.press("?");
    ends(
        &mut rig,
        task,
        Outcome::Refused(invalid(Verb::OrgCreate, "name")),
    );
    assert!(matches!(rig.model.overlays[..], [Overlay::Help(_)]));
    assert!(rig.hint().starts_with("refused"), "{}", rig.hint());
    rig.press("<esc>c<c-t>");
    assert_eq!(text(&rig, "city"), "Hamburg");
}

#[test]
fn a_journal_that_cannot_be_written_loses_nothing_typed() {
    let mut rig = on("vulos");
    rig.press("c");
    preview(&mut rig, &format!("{NINE}<tab><tab>"));
    let effects = rig.press("<tab><enter>");
    let [Effect::Keep { .. }, Effect::Record { task, .. }] = effects[..] else {
        panic!("it is kept, and recorded first: {effects:?}");
    };
    let full = ApiError::new(Verb::OrgCreate, Fault::Unrecorded(Text::from("disk full")));
    rig.send(Msg::Recorded(task, Err(full)));
    assert_eq!(text(&rig, "city"), "Hamburg");
}

#[test]
fn of_several_invites_only_those_refused_come_back() {
    let mut rig = on("clerk");
    rig.press("i");
    rig.settle();
    rig.press("a@x.example b@x.example<tab><down>");
    preview(&mut rig, "<s-tab><s-tab><s-tab>");
    let task = send(&mut rig);
    rig.send(Msg::Carried(task, 0, Outcome::Done(Receipt::default())));
    let refused = Outcome::Refused(ApiError::new(Verb::InviteCreate, Fault::Conflict));
    rig.send(Msg::Carried(task, 1, refused));
    assert_eq!(text(&rig, "email"), "b@x.example");
}

#[test]
fn an_outcome_that_is_not_known_brings_no_form_back() {
    let mut rig = on("vulos");
    rig.press("c");
    preview(&mut rig, &format!("{NINE}<tab><tab>"));
    let task = send(&mut rig);
    ends(&mut rig, task, Outcome::Unknown);
    assert!(rig.model.overlays.is_empty());
    rig.press("c");
    assert_eq!(text(&rig, "city"), "", "nor is one filled by itself");
    rig.press("<c-t>");
    assert_eq!(text(&rig, "city"), "Hamburg", "and nothing typed is lost");
    let note = form(&rig).note.as_ref().unwrap().raw();
    assert!(note.contains("Look whether it was done"), "{note}");
}

#[test]
fn a_closed_form_keeps_what_was_typed_until_it_is_emptied() {
    let mut rig = on("vulos");
    rig.press("cQuay<tab><tab>Kai 1<esc>");
    assert!(rig.hint().contains("is kept"), "{}", rig.hint());
    rig.press("c<c-t>");
    assert_eq!(text(&rig, "name"), "Quay");
    assert!(
        form(&rig)
            .note
            .as_ref()
            .unwrap()
            .raw()
            .starts_with("From the draft")
    );
    rig.press("<s-tab><c-u>");
    assert_eq!(
        (text(&rig, "name"), text(&rig, "address")),
        (String::new(), String::new())
    );
    rig.press("<esc>c<c-t>");
    assert!(form(&rig).note.is_none());
    assert!(rig.hint().starts_with("no draft"), "{}", rig.hint());
}

#[test]
fn what_was_typed_for_one_organization_is_not_shown_for_another() {
    let mut rig = on("clerk");
    rig.press("1ia@x.example<esc>jijon");
    assert_eq!(text(&rig, "email"), "jon");
}

#[test]
fn where_a_name_is_asked_for_it_is_typed_in_the_form() {
    let mut rig = roles();
    let wish = wish(&rig.press("<space><tab><tab><enter>"));
    let mut asking = plan(&wish);
    asking.objections.push(Objection::TypeName {
        names: vec![Text::from("Acme Shop")],
        why: "it is the last administrator",
    });
    rig.prepared(asking);
    rig.wait(400);
    rig.press("<tab><enter>");
    assert!(rig.hint().starts_with("type the name"), "{}", rig.hint());
    rig.press("Acme Shoq<tab><tab><tab><enter>");
    assert!(rig.model.tasks.is_empty(), "another name sends nothing");
    rig.wait(400);
    rig.press("<bs>p<tab><tab><tab>");
    rig.wait(400);
    let effects = rig.press("<enter>");
    recorded(&mut rig, &effects);
}

#[test]
fn a_plan_without_requests_is_not_sent() {
    let mut rig = on("vulos");
    rig.press("c");
    let wish = wish(&rig.press(&format!("{NINE}<tab><tab><enter>")));
    let mut nothing = plan(&wish);
    nothing.steps.clear();
    rig.prepared(nothing);
    rig.wait(400);
    let effects = rig.press("<tab><enter>");
    assert!(effects.is_empty(), "{effects:?}");
    assert!(rig.hint().starts_with("nothing changes"));
}

#[test]
fn an_organization_with_nobody_in_it_offers_to_add_somebody() {
    let mut rig = on("clerk");
    rig.press("cQuay");
    preview(&mut rig, TO_PREVIEW);
    let task = send(&mut rig);
    let receipt = Receipt {
        made: Some(Made::Org(org_id("shop", "org_new"))),
        ..Receipt::default()
    };
    ends(&mut rig, task, Outcome::Done(receipt));
    let form = form(&rig);
    assert!(matches!(&form.goal, Goal::AddMember { org } if org.raw() == "org_new"));
    // It is not read yet: its id stands there once, and not in the place of its name too.
    assert!(
        form.about.raw().starts_with("org_new on "),
        "{:?}",
        form.about
    );
    let note = form.note.as_ref().map(Text::raw);
    assert!(note.is_some_and(|note| note.contains("no member yet")));
    assert!(
        rig.model.notices.top().is_none(),
        "it would stay when somebody was added"
    );
}

#[test]
fn who_is_busy_is_told_of_an_organization_with_nobody_in_it() {
    let mut rig = on("clerk");
    rig.press("cQuay");
    preview(&mut rig, TO_PREVIEW);
    let task = send(&mut rig);
    rig.press("?");
    let receipt = Receipt {
        made: Some(Made::Org(org_id("shop", "org_new"))),
        ..Receipt::default()
    };
    ends(&mut rig, task, Outcome::Done(receipt));
    let notice = rig.model.notices.top().unwrap().happened();
    assert!(notice.contains("has no member yet"), "{notice}");
}

#[test]
fn a_first_member_needs_a_role_and_no_creator() {
    let mut rig = on("clerk");
    rig.press("c");
    let id = rig.asked(|query| matches!(query, Query::Roles { org: None }));
    rig.answer(
        id,
        Ok(Answer::roles(vec![orgdeck::domain::Role::named(
            "org:admin",
        )])),
    );
    rig.press("Quay<tab><tab><tab>kim<enter>");
    finds(&mut rig, vec![user("user_1", "kim@a.example")]);
    let errors = form(&rig).wish().unwrap_err();
    assert_eq!(errors[0].field, Text::from("first_role"));
    rig.press("<tab><down>");
    let Ok(Wish::CreateOrg {
        first_member: Some((user, role)),
        ..
    }) = form(&rig).wish()
    else {
        panic!("a first member is wished");
    };
    assert_eq!((user.raw(), role.key.raw()), ("user_1", "org:admin"));
    rig.press("<s-tab><s-tab>kim<enter>");
    finds(&mut rig, vec![self::user("user_2", "kim@b.example")]);
    let errors = form(&rig).wish().unwrap_err();
    assert_eq!(errors[0].field, Text::from("first_member"));
}

#[test]
fn a_message_may_have_several_lines_and_other_fields_may_not() {
    let mut rig = on("balena");
    rig.press("i");
    rig.settle();
    rig.press("a@x.example<c-n>");
    assert!(rig.hint().contains("one line only"));
    rig.press("<tab><tab>Hello<c-n>world");
    rig.send(Msg::Pasted(Text::from("!\nBye\u{7}")));
    assert_eq!(text(&rig, "message"), "Hello\nworld!\nBye ");
}

/// Keys as somebody leans on the keyboard: letters, keys of forms, and some that mean nothing.
fn anything() -> impl Strategy<Value = String> {
    let keys = [
        "a", "é", "{", "\"", "7", "<space>", "<tab>", "<s-tab>", "<up>", "<down>", "<left>",
        "<right>", "<bs>", "<delete>", "<home>", "<end>", "<c-w>", "<c-u>", "<c-n>", "<pgup>",
        "<pgdn>", "<f1>",
    ];
    prop::collection::vec(prop::sample::select(keys.to_vec()), 0..60).prop_map(|keys| keys.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn r53_no_typing_panics_and_what_is_typed_survives_a_resize_and_an_error(
        kind in 0usize..6,
        keys in anything(),
    ) {
        let (service, open) = [
            ("vulos", "c"), ("clerk", "c"), ("clerk", "M"), ("balena", "O"), ("clerk", "a"), ("clerk", "1e"),
        ][kind];
        let mut rig = on(service);
        rig.press(open);
        rig.press(&keys);
        let typed = |rig: &Rig| -> Vec<String> {
            form(rig).fields.iter().map(|field| field.typed().to_owned()).collect()
        };
        let before = typed(&rig);
        rig.send(Msg::Resized(Size { width: 41, height: 11 }));
        rig.send(Msg::Resized(Size { width: 120, height: 36 }));
        prop_assert_eq!(&typed(&rig), &before);
        if let Some(Overlay::Form(form)) = rig.model.overlays.last_mut() {
            form.failed(invalid(Verb::OrgCreate, "name"));
        }
        prop_assert_eq!(typed(&rig).len(), before.len());
        rig.press("<esc>");
        rig.press(open);
        rig.press("<c-t>");
        let again = typed(&rig);
        for (old, new) in before.iter().zip(&again) {
            prop_assert!(old == new || new.contains(old.as_str()), "{old} became {new}");
        }
    }
}

#[test]
fn what_is_told_unknown_stays_out_of_an_edit() {
    let mut rig = on("clerk");
    let id = rig.model.org_here().unwrap().clone();
    let mut org = rig.model.store.org(&id).unwrap().item.clone();
    org.attributes.push(Attribute::new(
        "admin_delete_enabled",
        Told::Is(Value::Flag(true)),
    ));
    let account = rig.model.store.account_mut(id.profile()).unwrap();
    account.orgs.detail(org);
    rig.press("1e");
    let wish = preview(&mut rig, "<tab><tab><tab><space><tab><tab><tab>");
    let Wish::EditOrg { fields, .. } = wish else {
        panic!("an edit is wished");
    };
    let changed: Vec<_> = fields.iter().collect();
    assert_eq!(changed, [("admin_delete_enabled", &Value::Flag(false))]);
}

/// With one country left there is nothing to choose from: the key writes it out, and the next one goes on.
#[test]
fn down_takes_the_only_country_that_fits_before_it_goes_on_and_stays_among_several() {
    let mut rig = on("vulos");
    rig.press("c<tab><tab><tab><tab><tab><tab>germ<down>");
    assert_eq!(text(&rig, "country_code"), "DE Germany");
    let here = form(&rig).focus;
    rig.press("<down>");
    assert_ne!(form(&rig).focus, here, "there is nothing more to choose");
    let mut rig = on("vulos");
    rig.press("c<tab><tab><tab><tab><tab><tab>united");
    let here = form(&rig).focus;
    rig.press(&"<down>".repeat(30));
    assert_eq!(form(&rig).focus, here);
    assert!(rig.hint().starts_with("this is the last"), "{}", rig.hint());
    rig.press(&"<up>".repeat(31));
    assert_eq!(form(&rig).focus, here);
    assert!(
        rig.hint().starts_with("this is the first"),
        "{}",
        rig.hint()
    );
    rig.press("<tab>");
    assert_ne!(form(&rig).focus, here);
}

#[test]
fn what_is_no_json_yet_is_said_in_words_with_its_place() {
    for (typed, words) in [
        (
            r#"{"plan": "#,
            "line 1, column 8: a value is missing at the end",
        ),
        (r#"{"plan": "gold"#, "the text is not closed: \" is missing"),
        (r#"{"plan": 1"#, "it is not closed: } is missing"),
        (r#"{"plan": [1"#, "it is not closed: ] is missing"),
        (
            r"{plan: 1}",
            "line 1, column 2: a name in \" is needed here",
        ),
        (r#"{"plan" 1}"#, "a colon is needed here"),
        (r#"{"plan": 1 2}"#, "a comma or } is needed here"),
        (r#"{"plan": 1,}"#, "the comma before this is one too many"),
        (r#"{"plan": gold}"#, "a value is needed here"),
        (r#"{"plan": 1} x"#, "nothing may follow behind the end"),
        (r#"{"plan": tru}"#, "only true, false and null are words"),
    ] {
        let mut rig = on("clerk");
        rig.press(&format!("M{typed}"));
        let said = error(&rig, "public_metadata");
        assert!(
            said.starts_with("not JSON: line 1, column"),
            "{typed}: {said}"
        );
        assert!(said.contains(words), "{typed}: {said}");
        assert!(!said.contains("EOF") && !said.contains("parsing"), "{said}");
    }
}
