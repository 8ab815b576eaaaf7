//! Help that is shown first when somebody's words speak of a crisis: by the directory's own reviewed list.

use super::answer::CrisisHelp;
use crate::index::Snapshot;
use crate::index::analysis::words;
use crate::index::lexicon::CrisisPhrases;
use crate::index::spoken::Spoken;
use crate::model::Crisis;

/// The help whose words stand in the text, in the order of `crisis.csv`, each once. `as_meant` is the text with its
/// spelling mended: "sucide" is no less a cry for help.
pub fn help_for(text: &str, as_meant: &str, snapshot: &Snapshot) -> Vec<CrisisHelp> {
    rows_said(text, as_meant, snapshot)
        .map(|(row, _)| {
            let service_id = row.service_id.clone();
            let number = service_id.as_ref().and_then(|id| snapshot.service_number(id.as_str()));
            CrisisHelp {
                message: row.message.clone(),
                phone: row.phone.clone(),
                service_name: number.and_then(|number| snapshot.service_row(number)).map(|service| service.name),
                service_id,
            }
        })
        .collect()
}

/// The search words of the crises that a text speaks of, by which services that help in them are found: what the
/// thesaurus gives for the first phrase of each row.
pub(super) fn search_words(text: &str, as_meant: &str, snapshot: &Snapshot) -> Vec<String> {
    let mut found = Vec::new();
    for (row, _) in rows_said(text, as_meant, snapshot) {
        let folded: Vec<String> =
            row.words.iter().take(1).flat_map(|phrase| words(phrase)).map(|word| word.text).collect();
        if let Some(meaning) = snapshot.lexicon().meaning(folded.iter().map(String::as_str)) {
            found.extend(meaning.means.iter().cloned());
        }
    }
    found
}

fn rows_said<'a>(
    text: &str,
    as_meant: &str,
    snapshot: &'a Snapshot,
) -> impl Iterator<Item = (&'a Crisis, &'a CrisisPhrases)> {
    let (text, as_meant) = (Spoken::new(text), (as_meant != text).then(|| Spoken::new(as_meant)));
    let rows = snapshot.vocabulary().crisis.iter().zip(snapshot.lexicon().crisis_phrases());
    rows.filter(move |(_, phrases)| {
        phrases.are_said_in(&text) || as_meant.as_ref().is_some_and(|text| phrases.are_said_in(text))
    })
}
