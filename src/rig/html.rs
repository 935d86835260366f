//! Frames as HTML: a page without scripts, fonts or addresses, that can be sent and opened anywhere.

use std::fmt::Write as _;

use super::frame::Frame;
use super::ink::{self, PAPER, RULES, Run};

/// A frame as a page.
pub(super) fn written(frame: &Frame) -> String {
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>orgdeck</title>\n\
         <style>body{{margin:0;background:{PAPER}}}\
         pre{{margin:12px;font:14px/17px ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace}}\
         span{{display:inline-block;height:17px;white-space:pre;vertical-align:top;overflow:hidden;\
         direction:ltr;unicode-bidi:isolate}}\
         {RULES}</style>\n<pre>"
    );
    for row in ink::rows(frame) {
        let seen = row.iter().rposition(|run| !run.is_blank());
        for run in row.iter().take(seen.map_or(0, |last| last + 1)) {
            write_run(&mut out, run).expect("text grows");
        }
        out.push('\n');
    }
    out.push_str("</pre>\n</html>\n");
    out
}

fn write_run(out: &mut String, run: &Run) -> std::fmt::Result {
    let class = match run.ink.classes() {
        names if names.is_empty() => names,
        names => format!(" class=\"{names}\""),
    };
    let back = match run.ink.back {
        Some(back) => format!(";background:{back}"),
        None => String::new(),
    };
    write!(
        out,
        "<span style=\"width:{}ch;color:{}{back}\"{class}>{}</span>",
        run.columns,
        run.ink.front,
        ink::escaped(&run.text)
    )
}
