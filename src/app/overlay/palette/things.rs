//! What the palette finds beside actions: by which names, and how each is shown. It searches nothing.

use crate::app::model::Model;
use crate::app::person::roles;
use crate::app::picker::Pick;
use crate::app::screen::invites;
use crate::domain::{Invite, Member, Org, Text};

/// A record that can be found by what it is called.
pub(super) trait Thing {
    /// Its heading among [`THINGS`].
    const KIND: usize;

    /// What it is found by.
    fn names(&self) -> [Option<&Text>; 4];

    /// What it stands for, what it is called, and what is said beside that.
    fn line(&self, model: &Model) -> (Pick, Text, Text);
}

impl Thing for Org {
    const KIND: usize = 0;

    fn names(&self) -> [Option<&Text>; 4] {
        [
            self.name.known(),
            self.slug.known(),
            Some(self.id.text()),
            None,
        ]
    }

    fn line(&self, _: &Model) -> (Pick, Text, Text) {
        let profile = Some(self.id.profile().as_str());
        let about = [
            profile,
            self.slug.known().map(Text::raw),
            Some(self.id.raw()),
        ];
        (
            Pick::Org(self.id.clone()),
            self.display_name().clone(),
            joined(&about),
        )
    }
}

impl Thing for Member {
    const KIND: usize = 1;

    fn names(&self) -> [Option<&Text>; 4] {
        [
            self.name.known(),
            self.username.known(),
            self.email.known(),
            Some(self.id.text()),
        ]
    }

    fn line(&self, _: &Model) -> (Pick, Text, Text) {
        let name = self.display_name();
        let other = |text: Option<&'_ Text>| text.filter(|text| *text != name).cloned();
        let (username, email) = (other(self.username.known()), other(self.email.known()));
        let (username, email) = (
            username.as_ref().map(Text::raw),
            email.as_ref().map(Text::raw),
        );
        let held = roles(self);
        let about = [username, email, Some(held.raw()), Some(self.id.raw())];
        let pick = Pick::Member(self.at.org.clone(), self.id.clone());
        (pick, name.clone(), joined(&about))
    }
}

impl Thing for Invite {
    const KIND: usize = 2;

    fn names(&self) -> [Option<&Text>; 4] {
        [
            self.email.known(),
            Some(self.at.id.text()),
            self.org_name.known(),
            None,
        ]
    }

    fn line(&self, model: &Model) -> (Pick, Text, Text) {
        let org = invites::name(model, &self.at.org);
        let status = self.status_at(model.theirs(self.at.profile()));
        let title = self.email.known().unwrap_or(self.at.id.text()).clone();
        let told = self.org_name.known().map(Text::raw);
        let about = [
            Some(status.key()),
            Some(told.unwrap_or(org.raw())),
            Some(self.at.id.raw()),
        ];
        (Pick::Invite(self.at.clone()), title, joined(&about))
    }
}

fn joined(parts: &[Option<&str>]) -> Text {
    let parts: Vec<&str> = parts.iter().copied().flatten().collect();
    Text::from(parts.join("  "))
}
