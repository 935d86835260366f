//! Forms: fields made from a connection's specs, checked before anything is asked of the service.

use std::str::FromStr as _;

use email_address::{EmailAddress, Options};
use tui_input::Input;

use super::msg::RequestId;
use crate::domain::field::Need;
use crate::domain::invite::Notify;
use crate::domain::{
    ApiError, FieldError, FieldKind, FieldSpec, InviteDraft, Moment, OrgId, Plan, Role, Text,
};

/// What is in a field.
#[derive(Clone, Debug)]
pub enum Entry {
    /// Text as it is typed.
    Line(Input),
    /// One of several roles; `None` names none.
    Role(Vec<Role>, Option<usize>),
    /// Yes or no.
    Flag(Flag),
    /// The service has no such field.
    Absent,
}

/// Yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// Yes.
    Yes,
    /// No.
    No,
}

/// One field with what was typed.
#[derive(Clone, Debug)]
pub struct Field {
    /// What it is.
    pub spec: FieldSpec,
    /// What is in it.
    pub entry: Entry,
    /// What is wrong with it.
    pub error: Option<Text>,
}

/// What has the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// A field, by its number.
    Field(usize),
    /// A button.
    Button(Button),
}

/// The buttons of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Button {
    /// Close it.
    Cancel,
    /// Read what is there and show the requests.
    Preview,
    /// Send what is shown.
    Send,
}

/// How far a form is.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// It is filled in.
    Editing,
    /// Its plan is being made.
    Preparing(RequestId),
    /// Its plan is shown, since that moment; `None` until the frame with it was drawn.
    Ready(Box<Plan>, Option<Moment>),
    /// Its plan could not be made.
    Failed(Box<ApiError>),
}

/// A form for invites to an organization.
#[derive(Clone, Debug)]
pub struct Form {
    /// The heading.
    pub title: Text,
    /// Into which organization.
    pub org: OrgId,
    /// The fields.
    pub fields: Vec<Field>,
    /// What has the focus.
    pub focus: Focus,
    /// How far it is.
    pub stage: Stage,
    /// The first line shown, where the form is longer than the screen.
    pub top: u16,
}

impl Form {
    /// A form with these fields; roles are filled in by [`Form::offer_roles`].
    pub fn new(title: impl Into<Text>, org: OrgId, specs: &[FieldSpec]) -> Self {
        Self {
            title: title.into(),
            org,
            fields: specs.iter().map(|spec| field(*spec)).collect(),
            focus: Focus::Field(0),
            stage: Stage::Editing,
            top: 0,
        }
    }

    /// The roles to choose from. Where one must be named, the weakest is proposed, if the service ranks
    /// them: a guess would give rights that nobody chose.
    pub fn offer_roles(&mut self, roles: &[Role]) {
        for field in &mut self.fields {
            let Entry::Role(known, chosen) = &mut field.entry else {
                continue;
            };
            if known.is_empty() && field.spec.need == Need::Required {
                *chosen = weakest(roles);
            }
            *known = roles.to_vec();
        }
    }

    /// The field with this key.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.spec.key == key)
    }

    /// The field that has the focus.
    pub fn focused(&mut self) -> Option<&mut Field> {
        match self.focus {
            Focus::Field(number) => self.fields.get_mut(number),
            Focus::Button(_) => None,
        }
    }

    /// Whether typed letters go into a field.
    pub fn takes_text(&self) -> bool {
        match self.focus {
            Focus::Field(number) => matches!(self.fields[number].entry, Entry::Line(_)),
            Focus::Button(_) => false,
        }
    }

    /// What was typed has changed: the plan and the errors of before no longer speak of it.
    pub fn touched(&mut self) {
        self.stage = Stage::Editing;
        if let Some(field) = self.focused() {
            field.error = None;
        }
    }

    /// The places that can have the focus, in order.
    pub fn stops(&self) -> Vec<Focus> {
        let offered = |(number, field): (usize, &Field)| {
            field.spec.is_offered().then_some(Focus::Field(number))
        };
        let fields = self.fields.iter().enumerate().filter_map(offered);
        let buttons = [Button::Cancel, Button::Preview, Button::Send];
        fields.chain(buttons.map(Focus::Button)).collect()
    }

    /// Moves the focus along the stops, around the ends.
    pub fn step(&mut self, by: isize) {
        let stops = self.stops();
        let here = stops.iter().position(|stop| *stop == self.focus);
        let count = stops.len().cast_signed();
        let next = (here.unwrap_or(0).cast_signed() + by).rem_euclid(count);
        self.focus = stops[next.unsigned_abs()];
    }

    /// Puts errors at the fields they speak of; whether one had no such field.
    pub fn blame(&mut self, errors: &[FieldError]) -> bool {
        let mut stray = false;
        for error in errors {
            let key = error.field.raw();
            match self.fields.iter_mut().find(|field| field.spec.key == key) {
                Some(field) => field.error = Some(error.message.clone()),
                None => stray = true,
            }
        }
        let wrong = self.fields.iter().position(|field| field.error.is_some());
        if let Some(number) = wrong {
            self.focus = Focus::Field(number);
        }
        stray
    }

    /// The invites that the fields come to, one for each address.
    ///
    /// # Errors
    /// What is wrong, field by field.
    pub fn drafts(&self) -> Result<Vec<InviteDraft>, Vec<FieldError>> {
        let mut errors: Vec<FieldError> = Vec::new();
        let mut note = |field: &str, result: Result<(), String>| {
            if let Err(message) = result {
                errors.push(FieldError {
                    field: Text::from(field),
                    message: Text::from(message),
                });
            }
        };
        let addresses = self.addresses();
        if addresses.is_empty() {
            note("email", Err("an address is needed".to_owned()));
        }
        for address in &addresses {
            note("email", check_address(address));
        }
        for field in &self.fields {
            note(field.spec.key, check(field));
        }
        if errors.is_empty() {
            Ok(addresses
                .iter()
                .map(|address| self.draft(address))
                .collect())
        } else {
            Err(errors)
        }
    }

    /// The addresses that were typed: separated by commas, semicolons or white space, each once.
    fn addresses(&self) -> Vec<String> {
        let typed = self.line("email").unwrap_or_default();
        let mut addresses: Vec<String> = Vec::new();
        for address in typed.split([',', ';', ' ', '\t']).filter(|a| !a.is_empty()) {
            let known = |other: &String| other.eq_ignore_ascii_case(address);
            if !addresses.iter().any(known) {
                addresses.push(address.to_owned());
            }
        }
        addresses
    }

    fn draft(&self, address: &str) -> InviteDraft {
        let text = |key: &str| self.line(key).map(Text::from);
        InviteDraft {
            role: self.role(),
            message: text("message"),
            redirect: text("redirect_url"),
            expires_in_days: self
                .line("expires_in_days")
                .and_then(|days| days.parse().ok()),
            notify: match self.flag("notify") {
                Some(Flag::No) => Notify::Silent,
                Some(Flag::Yes) | None => Notify::Default,
            },
            public_metadata: self.json("public_metadata"),
            private_metadata: self.json("private_metadata"),
            ..InviteDraft::to(address)
        }
    }

    fn line(&self, key: &str) -> Option<&str> {
        match &self.field(key)?.entry {
            Entry::Line(input) => Some(input.value().trim()).filter(|text| !text.is_empty()),
            Entry::Role(..) | Entry::Flag(_) | Entry::Absent => None,
        }
    }

    fn flag(&self, key: &str) -> Option<Flag> {
        match self.field(key)?.entry {
            Entry::Flag(flag) => Some(flag),
            Entry::Line(_) | Entry::Role(..) | Entry::Absent => None,
        }
    }

    fn json(&self, key: &str) -> Option<serde_json::Value> {
        serde_json::from_str(self.line(key)?).ok()
    }

    fn role(&self) -> Option<Role> {
        match &self.field("role")?.entry {
            Entry::Role(roles, chosen) => chosen.and_then(|number| roles.get(number).cloned()),
            Entry::Line(input) => Some(input.value().trim())
                .filter(|text| !text.is_empty())
                .map(Role::named),
            Entry::Flag(_) | Entry::Absent => None,
        }
    }
}

