//! The rows that act: each opens a question or a form, and none sends.

use crate::app::action::{Action, Class, Needs, Section};
use crate::app::layer::Layer;
use crate::app::overlay::{journal, menu, messages, roles};
use crate::app::screen::{acts, asks, profiles, tokens};
use crate::app::write;
use crate::domain::Verb;

pub(super) const ACTING: &[Action] = &[
    Action::new("invite.create", "Invite", acts::open_invite)
        .keys(&["i"])
        .class(Class::Opens)
        .under(Section::Act)
        .needs(Needs::Org)
        .verb(Verb::InviteCreate)
        .hint("invite"),
    Action::new("invite.many", "Invite many", acts::open_invite_many)
        .keys(&["I"])
        .class(Class::Opens)
        .under(Section::Act)
        .needs(Needs::Org)
        .verb(Verb::InviteCreate),
    Action::new("invite.revoke", "Revoke the invite", asks::wish_revoke)
        .on(Layer::Invites)
        .keys(&["D", "delete"])
        .class(Class::Opens)
        .under(Section::Act)
        .needs(Needs::Meant)
        .verb(Verb::InviteRevoke)
        .hint("revoke"),
    Action::new("invite.resend", "Send the invite again", asks::wish_resend)
        .on(Layer::Invites)
        .keys(&["t"])
        .class(Class::Opens)
        .under(Section::Act)
        .needs(Needs::Meant)
        .verb(Verb::InviteResend)
        .hint("send again"),
    Action::new("member.remove", "Remove the member", asks::wish_remove)
        .on(Layer::Members)
        .keys(&["D", "delete"])
        .class(Class::Opens)
        .under(Section::Act)
        .needs(Needs::Meant)
        .verb(Verb::MemberRemove)
        .hint("remove"),
    Action::new("org.delete", "Delete the organization", asks::wish_delete)
        .on(Layer::Orgs)
        .keys(&["D", "delete"])
        .class(Class::Opens)
        .under(Section::Act)
        .needs(Needs::Org)
        .verb(Verb::OrgDelete),
    Action::new(
        "org.delete-open",
        "Delete the organization",
        asks::wish_delete,
    )
    .on(Layer::Org)
    .keys(&["D", "delete"])
    .class(Class::Opens)
    .under(Section::Act)
    .needs(Needs::Org)
    .verb(Verb::OrgDelete),
    Action::new("org.leave", "Leave the organization", asks::wish_leave)
        .keys(&["X"])
        .class(Class::Opens)
        .under(Section::Act)
        .needs(Needs::Org)
        .verb(Verb::MemberLeave),
    Action::new("logo.remove", "Remove the logo", asks::wish_remove_logo)
        .class(Class::Opens)
        .under(Section::Act)
        .needs(Needs::Org)
        .verb(Verb::LogoRemove),
    Action::new("task.finish", "Take up what was left undone", write::finish)
        .keys(&["g f"])
        .class(Class::Opens)
        .under(Section::Act),
    Action::new("journal.open", "Go to the journal", journal::open)
        .keys(&["g j"])
        .under(Section::See),
    Action::new("messages.open", "Go to all messages", messages::open)
        .keys(&["g n"])
        .under(Section::See),
    Action::new("journal.undo", "Undo the last write", write::undo)
        .keys(&["u", "z"])
        .class(Class::Opens)
        .under(Section::Act),
    Action::new("journal.redo", "Redo what was undone", write::redo)
        .keys(&["U", "Z"])
        .class(Class::Opens)
        .under(Section::Act),
    Action::new("token.enter", "Another token for a profile", tokens::open)
        .keys(&["g t"])
        .class(Class::Opens)
        .under(Section::Act),
    Action::new("member.role", "Change the role", roles::open)
        .on(Layer::Members)
        .keys(&["r"])
        .class(Class::Opens)
        .under(Section::Act)
        .needs(Needs::Roles)
        .verb(Verb::MemberRole)
        .hint("role"),
    Action::new(
        "org.create",
        "Create an organization",
        profiles::open_create,
    )
    .keys(&["c"])
    .class(Class::Opens)
    .under(Section::Act)
    .needs(Needs::Profile)
    .verb(Verb::OrgCreate),
    Action::new("org.edit", "Edit the organization", acts::open_edit)
        .on(Layer::Orgs)
        .keys(&["e"])
        .class(Class::Opens)
        .under(Section::Act)
        .needs(Needs::Org)
        .verb(Verb::OrgEdit),
    Action::new("org.change", "Edit the organization", acts::open_edit)
        .on(Layer::Org)
        .keys(&["e"])
        .class(Class::Opens)
        .under(Section::Act)
        .needs(Needs::Org)
        .verb(Verb::OrgEdit),
    Action::new("logo.set", "Set the logo from a file", acts::open_logo)
        .keys(&["O"])
        .class(Class::Opens)
        .under(Section::Act)
        .needs(Needs::Org)
        .verb(Verb::LogoSet),
    Action::new(
        "metadata.set",
        "Metadata of the organization",
        acts::open_metadata,
    )
    .keys(&["M"])
    .class(Class::Opens)
    .under(Section::Act)
    .needs(Needs::Org)
    .verb(Verb::MetadataSet),
    Action::new("member.add", "Add an existing user", acts::open_add)
        .keys(&["a"])
        .class(Class::Opens)
        .under(Section::Act)
        .needs(Needs::Org)
        .verb(Verb::MemberAdd),
    Action::new(
        "invite.accept",
        "Accept an invite by its token",
        profiles::open_accept,
    )
    .class(Class::Opens)
    .under(Section::Act)
    .needs(Needs::Profile)
    .verb(Verb::InviteAccept),
    Action::new(
        "mark.bulk",
        "What is done to all marked rows",
        menu::open_bulk,
    )
    .keys(&["b"])
    .class(Class::Opens)
    .under(Section::Act)
    .needs(Needs::Marked)
    .hint("bulk"),
    Action::new("row.actions", "Every action for this row", menu::open)
        .keys(&["."])
        .under(Section::Act)
        .hint("actions"),
];
