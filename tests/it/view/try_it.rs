use crate::support::{screen, world};

#[test]
fn look() {
    println!("{}", screen::plain(&world::seven_orgs(), (120, 36)));
    println!("{}", screen::plain(&world::seven_orgs(), (80, 24)));
    println!("{}", screen::plain(&world::seven_orgs(), (60, 20)));
    println!("{}", screen::plain(&world::harbour_open(), (120, 36)));
    println!("{}", screen::plain(&world::hard_names(), (120, 36)));
}
