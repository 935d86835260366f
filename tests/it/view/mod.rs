//! Every pane and overlay in each of its states, as text and styles.

mod try_it;
