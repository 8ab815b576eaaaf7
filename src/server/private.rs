//! Problems in the directory's files, as everybody may read them.
//!
//! A row of `locations.csv` may be a confidential address, and a bad row is one whose `confidential` cell may not have
//! been read: of those only the place in the file is told, here, in the log and on pages. `signpost check` tells the
//! rest to whoever has the files.

use crate::diagnostic::Problem;

/// The file whose rows may be nobody's business.
const PRIVATE_FILE: &str = "locations.csv";

/// The problem without what must not be told; never with the line itself.
pub(super) fn problem(problem: &Problem) -> Problem {
    let mut told = problem.clone();
    told.excerpt = None;
    if told.file == PRIVATE_FILE {
        told.row_id = None;
        told.value = None;
        told.message = without_quotations(&told.message);
        told.help = None;
    }
    told
}

/// A sentence on why files are not served. One about the private file ends after its first clause: what follows is a
/// problem's message.
pub(super) fn sentence(text: &str) -> String {
    let named = format!("`{PRIVATE_FILE}`");
    let parts = text.split("; ").map(|part| match part.split_once(&named) {
        Some((before, after)) => {
            let clause = after.split([':', '(', '`']).next().unwrap_or_default().trim_end();
            format!("{before}{named}{clause}; `signpost check` says why")
        }
        None => part.to_string(),
    });
    parts.collect::<Vec<_>>().join("; ")
}

/// A message without what stands between its backticks.
fn without_quotations(message: &str) -> String {
    let mut shown = String::new();
    for (at, part) in message.split('`').enumerate() {
        shown.push_str(if at % 2 == 0 { part } else { "`…`" });
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::{problem, sentence, without_quotations};
    use crate::diagnostic::{Excerpt, Problem, Severity};

    #[test]
    fn a_bad_location_tells_where_it_stands_in_the_file_and_not_where_it_is() {
        let found = Problem {
            code: "E020".into(),
            severity: Severity::Error,
            file: "locations.csv".into(),
            line: Some(7),
            column: Some("postcode".into()),
            row_id: Some("refuge-at-sentinel-road".into()),
            value: Some("M1 SENTINEL".into()),
            message: "`M1 SENTINEL` is not a postcode".into(),
            help: Some("did you mean `M1 1SE`?".into()),
            kept_last_good: false,
            excerpt: Some(Excerpt { line: "refuge,1 Sentinel Road".into(), from: 0, to: 6 }),
        };
        let told = format!("{:?}", problem(&found));
        assert!(told.contains("`…` is not a postcode") && told.contains("Some(7)"), "{told}");
        assert!(!told.to_lowercase().contains("sentinel") && !told.contains("1SE"), "{told}");
        let services = Problem { file: "services.csv".into(), ..found };
        assert!(format!("{:?}", problem(&services)).contains("did you mean `M1 1SE`?"));
    }

    #[test]
    fn a_sentence_on_the_private_file_ends_before_the_message() {
        assert_eq!(
            sentence(
                "`locations.csv` cannot be used: line 3: `M1 SENTINEL` is not a postcode (did you mean `M1 1SE`?)"
            ),
            "`locations.csv` cannot be used; `signpost check` says why"
        );
        assert_eq!(
            sentence("`services.csv` cannot be used: line 1: `x`"),
            "`services.csv` cannot be used: line 1: `x`"
        );
    }

    #[test]
    fn quotations_are_taken_out_and_the_rest_stays() {
        assert_eq!(without_quotations("`a` is not `b`, see c"), "`…` is not `…`, see c");
        assert_eq!(without_quotations("plain"), "plain");
        assert_eq!(without_quotations("open `never closed"), "open `…`");
    }
}
