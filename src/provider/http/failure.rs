//! Answers that are not what was asked for.

use super::Response;
use crate::domain::{Fault, Text};

/// The fault of an answer that did not come from the API: an HTML page of a proxy, say. `None` when
/// the content type is JSON or there is no body to judge.
pub fn not_the_api(response: &Response) -> Option<Fault> {
    let html = response.content_type == "text/html" || response.body.starts_with(b"<");
    html.then(|| Fault::NotTheApi(Text::from(response.content_type.as_str())))
}
