//! Tests of drafts on the disk: whole or not at all, for their owner alone, each session its own.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use orgdeck::domain::draft::{About, Content, DAYS, Left, Target, Typed};
use orgdeck::domain::{Draft, DraftId, MemberBy, MemberId, OrgId, Profile, Text, UserId, Verb};
use orgdeck::files::Drafts;
use tempfile::TempDir;

use super::mode;

fn now() -> Timestamp {
    "2026-03-14T11:42:10Z".parse().unwrap()
}

fn typed(key: &str, content: Content) -> Typed {
    Typed {
        key: Text::from(key),
        label: Text::from(key),
        content,
    }
}

fn draft(words: &str) -> Draft {
    let profile = Profile::new("work");
    Draft {
        about: About {
            org: Some(OrgId::new(&profile, "org_1/\u{202e}\"\n")),
            profile,
            verb: Verb::InviteCreate,
            target: Target::One,
        },
        title: Text::from("Invite people to \u{1b}[31mAcme"),
        at: now(),
        left: Left::Unsent,
        fields: vec![typed("email", Content::Text(Text::from(words)))],
    }
}

struct Place {
    _home: TempDir,
    folder: PathBuf,
}

impl Place {
    fn new() -> Self {
        let home = TempDir::new().unwrap();
        let folder = home.path().join("state/drafts");
        Self {
            _home: home,
            folder,
        }
    }

    fn session(&self, name: &str) -> Drafts {
        Drafts::new(&self.folder, name)
    }

    fn names(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return Vec::new();
        };
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    /// What a session that begins now finds.
    fn found(&self) -> (Vec<(DraftId, Draft)>, Vec<String>) {
        let leftover = self.session("new").leftover(now());
        let problems = leftover.problems.iter();
        let problems = problems.map(|problem| problem.raw().to_owned()).collect();
        (leftover.drafts, problems)
    }
}

#[test]
fn what_is_kept_is_found_as_it_was_once_the_session_is_over() {
    let place = Place::new();
    let mut session = place.session("one");
    let profile = Profile::new("work");
    let member = MemberBy::Id(MemberId::new(&profile, "m1"));
    let user = MemberBy::User(UserId::new(&profile, "u1"));
    let text = |text: &str| Text::from(text);
    let mut all = Vec::new();
    for (number, target) in [
        Target::One,
        Target::Many,
        Target::Member(member),
        Target::Member(user),
    ]
    .into_iter()
    .enumerate()
    {
        let mut draft = draft("kim@acme.example\n\u{0}\u{7f}\u{9b}🙂");
        draft.about.target = target;
        draft.at = now() - SignedDuration::from_secs(60 - i64::try_from(number).unwrap());
        draft.left = [Left::Unsent, Left::Refused, Left::Sent, Left::Unsent][number];
        draft.fields.extend([
            typed("role", Content::Role(text("admin"))),
            typed("notify", Content::Flag(false)),
            typed(
                "roles",
                Content::Ticks {
                    on: vec![text("a")],
                    off: vec![text("b")],
                    other: text("c"),
                },
            ),
        ]);
        session.keep(number as u64, &draft).unwrap();
        all.push(draft);
    }
    drop(session);
    let (found, problems) = place.found();
    assert_eq!(problems, [""; 0]);
    let found: Vec<Draft> = found.into_iter().map(|(_, draft)| draft).collect();
    assert_eq!(found, all, "the oldest first");
}

#[test]
fn files_are_for_their_owner_alone_and_nothing_half_stays() {
    let place = Place::new();
    let mut session = place.session("one");
    session.keep(1, &draft("first")).unwrap();
    session.keep(1, &draft("second")).unwrap();
    assert_eq!(place.names(), ["one-1.json", "one.lock"]);
    assert_eq!(mode(&place.folder), 0o700);
    for name in place.names() {
        assert_eq!(mode(&place.folder.join(name)), 0o600);
    }
    session.forget(&DraftId::Own(1)).unwrap();
    session.forget(&DraftId::Own(1)).unwrap();
    drop(session);
    assert_eq!(place.names(), [""; 0]);
}