/// The weakest role, if every one of them has a rank.
fn weakest(roles: &[Role]) -> Option<usize> {
    let levels: Option<Vec<u8>> = roles.iter().map(|role| role.level).collect();
    let ranked = levels?.into_iter().enumerate();
    ranked
        .max_by_key(|(_, level)| *level)
        .map(|(number, _)| number)
}

fn field(spec: FieldSpec) -> Field {
    let entry = match (spec.need, spec.kind) {
        (Need::NotOffered(_), _) => Entry::Absent,
        (_, FieldKind::Flag) => Entry::Flag(Flag::Yes),
        (_, FieldKind::Role) => Entry::Role(Vec::new(), None),
        (
            _,
            FieldKind::Text { .. }
            | FieldKind::Message
            | FieldKind::Email
            | FieldKind::Url
            | FieldKind::Country
            | FieldKind::Number { .. }
            | FieldKind::Json
            | FieldKind::Image
            | FieldKind::User,
        ) => Entry::Line(Input::default()),
    };
    Field {
        spec,
        entry,
        error: None,
    }
}

/// Whether one address is fit to be invited.
fn check_address(address: &str) -> Result<(), String> {
    let options = Options::default()
        .with_required_tld()
        .without_display_text()
        .without_domain_literal();
    EmailAddress::parse_with_options(address, options)
        .map(|_| ())
        .map_err(|error| format!("{address}: {}", error.to_string().to_lowercase()))
}

fn check(field: &Field) -> Result<(), String> {
    let typed = match &field.entry {
        Entry::Line(input) => input.value().trim(),
        Entry::Role(_, None) if field.spec.need == Need::Required => {
            return Err("choose a role".to_owned());
        }
        Entry::Role(..) | Entry::Flag(_) | Entry::Absent => return Ok(()),
    };
    match field.spec.kind {
        _ if typed.is_empty() => Ok(()),
        FieldKind::Url => check_url(typed),
        FieldKind::Json => check_json(typed),
        FieldKind::Number { min, max } => match i64::from_str(typed) {
            Ok(number) if (min..=max).contains(&number) => Ok(()),
            Ok(_) | Err(_) => Err(format!("a whole number from {min} to {max}")),
        },
        FieldKind::Text { max } if typed.chars().count() > max => {
            Err(format!("at most {max} characters"))
        }
        FieldKind::Text { .. }
        | FieldKind::Message
        | FieldKind::Email
        | FieldKind::Country
        | FieldKind::Flag
        | FieldKind::Role
        | FieldKind::Image
        | FieldKind::User => Ok(()),
    }
}

fn check_url(typed: &str) -> Result<(), String> {
    match url::Url::parse(typed) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(()),
        Ok(_) | Err(_) => Err("a full address, such as https://example.com/welcome".to_owned()),
    }
}

fn check_json(typed: &str) -> Result<(), String> {
    match serde_json::from_str::<serde_json::Value>(typed) {
        Ok(serde_json::Value::Object(_)) => Ok(()),
        Ok(_) => Err("a JSON object, such as {\"plan\":\"gold\"}".to_owned()),
        Err(error) => Err(format!("not JSON: {error}")),
    }
}
