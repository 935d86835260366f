//! What the engine refuses: malformed addresses with 400, senseless ones with 500.

use super::{Desk, json, said};

#[tokio::test]
async fn malformed_addresses_are_quoted_back() {
    let desk = Desk::small();
    for target in [
        "/v7/organization/",
        "/v7/organization(acme)",
        "/v7/organization%28101%29",
        "/v7/organization(101",
        "/v7/organization()",
        "/v7/organization(101)x",
        "/v7/organization(handle='acme)",
        "/v7/organization(id=101,)",
        "/v7/organization(user=1,%20id=2)",
        "/v7/$batch",
        "/v7/organization?$nope=1",
        "/v7/organization?$select=",
        "/v7/organization?$select",
        "/v7/organization?$select=id,%20name",
        "/v7/organization?$select=id,",
        "/v7/organization?$select=id&",
        "/v7/organization?&$select=id",
        "/v7/organization?$select=id&&$top=1",
        "/v7/organization?$orderby=name%20asc,%20id%20asc",
        "/v7/organization?$orderby=name%20ASC",
        "/v7/organization?$orderby=name%20up",
        "/v7/organization?$orderby=",
        "/v7/organization?$top=-1",
        "/v7/organization?$top=many",
        "/v7/organization?$top=",
        "/v7/organization?$skip=-1",
        "/v7/organization?$skip=1x",
        "/v7/organization?$filter=",
        "/v7/organization?$filter=name",
        "/v7/organization?$filter=name%20eq",
        "/v7/organization?$filter=name%20eq%20acme'",
        "/v7/organization?$filter=name%20eq%20'acme",
        "/v7/organization?$filter=name%20is%20'acme'",
        "/v7/organization?$filter=(id%20eq%201",
        "/v7/organization?$filter=id%20eq%201%20and",
        "/v7/organization?$filter=id%20eq%201%20xor%20id%20eq%202",
        "/v7/organization?$filter=id%20in%20()",
        "/v7/organization?$filter=id%20eq%201.5",
        "/v7/organization?$filter=created_at%20gt%20datetime'soon'",
        "/v7/organization?$filter=organization_membership/some(m:true)",
        "/v7/organization?$filter=any(m:true)",
        "/v7/organization?$expand=",
        "/v7/organization?$expand=organization_membership,%20organization_invite",
        "/v7/organization?$expand=organization_membership()",
        "/v7/organization?$expand=organization_membership($select=id",
        "/v7/organization?$expand=organization_membership($select=id;)",
        "/v7/organization?$expand=organization_membership(select=id)",
        "/v7/organization?$expand=organization_membership($nope=id)",
        "/v7/organization?$expand=organization_membership/$counts",
    ] {
        let heard = desk.get(target).await;
        assert_eq!(heard.status(), 400, "{target}: {}", heard.body());
        assert_eq!(json(&heard), format!("Malformed url: '{target}'"));
        assert_eq!(heard.header("cache-control"), Some("no-cache"));
    }
}

#[tokio::test]
async fn senseless_addresses_break_the_engine() {
    let desk = Desk::small();
    for target in [
        "/v7/organization('acme')",
        "/v7/organization(name='Acme%20Robotics')",
        "/v7/organization(nope=1)",
        "/v7/organization(id=101,id=101)",
        "/v7/organization_membership(user=11)",
        "/v7/organization(99999999999)",
        "/v7/organization(99999999999999999999999)",
        "/v7/organization(handle=101)",
        "/v7/organization?$select=nope",
        "/v7/organization?$select=organization_membership",
        "/v7/organization?$select=modified_at",
        "/v7/organization?$orderby=nope%20asc",
        "/v7/organization?$orderby=organization_membership%20asc",
        "/v7/organization?$expand=nope",
        "/v7/organization?$expand=name",
        "/v7/organization?$expand=organization_membership($select=nope)",
        "/v7/organization?$expand=organization_membership($expand=user($select=email))",
        "/v7/organization?$filter=nope%20eq%201",
        "/v7/organization?$filter=id%20eq%2099999999999",
        "/v7/organization?$filter=id%20in%20(1,99999999999)",
        "/v7/organization?$filter=id%20eq%20'101'",
        "/v7/organization?$filter=name%20eq%205",
        "/v7/organization?$filter=name%20gt%20null",
        "/v7/organization?$filter=created_at%20gt%20'soon'",
        "/v7/organization?$filter=logo_image%20eq%20'x'",
        "/v7/organization?$filter=contains(id,'1')",
        "/v7/organization?$filter=contains(tolower(id),'1')",
        "/v7/organization?$filter=not%20name%20eq%20'x'",
        "/v7/organization?$filter=not%20id%20in%20(1,2)",
        "/v7/organization?$filter=organization_membership/user%20eq%201",
        "/v7/organization?$filter=organization_membership/any(m:m/nope%20eq%201)",
        "/v7/organization?$filter=organization_membership/any(m:m%20eq%201)",
        "/v7/organization?$filter=name/any(n:true)",
        "/v7/organization?$filter=name/$count%20eq%201",
    ] {
        let heard = desk.get(target).await;
        assert_eq!(said(&heard), (500, ""), "{target}");
        assert_eq!(heard.header("content-type"), None);
    }
}

#[tokio::test]
async fn odd_but_accepted() {
    let desk = Desk::small();
    for target in [
        "/v6/organization",
        "/v7/organization?nope=1",
        "/v7/organization?$count=true",
        "/v7/organization?$inlinecount=allpages",
        "/v7/organization?$top=0&$top=1",
        "/v7/organization?%24filter=id+eq+101",
        "/v7/organization?$select=*",
        "/v7/organization(handle=%27acme%27)",
        "/v7/organization?$filter=(id%20eq%20101%20)",
        "/v7/organization?$filter=((id%20%20eq%20101))%20%20and%20true",
        "/v7/organization?$filter=contains(name,'')",
        "/v7/organization?$filter=name%20ne%20''",
    ] {
        assert_eq!(desk.column(target, "id").await, [101], "{target}");
    }
}

#[tokio::test]
async fn nothing_nests_without_end() {
    let desk = Desk::small();
    let deep = |depth: usize| {
        let (open, close) = ("(".repeat(depth), ")".repeat(depth));
        format!("/v7/organization?$filter={open}id%20eq%20101{close}")
    };
    assert_eq!(desk.get(&deep(30)).await.status(), 200);
    assert_eq!(desk.get(&deep(3_000)).await.status(), 400);
    let long = "%20or%20id%20eq%20101".repeat(2_000);
    let target = format!("/v7/organization?$filter=id%20eq%20101{long}");
    assert_eq!(desk.column(&target, "id").await, [101]);
}

#[tokio::test]
async fn unknown_places_are_noticed() {
    let desk = Desk::small();
    for (target, status) in [
        ("/v7/nothing_here", 401),
        ("/v7/organization(101)/organization_membership", 401),
        ("/v99/organization", 404),
        ("/organization", 404),
        ("/org/v1/invitations", 404),
    ] {
        let heard = desk.get(target).await;
        assert_eq!(said(&heard), (status, ""), "{target}");
    }
    assert_eq!(desk.sandbox.unknown_routes().len(), 5);
    let heard = desk.get("/ping").await;
    assert_eq!(said(&heard), (200, "OK"));
    assert_eq!(desk.sandbox.unknown_routes().len(), 5);
}