#[test]
fn a_folder_that_others_could_read_is_closed_to_them() {
    let place = Place::new();
    fs::create_dir_all(&place.folder).unwrap();
    fs::set_permissions(&place.folder, Permissions::from_mode(0o755)).unwrap();
    place.session("one").keep(1, &draft("x")).unwrap();
    assert_eq!(mode(&place.folder), 0o700);
}

#[test]
fn two_consoles_at_once_leave_each_other_alone() {
    let place = Place::new();
    let (mut one, mut two) = (place.session("one"), place.session("two"));
    one.keep(1, &draft("first")).unwrap();
    two.keep(1, &draft("second")).unwrap();
    for (own, other) in [(&one, "two"), (&two, "one")] {
        let leftover = own.leftover(now());
        assert!(leftover.drafts.is_empty(), "{other} is alive");
        assert!(leftover.problems.is_empty());
    }
    drop(two);
    let leftover = one.leftover(now());
    let [(id, left)] = &leftover.drafts[..] else {
        panic!("the other one has ended: {leftover:?}");
    };
    assert_eq!(left.fields[0].content.words().raw(), "second");
    one.forget(id).unwrap();
    drop(one);
    let (found, _) = place.found();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].1.fields[0].content.words().raw(), "first");
}

#[test]
fn what_a_kill_leaves_between_two_files_is_swept_away() {
    let place = Place::new();
    place.session("one").keep(1, &draft("whole")).unwrap();
    fs::write(place.folder.join(".one-1.json.new"), "{\"vers").unwrap();
    fs::write(place.folder.join("one.lock"), "").unwrap();
    let (found, problems) = place.found();
    assert_eq!((found.len(), problems.len()), (1, 0));
    assert_eq!(place.names(), ["one-1.json"]);
}

#[test]
fn what_cannot_be_read_is_set_aside_and_said_and_the_rest_is_found() {
    let whole = Place::new();
    whole.session("one").keep(1, &draft("whole")).unwrap();
    let text = fs::read_to_string(whole.folder.join("one-1.json")).unwrap();
    let bad = [
        (String::new(), "EOF"),
        (text[..text.len() / 2].to_owned(), "EOF"),
        (format!("{{\"a\":{}", "[".repeat(1_000_000)), "EOF"),
        ("null".to_owned(), "null"),
        (
            text.replace("\"version\":1", "\"version\":2"),
            "version is 2",
        ),
        (text.replace("invite create", "invite everybody"), "verb"),
        (text.replace("2026-03-14", "2026-99-14"), "month"),
        (text.replace("\"text\"", "\"picture\""), ""),
        ("\u{0}".repeat(100), ""),
    ];
    for (number, (content, why)) in bad.iter().enumerate() {
        let name = format!("two-{number}.json");
        fs::write(whole.folder.join(&name), content).unwrap();
        let (found, problems) = whole.found();
        assert_eq!(found.len(), 1, "{name}");
        let [problem] = &problems[..] else {
            panic!("{name}: {problems:?}");
        };
        assert!(
            problem.contains(why) && problem.contains(&name),
            "{problem}"
        );
        let aside = whole.folder.join(format!("{name}.aside"));
        assert_eq!(fs::read_to_string(aside).unwrap(), *content);
        assert!(whole.found().1.is_empty(), "and is not said again");
    }
}

#[test]
fn a_huge_file_is_set_aside_unread() {
    let place = Place::new();
    fs::create_dir_all(&place.folder).unwrap();
    let file = fs::File::create(place.folder.join("one-1.json")).unwrap();
    file.set_len(1 << 26).unwrap();
    let (found, problems) = place.found();
    assert!(found.is_empty());
    assert!(problems[0].contains("larger than"), "{problems:?}");
    assert_eq!(place.names(), ["one-1.json.aside"]);
}

