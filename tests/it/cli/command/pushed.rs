//! What a service does of a list itself: filters, orders and windows that it is asked for, seen in the requests
//! that it got, and the same rows as when the program does all of it.

use orgdeck::sandbox::Service;

use super::stage::Stage;

/// The list requests that a service got, without what comes before the query.
fn queries(stage: &Stage, service: Service, path: &str) -> Vec<String> {
    let requests = stage.sandbox.requests(service).into_iter();
    let lists = requests.filter_map(|request| {
        let (place, query) = request.target.split_once('?')?;
        place.ends_with(path).then(|| query.to_owned())
    });
    lists.collect()
}

fn lines(stage: &Stage, line: &str) -> Vec<String> {
    let ran = stage.run(line);
    assert_eq!(ran.code, Some(0), "{line}: {ran}");
    ran.stdout.lines().map(str::to_owned).collect()
}

const MEMBERS: &str = "member list clerk/partner-portal --fields id,joined_at";

#[test]
fn an_order_by_age_and_a_window_are_the_services_own_work() {
    let stage = Stage::new();
    let all = lines(&stage, &format!("{MEMBERS} --sort -joined_at"));
    assert_eq!(all.len(), 318);
    let window = lines(
        &stage,
        &format!("{MEMBERS} --sort -joined_at --offset 5 --limit 4"),
    );
    assert_eq!(window, all[5..9]);
    let asked = queries(&stage, Service::Clerk, "/memberships");
    let last = asked.last().unwrap();
    for part in ["limit=4", "offset=5", "order_by=-created_at"] {
        assert!(last.contains(part), "{last}");
    }
    let oldest = lines(&stage, &format!("{MEMBERS} --sort joined_at --limit 3"));
    let dates = |rows: &[String]| {
        let date = |row: &String| row.split('\t').nth(1).unwrap().to_owned();
        rows.iter().map(date).collect::<Vec<_>>()
    };
    let mut sorted = dates(&all);
    sorted.sort();
    assert_eq!(dates(&oldest), sorted[..3]);
}

#[test]
fn a_window_without_an_order_skips_what_is_not_wanted() {
    let stage = Stage::new();
    let all = lines(&stage, MEMBERS);
    let before = queries(&stage, Service::Clerk, "/memberships").len();
    let window = lines(&stage, &format!("{MEMBERS} --offset 300 --limit 5"));
    assert_eq!(window, all[300..305]);
    let asked = queries(&stage, Service::Clerk, "/memberships");
    assert_eq!(asked.len(), before + 1, "{asked:?}");
    assert!(asked[before].contains("limit=5") && asked[before].contains("offset=300"));
    let end = lines(&stage, &format!("{MEMBERS} --offset 316"));
    assert_eq!(end, all[316..]);
    let beyond = lines(&stage, &format!("{MEMBERS} --offset 400"));
    assert_eq!(beyond, Vec::<String>::new());
}

#[test]
fn odata_sorts_and_counts_off() {
    let stage = Stage::new();
    let list = "member list balena/acme_fleet --fields id,joined_at";
    let all = lines(&stage, &format!("{list} --sort -joined_at"));
    let window = lines(
        &stage,
        &format!("{list} --sort -joined_at --offset 1 --limit 2"),
    );
    assert_eq!(window, all[1..3]);
    let asked = queries(&stage, Service::Balena, "/organization_membership");
    let newest = asked.last().unwrap();
    assert!(
        newest.contains("%24top=3") || newest.contains("$top=3"),
        "{newest}"
    );
    assert!(
        newest
            .replace("%20", " ")
            .replace('+', " ")
            .contains("created_at desc,id desc"),
        "{newest}"
    );
}

#[test]
fn over_several_profiles_each_sends_no_more_than_is_wanted() {
    let stage = Stage::new();
    let all = lines(&stage, "org list --fields id,created_at --sort -created_at");
    let two = lines(
        &stage,
        "org list --fields id,created_at --sort -created_at --offset 1 --limit 2",
    );
    assert_eq!(two, all[1..3]);
    let clerk = queries(&stage, Service::Clerk, "/organizations");
    assert!(clerk.last().unwrap().contains("limit=3"), "{clerk:?}");
}

#[test]
fn a_filter_keeps_its_rows_whatever_the_order_and_the_window() {
    let stage = Stage::new();
    let list = "member list clerk/acme-shop --fields id,joined_at --filter role:admin";
    let all = lines(&stage, &format!("{list} --sort -joined_at"));
    assert!(all.len() > 1);
    let second = lines(
        &stage,
        &format!("{list} --sort -joined_at --offset 1 --limit 1"),
    );
    assert_eq!(second, all[1..2]);
}

#[test]
fn a_role_and_a_status_are_asked_for() {
    let stage = Stage::new();
    let list = "member list clerk/acme-shop --fields id --filter";
    let by_us = lines(&stage, &format!("{list} role:admin"));
    let by_it = lines(&stage, &format!("{list} role:=ORG:admin"));
    assert_eq!(by_it, by_us);
    let asked = queries(&stage, Service::Clerk, "/memberships");
    assert!(
        asked.last().unwrap().contains("role=org%3Aadmin"),
        "{asked:?}"
    );
    let list = "invite list clerk/acme-shop --fields id --filter";
    for (filter, asked) in [
        ("status:pending", vec!["pending"]),
        // An open one whose end has passed has ended.
        ("status:expired", vec!["pending", "expired"]),
        ("status:revoked", vec![]),
        ("email:jon", vec!["pending", "expired"]),
    ] {
        let before = queries(&stage, Service::Clerk, "/invitations").len();
        lines(&stage, &format!("{list} {filter}"));
        let after = &queries(&stage, Service::Clerk, "/invitations")[before..];
        let status = |query: &String| {
            let mut parts = query.split('&');
            let status = parts.find_map(|part| part.strip_prefix("status="));
            status.unwrap().to_owned()
        };
        assert_eq!(
            after.iter().map(status).collect::<Vec<_>>(),
            asked,
            "{filter}"
        );
    }
}