#[test]
fn links_are_not_followed_and_their_targets_are_as_they_were() {
    let place = Place::new();
    let target = place.folder.parent().unwrap().join("target");
    fs::create_dir_all(&place.folder).unwrap();
    fs::write(&target, "untouched").unwrap();
    symlink(&target, place.folder.join("one-1.json")).unwrap();
    let mut session = place.session("one");
    let refused = session.keep(1, &draft("x")).unwrap_err();
    assert!(refused.raw().contains("symbolic link"), "{refused:?}");
    fs::hard_link(&target, place.folder.join("one-2.json")).unwrap();
    let refused = session.keep(2, &draft("x")).unwrap_err();
    assert!(refused.raw().contains("second name"), "{refused:?}");
    drop(session);
    let (found, problems) = place.found();
    assert_eq!((found.len(), problems.len()), (0, 2));
    assert_eq!(fs::read(&target).unwrap(), b"untouched");
}

#[test]
fn a_folder_that_is_a_link_is_refused_with_its_name() {
    let place = Place::new();
    let elsewhere = place.folder.parent().unwrap().join("elsewhere");
    fs::create_dir_all(&elsewhere).unwrap();
    symlink(&elsewhere, &place.folder).unwrap();
    let refused = place.session("one").keep(1, &draft("x")).unwrap_err();
    let said = refused.raw();
    assert!(
        said.contains("symbolic link") && said.contains("state/drafts"),
        "{said}"
    );
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);
    assert_eq!(place.found().1.len(), 1);
}

#[test]
fn what_cannot_be_written_leaves_what_was_there() {
    let place = Place::new();
    let mut session = place.session("one");
    session.keep(1, &draft("first")).unwrap();
    // The place of the new file is taken by something that cannot be written to.
    fs::create_dir(place.folder.join(".one-1.json.new")).unwrap();
    let refused = session.keep(1, &draft("second")).unwrap_err();
    assert!(refused.raw().contains("drafts"), "{refused:?}");
    drop(session);
    let (found, _) = place.found();
    assert_eq!(found[0].1.fields[0].content.words().raw(), "first");
}

#[test]
fn they_are_kept_for_thirty_days() {
    let place = Place::new();
    let days = |days: i64| now() - SignedDuration::from_hours(24 * days);
    let mut session = place.session("one");
    for (number, at) in [
        days(DAYS) - SignedDuration::from_secs(1),
        days(DAYS),
        days(-400),
    ]
    .into_iter()
    .enumerate()
    {
        let draft = Draft { at, ..draft("x") };
        session.keep(number as u64, &draft).unwrap();
    }
    drop(session);
    let (found, problems) = place.found();
    assert_eq!((found.len(), problems.len()), (2, 0));
    assert_eq!(place.names(), ["one-1.json", "one-2.json"]);
}

#[test]
fn nothing_is_found_and_nothing_made_where_nothing_is() {
    let place = Place::new();
    assert_eq!(place.found(), (Vec::new(), Vec::new()));
    assert!(!place.folder.exists());
}

#[test]
fn what_was_set_aside_is_removed_when_a_draft_would_be() {
    let place = Place::new();
    fs::create_dir_all(&place.folder).unwrap();
    let second = SignedDuration::from_secs(1);
    let limit = now() - SignedDuration::from_hours(24 * DAYS);
    let target = place.folder.parent().unwrap().join("target");
    for (name, written) in [
        ("old", limit - second),
        ("young", limit),
        ("ahead", now() + second),
    ] {
        let path = place.folder.join(format!("{name}-1.json"));
        fs::write(&path, "no draft").unwrap();
        let file = fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(written.into()).unwrap();
    }
    fs::write(&target, "untouched").unwrap();
    symlink(&target, place.folder.join("link-1.json")).unwrap();
    assert_eq!(place.found().1.len(), 4, "they are set aside");
    place.found();
    let kept = [
        "ahead-1.json.aside",
        "link-1.json.aside",
        "young-1.json.aside",
    ];
    assert_eq!(place.names(), kept);
    assert_eq!(fs::read(&target).unwrap(), b"untouched");
}
